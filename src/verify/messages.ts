import type { Text } from "../base/text.ts";

/** Of a receipt, in the words of its holder, and of a bundle what its tables (`bundleSteps`, `skipReasons`) leave open. */
export const messages = {
  // A receipt.
  unreadable: (part: Text): Text => ({ id: `${part.id} tidak terbaca`, en: `${part.en} cannot be read` }),
  leaf: { id: "Daun", en: "The leaf" },
  checkpoint: { id: "Titik periksa", en: "The checkpoint" },
  oneLog: { id: "Daun, titik periksa, dan kunci menyebut log yang sama", en: "Leaf, checkpoint and key name one log" },
  indexInLog: (index: number): Text => ({ id: `Indeks ${index} ada di dalam log`, en: `Index ${index} lies within the log` }),
  outcomeOrRefusal: { id: "Daun mencatat hasil atau penolakan", en: "The leaf records an outcome or a refusal" },
  consumer: { id: "Konsumen", en: "The consumer" },
  service: { id: "Layanan", en: "The service" },
  method: { id: "Metode", en: "The method" },
  status: { id: "Status HTTP", en: "The HTTP status" },
  exchangeId: { id: "Nomor pertukaran", en: "The exchange id" },
  signed: { id: "Titik periksa ditandatangani oleh log", en: "The checkpoint is signed by the log" },
  included: { id: "Bukti inklusi menuju akar titik periksa", en: "The inclusion proof leads to the checkpoint's root" },
  statementRecorded: { id: "Daun mencatat pernyataan saya", en: "The leaf records my statement" },
  requestCommitted: {
    id: "Komitmen terbuka pada isi permintaan saya",
    en: "The commitment opens to the content of my request",
  },
  answerCommitted: {
    id: "Komitmen terbuka pada isi jawaban yang saya terima",
    en: "The commitment opens to the content of the answer I received",
  },
  isMine: (fact: Text): Text => ({ id: `${fact.id} sesuai`, en: `${fact.en} is as expected` }),
  differs: (claim: Text, recorded: string | number | undefined, mine: string | number): Text => ({
    id: `${claim.id} (daun: ${recorded ?? "-"}, pembanding: ${mine})`,
    en: `${claim.en} (leaf: ${recorded ?? "-"}, given: ${mine})`,
  }),
  noKey: (claim: Text): Text => ({
    id: `${claim.id}: kunci log (vkey) tidak diberikan`,
    en: `${claim.en}: no pinned key (vkey) was given`,
  }),
  notRead: (claim: Text): Text => ({
    id: `${claim.id}: gerbang tidak membaca isinya`,
    en: `${claim.en}: the gateway did not read it`,
  }),
  nothingToCompare: (claim: Text): Text => ({
    id: `${claim.id}: tidak diperiksa, pembanding tidak diberikan`,
    en: `${claim.en}: not checked, nothing was given to compare`,
  }),

  // A bundle.
  notJson: { id: "bukan JSON dalam UTF-8", en: "it is not JSON in UTF-8" },
  notCanonical: {
    id: "JSON ini ditulis ulang: bukan bentuk RFC 8785 dengan satu ganti baris di akhir; pakailah berkas asli",
    en: "this JSON was written anew: it is not in the form of RFC 8785 with one line feed at the end; take the original file",
  },
  notOfForm: { id: "ada bagian yang kurang, tidak dikenal, atau salah bentuk", en: "a part is missing, unknown or malformed" },
  otherHash: { id: "sidiknya lain", en: "its hash is another" },
  otherOrNoHash: {
    id: "sidiknya lain, atau daun tidak mencatatnya",
    en: "its hash is another, or the leaf does not record it",
  },
  signedDigest: {
    id: "sidik isi yang ditandatangani: hanya isi itu yang cocok",
    en: "the digest of content that was signed: only that content fits",
  },
  givenContent: { id: "isi yang Anda berikan, bita demi bita", en: "the content that you gave, byte for byte" },
  finding: (title: Text, sentence: Text): Text => ({
    id: `${title.id}: ${sentence.id}`,
    en: `${title.en}: ${sentence.en}`,
  }),
};
