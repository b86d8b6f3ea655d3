import type { Text } from "../base/text.ts";
import type { RevokedKey } from "./registered-key.ts";

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
  claimMissing: (claim: string): Text => ({ id: `Klaim ${claim} tidak ada.`, en: `The claim ${claim} is missing.` }),
  claimMalformed: (claim: string): Text => ({ id: `Klaim ${claim} salah bentuk.`, en: `The claim ${claim} is malformed.` }),
  claimDiffers: (claim: string, from: Text): Text => ({
    id: `Klaim ${claim} berbeda dari ${from.id}.`,
    en: `The claim ${claim} differs from the ${from.en}.`,
  }),
  mustBe: (name: string, value: string): Text => ({ id: `${name} harus ${value}.`, en: `${name} must be ${value}.` }),
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
