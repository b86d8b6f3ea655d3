import type { Text } from "../../base/text.ts";

export const messages = {
  logInUse: (directory: string): Text => ({
    id: `Log di ${directory} sedang dipakai proses lain; hentikan proses itu lebih dahulu`,
    en: `The log in ${directory} is in use by another process; stop that one first`,
  }),
  logNotBegun: (directory: string): Text => ({
    id: `Log di ${directory} belum dimulai`,
    en: `The log in ${directory} has not begun`,
  }),
  noReadableLog: (directory: string): Text => ({
    id: `Tidak ada log yang dapat dibaca di ${directory}`,
    en: `There is no readable log in ${directory}`,
  }),
  ledgerOfOtherVersion: (directory: string): Text => ({
    id: `ledger.sqlite di ${directory} berasal dari versi lain`,
    en: `ledger.sqlite in ${directory} is of another version`,
  }),
  documentAltered: (digest: string): Text => ({
    id: `Isi dokumen ${digest} bukan yang diterapkan: diubah di luar apply`,
    en: `The document ${digest} is not what was applied: it was changed past apply`,
  }),

  /** `fault` is one of those below; it is about the copy or about what it is made from. */
  copyFailed: (file: string, fault: Text): Text => ({
    id: `Salinan ${file} tidak jadi: ${fault.id}`,
    en: `The copy ${file} was not made: it ${fault.en}`,
  }),

  /** What is wrong with a file: `fault` is one of those below. */
  ofFile: (file: string, fault: Text): Text => ({ id: `${file} ${fault.id}`, en: `${file} ${fault.en}` }),
  readOnly: {
    id: "tidak dapat ditulis: berkas, folder, atau disk hanya-baca",
    en: "cannot be written: the file, its directory or the disk is read-only",
  },
  diskFailed: { id: "disk gagal membaca atau menulis", en: "the disk failed to read or write" },
  damaged: { id: "rusak; pulihkan dari cadangan", en: "is damaged; restore it from a backup" },
  diskFull: { id: "tidak dapat ditulis: disk penuh", en: "cannot be written: the disk is full" },
  cannotOpen: {
    id: "tidak dapat dibuka atau ditulis; periksa folder, hak akses, dan ruang disk",
    en: "cannot be opened or written; look at its directory, permissions and free space",
  },
  notADatabase: { id: "rusak atau bukan basis data; pulihkan dari cadangan", en: "is damaged or no database; restore it from a backup" },
} as const;
