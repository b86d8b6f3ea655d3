import type { Text } from "../../base/text.ts";

/** What the verbs of the officers' acts say of the command line and of what came back. */
export const messages = {
  nameAnId: { id: "Sebutkan ID-nya.", en: "Name its ID." },
  nameAStep: (steps: string): Text => ({ id: `Sebutkan langkahnya: ${steps}.`, en: `Name the step: ${steps}.` }),
  noSuchStep: (step: string, meant: string): Text => ({
    id: `Langkah ${step} tidak ada; maksudnya ${meant}?`,
    en: `There is no step ${step}; did you mean ${meant}?`,
  }),
  nameOptions: (options: string): Text => ({ id: `Sebutkan ${options}.`, en: `Name ${options}.` }),
  notAWholeNumber: (option: string): Text => ({
    id: `--${option} harus bilangan bulat.`,
    en: `--${option} must be a whole number.`,
  }),
  notADocument: (option: string, text: string): Text => ({
    id: `--${option} berbentuk SLOT=BERKAS:NOMOR:TANGGAL, bukan ${text}.`,
    en: `--${option} has the form SLOT=FILE:NUMBER:DATE, not ${text}.`,
  }),
  notAJsonObject: (file: string): Text => ({ id: `${file} bukan objek JSON.`, en: `${file} is not a JSON object.` }),

  exchangesOfKey: { id: "Pertukaran yang ditandatanganinya, yang terbaru dahulu", en: "The exchanges that it signed, newest first" },
  exchangesSince: {
    id: "untuk exchanges: sejak hari atau jam setempat ini; bawaannya --stolen-since dari pencabutan, atau awal log",
    en: "for exchanges: since this day or local time; by default the revocation's --stolen-since, or the log's beginning",
  },
  exchangesFound: (count: number, since: string | undefined, examined: number): Text => ({
    id: `Pertukaran dengan kunci ini${since === undefined ? "" : ` sejak ${since}`}: ${count}; daun yang diperiksa: ${examined}.`,
    en: `Exchanges with this key${since === undefined ? "" : ` since ${since}`}: ${count}; leaves examined: ${examined}.`,
  }),

  controlOrigin: {
    id: "asal API kendali, bawaan port kendali dalam konfigurasi; token petugas dari --token-file",
    en: "origin of the control API, by default the configuration's control port; the officer's token is that of --token-file",
  },
  oneJsonDocument: { id: "satu dokumen JSON", en: "one JSON document" },

  exit: {
    0: { id: "berhasil", en: "done" },
    1: { id: "ditolak", en: "refused" },
    2: { id: "perintah salah", en: "misused" },
  },

  days: {
    id: "Hari ditulis 2027-06-30, menurut waktu daerah. --until adalah hari terakhir, termasuk hari itu, seperti dalam surat.",
    en: "Days are written 2027-06-30, in the region's time zone. --until is the last day, that day included, as letters say it.",
  },
  noEnd: { id: "tanpa akhir", en: "no end" },
  holdsThrough: (day: string): Text => ({ id: `berlaku sampai dengan ${day}`, en: `holds through ${day}` }),
  replacedBy: (grant: string): Text => ({ id: `diganti oleh ${grant}`, en: `replaced by ${grant}` }),
  none: { id: "Tidak ada.", en: "None." },
  new: { id: "baru", en: "new" },
  dossier: { id: "Berkas", en: "dossier" },
  nextSteps: { id: "Langkah berikutnya", en: "next steps" },
  roles: { id: "Peran", en: "roles" },
  required: { id: "wajib", en: "required" },
  repeatable: { id: "boleh berulang", en: "may be repeated" },
  tokenShownOnce: {
    id: "Hanya sekali ditampilkan; simpan dengan mode 0600.",
    en: "Shown this once; keep it with mode 0600.",
  },
  tokenKept: (file: string): Text => ({ id: `Disimpan di ${file}.`, en: `Kept in ${file}.` }),
};
