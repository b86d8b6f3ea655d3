import type { Text } from "../../base/text.ts";
import type { GuardName } from "./guards.ts";

/** What each guard is called, for people; four eyes are judged before the guards, in `decide`. */
export const guardTitles = {
  "four-eyes": { id: "Diputus orang kedua", en: "Four eyes" },

  standard: { id: "Standar interoperabilitas", en: "Interoperability standard" },
  "tier-1": { id: "Pemilik dengan kontak Tier 1", en: "Owner with a Tier 1 contact" },
  builder: { id: "Pembangun", en: "Builder" },
  "umum-khusus": { id: "Aplikasi Umum atau Khusus", en: "Common or special application" },
  opinions: { id: "Pertimbangan kelaikan atas layanan", en: "Opinions on the service" },
  production: { id: "Instansi dalam produksi", en: "Instance in production" },

  "application-route": { id: "Jalur permohonan", en: "Route of the application" },
  "needs-analysis": { id: "Analisis kebutuhan dan manfaat", en: "Analyses of needs and benefits" },
  dossier: { id: "Dokumen kelengkapan", en: "Documents" },
  "decision-reference": { id: "Acuan keputusan", en: "What the decision refers to" },
  "cost-analysis": { id: "Analisis beban biaya", en: "Cost analysis" },
  advice: { id: "Saran pada penolakan", en: "Advice with a rejection" },
  "owner-consent": { id: "Persetujuan pemilik", en: "The owner's consent" },
  "sandbox-trial": { id: "Uji coba", en: "Sandbox trial" },
  "life-cycle": { id: "Siklus pengembangan sistem", en: "System development life cycle" },
  handover: { id: "Penyerahan ke repositori", en: "Hand-over to the repository" },
  "grace-period": { id: "Masa peralihan ke versi pengganti", en: "Grace period before a version ends" },
  successor: { id: "Versi pengganti", en: "Successor" },

  "correction-notice": { id: "Pemberitahuan pembetulan", en: "Notice of a correction" },
  "correction-agreed": { id: "Persetujuan konsumen atas pembetulan", en: "The consumers' agreement to a correction" },

  classification: { id: "Klasifikasi data", en: "Classification" },
  measures: { id: "Tindakan menurut klasifikasi", en: "Measures of the class" },
  "external-sharing": { id: "Berbagi dengan pihak luar", en: "Sharing with others" },

  hosting: { id: "Letak server", en: "Where the server stands" },
  "host-name": { id: "Nama domain", en: "Domain name" },

  "instance-opinions": { id: "Pertimbangan atas SPL", en: "Opinions on the SPL" },
  "network-opinions": { id: "Pertimbangan atau pemeriksaan Jaringan Intra", en: "Opinions on, or inspection of, the intra network" },
  splp: { id: "Sambungan ke SPLP nasional", en: "Connection to the national SPLP" },
  "central-network": { id: "Sambungan ke jaringan pusat", en: "Link to the central network" },
  "intra-network": { id: "Jaringan Intra dipakai", en: "The intra network is used" },
  "security-properties": { id: "Sifat keamanan", en: "Security properties" },
  authenticity: { id: "Keaslian", en: "Authenticity" },
  "trusted-third-party": { id: "Kenirsangkalan dengan pihak ketiga terpercaya", en: "Non-repudiation with a trusted third party" },
  "staff-certificates": { id: "Sertifikat elektronik pegawai", en: "Electronic certificates of staff" },

  "grant-single": { id: "Satu izin bagi satu tujuan", en: "One grant for one purpose" },
  "grant-within-service": { id: "Tidak lebih luas dari layanan", en: "Not wider than the service" },
  "grant-period": { id: "Masa izin", en: "Period" },
  "grant-load": { id: "Beban dan kuota", en: "Load and quota" },
  "personal-data": { id: "Dasar pemrosesan data pribadi", en: "Ground of processing personal data" },
  "grant-connection": { id: "Keterhubungan penyedia dan pemohon", en: "Connection of provider and consumer" },
  "grant-coordination": { id: "Koordinasi Dinas", en: "The Dinas's coordination" },
  "grant-outsider": { id: "Pihak luar", en: "Outside parties" },
  "share-first": { id: "Bagi pakai diutamakan", en: "Sharing comes first" },

  "upstream-network": { id: "Alamat dalam jaringan penyedia", en: "An address in the providers' networks" },
  "moved-services": { id: "Layanan yang pindah", en: "The services that move" },

  "evidence-spare": { id: "Bukti yang menopang produksi", en: "Evidence under production" },
  transition: { id: "Ketentuan peralihan", en: "Transition rule" },
  "mandiri-tik": { id: "PD Mandiri TIK", en: "PD Mandiri TIK" },
} as const satisfies Readonly<Record<GuardName | "four-eyes", Text>>;
