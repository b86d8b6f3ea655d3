import type { Text } from "../base/text.ts";

/** One thing that is checked, and what it means to a judge that it holds, or that it does not. `{name}` stands for a fact. */
interface Row {
  readonly title: Text;
  readonly holds: Text;
  readonly broken: Text;
}

/** What can only be left open has a title alone. */
const row = (title: Text, holds = title, broken = title): Row => ({ title, holds, broken });
const t = (id: string, en: string): Text => ({ id, en });

/** What is checked of a bundle, in this order. */
export const bundleSteps = {
  form: row(
    t("Bentuk", "Form"),
    t(
      "satu dokumen spl-evidence versi 1, bita demi bita dalam bentuk bakunya",
      "one spl-evidence document of version 1, byte for byte in its canonical form",
    ),
    t("ini bukan bundel bukti yang utuh: {fault}", "this is no whole bundle of evidence: {fault}"),
  ),
  seal: row(
    t("Segel", "Seal"),
    t(
      "kunci log menyegel dokumen ini: tidak satu bita pun berubah sejak diterbitkan",
      "the log's key sealed this document: not one byte has changed since it was issued",
    ),
    t(
      "dokumen ini diubah sesudah disegel, atau disegel oleh yang bukan pemegang kunci log",
      "this document was changed after it was sealed, or was sealed by somebody without the log's key",
    ),
  ),
  log: row(
    t("Satu log", "One log"),
    t("dokumen, titik periksa, daun, dan kunci menyebut log yang sama, {log}", "document, checkpoint, leaves and key name one log, {log}"),
    t("dokumen, titik periksa, daun, dan kunci tidak menyebut log yang sama", "document, checkpoint, leaves and key do not name one log"),
  ),
  checkpoint: row(
    t("Titik periksa", "Checkpoint"),
    t(
      "kunci log menandatangani keadaan log ini ({size} daun): operatornya tidak dapat mengingkarinya",
      "the log's key signed this state of the log ({size} leaves): its operator cannot deny it",
    ),
    t("bukan tanda tangan pemegang kunci log atas keadaan log ini", "no signature of the log's key over this state of the log"),
  ),
  inclusion: row(
    t("Daun {index} ada dalam log", "Leaf {index} is in the log"),
    t(
      "catatan ini termasuk dalam keadaan log yang ditandatangani; ia tidak dapat dihapus atau diubah tanpa ketahuan",
      "this record is part of the signed state of the log; it cannot be removed or altered unnoticed",
    ),
    t("catatan ini tidak termasuk dalam keadaan log yang ditandatangani", "this record is not part of the signed state of the log"),
  ),
  leaf: row(
    t("Isi daun", "What the leaves say"),
    t(
      "pertukaran {exchange}: {consumer} memanggil {operation} pada {service}, {end}, {at}",
      "exchange {exchange}: {consumer} called {operation} of {service}, {end}, {at}",
    ),
    t("daun tidak terbaca, atau bukan tentang pertukaran ini", "a leaf cannot be read, or is not about this exchange"),
  ),
  intent: row(
    t("Niat sebelum akibat", "Intent before effect"),
    t(
      "sebelum diteruskan, permintaan yang sama sudah tercatat sebagai niat di daun {index}",
      "before it was forwarded, the same request stood on record as an intent at leaf {index}",
    ),
    t(
      "daun niat tidak ada, terletak sesudahnya, atau mencatat permintaan lain",
      "the intent leaf is missing, comes later, or records another request",
    ),
  ),
  basis: row(
    t("Dasar putusan ({tree})", "What it was judged by ({tree})"),
    t("{count} entri terbukti berlaku pada saat itu: {names}", "{count} entries are proved to have been in force at that moment: {names}"),
    t(
      "akar pohon ini bukan yang dicatat daun, atau sebuah entri tidak ada di bawahnya",
      "the root of this tree is not the one in the leaf, or an entry is not under it",
    ),
  ),
  statement: row(
    t("Pernyataan konsumen", "The consumer's statement"),
    t(
      "inilah pernyataan yang sidiknya dicatat daun; tanda tangannya tidak dapat dipertukarkan",
      "this is the statement whose hash is in the leaf; it cannot be exchanged for another",
    ),
    t("ini bukan pernyataan yang sidiknya dicatat daun: {fault}", "this is not the statement whose hash is in the leaf: {fault}"),
  ),
  signature: row(
    t("Tanda tangan {who}", "Signature of {who}"),
    t(
      "dibuat dengan kunci privat dari kunci {kid} yang terdaftar atas namanya",
      "made with the private part of the key {kid}, which is registered in its name",
    ),
    t(
      "tidak cocok dengan kunci {kid} yang terdaftar, atau kunci itu tidak dibuktikan",
      "does not verify under the registered key {kid}, or that key is not proved",
    ),
  ),
  key: row(
    t("Kunci {kid}", "Key {kid}"),
    t("terdaftar milik {owner} untuk {alg}, dan berlaku pada saat itu", "registered as {owner}'s for {alg}, and valid at that moment"),
    t(
      "bukan kunci yang boleh dipakai {owner} pada saat itu: pemilik, alg, keadaan, masa berlaku, atau sidiknya tidak cocok",
      "not a key that {owner} could use at that moment: owner, alg, state, period or thumbprint do not fit",
    ),
  ),
  possession: row(
    t("Bukti kepemilikan kunci {kid}", "Proof of possession of the key {kid}"),
    t(
      "saat mendaftarkannya, {owner} menandatangani dengan kunci privatnya sendiri",
      "when it registered the key, {owner} signed with its private part",
    ),
    t("bukti bahwa pendaftar memegang kunci privatnya tidak benar", "the proof that whoever registered it held the private part is wrong"),
  ),
  claims: row(
    t("Isi pernyataan", "What the statement says"),
    t(
      "konsumen sendiri menyebut layanan, metode, tujuan {purpose}, dan nomor unik yang dicatat daun",
      "the consumer itself named the service, method, purpose {purpose} and unique number that are in the leaf",
    ),
    t("klaim {claims} berbeda dari yang dicatat daun", "the claims {claims} differ from the record in the leaf"),
  ),
  time: row(
    t("Waktu pernyataan", "Time of the statement"),
    t("masa berlaku pernyataan meliputi saat yang dicatat gerbang", "the statement's period covers the moment that the gateway recorded"),
    t("pernyataan tidak berlaku pada saat yang dicatat gerbang", "the statement was not valid at the moment that the gateway recorded"),
  ),
  request: row(
    t("Isi permintaan", "Content of the request"),
    t("komitmen dalam daun terbuka pada {opened}", "the commitment in the leaf opens to {opened}"),
    t("komitmen dalam daun tidak terbuka pada isi ini", "the commitment in the leaf does not open to this content"),
  ),
  changed: row(
    t("Isi permintaan berubah", "The request's content was changed"),
    t(
      "isi yang sampai di gerbang bukan isi yang ditandatangani konsumen: penolakan digest-mismatch benar",
      "what reached the gateway is not what the consumer signed: the refusal digest-mismatch is right",
    ),
    t(
      "isi yang sampai sama dengan yang ditandatangani: penolakan digest-mismatch tidak benar",
      "what arrived is what was signed: the refusal digest-mismatch is wrong",
    ),
  ),
  response: row(
    t("Jawaban penyedia", "The provider's answer"),
    t("inilah jawaban bertanda tangan yang sidiknya dicatat daun", "this is the signed answer whose hash is in the leaf"),
    t(
      "ini bukan jawaban bertanda tangan yang sidiknya dicatat daun: {fault}",
      "this is not the signed answer whose hash is in the leaf: {fault}",
    ),
  ),
  answer: row(
    t("Isi tanda tangan penyedia", "What the provider signed"),
    t(
      "penyedia sendiri menyebut pertukaran ini, konsumennya, pernyataannya, dan status {status}",
      "the provider itself named this exchange, its consumer, its statement and status {status}",
    ),
    t("klaim {claims} berbeda dari yang dicatat daun", "the claims {claims} differ from the record in the leaf"),
  ),
  provider: row(
    t("Isi jawaban penyedia", "Content that the provider sent"),
    t("komitmen dalam daun terbuka pada {opened}", "the commitment in the leaf opens to {opened}"),
    t("komitmen dalam daun tidak terbuka pada isi ini", "the commitment in the leaf does not open to this content"),
  ),
  delivered: row(
    t("Isi yang diserahkan", "Content that was delivered"),
    t("komitmen dalam daun terbuka pada {opened}", "the commitment in the leaf opens to {opened}"),
    t("komitmen dalam daun tidak terbuka pada isi ini", "the commitment in the leaf does not open to this content"),
  ),
  service: row(
    t("Layanan", "Service"),
    t("{service} terdaftar, melayani, dan disediakan oleh {provider}", "{service} was registered, serving, and provided by {provider}"),
    t(
      "entri layanan yang dicatat daun tidak dibuktikan, tidak melayani, atau bukan milik penyedianya",
      "the service in the leaf is not proved by an entry, was not serving, or is not its provider's",
    ),
  ),
  operation: row(
    t("Operasi", "Operation"),
    t(
      "kontrak layanan menyatakan {operation} untuk metode dan jalur yang ditandatangani konsumen",
      "the service's contract declares {operation} for the method and path that the consumer signed",
    ),
    t(
      "kontrak layanan tidak menyatakan {operation} untuk metode dan jalur itu",
      "the service's contract does not declare {operation} for that method and path",
    ),
  ),
  grant: row(
    t("Izin akses", "Grant"),
    t(
      "izin {grant} mencakup konsumen, layanan, operasi, tujuan, dan saat itu ({legalBasis})",
      "the grant {grant} covers consumer, service, operation, purpose and moment ({legalBasis})",
    ),
    t(
      "izin {grant} tidak dibuktikan atau tidak mencakup panggilan ini: {lacks}",
      "the grant {grant} is not proved or does not cover this call: {lacks}",
    ),
  ),
  document: row(
    t("Dokumen {digest}", "Document {digest}"),
    t("bunyi yang berlaku saat itu dari {name}", "what {name} said at that moment"),
    t("isinya tidak sesuai sidiknya, atau tidak ada entri yang menyebutnya", "it is not what its digest says, or no entry names it"),
  ),
  registration: row(
    t("Pendaftaran kunci {kid}", "Registration of the key {kid}"),
    t("tercatat di daun kendali {index}, {at}, oleh {by}", "on record in control leaf {index}, {at}, by {by}"),
    t(
      "daun kendali ini tidak ada dalam log atau tidak menyebut kunci itu",
      "this control leaf is not in the log or does not name that key",
    ),
  ),
  trace: row(
    t("Penjelasan gerbang", "The gateway's explanation"),
    undefined,
    t("penjelasan ini tentang hal lain", "this explanation is about something else"),
  ),
  later: row(t("Bagian {name}", "Part {name}")),
} as const satisfies Readonly<Record<string, Row>>;

