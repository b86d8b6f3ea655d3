import type { Text } from "../base/text.ts";

/** One step of the check, and what it means to a judge that it holds or does not. `{name}` stands for a fact. */
interface Row {
  readonly title: Text;
  readonly holds: Text;
  readonly broken: Text;
}

/** A step that is never decided has a title alone. */
const row = (title: Text, holds = title, broken = title): Row => ({ title, holds, broken });

/** The steps of checking a bundle, in their order. */
export const bundleSteps = {
  form: row(
    { id: "Bentuk", en: "Form" },
    {
      id: "satu dokumen spl-evidence versi 1, bita demi bita dalam bentuk bakunya",
      en: "one spl-evidence document of version 1, byte for byte in its canonical form",
    },
    { id: "ini bukan bundel bukti yang utuh: {fault}", en: "this is no whole bundle of evidence: {fault}" },
  ),
  seal: row(
    { id: "Segel", en: "Seal" },
    {
      id: "kunci log menyegel dokumen ini: tidak satu bita pun berubah sejak diterbitkan",
      en: "the log's key sealed this document: not one byte has changed since it was issued",
    },
    {
      id: "dokumen ini diubah sesudah disegel, atau disegel oleh yang bukan pemegang kunci log",
      en: "this document was changed after it was sealed, or was sealed by somebody without the log's key",
    },
  ),
  log: row(
    { id: "Satu log", en: "One log" },
    {
      id: "dokumen, titik periksa, daun, dan kunci menyebut log yang sama, {log}",
      en: "document, checkpoint, leaves and key name one log, {log}",
    },
    {
      id: "dokumen, titik periksa, daun, dan kunci tidak menyebut log yang sama",
      en: "document, checkpoint, leaves and key do not name one log",
    },
  ),
  checkpoint: row(
    { id: "Titik periksa", en: "Checkpoint" },
    {
      id: "kunci log menandatangani keadaan log ini ({size} daun): operatornya tidak dapat mengingkarinya",
      en: "the log's key signed this state of the log ({size} leaves): its operator cannot deny it",
    },
    { id: "bukan tanda tangan pemegang kunci log atas keadaan log ini", en: "no signature of the log's key over this state of the log" },
  ),
  inclusion: row(
    { id: "Daun {index} ada dalam log", en: "Leaf {index} is in the log" },
    {
      id: "catatan ini termasuk dalam keadaan log yang ditandatangani; ia tidak dapat dihapus atau diubah tanpa ketahuan",
      en: "this record is part of the signed state of the log; it cannot be removed or altered unnoticed",
    },
    {
      id: "catatan ini tidak termasuk dalam keadaan log yang ditandatangani",
      en: "this record is not part of the signed state of the log",
    },
  ),
  leaf: row(
    { id: "Isi daun", en: "What the leaves say" },
    {
      id: "pertukaran {exchange}: {consumer} memanggil {operation} pada {service}, {end}, {at}",
      en: "exchange {exchange}: {consumer} called {operation} of {service}, {end}, {at}",
    },
    { id: "daun tidak terbaca, atau bukan tentang pertukaran ini", en: "a leaf cannot be read, or is not about this exchange" },
  ),
  intent: row(
    { id: "Niat sebelum akibat", en: "Intent before effect" },
    {
      id: "sebelum diteruskan, permintaan yang sama sudah tercatat sebagai niat di daun {index}",
      en: "before it was forwarded, the same request stood on record as an intent at leaf {index}",
    },
    {
      id: "daun niat tidak ada, terletak sesudahnya, atau mencatat permintaan lain",
      en: "the intent leaf is missing, comes later, or records another request",
    },
  ),
  basis: row(
    { id: "Dasar putusan ({tree})", en: "What it was judged by ({tree})" },
    {
      id: "{count} entri terbukti berlaku pada saat itu: {names}",
      en: "{count} entries are proved to have been in force at that moment: {names}",
    },
    {
      id: "akar pohon ini bukan yang dicatat daun, atau sebuah entri tidak ada di bawahnya",
      en: "the root of this tree is not the one in the leaf, or an entry is not under it",
    },
  ),
  statement: row(
    { id: "Pernyataan konsumen", en: "The consumer's statement" },
    {
      id: "inilah pernyataan yang sidiknya dicatat daun; tanda tangannya tidak dapat dipertukarkan",
      en: "this is the statement whose hash is in the leaf; it cannot be exchanged for another",
    },
    { id: "ini bukan pernyataan yang sidiknya dicatat daun: {fault}", en: "this is not the statement whose hash is in the leaf: {fault}" },
  ),
  signature: row(
    { id: "Tanda tangan {who}", en: "Signature of {who}" },
    {
      id: "dibuat dengan kunci privat dari kunci {kid} yang terdaftar atas namanya",
      en: "made with the private part of the key {kid}, which is registered in its name",
    },
    {
      id: "tidak cocok dengan kunci {kid} yang terdaftar, atau kunci itu tidak dibuktikan",
      en: "does not verify under the registered key {kid}, or that key is not proved",
    },
  ),
  key: row(
    { id: "Kunci {kid}", en: "Key {kid}" },
    {
      id: "terdaftar milik {owner} untuk {alg}, dan berlaku pada saat itu",
      en: "registered as {owner}'s for {alg}, and valid at that moment",
    },
    {
      id: "bukan kunci yang boleh dipakai {owner} pada saat itu: pemilik, alg, keadaan, masa berlaku, atau sidiknya tidak cocok",
      en: "not a key that {owner} could use at that moment: owner, alg, state, period or thumbprint do not fit",
    },
  ),
  possession: row(
    { id: "Bukti kepemilikan kunci {kid}", en: "Proof of possession of the key {kid}" },
    {
      id: "saat mendaftarkannya, {owner} menandatangani dengan kunci privatnya sendiri",
      en: "when it registered the key, {owner} signed with its private part",
    },
    {
      id: "bukti bahwa pendaftar memegang kunci privatnya tidak benar",
      en: "the proof that whoever registered it held the private part is wrong",
    },
  ),
  claims: row(
    { id: "Isi pernyataan", en: "What the statement says" },
    {
      id: "konsumen sendiri menyebut layanan, metode, tujuan {purpose}, dan nomor unik yang dicatat daun",
      en: "the consumer itself named the service, method, purpose {purpose} and unique number that are in the leaf",
    },
    { id: "klaim {claims} berbeda dari yang dicatat daun", en: "the claims {claims} differ from the record in the leaf" },
  ),
  time: row(
    { id: "Waktu pernyataan", en: "Time of the statement" },
    {
      id: "masa berlaku pernyataan meliputi saat yang dicatat gerbang",
      en: "the statement's period covers the moment that the gateway recorded",
    },
    {
      id: "pernyataan tidak berlaku pada saat yang dicatat gerbang",
      en: "the statement was not valid at the moment that the gateway recorded",
    },
  ),
  request: row(
    { id: "Isi permintaan", en: "Content of the request" },
    { id: "komitmen dalam daun terbuka pada {opened}", en: "the commitment in the leaf opens to {opened}" },
    { id: "komitmen dalam daun tidak terbuka pada isi ini", en: "the commitment in the leaf does not open to this content" },
  ),
  changed: row(
    { id: "Isi permintaan berubah", en: "The request's content was changed" },
    {
      id: "isi yang sampai di gerbang bukan isi yang ditandatangani konsumen: penolakan digest-mismatch benar",
      en: "what reached the gateway is not what the consumer signed: the refusal digest-mismatch is right",
    },
    {
      id: "isi yang sampai sama dengan yang ditandatangani: penolakan digest-mismatch tidak benar",
      en: "what arrived is what was signed: the refusal digest-mismatch is wrong",
    },
  ),
  response: row(
    { id: "Jawaban penyedia", en: "The provider's answer" },
    { id: "inilah jawaban bertanda tangan yang sidiknya dicatat daun", en: "this is the signed answer whose hash is in the leaf" },
    {
      id: "ini bukan jawaban bertanda tangan yang sidiknya dicatat daun: {fault}",
      en: "this is not the signed answer whose hash is in the leaf: {fault}",
    },
  ),
  answer: row(
    { id: "Isi tanda tangan penyedia", en: "What the provider signed" },
    {
      id: "penyedia sendiri menyebut pertukaran ini, konsumennya, pernyataannya, dan status {status}",
      en: "the provider itself named this exchange, its consumer, its statement and status {status}",
    },
    { id: "klaim {claims} berbeda dari yang dicatat daun", en: "the claims {claims} differ from the record in the leaf" },
  ),
  provider: row(
    { id: "Isi jawaban penyedia", en: "Content that the provider sent" },
    { id: "komitmen dalam daun terbuka pada {opened}", en: "the commitment in the leaf opens to {opened}" },
    { id: "komitmen dalam daun tidak terbuka pada isi ini", en: "the commitment in the leaf does not open to this content" },
  ),
  delivered: row(
    { id: "Isi yang diserahkan", en: "Content that was delivered" },
    { id: "komitmen dalam daun terbuka pada {opened}", en: "the commitment in the leaf opens to {opened}" },
    { id: "komitmen dalam daun tidak terbuka pada isi ini", en: "the commitment in the leaf does not open to this content" },
  ),
  service: row(
    { id: "Layanan", en: "Service" },
    {
      id: "{service} terdaftar, melayani, dan disediakan oleh {provider}",
      en: "{service} was registered, serving, and provided by {provider}",
    },
    {
      id: "entri layanan yang dicatat daun tidak dibuktikan, tidak melayani, atau bukan milik penyedianya",
      en: "the service in the leaf is not proved by an entry, was not serving, or is not its provider's",
    },
  ),
  operation: row(
    { id: "Operasi", en: "Operation" },
    {
      id: "kontrak layanan menyatakan {operation} untuk metode dan jalur yang ditandatangani konsumen",
      en: "the service's contract declares {operation} for the method and path that the consumer signed",
    },
    {
      id: "kontrak layanan tidak menyatakan {operation} untuk metode dan jalur itu",
      en: "the service's contract does not declare {operation} for that method and path",
    },
  ),
  grant: row(
    { id: "Izin akses", en: "Grant" },
    {
      id: "izin {grant} mencakup konsumen, layanan, operasi, tujuan, dan saat itu ({legalBasis})",
      en: "the grant {grant} covers consumer, service, operation, purpose and moment ({legalBasis})",
    },
    {
      id: "izin {grant} tidak dibuktikan atau tidak mencakup panggilan ini: {lacks}",
      en: "the grant {grant} is not proved or does not cover this call: {lacks}",
    },
  ),
  document: row(
    { id: "Dokumen {digest}", en: "Document {digest}" },
    { id: "bunyi yang berlaku saat itu dari {name}", en: "what {name} said at that moment" },
    {
      id: "isinya tidak sesuai sidiknya, atau tidak ada entri yang menyebutnya",
      en: "it is not what its digest says, or no entry names it",
    },
  ),
  registration: row(
    { id: "Pendaftaran kunci {kid}", en: "Registration of the key {kid}" },
    { id: "tercatat di daun kendali {index}, {at}, oleh {by}", en: "on record in control leaf {index}, {at}, by {by}" },
    {
      id: "daun kendali ini tidak ada dalam log atau tidak menyebut kunci itu",
      en: "this control leaf is not in the log or does not name that key",
    },
  ),
  trace: row({ id: "Penjelasan gerbang", en: "The gateway's explanation" }, undefined, {
    id: "penjelasan ini tentang hal lain",
    en: "this explanation is about something else",
  }),
  later: row({ id: "Bagian {name}", en: "Part {name}" }),
} as const satisfies Readonly<Record<string, Row>>;

export type BundleStep = keyof typeof bundleSteps;
