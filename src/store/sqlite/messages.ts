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
  laterFormat: (file: string, found: number, program: string, own: number, ownProgram: string): Text => ({
    id:
      `${file} berformat ${found}, terakhir ditulis Simpul ${program}; program ini (${ownProgram}) mengenal format sampai ${own}. ` +
      "Pakai Simpul versi itu, atau pulihkan salinan dari sebelum pemutakhiran (docs/operations/upgrade.md)",
    en:
      `${file} has format ${found}, last written by Simpul ${program}; this program (${ownProgram}) knows formats up to ${own}. ` +
      "Use that version of Simpul, or put the copy from before the upgrade back (docs/operations/upgrade.md)",
  }),
  earlierFormat: (file: string, found: number, own: number): Text => ({
    id: `${file} berformat ${found}, yang lebih tua daripada yang dikenal program ini (${own}); mutakhirkan lewat versi di antaranya`,
    en: `${file} has format ${found}, older than those that this program knows (${own}); upgrade by a version in between`,
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
