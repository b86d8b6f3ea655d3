import type { Text } from "../../base/text.ts";

export const messages = {
  noCorrection: {
    id: "Bukan pembetulan kontrak yang berlaku.",
    en: "It is no correction of the contract in force.",
  },

  announced: (from: string): Text => ({
    id: `Pembetulan diumumkan, berlaku mulai ${from}.`,
    en: `The correction is announced, it holds from ${from}.`,
  }),
  tooSoon: (days: number, earliest: string): Text => ({
    id: `Konsumen diberi tahu sedikitnya ${days} hari sebelumnya: paling cepat ${earliest}.`,
    en: `Consumers get at least ${days} days of notice: ${earliest} at the earliest.`,
  }),
  chooseLater: (earliest: string): Text => ({
    id: `Nyatakan lagi dengan tanggal sejak ${earliest} (service correct --from ${earliest}).`,
    en: `Declare it again with a day from ${earliest} on (service correct --from ${earliest}).`,
  }),

  usersUnknown: {
    id: "Layanan terbuka dipakai tanpa izin akses, jadi pemakainya tidak dapat dimintai persetujuan satu per satu.",
    en: "An open service is used without grants, so its users cannot be asked one by one.",
  },
  publishNextVersion: {
    id: "Terbitkan versi mayor baru, lalu umumkan penggantinya (service deprecate).",
    en: "Publish a new major version, then announce it as the successor (service deprecate).",
  },
  pending: (members: readonly string[], agreed: number): Text => ({
    id: `Belum setuju: ${members.join(", ")}; sudah setuju: ${agreed}.`,
    en: `Not agreed yet: ${members.join(", ")}; agreed: ${agreed}.`,
  }),
  askToAgree: (revision: string, members: readonly string[]): Text => ({
    id: `Petugas ${members.join(", ")} menyetujuinya (service agree ${revision}); yang tidak setuju dilayani lewat versi baru.`,
    en: `Officers of ${members.join(", ")} agree (service agree ${revision}); who does not agree is served by a new version.`,
  }),
  notYet: (from: string): Text => ({
    id: `Semua konsumen setuju; pembetulan berlaku mulai ${from}.`,
    en: `All consumers agree; the correction holds from ${from}.`,
  }),
  activateFrom: (from: string): Text => ({
    id: `Aktifkan pada ${from} atau sesudahnya.`,
    en: `Activate it on ${from} or later.`,
  }),
  noConsumers: {
    id: "Tidak ada konsumen dengan izin yang berlaku.",
    en: "There is no consumer with a grant in force.",
  },
  allAgreed: (members: readonly string[]): Text => ({
    id: `Semua konsumen setuju: ${members.join(", ")}.`,
    en: `All consumers agree: ${members.join(", ")}.`,
  }),
} as const;