export type BundleStep = keyof typeof bundleSteps;

/** Why something was not checked, and what that leaves open. */
export const skipReasons = {
  "no-key": t(
    "tidak diperiksa: kunci log (vkey) dari simpanan Anda tidak diberikan, jadi tidak ada yang menjamin siapa pembuatnya",
    "not checked: no key (vkey) of your own keeping was given, so nobody vouches for who made it",
  ),
  destroyed: t(
    "tidak ada lagi: masa simpannya berakhir dan sudah dimusnahkan, atau tidak diserahkan; daun tetap mencatat sidiknya",
    "not there: its retention ended and it was destroyed, or it was not handed over; the leaf still holds its hash",
  ),
  unsigned: t(
    "penyedia tidak menandatangani jawaban ini: isinya bersandar pada catatan gerbang dan pada siapa yang menyimpan isinya",
    "the provider did not sign this answer: its content rests on the gateway's record and on whoever kept the content",
  ),
  unasked: t("ditolak sebelum diteruskan: penyedia tidak ditanya", "refused before it was forwarded: the provider was not asked"),
  unread: t("gerbang tidak membaca isi, jadi tidak ada komitmen", "the gateway did not read the content, so there is no commitment"),
  undelivered: t("tidak ada yang diserahkan", "nothing was delivered"),
  "no-content": t(
    "tidak diperiksa: berikan isinya (--exchange) untuk membuka komitmen",
    "not checked: give the content (--exchange) to open the commitment",
  ),
  "no-commitment-key": t(
    "tidak diperiksa: kunci komitmen sudah dimusnahkan atau tidak boleh dilihat penerima bukti ini; isinya tidak dapat lagi dibuktikan dari sini",
    "not checked: the commitment key was destroyed or may not be seen by this reader; the content can no longer be proved from here",
  ),
  "no-statement": t("tidak diperiksa: pernyataan konsumen tidak ada", "not checked: the consumer's statement is not there"),
  "intent-elsewhere": t(
    "niatnya dicatat di log lain, {log}, yang tidak ikut dalam bukti ini",
    "its intent stands in another log, {log}, which is not part of this evidence",
  ),
  gathered: t(
    "daun ini merangkum banyak penolakan satu konsumen: tidak ada pernyataan, dasar, atau izin tunggal yang dicatatnya",
    "this leaf sums up many refusals of one consumer: it records no single statement, basis or grant",
  ),
  "no-absence": t(
    "ditolak karena tidak ada izin yang mencakup: ketiadaan izin belum dapat dibuktikan dari entri tunggal, hanya keputusan gerbang yang tercatat",
    "refused because no grant covers it: the absence of a grant cannot be proved from single entries yet, only the gateway's decision is on record",
  ),
  undecided: t("tidak diperiksa: ditolak sebelum izin dicari", "not checked: it was refused before a grant was looked for"),
  "no-document": t("tidak diperiksa: dokumen ini tidak ikut dalam bukti", "not checked: this document is not part of the evidence"),
  "elsewhere-registered": t(
    "tidak diperiksa: daun kendali pendaftarannya tidak ikut; kunci ini mungkin didaftarkan di bawah log sebelumnya",
    "not checked: the control leaf of its registration is not here; this key may have come under an earlier log",
  ),
  "summary-only": t(
    "daun kendali {index} ada dalam log, tetapi hanya memuat sidik daftar namanya, sehingga kunci itu sendiri tidak disebut",
    "the control leaf {index} is in the log, but holds only a digest of the list of names, so that it does not name this key itself",
  ),
  "own-words": t(
    "disegel, tetapi tidak dibuktikan: ini keterangan gerbang sendiri. {summary}",
    "sealed, but not proved: these are the gateway's own words. {summary}",
  ),
  unknown: t("tidak diperiksa: pemeriksa ini belum mengenal bagian itu", "not checked: this verifier does not know that part yet"),
} as const satisfies Readonly<Record<string, Text>>;

export type SkipReason = keyof typeof skipReasons;
