import type { Text } from "../base/text.ts";

/** Why a provider's answer is refused (check 14). Never a value that was sent. */
export const answerMessages = {
  answerNotWhole: (status: number): Text => ({
    id: `Penyedia menjawab ${status}, yang bukan jawaban utuh dan tidak boleh melewati gerbang.`,
    en: `The provider answered ${status}, which is no whole answer and may not pass the gateway.`,
  }),
  answerEncoded: {
    id: "Jawaban penyedia terkode (Content-Encoding); yang diminta gerbang hanya identity.",
    en: "The provider's answer has a content coding (Content-Encoding); the gateway asks for identity only.",
  },
  answerOfTwoTypes: {
    id: "Jawaban penyedia memuat lebih dari satu Content-Type.",
    en: "The provider's answer has more than one Content-Type.",
  },
  answerBreaksContract: (status: number): Text => ({
    id: `Penyedia menjawab ${status}, dan jawaban itu tidak sesuai kontraknya; lihat errors.`,
    en: `The provider answered ${status}, and that answer breaks its contract; see errors.`,
  }),
  answerFieldsTooLarge: (maxBytes: number): Text => ({
    id: `Kolom kepala jawaban penyedia yang boleh lewat melebihi ${maxBytes} bita.`,
    en: `The fields of the provider's answer that may pass are more than ${maxBytes} bytes.`,
  }),
  signatureRepeated: { id: "Spl-Signature hanya boleh satu kali.", en: "Spl-Signature may come only once." },
  signatureRequired: {
    id: "Layanan ini menuntut Spl-Signature dari penyedia pada setiap jawaban.",
    en: "This service asks its provider for an Spl-Signature on every answer.",
  },
  providersKeyUnknown: {
    id: "Kunci (kid) penyedia tidak terdaftar.",
    en: "The provider's key (kid) is not registered.",
  },
  providersSignatureInvalid: {
    id: "Tanda tangan penyedia salah.",
    en: "The provider's signature does not verify.",
  },
  providersClock: (secondsOff: number, clock: string, maxSeconds: number): Text => ({
    id: `Klaim iat berselisih ${secondsOff} detik dari jam gerbang (${clock}); paling jauh ${maxSeconds}. Setel jam penyedia (NTP).`,
    en:
      `The claim iat is ${secondsOff} seconds off the gateway's clock (${clock}); ${maxSeconds} at most. ` +
      "Set the provider's clock (NTP).",
  }),
  /** What a claim of the provider's signature must equal. */
  answered: {
    iss: { id: "subsistem penyedia layanan ini", en: "subsystem that provides this service" },
    aud: { id: "konsumen (iss pernyataan)", en: "consumer (the statement's iss)" },
    exchange: { id: "Spl-Exchange dari gerbang", en: "Spl-Exchange that the gateway sent" },
    service: { id: "layanan yang dipanggil", en: "service that was called" },
    req: { id: "sidik klaim pernyataan konsumen", en: "hash of the claims of the consumer's statement" },
    status: { id: "status jawaban", en: "status of the answer" },
    ctype: { id: "Content-Type jawaban", en: "Content-Type of the answer" },
    digest: { id: "sidik SHA-256 isi jawaban", en: "SHA-256 digest of the answer's content" },
  },
  answerWithoutFields: {
    id: "Izin akses ini terbatas pada kolom tertentu, sedangkan isi jawaban penyedia bukan JSON yang dapat dipilah per kolom.",
    en: "This grant is limited to certain fields, and the provider's content is no JSON that could be told apart by them.",
  },
  signedBeyondGrant: {
    id:
      "Penyedia menandatangani jawaban yang melebihi kolom dalam izin akses; isi bertanda tangan tidak diubah, " +
      "jadi penyedia perlu menyaringnya sebelum menandatangani.",
    en:
      "The provider signed an answer with more than the fields of the grant; signed content is not altered, " +
      "so the provider has to filter it before signing.",
  },
} as const;
