import type { ProblemCode } from "./problem.ts";
import type { Text } from "./text.ts";

/**
 * What would be right, by code: the `detail` of a refusal that has no closer one, and on the page behind `type`. It says what is safe to
 * repeat as protocol §3.3 does.
 */
export const advice = {
  "request-malformed": {
    id: "Perbaiki baris pertama, Host, jalur atau kolom permintaan menurut halaman klien.",
    en: "Correct the request line, Host, path or fields as the client page shows.",
  },
  "http-version-unsupported": {
    id: "Kirim permintaan sebagai HTTP/1.1; HTTP/2 berakhir pada proxy di depan gerbang.",
    en: "Send the request as HTTP/1.1; HTTP/2 ends at a proxy in front of the gateway.",
  },
  "not-intra": {
    id: "Panggil dari jaringan yang terdaftar, atau mintalah Dinas mendaftarkan jaringan Anda.",
    en: "Call from a registered network, or ask the Dinas to register yours.",
  },
  "service-unknown": {
    id: "Jalurnya /r1/<instansi>/<kelas>/<anggota>/<subsistem>/<layanan>/v<angka>/…; layanan yang ada tercantum di /catalogue.",
    en: "The path is /r1/<instance>/<class>/<member>/<subsystem>/<service>/v<number>/…; /catalogue lists the services there are.",
  },
  "service-suspended": {
    id: "Ulangi nanti (Retry-After); pemilik layanan tahu sebabnya dan kapan dibuka lagi.",
    en: "Try again later (Retry-After); the service's owner knows why, and when it opens again.",
  },
  "operation-unknown": {
    id: "Bandingkan metode dan jalur, sampai garis miring terakhir, dengan kontrak layanan di /catalogue.",
    en: "Compare method and path, to the last slash, with the service's contract at /catalogue.",
  },
  "statement-missing": {
    id: "Kirim kolom Spl-Signature: pernyataan JWS yang ditandatangani dengan kunci subsistem Anda. Contoh kode ada di halaman klien.",
    en: "Send the field Spl-Signature: a JWS statement, signed with your subsystem's key. The client page has code.",
  },
  "statement-invalid": {
    id: "Perbaiki klaim yang disebut dan tandatangani lagi.",
    en: "Correct the claim that is named, and sign again.",
  },
  "statement-expired": {
    id: "Setel jam Anda (NTP) dan buat pernyataan baru untuk setiap panggilan; iat dan exp dalam detik.",
    en: "Set your clock (NTP) and make a new statement for each call; iat and exp are in seconds.",
  },
  "key-unknown": {
    id: "kid adalah sidik RFC 7638 dari kunci publik; kunci itu belum didaftarkan, atau kid salah dihitung.",
    en: "kid is the RFC 7638 thumbprint of the public key; that key is not registered, or kid was computed wrongly.",
  },
  "key-invalid": {
    id: "Daftarkan kunci baru, atau tandatangani dengan kunci yang berlaku milik subsistem dalam iss.",
    en: "Register a new key, or sign with a valid key of the subsystem in iss.",
  },
  "signature-invalid": {
    id: "Tandatangani bita yang dikirim, base64url(header).base64url(klaim), dengan kunci dari kid.",
    en: "Sign the bytes that are sent, base64url(header).base64url(claims), with the key of kid.",
  },
  replayed: {
    id: "Satu pernyataan dipakai satu kali; buat jti baru untuk setiap panggilan.",
    en: "A statement is used once; make a new jti for each call.",
  },
  "not-granted": {
    id: "Ajukan izin akses kepada pemilik layanan.",
    en: "Ask the service's owner for a grant.",
  },
  "rate-limited": {
    id: "Ulangi setelah Retry-After, atau mintalah izin yang lebih besar.",
    en: "Try again after Retry-After, or ask for a larger grant.",
  },
  "quota-exceeded": {
    id: "Ulangi setelah Retry-After, atau mintalah kuota yang lebih besar.",
    en: "Try again after Retry-After, or ask for a larger quota.",
  },
  "receipt-unknown": {
    id: "Periksa id: ada pada Spl-Exchange jawaban, dan hanya pihak pertukaran itu serta auditor yang boleh membacanya.",
    en: "Check the id, which is the answer's Spl-Exchange; only the parties of that exchange and auditors may read it.",
  },
  "content-too-large": {
    id: "Kirim isi yang lebih kecil; batasnya ada dalam kontrak layanan.",
    en: "Send less content; the service's contract has the limit.",
  },
  "content-type-unsupported": {
    id: "Kirim Content-Type yang ada dalam kontrak operasi ini.",
    en: "Send a Content-Type that the contract of this operation has.",
  },
  "digest-mismatch": {
    id: "Hitung Content-Digest dari bita yang persis dikirim, setelah pengodean.",
    en: "Compute Content-Digest from exactly the bytes that are sent, after any encoding.",
  },
  "request-invalid": {
    id: "Perbaiki yang ditunjuk setiap pointer dalam errors menurut kontrak layanan, lalu tandatangani lagi.",
    en: "Correct what each pointer in errors names by the service's contract, and sign again.",
  },
  "upstream-unreachable": {
    id: "Penyedia tidak menerima permintaan ini secara utuh, jadi tidak menjalankannya; ulangi nanti dengan pernyataan baru.",
    en: "This request did not reach the provider whole, so it was not carried out; try again later with a new statement.",
  },
  "upstream-lost": {
    id: "Penyedia mungkin sudah bertindak. Jangan langsung mengulang POST: tanyakan dahulu hasilnya lewat /receipts, lalu kepada penyedia.",
    en: "The provider may have acted. Do not simply repeat a POST: first ask /receipts for its outcome, then the provider.",
  },
  "upstream-timeout": {
    id: "Penyedia mungkin sudah bertindak; untuk POST, periksa dahulu apa yang terjadi sebelum mengulang.",
    en: "The provider may have acted; for a POST, find out what happened before you repeat it.",
  },
  "upstream-busy": {
    id: "Ulangi setelah Retry-After dengan pernyataan baru; permintaan ini tidak diteruskan.",
    en: "Try again after Retry-After with a new statement; this request was not forwarded.",
  },
  "response-invalid": {
    id: "Kesalahan pada penyedia, bukan pada permintaan Anda; sebutkan Spl-Exchange kepada pemilik layanan.",
    en: "The fault is the provider's and not your request's; give the service's owner the Spl-Exchange.",
  },
  "response-unsigned": {
    id: "Kesalahan pada penyedia, bukan pada permintaan Anda; sebutkan Spl-Exchange kepada pemilik layanan.",
    en: "The fault is the provider's and not your request's; give the service's owner the Spl-Exchange.",
  },
  overloaded: {
    id: "Ulangi setelah Retry-After dengan pernyataan baru.",
    en: "Try again after Retry-After with a new statement.",
  },
  "ledger-unavailable": {
    id: "Yang tidak dapat dicatat tidak dilayani. Ulangi setelah Retry-After; untuk POST, tanyakan dahulu hasilnya lewat /receipts.",
    en: "The gateway serves nothing that it cannot record. Try again after Retry-After; for a POST, ask /receipts for its outcome first.",
  },
  "replay-unknown": {
    id: "Buat pernyataan baru setelah Retry-After.",
    en: "Make a new statement after Retry-After.",
  },
  "caller-gone": {
    id: "Biarkan sambungan terbuka sampai jawaban selesai.",
    en: "Keep the connection open until the answer has ended.",
  },
  "outcome-unknown": {
    id: "Tanyakan kepada penyedia apakah tindakan ini terjadi.",
    en: "Ask the provider whether this act happened.",
  },
  internal: {
    id: "Sebutkan Spl-Exchange kepada Dinas; log gerbang mencatat sebabnya.",
    en: "Give the Dinas the Spl-Exchange; the gateway's log has the cause.",
  },
} as const satisfies Readonly<Record<ProblemCode, Text>>;
