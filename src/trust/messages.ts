import type { Text } from "../base/text.ts";
import type { RevokedKey } from "./registered-key.ts";
import { shown, shownFrom } from "./shown.ts";

const absent = { id: "tidak ada", en: "none" } as const satisfies Text;

/** What is wrong with a signed statement or answer, said to the one who signed it. */
export const messages = {
  fieldTooLong: (maxBytes: number): Text => ({
    id: `Spl-Signature lebih dari ${maxBytes} bita.`,
    en: `Spl-Signature is longer than ${maxBytes} bytes.`,
  }),
  jws: {
    form: {
      id: "Spl-Signature bukan JWS ringkas: tiga bagian base64url tanpa pengisi, JSON tanpa anggota ganda.",
      en: "Spl-Signature is not a compact JWS: three parts of unpadded base64url, JSON without repeated members.",
    },
    header: {
      id: "Header JWS harus berisi tepat alg, kid (sidik RFC 7638) dan typ.",
      en: "The JWS header must hold exactly alg, kid (an RFC 7638 thumbprint) and typ.",
    },
    algorithm: {
      id: "alg harus ES256, PS256, RS256 atau Ed25519.",
      en: "alg must be ES256, PS256, RS256 or Ed25519.",
    },
  },

  claimsNotStrict: {
    id: "Klaim bukan objek JSON yang ketat: UTF-8, tanpa anggota ganda, bilangan bulat, paling dalam 4 tingkat.",
    en: "The claims are not a strict JSON object: UTF-8, no repeated member, integers only, at most 4 levels deep.",
  },
  claimUnknown: {
    id: "Ada klaim yang tidak dikenal; klaim tambahan harus berawalan x_.",
    en: "There is an unknown claim; further claims must begin with x_.",
  },
  claimMissing: (claim: string, form: Text): Text => ({
    id: `Klaim ${claim} tidak ada; yang benar: ${form.id}.`,
    en: `The claim ${claim} is missing; it should be ${form.en}.`,
  }),
  claimMalformed: (claim: string, form: Text): Text => ({
    id: `Klaim ${claim} salah bentuk; yang benar: ${form.id}.`,
    en: `The claim ${claim} is malformed; it should be ${form.en}.`,
  }),
  /** Repeats what the signer wrote. */
  got: ({ id, en }: Text, value: unknown): Text => ({
    id: `${id} Yang tertulis: ${shown(value)}.`,
    en: `${en} It says: ${shown(value)}.`,
  }),
  /** The form of each claim, as protocol §2.1 and §3 have it. */
  forms: {
    iss: { id: "id subsistem seperti ID-16.03/GOV/dinsos/bansos", en: "a subsystem id such as ID-16.03/GOV/dinsos/bansos" },
    aud: {
      id: "satu teks, bukan larik: alamat publik gerbang, paling panjang 256 karakter",
      en: "one string, no array: the gateway's public origin, of at most 256 characters",
    },
    iat: { id: "bilangan bulat dalam detik (Unix)", en: "an integer, in seconds (Unix)" },
    exp: { id: "bilangan bulat dalam detik (Unix)", en: "an integer, in seconds (Unix)" },
    jti: {
      id: "22 sampai 64 karakter A–Z a–z 0–9 _ -, acak, misalnya UUID atau base64url dari 16 bita",
      en: "22 to 64 characters of A–Z a–z 0–9 _ -, random, such as a UUID or base64url of 16 bytes",
    },
    htm: { id: "metode dengan huruf besar, seperti GET", en: "the method in capitals, such as GET" },
    htu: { id: "alamat publik gerbang diikuti jalur, tanpa kueri", en: "the gateway's public origin and the path, without the query" },
    htq: { id: "kosong, atau kueri mentah yang diawali ?", en: "empty, or the raw query with its ? first" },
    ctype: { id: "Content-Type persis seperti dikirim", en: "the Content-Type exactly as sent" },
    digest: { id: "Content-Digest, sha-256=:<44 karakter>:", en: "the Content-Digest, sha-256=:<44 characters>:" },
    purpose: {
      id: "tujuan dalam izin akses, 1 sampai 64 karakter tanpa spasi",
      en: "the grant's purpose, 1 to 64 characters without spaces",
    },
    hdr: { id: "objek nama kolom → isi kolom", en: "an object of field names and their values" },
    act: {
      id: "objek tepat dua anggota: sub (nama samaran, 22 sampai 64 karakter base64url) dan loa",
      en: "an object of exactly two members: sub (a pseudonym of 22 to 64 base64url characters) and loa",
    },
    ack: { id: "paling banyak 16 sidik base64url (43 karakter)", en: "at most 16 base64url hashes (43 characters)" },
    exchange: { id: "Spl-Exchange sebagai teks", en: "Spl-Exchange as a string" },
    service: { id: "id layanan sebagai teks", en: "the service's id as a string" },
    req: { id: "sidik base64url klaim pernyataan konsumen", en: "the base64url hash of the claims of the consumer's statement" },
    status: { id: "status HTTP sebagai bilangan", en: "the HTTP status as a number" },
  },
  claimDiffers: (claim: string, from: Text): Text => ({
    id: `Klaim ${claim} berbeda dari ${from.id}.`,
    en: `The claim ${claim} differs from the ${from.en}.`,
  }),
  /** The same with both values, for the one who wrote them. */
  claimDiffersIn: (claim: string, from: Text, claimed: string | undefined, arrived: string | undefined): Text => {
    const at = shownFrom(claimed, arrived);
    const [said, sent] = [claimed, arrived].map((value) => (value === undefined ? absent : { id: shown(value, at), en: shown(value, at) }));
    return {
      id: `Klaim ${claim} berbeda dari ${from.id}: klaim ${said!.id}, yang tiba ${sent!.id}.`,
      en: `The claim ${claim} differs from the ${from.en}: the claim is ${said!.en}, what arrived ${sent!.en}.`,
    };
  },
  typeWithoutContent: {
    id: "Permintaan ini tanpa isi, jadi tanpa klaim ctype, juga bila pustaka Anda menambah Content-Type.",
    en: "This request has no content, so there is no claim ctype, also if your library adds a Content-Type.",
  },
  mustBe: (name: string, value: string): Text => ({ id: `${name} harus ${value}.`, en: `${name} must be ${value}.` }),
  inSeconds: {
    id: "iat dan exp dalam detik (Unix), bukan milidetik.",
    en: "iat and exp are in seconds (Unix), not in milliseconds.",
  },
  lifetimeOutOfBounds: (maxSeconds: number): Text => ({
    id: `exp harus setelah iat, paling lama ${maxSeconds} detik.`,
    en: `exp must be after iat, by at most ${maxSeconds} seconds.`,
  }),

  keyOfAnother: { id: "Kunci ini bukan milik subsistem dalam iss.", en: "This key does not belong to the subsystem in iss." },
  keyForAnotherAlgorithm: (alg: string): Text => ({
    id: `Kunci ini terdaftar untuk ${alg}.`,
    en: `This key is registered for ${alg}.`,
  }),
  keyRevoked: (revoked: RevokedKey | undefined): Text => {
    const [said, since] = [revoked === undefined ? "" : ` ${revoked.at}`, revoked?.since];
    return {
      id:
        `Kunci ini sudah dicabut${said === "" ? "" : ` pada${said}`}${since === undefined ? "" : `, tidak dipercaya sejak ${since}`}; ` +
        "pencabutan tidak dapat ditarik. Buat dan daftarkan kunci baru.",
      en:
        `This key was revoked${said === "" ? "" : ` at${said}`}${since === undefined ? "" : `, not trusted since ${since}`}; ` +
        "a revocation is final. Make and register a new key.",
    };
  },
  keyNotYetApproved: {
    id: "Kunci ini sudah diajukan dan belum disetujui petugas (key approve).",
    en: "This key was proposed and no officer has approved it yet (key approve).",
  },
  keyRefused: {
    id: "Pendaftaran kunci ini ditolak petugas. Buat dan daftarkan kunci baru.",
    en: "An officer refused to register this key. Make and register a new key.",
  },
  keyNotYetValid: { id: "Masa berlaku kunci ini belum mulai.", en: "This key is not valid yet." },
  keyExpired: { id: "Masa berlaku kunci ini sudah habis.", en: "This key is no longer valid." },

  exchangeIdMalformed: {
    id: "Spl-Exchange dari gerbang tidak ada atau salah bentuk.",
    en: "The gateway's Spl-Exchange is missing or malformed.",
  },
  fieldRepeated: (name: string): Text => ({ id: `Kolom ${name} hanya boleh satu kali.`, en: `The field ${name} may come only once.` }),
  outsideItsTime: (providersClock: string): Text => ({
    id: `Pernyataan di luar waktunya menurut jam penyedia (${providersClock}).`,
    en: `The statement is outside its time by the provider's clock (${providersClock}).`,
  }),
  /** What a claim of the statement must equal in the request that the provider received. */
  received: {
    htm: { id: "metode", en: "method" },
    htu: { id: "layanan dan jalur yang diterima", en: "service and the path that arrived" },
    htq: { id: "kueri yang diterima", en: "query that arrived" },
    ctype: { id: "Content-Type", en: "Content-Type" },
    digest: { id: "Content-Digest", en: "Content-Digest" },
  },
} as const;
