import type { Text } from "../../base/text.ts";

export const messages = {
  // Parts of the page.
  checks: { id: "Pemeriksaan", en: "Checks" },
  before: (origin: string): Text => ({ id: `Log sebelumnya: ${origin}`, en: "The log before" }),
  toExplain: { id: "Perlu dijelaskan", en: "To be explained" },
  activity: (unit: Text): Text => ({ id: `Daun per ${unit.id} (UTC)`, en: `Leaves by ${unit.en} (UTC)` }),
  refusals: { id: "Penolakan dan kegagalan", en: "Refusals and failures" },
  longestGaps: { id: "Waktu: jeda terpanjang", en: "Time: the longest silences" },
  noGaps: { id: "Tidak ada jeda satu jam atau lebih.", en: "No silence of an hour or more." },
  clockRegressions: { id: "Jam mundur", en: "The clock went back" },
  services: { id: "Pertukaran per layanan", en: "Exchanges by service" },
  openIntents: { id: "Niat tanpa hasil", en: "Intents without an outcome" },
  changes: (count: number): Text => ({
    id: `Perubahan kendali: ${count}, terbaru dahulu`,
    en: `Control changes: ${count}, latest first`,
  }),
  checkpoint: { id: "Titik periksa yang diaudit", en: "The checkpoint that was audited" },
  keepCheckpoint: {
    id: "Simpan di luar jangkauan pengelola gerbang, dan bandingkan pada audit berikutnya.",
    en: "Keep it where the gateway's operator cannot reach it, and compare it at the next audit.",
  },

  // Of the whole.
  log: { id: "Log", en: "Log" },
  instance: { id: "Instansi", en: "Instance" },
  period: { id: "Kurun", en: "Period" },
  audited: { id: "Diaudit", en: "Audited" },
  auditor: { id: "Pemeriksa", en: "Auditor" },
  key: { id: "Kunci", en: "Key" },
  program: { id: "Program", en: "Program" },
  command: { id: "Perintah", en: "Command" },
  zone: (zone: string): Text => ({
    id: `Waktu ditulis dalam ${zone}; grafik dan hitungan per hari menurut UTC.`,
    en: `Times are in ${zone}; figures and counts by day are in UTC.`,
  }),
  signature: { id: "Pengesahan", en: "Signature" },
  placeAndDate: { id: "Tempat, tanggal", en: "Place, date" },
  nameAndNumber: { id: "Nama, NIP", en: "Name, staff number" },
  sign: { id: "Tanda tangan", en: "Signature" },

  // Leaves by type.
  types: {
    outcome: { id: "hasil", en: "outcome" },
    intent: { id: "niat", en: "intent" },
    refusal: { id: "penolakan", en: "refusal" },
    control: { id: "kendali", en: "control" },
  } as Readonly<Record<string, Text>>,

  // Figures.
  activityFigure: { id: "Daun per kurun waktu", en: "Leaves by period" },
  refusalFigure: { id: "Penolakan per kode", en: "Refusals by code" },
  timeFigure: { id: "Kurun waktu yang dicakup log, jeda panjang tampak putih", en: "The time that the log covers, long gaps in white" },

  // Units and columns.
  leaves: { id: "daun", en: "leaves" },
  hour: { id: "jam", en: "hour" },
  day: { id: "hari", en: "day" },
  month: { id: "bulan", en: "month" },
  code: { id: "Kode", en: "Code" },
  consumer: { id: "Konsumen", en: "Consumer" },
  times: { id: "Kali", en: "Times" },
  since: { id: "Sejak", en: "Since" },
  until: { id: "Sampai", en: "Until" },
  length: { id: "Lama", en: "Length" },
  beforeLeaf: { id: "Sebelum daun", en: "Before leaf" },
  leaf: { id: "Daun", en: "Leaf" },
  itsTime: { id: "Waktunya", en: "Its time" },
  after: { id: "Sesudah", en: "After" },
  difference: { id: "Selisih", en: "Difference" },
  service: { id: "Layanan", en: "Service" },
  delivered: { id: "Terkirim", en: "Delivered" },
  refused: { id: "Ditolak", en: "Refused" },
  days: { id: "Hari", en: "Days" },
  byDay: (first: string, last: string): Text => ({ id: `Per hari, ${first} – ${last}`, en: "By day" }),
  at: { id: "Waktu", en: "Time" },
  change: { id: "Perubahan", en: "Change" },
  subject: { id: "Perihal", en: "Subject" },
  by: { id: "Oleh", en: "By" },
};
