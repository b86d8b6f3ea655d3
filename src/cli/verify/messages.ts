import { countOf, type Text } from "../../base/text.ts";

/** What `verify` says. Only what a receipt or a bundle needs, since this becomes part of the verifier that stands alone. */
export const messages = {
  nameOneFile: { id: "Sebutkan satu berkas (- untuk masukan standar).", en: "Name one file (- for standard input)." },
  notAVkey: (text: string): Text => ({ id: `${text} bukan vkey.`, en: `${text} is not a vkey.` }),
  logNotListed: (file: string, origin: string): Text => ({
    id: `${file} tidak memuat log ${origin}.`,
    en: `${file} does not list the log ${origin}.`,
  }),
  handoversWithVkey: {
    id: "--handovers berlaku bersama --vkey; daftar log (--logs) sudah memuat semua kuncinya.",
    en: "--handovers goes with --vkey; a list of logs (--logs) has all keys itself.",
  },
  notHandovers: (file: string, line: number): Text => ({
    id: `${file} baris ${line}: bukan serah terima kunci log.`,
    en: `${file} line ${line}: not a handover of a log's key.`,
  }),
  handoversRefused: (file: string, { id, en }: Text): Text => ({ id: `${file} ditolak: ${id}.`, en: `${file} is refused: ${en}.` }),
  otherExchange: (file: string, exchange: string | undefined): Text => ({
    id: `${file} tentang pertukaran lain, ${exchange}.`,
    en: `${file} is about another exchange, ${exchange}.`,
  }),

  noTimeZone: (text: string): Text => ({
    id: `--time-zone: ${text} bukan zona waktu IANA, seperti Asia/Makassar.`,
    en: `--time-zone: ${text} is no IANA time zone, such as Asia/Makassar.`,
  }),
  jsonOrHtml: { id: "Pilih salah satu: --json atau --html.", en: "Choose one of --json and --html." },

  // The page.
  file: { id: "Berkas", en: "File" },
  digest: { id: "SHA-256 berkas", en: "The file's SHA-256" },
  key: { id: "Kunci log (vkey)", en: "The log's key" },
  checkedAt: { id: "Diperiksa", en: "Checked" },
  points: { id: "Yang diperiksa", en: "What was checked" },
  signature: { id: "Pengesahan", en: "Signature" },
  nameAndNumber: { id: "Nama, NIP", en: "Name, staff number" },
  placeAndDate: { id: "Tempat, tanggal", en: "Place, date" },
  sign: { id: "Tanda tangan", en: "Signature" },
  howToRepeat: {
    id: "Halaman ini bukan bukti; buktinya ialah berkas itu sendiri. Siapa pun dapat memeriksanya lagi: simpul verify --vkey VKEY BERKAS.",
    en: "This page is no evidence; the file itself is. Anybody can check it again: simpul verify --vkey VKEY FILE.",
  },

  subjects: {
    receipt: { id: "Tanda terima ini", en: "The receipt is" },
    evidence: { id: "Bundel bukti ini", en: "The evidence is" },
  },
  verdicts: {
    verified: { id: "SAH", en: "VERIFIED" },
    broken: { id: "RUSAK: lihat baris bertanda ✗", en: "BROKEN: see the lines with ✗" },
    unvouched: {
      id: "konsisten, tetapi tidak ada yang menjamin kuncinya: berikan --vkey dari simpanan Anda",
      en: "consistent, but nobody vouches for the key: give your own --vkey",
    },
  },
  outcome: (subject: Text, verdict: Text): Text => ({
    id: `${subject.id} ${verdict.id}.`,
    en: `${subject.en} ${verdict.en}.`,
  }),
  outcomeAsFarAsChecked: (subject: Text, verdict: Text, unchecked: number): Text => ({
    id: `${subject.id} ${verdict.id} sejauh diperiksa; ${unchecked} hal tidak diperiksa (baris bertanda –).`,
    en: `${subject.en} ${verdict.en} as far as it was checked; ${countOf(unchecked, "point")} not checked, see the lines with –.`,
  }),
};
