import { countOf, type Text } from "../base/text.ts";
import type { GrantParty } from "../registry/entry.ts";
import type { SignatureAlgorithm } from "../trust/algorithms.ts";

/** Why an exchange is refused, said to the consumer's or the provider's developer. No value that was sent but those of protocol §3.1. */
export const messages = {
  // Check 1: head and framing.
  requestLine: {
    id: "Baris pertama harus <metode> <target> HTTP/1.1, dengan satu spasi di antaranya.",
    en: "The request line must be <method> <target> HTTP/1.1, with one space between them.",
  },
  methodNotAllowed: {
    id: "Metode harus GET, HEAD, POST, PUT, PATCH atau DELETE.",
    en: "The method must be GET, HEAD, POST, PUT, PATCH or DELETE.",
  },
  targetTooLong: (maxBytes: number): Text => ({
    id: `Jalur dengan kueri paling panjang ${maxBytes} bita.`,
    en: `Path and query may have at most ${maxBytes} bytes.`,
  }),
  targetForm: {
    id: "Target permintaan harus berbentuk asal (/jalur?kueri).",
    en: "The request-target must be in origin form (/path?query).",
  },
  pathForm: {
    id:
      "Jalur tidak dalam bentuk baku: tanpa segmen kosong atau titik, tanpa ; \\ #, " +
      "huruf besar pada %XX, dan tanpa % untuk karakter biasa.",
    en: "The path is not in canonical form: no empty or dot segments, no ; \\ #, upper-case %XX, and no % for a plain character.",
  },
  pathNames: {
    id: "Nama dalam jalur salah bentuk; yang benar /r1/<instansi>/<kelas>/<anggota>/<subsistem>/<layanan>/v<angka>.",
    en: "A name in the path is malformed; it should be /r1/<instance>/<class>/<member>/<subsystem>/<service>/v<number>.",
  },
  hostMustBe: (authority: string): Text => ({ id: `Host harus ${authority}.`, en: `Host must be ${authority}.` }),
  queryForm: { id: "Kueri memuat bita di luar RFC 3986.", en: "The query holds bytes outside RFC 3986." },
  digestForm: {
    id: "Content-Digest harus ada dan berbentuk sha-256=:<44 karakter>:. Cara memanggil layanan: buka / pada alamat ini.",
    en: "Content-Digest must be present, in the form sha-256=:<44 characters>:. How to call a service: open / at this address.",
  },
  transferCodingOfOldVersion: {
    id: "HTTP/1.0 tidak mengenal Transfer-Encoding; kirim Content-Length, atau HTTP/1.1.",
    en: "HTTP/1.0 knows no Transfer-Encoding; send Content-Length, or HTTP/1.1.",
  },
  transferCoding: { id: "Transfer-Encoding hanya boleh chunked.", en: "Transfer-Encoding may only be chunked." },
  typeOfEmptyChunks: {
    id:
      "Isi dalam potongan (chunked) ternyata kosong, sedangkan Content-Type dan klaim ctype menyebut isi. " +
      "Kirim Content-Length: 0 tanpa klaim ctype, atau isinya.",
    en:
      "The chunked content turned out to be empty, while Content-Type and the claim ctype speak of content. " +
      "Send Content-Length: 0 without the claim ctype, or the content.",
  },
  contentNotAllowed: (method: string): Text => ({
    id: `${method} tidak boleh membawa isi.`,
    en: `${method} may not carry content.`,
  }),
  expectation: { id: "Expect hanya boleh 100-continue.", en: "Expect may only be 100-continue." },
  fieldWithUnderscore: {
    id: "Kolom Spl-* ditulis dengan garis bawah.",
    en: "An Spl-* field is spelled with an underscore.",
  },
  fieldNotAccepted: (name: string): Text => ({
    id: `Kolom ${name} tidak diterima.`,
    en: `The field ${name} is not accepted.`,
  }),
  fieldRepeated: (name: string): Text => ({
    id: `Kolom ${name} hanya boleh satu kali.`,
    en: `The field ${name} may come only once.`,
  }),

  // Checks 2 and 3: network, service, operation.
  outsideIntranet: {
    id: "Gerbang hanya melayani alamat di dalam Jaringan Intra; mintalah Dinas mendaftarkan jaringan Anda.",
    en: "The gateway serves addresses inside the intra network only; ask the Dinas to register your network.",
  },
  noSuchService: {
    id: "Tidak ada layanan dengan nama itu pada subsistem itu; layanan yang ada tercantum di /catalogue.",
    en: "There is no service of that name in that subsystem; /catalogue lists the services there are.",
  },
  otherVersions: (versions: string): Text => ({
    id: `Versi itu tidak ada; yang ada: ${versions}.`,
    en: `There is no such version; there are: ${versions}.`,
  }),
  otherMethods: (methods: string): Text => ({
    id: `Jalur ini tidak menerima metode itu; yang diterima: ${methods}.`,
    en: `This path does not take that method; it takes: ${methods}.`,
  }),
  slashAtEnd: { id: "Garis miring di akhir jalur berlebih.", en: "The slash at the end of the path is one too many." },
  noSuchPath: {
    id: "Kontrak layanan tidak memuat jalur ini; bandingkan dengan kontraknya di /catalogue.",
    en: "The service's contract has no such path; compare it with the contract at /catalogue.",
  },
  serviceSuspended: (at: string): Text => ({
    id: `Layanan dihentikan sementara sejak ${at}; tanyakan sebabnya kepada pemilik layanan.`,
    en: `The service has been suspended since ${at}; its owner can say why.`,
  }),
  opinionMissing: (name: Text): Text => ({
    id: `Layanan berhenti: ${name.id} belum ada.`,
    en: `The service has stopped: ${name.en} is not there yet.`,
  }),
  opinionRevoked: (name: Text, opinion: string, at: string): Text => ({
    id: `Layanan berhenti: ${name.id} (${opinion}) dicabut sejak ${at}.`,
    en: `The service has stopped: ${name.en} (${opinion}) was revoked at ${at}.`,
  }),
  opinionNotYetInForce: (name: Text, opinion: string, from: string): Text => ({
    id: `Layanan berhenti: ${name.id} (${opinion}) baru berlaku ${from}.`,
    en: `The service has stopped: ${name.en} (${opinion}) does not stand before ${from}.`,
  }),
  opinionExpired: (name: Text, opinion: string, lastDay: string): Text => ({
    id: `Layanan berhenti: ${name.id} (${opinion}) hanya berlaku sampai dengan ${lastDay}.`,
    en: `The service has stopped: ${name.en} (${opinion}) stood only through ${lastDay}.`,
  }),

  // Checks 4 to 8: statement and replay.
  profileBUnsupported: {
    id: "Gerbang ini belum menerima profil B; kirimlah setiap pernyataan sebagai profil A.",
    en: "This gateway does not take profile B; send each statement as profile A.",
  },
  purposeForReceipt: {
    id: "Permintaan tanda terima tidak memakai purpose.",
    en: "A request for a receipt has no purpose.",
  },
  keyUnknown: (kid: string): Text => ({
    id: `Kunci ${kid} belum didaftarkan, atau kid salah dihitung (sidik RFC 7638 dari JWK publik).`,
    en: `The key ${kid} is not registered, or kid was computed wrongly (the RFC 7638 thumbprint of the public JWK).`,
  }),
  signatureInvalid: (alg: SignatureAlgorithm): Text => {
    const [bentuk, form] = alg === "ES256" ? ["; bentuknya r‖s 64 bita, bukan DER", "; its form is r‖s, 64 bytes, not DER"] : ["", ""];
    return {
      id: `Tanda tangan ${alg} tidak cocok: tandatangani bita yang dikirim (header.klaim)${bentuk}.`,
      en: `The ${alg} signature does not verify: sign the bytes that are sent (header.claims)${form}.`,
    };
  },
  statementExpired: (clock: string, expAgo: number, iatAgo: number): Text => ({
    id: `Pernyataan habis waktu: jam gerbang ${clock}, exp sudah lewat ${expAgo} detik, iat ${iatAgo} detik yang lalu.`,
    en: `The statement has expired: the gateway's clock says ${clock}, exp passed ${expAgo} seconds ago, iat was ${iatAgo} seconds ago.`,
  }),
  statementFromTheFuture: (clock: string, ahead: number): Text => ({
    id: `iat ada di masa depan: jam gerbang ${clock}, iat ${ahead} detik di depannya; setel jam Anda (NTP).`,
    en: `iat is in the future: the gateway's clock says ${clock}, iat is ${ahead} seconds ahead; set your clock (NTP).`,
  }),
  /** What a claim of the statement must equal in the request. */
  sent: {
    htm: { id: "metode", en: "method" },
    htu: { id: "jalur yang dikirim", en: "path as sent" },
    htq: { id: "kueri yang dikirim", en: "query as sent" },
    ctype: { id: "Content-Type", en: "Content-Type" },
    digest: { id: "Content-Digest", en: "Content-Digest" },
  },
  replayed: {
    id: "Pernyataan yang sama sudah dijawab; tanda terimanya ada pada Link.",
    en: "The same statement has been answered; its receipt is behind the Link.",
  },
  readAgain: {
    id: "Pernyataan ini sudah dipakai untuk membaca; ulangi dengan pernyataan baru.",
    en: "This statement has been used to read; repeat it with a new statement.",
  },
  jtiConflict: {
    id: "jti ini sudah dipakai oleh pernyataan lain; setiap pernyataan memerlukan jti baru.",
    en: "This jti was used by another statement; every statement needs a new jti.",
  },
  replayUnknown: {
    id:
      "Gerbang baru mulai kembali dan belum dapat memastikan pernyataan ini belum pernah dipakai; " +
      "buatlah pernyataan baru sebentar lagi.",
    en: "The gateway has just recovered and cannot tell whether this statement was used before; make a new one in a moment.",
  },
  tooMany: {
    statements: (perSecond: number, burst: number): Text => ({
      id: `Satu subsistem boleh mengirim ${perSecond} pernyataan per detik (lonjakan ${burst}), apa pun izinnya.`,
      en: `A subsystem may send ${countOf(perSecond, "statement")} per second (burst ${burst}), whatever its grants.`,
    }),
    readings: (perSecond: number, burst: number): Text => ({
      id: `Satu subsistem boleh membaca ${perSecond} kali per detik (lonjakan ${burst}); bundel bukti dihitung sepuluh.`,
      en: `A subsystem may read ${countOf(perSecond, "time")} per second (burst ${burst}); an evidence bundle counts as ten.`,
    }),
  },
  inFlight: (share: number): Text => ({
    id:
      `Sebanyak ${share} permintaan subsistem Anda atau lebih belum selesai dijawab, dan selama itu tidak ada tempat bagi yang berikut. ` +
      "Tunggu jawaban yang lain, dan baca semuanya sampai selesai.",
    en:
      `${share} or more requests of your subsystem have not been answered to their end, and there is no room for another meanwhile. ` +
      "Wait for the other answers, and read all of them to their end.",
  }),
  shareFull: (share: number): Text => ({
    id:
      `Subsistem Anda sudah memakai bagiannya dari ingatan pernyataan (kini ${share}). ` +
      "Kirim lebih jarang, atau perpendek masa berlaku pernyataan (exp − iat): 60 detik sudah cukup.",
    en:
      `Your subsystem has used its share of the memory of statements (${share} now). ` +
      "Send less often, or make statements that end sooner (exp − iat): 60 seconds are enough.",
  }),

  // Check 9: the grant.
  onTrial: {
    id: "Layanan ini masih dalam uji coba; hanya anggota uji yang dapat memanggilnya sampai Dinas mengaktifkannya untuk produksi.",
    en: "This service is still on trial; only test members may call it until the Dinas activates it for production.",
  },
  noGrant: {
    id: "Subsistem Anda tidak memiliki izin akses atas layanan ini; ajukan kepada pemilik layanan.",
    en: "Your subsystem has no grant for this service; ask its owner for one.",
  },
  otherPurpose: (grant: string, purpose: string, operations: Text): Text => ({
    id:
      `Tidak ada izin akses dengan tujuan (purpose) ini atas layanan ini. Izin ${grant} bertujuan ${purpose} dan mencakup ` +
      `${operations.id}. Untuk tujuan lain, ajukan izin baru kepada pemilik layanan.`,
    en:
      `There is no grant with this purpose for this service. The grant ${grant} is for ${purpose} and covers ${operations.en}. ` +
      "For another purpose, ask the service's owner for a new grant.",
  }),
  operationNotCovered: (grant: string, purpose: string, operation: string, operations: Text): Text => ({
    id:
      `Ditolak: tujuan ${purpose} tidak mencakup operasi ${operation}; izin ${grant} mencakup ${operations.id}. ` +
      "Untuk mengubahnya, ajukan perluasan izin ini kepada pemilik layanan.",
    en:
      `Refused: purpose ${purpose} does not cover operation ${operation}; grant ${grant} covers ${operations.en}. ` +
      "To change this, ask the service's owner to widen the grant.",
  }),
  andMore: (operations: string, more: number): Text => ({
    id: `${operations} dan ${more} lagi`,
    en: `${operations} and ${more} more`,
  }),
  replaced: (grant: string, by: string, from: string): Text => ({
    id: `Izin akses ${grant} sudah diganti oleh ${by} sejak ${from}, dan ${by} tidak mencakup panggilan ini. Lihat izin ${by}.`,
    en: `The grant ${grant} was replaced by ${by} at ${from}, which does not cover this call. See the grant ${by}.`,
  }),
  notBegun: (grant: string, from: string): Text => ({
    id: `Izin akses ini belum mulai atau sudah berakhir: ${grant} berlaku dari ${from}. Perpanjang, atau ajukan yang baru.`,
    en: `This grant has not begun or has ended: ${grant} runs from ${from}. Renew it, or ask for a new one.`,
  }),
  outsidePeriod: (grant: string, from: string, lastDay: string, zone: string): Text => ({
    id:
      `Izin akses ini belum mulai atau sudah berakhir: ${grant} berlaku dari ${from} sampai dengan ${lastDay} (${zone}). ` +
      "Perpanjang, atau ajukan yang baru.",
    en: `This grant has not begun or has ended: ${grant} runs from ${from} through ${lastDay} (${zone}). Renew it, or ask for a new one.`,
  }),
  undecided: (grant: string): Text => ({
    id: `Izin ${grant} belum diputus oleh pemilik layanan, jadi hanya berlaku untuk layanan dalam uji coba. Ajukan agar diputus.`,
    en: `The grant ${grant} has not been decided by the service's owner, so it serves only what is on trial. Ask for a decision.`,
  }),
  suspensions: (grant: string, suspensions: Text): Text => ({
    id: `Izin ${grant} ${suspensions.id}`,
    en: `The grant ${grant} was ${suspensions.en}`,
  }),
  suspendedBy: (party: Text, at: string, reason: string): Text => ({
    id: `dihentikan sementara oleh ${party.id} sejak ${at}: ${reason}`,
    en: `suspended by ${party.en} at ${at}: ${reason}`,
  }),
  parties: {
    consumer: { id: "konsumen", en: "the consumer" },
    owner: { id: "penyedia", en: "the provider" },
    dinas: { id: "Dinas", en: "the Dinas" },
  } satisfies Readonly<Record<GrantParty, Text>>,

  // Checks 10 to 12: quota, content, contract.
  rateLimited: (perSecond: number, burst: number): Text => ({
    id: `Izin ini membolehkan ${perSecond} permintaan per detik (lonjakan ${burst}).`,
    en: `This grant allows ${countOf(perSecond, "request")} per second (burst ${burst}).`,
  }),
  quotaExceeded: (dailyQuota: number): Text => ({
    id: `Kuota ${dailyQuota} permintaan per hari sudah habis; mulai lagi tengah malam waktu setempat.`,
    en: `The quota of ${countOf(dailyQuota, "request")} a day is used up; it begins anew at local midnight.`,
  }),
  digestMismatch: (bytes: number): Text => ({
    id:
      `Isi yang diterima (${bytes} bita) tidak cocok dengan Content-Digest yang ditandatangani; ` +
      "isinya berubah di jalan atau sidiknya dihitung dari bita lain.",
    en:
      `The content received (${bytes} bytes) does not match the signed Content-Digest; ` +
      "it changed on the way or the digest was computed from other bytes.",
  }),
  takesNoContent: {
    id: "Operasi ini tidak menerima isi; kirimlah tanpa isi dan tanpa Content-Type.",
    en: "This operation takes no content; send none, and no Content-Type.",
  },
  needsContent: (types: string): Text => ({
    id: `Operasi ini menuntut isi, dengan Content-Type: ${types}.`,
    en: `This operation asks for content, with the Content-Type: ${types}.`,
  }),
  contentTypeMustBe: (types: string): Text => ({
    id: `Content-Type harus salah satu dari: ${types} (charset hanya utf-8).`,
    en: `The Content-Type must be one of: ${types} (charset utf-8 only).`,
  }),
} as const;
