import type { Text } from "../../base/text.ts";

/** What `restore` says. */
export const messages = {
  nameCopy: {
    id: "Sebutkan folder cadangan, dan folder data baru dengan --data.",
    en: "Name the backup's folder, and the new data directory with --data.",
  },
  notEmpty: (data: string): Text => ({
    id: `${data} tidak kosong; pulihkan ke folder baru, supaya tidak ada yang tertimpa.`,
    en: `${data} is not empty; restore into a new directory, so that nothing is overwritten.`,
  }),
  noCopyIn: (folder: string): Text => ({
    id: `${folder} tidak berisi salinan registri dan buku besar.`,
    en: `${folder} holds no copy of a registry and a ledger.`,
  }),
  inUse: (folder: string): Text => ({
    id: `${folder} sedang dipakai gerbang; hentikan gerbang itu, atau pulihkan dari sebuah cadangan.`,
    en: `A gateway is using ${folder}; stop it, or restore from a backup.`,
  }),
  copyOfAnother: (found: string, origin: string): Text => ({
    id: `Salinan ini adalah log ${found}, sedangkan kuncinya milik ${origin}.`,
    en: `This copy is the log ${found}, but the keys are those of ${origin}.`,
  }),
  damaged: (finding: Text): Text => ({
    id: `Salinan ini rusak: ${finding.id}. Tidak ada yang dipulihkan; pakai cadangan lain.`,
    en: `This copy is damaged: ${finding.en}. Nothing was restored; use another backup.`,
  }),
  noCheckpointIn: (file: string): Text => ({
    id: `${file} tidak memuat titik periksa atau tanda terima.`,
    en: `${file} holds neither a checkpoint nor a receipt.`,
  }),
  notSigned: (file: string, origin: string): Text => ({
    id: `Titik periksa di ${file} tidak ditandatangani dengan kunci ${origin}.`,
    en: `The checkpoint in ${file} is not signed by a key of ${origin}.`,
  }),
  anotherHistory: (file: string, size: number): Text => ({
    id:
      `Salinan ini tidak mungkin menjadi log yang ditandatangani pada ukuran ${size} (${file}): riwayatnya lain. ` +
      "Tidak ada yang dipulihkan; simpan berkas itu dan panggil pemeriksa.",
    en:
      `No log that grows from this copy can have been signed at size ${size} (${file}): its history is another one. ` +
      "Nothing was restored; keep that file and call an auditor.",
  }),

  noClosedLog: (origin: string, folder: string): Text => ({
    id: `Log ${origin}, yang ditutup dahulu, tidak ada di ${folder}; sebutkan foldernya dengan --closed.`,
    en: `The log ${origin}, which was closed before, is not in ${folder}; name its folder with --closed.`,
  }),

  restored: (data: string): Text => ({ id: `Dipulihkan ke ${data}.`, en: "Restored." }),
  closed: (origin: string, size: number): Text => ({
    id: `${origin} ditutup dengan ${size} daun; tanda terimanya tetap dapat dibuktikan.`,
    en: `It was closed with this many leaves; its receipts stay provable.`,
  }),
  goesOn: {
    id: "Log baru melanjutkannya; berikan vkey ini kepada setiap anggota.",
    en: "A new log goes on from it; give this vkey to every member.",
  },
  lost: (first: number, last: number, file: string): Text => ({
    id:
      `Daun ${first}–${last} ditandatangani sesudah cadangan ini dan hilang (menurut ${file}). ` +
      "Tanda terimanya tetap membuktikan apa yang ditandatangani; mintalah salinannya dari para anggota.",
    en: "These leaves were signed after the backup and are lost. Their receipts still prove what was signed; ask the members for copies.",
  }),
  lostUnknown: {
    id:
      "Tidak ada yang menunjukkan titik periksa yang lebih baru. Yang ditandatangani sesudah cadangan, bila ada, hilang; " +
      "tanda terimanya tetap membuktikannya.",
    en: "Nobody showed a newer checkpoint. What was signed after the backup, if anything, is lost; its receipts still prove it.",
  },
  listNotSigned: {
    id: "Daftar log di /logs belum memuat log baru: kunci instansi tidak ada di sini. Bila sudah ada, jalankan",
    en: "The list of logs at /logs does not name the new log yet, since the instance's key is not here. Once it is, run",
  },
  next: { id: "Berikutnya", en: "next" },
};
