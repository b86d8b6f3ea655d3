import type { Text } from "../../base/text.ts";

/** What a developer of the intra network reads in a browser. */
export const messages = {
  what: (instance: string): Text => ({
    id: `Sistem Penghubung Layanan ${instance}`,
    en: `The service gateway of ${instance}`,
  }),
  summary: {
    id:
      "Simpul meneruskan panggilan antar-sistem Perangkat Daerah: setiap panggilan ditandatangani, diperiksa terhadap izin akses dan " +
      "kontrak layanan, lalu dicatat dalam buku besar yang tidak dapat disangkal.",
    en:
      "Simpul carries calls between the systems of agencies: each call is signed, judged by grant and contract, and recorded in a ledger " +
      "that nobody can deny.",
  },
  places: { id: "Yang ada di sini", en: "What is here" },
  catalogue: { id: "Katalog layanan", en: "The catalogue of services" },
  guide: (path: string): Text => ({
    id: `Panduan ${path === "client.md" ? "pemanggil (konsumen)" : "penyedia"}`,
    en: `The guide for ${path === "client.md" ? "callers (consumers)" : "providers"}`,
  }),
  example: { id: "Contoh kode", en: "Example code" },
  logs: { id: "Log yang diterbitkan, dengan kunci verifikasinya", en: "The published logs, with their verifier keys" },
  steps: { id: "Memanggil sebuah layanan", en: "To call a service" },
  stepList: [
    {
      id: "Buat pasangan kunci untuk subsistem Anda dan serahkan buktinya (.jwt) kepada Diskominfo.",
      en: "Make a key pair for your subsystem and hand its proof (.jwt) to the Diskominfo.",
    },
    {
      id: "Pilih layanan di katalog dan mintalah izin akses lewat petugas PD Anda.",
      en: "Choose a service and ask for a grant through your agency's officer.",
    },
    {
      id: "Tandatangani pernyataan setiap panggilan (Spl-Signature), kirim dengan Content-Digest; panduan dan contoh kode ada di atas.",
      en: "Sign a statement for each call (Spl-Signature) and send it with Content-Digest; guide and example code are above.",
    },
  ] satisfies readonly Text[],

  services: (count: number): Text => ({ id: `${count} layanan pada halaman ini`, en: `Services on this page: ${count}` }),
  columns: {
    service: { id: "Layanan", en: "Service" },
    owner: { id: "Pemilik", en: "Owner" },
    state: { id: "Keadaan", en: "State" },
    classification: { id: "Klasifikasi", en: "Classification" },
    operation: { id: "Operasi", en: "Operation" },
    method: { id: "Metode", en: "Method" },
    path: { id: "Jalur", en: "Path" },
    means: { id: "Kegunaan", en: "Purpose" },
  },
  states: {
    trial: { id: "uji coba", en: "on trial" },
    active: { id: "aktif", en: "active" },
    deprecated: { id: "akan digantikan", en: "deprecated" },
    ended: { id: "sudah berakhir", en: "ended" },
  },
  facts: {
    alamat: { id: "Alamat", en: "Address" },
    owner: { id: "Pemilik", en: "Owner" },
    contact: { id: "Kontak", en: "Contact" },
    state: { id: "Keadaan", en: "State" },
    access: { id: "Cara mendapat akses", en: "How to get access" },
    input: { id: "Masukan", en: "Input" },
    output: { id: "Keluaran", en: "Output" },
    contract: { id: "Kontrak", en: "Contract" },
  },
  ends: (sunset: string, successor: string): Text => ({
    id: `akan digantikan oleh ${successor}; melayani paling sedikit sampai ${sunset}`,
    en: `deprecated in favour of ${successor}; it serves until ${sunset} at least`,
  }),
  ended: (sunset: string, successor: string): Text => ({
    id: `sudah berakhir sejak ${sunset}; pemiliknya dapat menghentikannya kapan saja. Pakai ${successor}`,
    en: `ended on ${sunset}; its owner may retire it on any day. Use ${successor}`,
  }),
  next: { id: "Halaman berikutnya", en: "Next page" },
  footer: {
    id: "Tanpa data pribadi; isi layanan hanya lewat panggilan bertanda tangan.",
    en: "No personal data; content only by signed calls.",
  },
  serviceUnknown: { id: "Tidak ada layanan dengan id itu; lihat /catalogue.", en: "No service of that id; see /catalogue." },
  documentUnknown: { id: "Tidak ada dokumen dengan nama itu; lihat /.", en: "No document of that name; see /." },
} as const;
