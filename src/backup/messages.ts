import { countOf, type Text } from "../base/text.ts";

export const messages = {
  exists: (path: string): Text => ({
    id: `${path} sudah ada; cadangan tidak pernah menimpa. Pilih nama lain, misalnya dengan tanggal.`,
    en: `${path} exists already; a backup never overwrites. Choose another name, for example one with the day.`,
  }),
  interrupted: (path: string): Text => ({
    id: `${path} tersisa dari cadangan yang terputus, atau cadangan lain sedang dibuat. Bila tidak ada yang berjalan, hapus lalu ulangi.`,
    en: `${path} is left of a backup that was interrupted, or another one is being made. If none is, remove it and try again.`,
  }),
  noFolder: (folder: string): Text => ({
    id: `Folder ${folder} tidak ada; buat dahulu, atau sambungkan cakramnya.`,
    en: `There is no folder ${folder}; make it first, or mount its disk.`,
  }),
  nothingYet: (data: string): Text => ({
    id: `${data} belum berisi registri dan buku besar; tidak ada yang dicadangkan. Periksa --data.`,
    en: `${data} holds no registry and ledger yet; there is nothing to back up. Look at --data.`,
  }),
  copyNotWhole: (faults: Text): Text => ({
    id:
      "Salinan dibuka, diperiksa, dan tidak utuh, maka tidak disimpan. Data gerbang mungkin rusak; jalankan doctor dan audit." +
      `\n${faults.id}`,
    en:
      "The copy was opened, checked and found wrong, so it was not kept. The gateway's own data may be damaged; run doctor and audit." +
      `\n${faults.en}`,
  }),
  notRecorded: (folder: string, cause: string): Text => ({
    id: `Cadangan ${folder} utuh, tetapi tidak tercatat di registri, jadi umurnya tidak dikenal: ${cause}`,
    en: `The backup ${folder} is whole, but the registry has no record of it, so its age is not known: ${cause}`,
  }),

  noBackup: (folder: string): Text => ({
    id: `${folder} bukan cadangan: tidak ada backup.json di dalamnya.`,
    en: `${folder} is no backup: it has no backup.json.`,
  }),
  cannotRead: (file: string, code: string): Text => ({ id: `${file} tidak terbaca (${code})`, en: `${file} cannot be read (${code})` }),
  notOfTheForm: (file: string, pointer: string): Text => ({
    id: `${file} bukan berkas yang ditulis simpul backup${pointer === "" ? "" : `: ${pointer} tidak ada atau salah bentuk`}`,
    en: `${file} is not what simpul backup writes${pointer === "" ? "" : `: ${pointer} is missing or of another form`}`,
  }),
  laterFormat: (file: string, v: number, program: string): Text => ({
    id: `${file} berformat ${v}, ditulis Simpul ${program}; program ini hanya mengenal format 1. Pakai Simpul versi itu.`,
    en: `${file} has the format ${v}, written by Simpul ${program}; this program knows format 1 only. Use that version of Simpul.`,
  }),

  strayFile: (name: string): Text => ({
    id: `${name} tidak tercantum dalam backup.json: cadangan ini dibuka atau diubah sesudah dibuat`,
    en: `${name} is not listed in backup.json: this backup was opened or changed after it was made`,
  }),
  fileMissing: (name: string): Text => ({ id: `${name} tidak ada`, en: `${name} is missing` }),
  fileOfOtherLength: (name: string, is: number, was: number): Text => ({
    id: `${name} panjangnya ${is} bita, seharusnya ${was}`,
    en: `${name} has ${is} bytes, it should have ${was}`,
  }),
  fileChanged: (name: string): Text => ({
    id: `${name} bukan berkas yang disalin: SHA-256-nya lain`,
    en: `${name} is not the file that was copied: its SHA-256 is another`,
  }),
  damaged: (problem: string): Text => ({ id: `Basis data rusak: ${problem}`, en: `The database is damaged: ${problem}` }),
  otherRegistry: (version: number, said: number): Text => ({
    id: `Registri berada pada versi ${version}, bukan versi ${said} dengan akar yang disebut backup.json`,
    en: `The registry is at version ${version}, not at version ${said} with the roots that backup.json says`,
  }),
  inLog: (place: Text, finding: Text): Text => ({ id: `Log, ${place.id}: ${finding.id}`, en: `Log, ${place.en}: ${finding.en}` }),
  otherCheckpoint: (size: number, said: number): Text => ({
    id: `Titik periksa log (${size} daun) bukan yang disebut backup.json (${said} daun)`,
    en: `The log's checkpoint (${countOf(size, "leaf", "leaves")}) is not the one that backup.json says (${said} leaves)`,
  }),
  basisUnknown: (index: number): Text => ({
    id: `Daun ${index} dinilai menurut aturan yang tidak ada dalam registri ini`,
    en: `Leaf ${index} was judged by rules that this registry does not have`,
  }),
  otherLastChange: ({ index, version }: { readonly index: number; readonly version: number }): Text => ({
    id: `Daun kendali ${index} menyebut versi ${version} registri, yang tidak ada di sini atau lain akarnya`,
    en: `The control leaf ${index} tells of registry version ${version}, which is not here or has other roots`,
  }),
  changeNotInLog: (version: number): Text => ({
    id: `Perubahan registri versi ${version} dinyatakan tercatat, tetapi daunnya tidak ada dalam log`,
    en: `The change to registry version ${version} is said to be recorded, but its leaf is not in the log`,
  }),
  otherLogKey: (origin: string): Text => ({
    id: `Kunci log dalam berkas kunci bukan kunci yang menandatangani ${origin}`,
    en: `The log key in the file of keys is not the one that signs ${origin}`,
  }),
  noEvidenceKey: { id: "Berkas kunci tidak berisi kunci bukti", en: "The file of keys holds no evidence key" },

  passphraseTooShort: (least: number): Text => ({
    id: `Frasa sandi terlalu pendek; paling sedikit ${least} huruf, misalnya enam kata acak`,
    en: `The passphrase is too short; it has at least ${least} characters, for example six random words`,
  }),
  keysDoNotOpen: (file: string): Text => ({
    id: `${file} tidak terbuka: frasa sandi atau kunci penerimanya lain, atau berkas itu rusak`,
    en: `${file} does not open: the passphrase or the recipient's key is another one, or the file is damaged`,
  }),
} as const;
