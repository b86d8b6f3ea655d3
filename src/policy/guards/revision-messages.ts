import { countOf, type Text } from "../../base/text.ts";

export const messages = {
  noStandard: (setter: string | null) => ({
    id: `Kontrak lolos pemeriksaan pemuat; tidak ada standar${setter === null ? "" : ` dari ${setter}`} yang berlaku.`,
    en: `The contract passed the loader's checks; no standard${setter === null ? "" : ` by ${setter}`} is in force.`,
  }),

  passes: (standard: string, digest: string | undefined) => ({
    id: `Lolos ${standard}; laporan ${digest}.`,
    en: `Passes ${standard}; report ${digest}.`,
  }),

  passesWithWarning: (standard: string, digest: string | undefined, warning: Text) => ({
    id: `Lolos ${standard}; laporan ${digest}. ${warning.id}`,
    en: `Passes ${standard}; report ${digest}. ${warning.en}`,
  }),

  doesNotPass: (standard: string, errors: number, first: Text | undefined) => ({
    id: `Tidak lolos ${standard}: ${errors} kesalahan; yang pertama ${first?.id}`,
    en: `Does not pass ${standard}: ${countOf(errors, "error")}, first ${first?.en}`,
  }),

  passesAsCorrection: (standard: string, digest: string | undefined, changes: number) => ({
    id: `Lolos ${standard}, selain ${changes} perubahan yang merusak konsumen: sebuah pembetulan, yang mereka setujui; laporan ${digest}.`,
    en: `Passes ${standard}, but for ${changes} changes that break consumers: a correction, to which they agree; report ${digest}.`,
  }),

  fixOrCorrect: (revision: string) => ({
    id:
      `Batalkan perubahan yang merusak konsumen, atau terbitkan versi mayor baru. Bila kontrak yang berlaku keliru, ` +
      `nyatakan sebagai pembetulan (service correct ${revision} --from TANGGAL --reason ALASAN).`,
    en:
      `Undo the changes that break consumers, or publish a new major version. If the contract in force is wrong, ` +
      `declare it a correction (service correct ${revision} --from DATE --reason REASON).`,
  }),

  fixByReport: {
    id: "Perbaiki menurut laporan (simpul lint openapi.yaml), lalu simpul apply.",
    en: "Mend it by the report (simpul lint openapi.yaml), then simpul apply.",
  },

  tier1Contact: {
    id: "Pemilik memiliki kontak Tier 1.",
    en: "The owner has a Tier 1 contact.",
  },

  noTier1Contact: {
    id: "Pemilik layanan belum terdaftar dengan kontak Tier 1.",
    en: "The owner is not registered with a Tier 1 contact.",
  },

  fillInContact: {
    id: "Isi contact dalam member.yaml.",
    en: "Fill in contact in member.yaml.",
  },

  builderMustBe: (builders: string) => ({
    id: `Pembangun harus salah satu dari: ${builders}.`,
    en: `The builder has to be one of: ${builders}.`,
  }),

  builderMustCoordinate: {
    id: "PD yang membangun harus berkoordinasi dengan Dinas.",
    en: "An agency that builds has to coordinate with the Dinas.",
  },

  notRecognised: {
    id: "Pemilik belum ditetapkan sebagai PD Mandiri TIK.",
    en: "The owner is not recognised as a PD Mandiri TIK.",
  },

  recordRecognition: {
    id: "Catat penetapannya (member recognise-mandiri-tik).",
    en: "Record its recognition (member recognise-mandiri-tik).",
  },

  builtBy: (builder: string) => ({
    id: `Dibangun oleh ${builder}.`,
    en: `Built by ${builder}.`,
  }),

  applicationKindMissing: {
    id: "Belum dinyatakan umum, sejenis-umum, atau khusus.",
    en: "Not said whether umum, sejenis-umum or khusus.",
  },

  umumBuiltCentrally: {
    id: "Aplikasi Umum yang dibangun pusat.",
    en: "A common application, built centrally.",
  },

  khususCoordinated: (number: string) => ({
    id: `Aplikasi Khusus, dikoordinasikan: ${number}.`,
    en: `A khusus application, coordinated: ${number}.`,
  }),

  khususMustCoordinate: {
    id: "Aplikasi Khusus harus dikoordinasikan dengan Dinas.",
    en: "A khusus application has to be coordinated with the Dinas.",
  },

  noException: {
    id: "Aplikasi Umum sudah ada, dan peraturan tidak mengenal pengecualian.",
    en: "There is a common application, and the regulation knows no exception.",
  },

  useUmum: {
    id: "Pakai Aplikasi Umum, atau catat pembebasan masa peralihan bila ada (exemption record).",
    en: "Use the common application, or record a transition exemption if there is one (exemption record).",
  },

  exceptionMet: (conditions: string) => ({
    id: `Syarat pengecualian terpenuhi: ${conditions}.`,
    en: `The conditions of the exception are met: ${conditions}.`,
  }),

  exceptionUnmet: (conditions: string) => ({
    id: `Sejenis dengan Aplikasi Umum; syarat pengecualian belum ada: ${conditions}.`,
    en: `It does what a common application does; conditions of the exception are missing: ${conditions}.`,
  }),

  opinionsBeforeProduction: {
    id: "Dalam uji coba; pertimbangan diminta sebelum produksi.",
    en: "On trial; opinions are asked for before production.",
  },

  inProduction: {
    id: "Instansi dalam keadaan produksi.",
    en: "The instance is in production.",
  },

  inPreparation: {
    id: "Instansi masih dalam keadaan persiapan.",
    en: "The instance is still in preparation.",
  },

  publishFirst: {
    id: "Penuhi syaratnya, lalu instance publish; simpul why instance menyebut yang kurang.",
    en: "Meet its conditions, then instance publish; simpul why instance names what is missing.",
  },
} as const;
