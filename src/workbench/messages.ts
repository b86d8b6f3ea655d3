import type { Text } from "../base/text.ts";

/** What the workbench asks of someone who makes a service, and what came of calling an operation. */
export const messages = {
  asks: {
    title: { id: "Nama layanan", en: "Name of the service" },
    description: { id: "Uraian satu kalimat: data apa, bagi siapa", en: "One sentence about it: which data, for whom" },
    kind: { id: "Jenis: data atau transaksi", en: "Kind: data (shared for common use) or transaksi" },
    classification: { id: "Klasifikasi data", en: "Classification of its data" },
    contact: { id: "Meja layanan, bukan nama orang", en: "Service desk, not a person" },
    email: { id: "Surel meja layanan", en: "E-mail of the service desk" },
    memberName: { id: "Nama Perangkat Daerah", en: "Name of the Perangkat Daerah" },
    subsystemName: { id: "Nama aplikasi (subsistem)", en: "Name of the application (subsystem)" },
    instanceName: { id: "Nama daerah", en: "Name of the region" },
    profile: { id: "Peraturan daerah (lihat `profiles`)", en: "The region's regulation (see `profiles`)" },
    timeZone: { id: "Zona waktu", en: "Time zone" },
    memberClass: {
      id: "Golongan: GOV Perangkat Daerah, NAT instansi pusat, ORG badan lain",
      en: "Class: GOV regional agency, NAT central agency, ORG other body",
    },
    phone: { id: "Telepon meja layanan, boleh kosong", en: "Telephone of the service desk, may be empty" },
    testMember: {
      id: "Anggota uji, yang boleh memanggil yang masih uji coba (ya atau tidak)",
      en: "A test member, who may call what is on trial (ya for yes, tidak for no)",
    },
    upstreamIfAny: {
      id: "Alamat aplikasi bila ia menjadi penyedia; kosong bagi konsumen murni",
      en: "Address of the application if it provides; empty for a mere consumer",
    },
    upstream: { id: "Alamat aplikasi penyedia", en: "Address of the provider's application" },
  },
  lineLength: (least: number): Text => ({ id: `harus ${least}–200 huruf`, en: `must have ${least} to 200 characters` }),
  phoneForm: { id: "harus nomor telepon, seperti +62-343-421000", en: "must be a telephone number, such as +62-343-421000" },
  oneOf: (words: string): Text => ({ id: `harus salah satu dari ${words}`, en: `must be one of ${words}` }),
  originOnly: { id: "harus origin saja, seperti http://10.0.0.5:8080", en: "must be an origin only, such as http://10.0.0.5:8080" },
  notYaml: (file: string): Text => ({
    id: `${file} bukan YAML yang sah; betulkan dahulu.`,
    en: `${file} is no valid YAML; correct it first.`,
  }),
  required: { id: "wajib", en: "is required" },

  noExampleFor: (names: string): Text => ({
    id: `belum dapat dipanggil: tanpa contoh untuk ${names}`,
    en: `cannot be called yet: no example for ${names}`,
  }),
  /** `detail`: of a problem, the gateway's sentence, which is in Indonesian. */
  answered: (status: string, receipt: Text, detail: Partial<Text> = {}): Text => ({
    id: [status, `tanda terima ${receipt.id}`, detail.id].filter((part) => part !== undefined).join(" · "),
    en: [status, `receipt ${receipt.en}`, detail.en].filter((part) => part !== undefined).join(" · "),
  }),
  onlyFailures: { id: "kontrak hanya memuat jawaban gagal", en: "the contract names failures only" },
  receiptVerified: { id: "sah", en: "verified" },
  receiptMissing: { id: "tidak ada", en: "missing" },
  receiptBroken: { id: "RUSAK", en: "BROKEN" },
};
