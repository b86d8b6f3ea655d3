import type { Text } from "../base/text.ts";

/** Why a step was not taken, and what that leaves open. */
export const skipReasons = {
  "no-key": {
    id: "tidak diperiksa: kunci log (vkey) dari simpanan Anda tidak diberikan, jadi tidak ada yang menjamin siapa pembuatnya",
    en: "not checked: no key (vkey) of your own keeping was given, so nobody vouches for who made it",
  },
  destroyed: {
    id: "tidak ada lagi: masa simpannya berakhir dan sudah dimusnahkan, atau tidak diserahkan; daun tetap mencatat sidiknya",
    en: "not there: its retention ended and it was destroyed, or it was not handed over; the leaf still holds its hash",
  },
  unsigned: {
    id: "penyedia tidak menandatangani jawaban ini: isinya bersandar pada catatan gerbang dan pada siapa yang menyimpan isinya",
    en: "the provider did not sign this answer: its content rests on the gateway's record and on whoever kept the content",
  },
  unasked: { id: "ditolak sebelum diteruskan: penyedia tidak ditanya", en: "refused before it was forwarded: the provider was not asked" },
  unread: {
    id: "gerbang tidak membaca isi, jadi tidak ada komitmen",
    en: "the gateway did not read the content, so there is no commitment",
  },
  undelivered: { id: "tidak ada yang diserahkan", en: "nothing was delivered" },
  "no-content": {
    id: "tidak diperiksa: berikan isinya (--exchange) untuk membuka komitmen",
    en: "not checked: give the content (--exchange) to open the commitment",
  },
  "no-commitment-key": {
    id:
      "tidak diperiksa: kunci komitmen sudah dimusnahkan atau tidak boleh dilihat penerima bukti ini; " +
      "isinya tidak dapat lagi dibuktikan dari sini",
    en: "not checked: the commitment key was destroyed or may not be seen by this reader; the content can no longer be proved from here",
  },
  "no-statement": { id: "tidak diperiksa: pernyataan konsumen tidak ada", en: "not checked: the consumer's statement is not there" },
  "intent-elsewhere": {
    id: "niatnya dicatat di log lain, {log}, yang tidak ikut dalam bukti ini",
    en: "its intent stands in another log, {log}, which is not part of this evidence",
  },
  gathered: {
    id: "daun ini merangkum banyak penolakan satu konsumen: tidak ada pernyataan, dasar, atau izin tunggal yang dicatatnya",
    en: "this leaf sums up many refusals of one consumer: it records no single statement, basis or grant",
  },
  "no-absence": {
    id:
      "ditolak karena tidak ada izin yang mencakup: ketiadaan izin belum dapat dibuktikan dari entri tunggal, " +
      "hanya keputusan gerbang yang tercatat",
    en:
      "refused because no grant covers it: the absence of a grant cannot be proved from single entries yet, " +
      "only the gateway's decision is on record",
  },
  undecided: { id: "tidak diperiksa: ditolak sebelum izin dicari", en: "not checked: it was refused before a grant was looked for" },
  "no-document": {
    id: "tidak diperiksa: dokumen ini tidak ikut dalam bukti",
    en: "not checked: this document is not part of the evidence",
  },
  "elsewhere-registered": {
    id: "tidak diperiksa: daun kendali pendaftarannya tidak ikut; kunci ini mungkin didaftarkan di bawah log sebelumnya",
    en: "not checked: the control leaf of its registration is not here; this key may have come under an earlier log",
  },
  "summary-only": {
    id: "daun kendali {index} ada dalam log, tetapi hanya memuat sidik daftar namanya, sehingga kunci itu sendiri tidak disebut",
    en: "the control leaf {index} is in the log, but holds only a digest of the list of names, so that it does not name this key itself",
  },
  "own-words": {
    id: "disegel, tetapi tidak dibuktikan: ini keterangan gerbang sendiri. {summary}",
    en: "sealed, but not proved: these are the gateway's own words. {summary}",
  },
  unknown: { id: "tidak diperiksa: pemeriksa ini belum mengenal bagian itu", en: "not checked: this verifier does not know that part yet" },
} as const satisfies Readonly<Record<string, Text>>;

export type SkipReason = keyof typeof skipReasons;
