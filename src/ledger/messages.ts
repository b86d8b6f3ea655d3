import { commandLine } from "../base/command-line.ts";
import { countOf, type Text } from "../base/text.ts";

export const messages = {
  leafMissing: (index: number): Text => ({ id: `Daun ${index} tidak ada`, en: `Leaf ${index} is missing` }),
  leafAltered: (index: number): Text => ({
    id: `Daun ${index} yang tersimpan bukan daun yang ada dalam pohon`,
    en: `The stored leaf ${index} is not the one in the tree`,
  }),
  tileDamaged: (level: number, n: number): Text => ({
    id: `Ubin ${level}/${n} tidak ada atau rusak`,
    en: `Tile ${level}/${n} is missing or damaged`,
  }),

  notAnOrigin: (origin: string): Text => ({
    id: `"${origin}" bukan origin log (<host>/log/<nama>)`,
    en: `"${origin}" is no log origin (<host>/log/<name>)`,
  }),
  anotherLog: (stored: string, own: string): Text => ({
    id: `Log yang tersimpan adalah ${stored}, bukan ${own}`,
    en: `The stored log is ${stored}, not ${own}`,
  }),
  anotherKey: { id: "Kepala log ditandatangani dengan kunci lain", en: "The log's head is signed by another key" },
  headDisagrees: {
    id: "Kepala log, akar, dan daun yang tersimpan tidak cocok",
    en: "The stored head, root and leaves of the log do not agree",
  },
  headMoved: { id: "Kepala log digeser oleh penulis lain", en: "Another writer has moved the log's head" },
  beginsElsewhere: { id: "Log sedang dimulai oleh proses lain", en: "Another process is beginning this log" },

  rememberedUnreadable: (file: string, line: number): Text => ({
    id: `${file} baris ${line}: bukan titik periksa bertanda tangan; pulihkan berkas itu dari salinan`,
    en: `${file} line ${line}: not a signed checkpoint; restore that file from a copy`,
  }),
  olderThanRemembered: (origin: string, size: number, remembered: number, file: string): Text => ({
    id:
      `Buku besar ini salinan lama: ${origin} punya ${size} daun, padahal sudah menandatangani ${remembered} (${file}). ` +
      `Pakai berkas yang terbaru, beserta -wal di sebelahnya; bila hilang: ${commandLine("restore", "FOLDER", "--data", "FOLDER-BARU")}`,
    en:
      `This ledger is an old copy: ${origin} has ${countOf(size, "leaf", "leaves")}, but signed ${remembered} (${file}). ` +
      "Use the newest files, with the " +
      `-wal next to them; if they are lost: ${commandLine("restore", "FOLDER", "--data", "NEW-FOLDER")}`,
  }),
  notAsRemembered: (origin: string, size: number, file: string): Text => ({
    id:
      `Buku besar ini bukan ${origin} yang ditandatangani pada ukuran ${size} (${file}): ` +
      "sebuah salinannya berjalan terus di tempat lain. " +
      `Hentikan salinan itu dan simpan keduanya bagi pemeriksa; lalu pulihkan yang benar dengan: ${commandLine("restore")}`,
    en:
      `This ledger is not the ${origin} that was signed at size ${size} (${file}): a copy of it goes on elsewhere. ` +
      `Stop that copy and keep both for an auditor; then restore the right one with: ${commandLine("restore")}`,
  }),
  closedLogMissing: (origin: string): Text => ({
    id: `Log yang ditutup ${origin} tidak ada di tempatnya`,
    en: `The closed log ${origin} is not in its place`,
  }),

  notAVkey: (vkey: string): Text => ({ id: `"${vkey}" bukan kunci pemeriksa log`, en: `"${vkey}" is no verifier key of a log` }),
  notAHandover: (place: number): Text => ({
    id: `Catatan ke-${place} bukan serah terima kunci log yang ditandatangani kedua kuncinya`,
    en: `Note ${place} is no handover of a log's key that both keys signed`,
  }),
  handoverOutOfOrder: (origin: string, size: number): Text => ({
    id: `Serah terima kunci ${origin} pada ukuran ${size} tidak melanjutkan yang sebelumnya`,
    en: `The handover of the key of ${origin} at size ${size} does not go on from the one before`,
  }),
  keyUsedAgain: (origin: string, size: number): Text => ({
    id: `Serah terima kunci ${origin} pada ukuran ${size} kembali ke kunci yang pernah dipakai`,
    en: `The handover of the key of ${origin} at size ${size} goes back to a key that was used before`,
  }),
  handoversOfOthers: (origin: string): Text => ({
    id: `Serah terima kunci ${origin} tidak memuat kunci yang Anda pegang`,
    en: `The handovers of the key of ${origin} do not have the key that you hold`,
  }),

  logKey: { id: "kunci log", en: "log key" },
  notALogKey: (path: string): Text => ({
    id: `${path} bukan kunci privat Ed25519 (PKCS#8 PEM)`,
    en: `${path} is not an Ed25519 private key (PKCS#8 PEM)`,
  }),
  fileUnreadable: (name: Text, path: string): Text => ({
    id: `Berkas ${name.id} ${path} tidak dapat dibaca`,
    en: `The ${name.en} file ${path} cannot be read`,
  }),
  fileOpenToOthers: (name: Text, path: string, mode: string): Text => ({
    id: `Berkas ${name.id} ${path} dapat dibaca pihak lain (mode ${mode}); jalankan chmod 600`,
    en: `The ${name.en} file ${path} is open to others (mode ${mode}); run chmod 600`,
  }),
};
