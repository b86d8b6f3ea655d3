import { Problem } from "../base/problem.ts";
import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import type { ServiceVersion, Snapshot } from "../registry/snapshot.ts";
import { maxAnswerSkewSeconds, readAnswerSignature, type AnswerClaims } from "../trust/answer-signature.ts";
import { emptyHash, formatDigest } from "../trust/content-digest.ts";
import { keyFault } from "../trust/key-fault.ts";
import type { Caller } from "./authenticate.ts";
import { field as fieldOf, fieldValues, type ProviderAnswer } from "./forward.ts";

/** The signature of a provider that verified: only `verifyProvider` makes one. */
export interface ProviderSignature {
  /** The `Spl-Signature` as sent. */
  readonly field: string;
  /** H(octets of the provider's claims). */
  readonly statement: Buffer;
  /** H(content) of what was signed, for whoever commits to it. */
  readonly contentHash: Buffer;
}

/** What the answer is to, as the gateway knows it. */
export interface Answered {
  readonly id: string;
  readonly service: Pick<ServiceVersion, "id" | "provider" | "signedAnswers">;
  readonly caller: Pick<Caller, "statement">;
}

/**
 * The first half of check 14: who says it, before what is said. Where the provider signed, or has to, its `Spl-Signature` is about this exchange and this
 * answer and by a key that it may use now (protocol §3); else `response-unsigned`. `undefined` where it did not sign and need not.
 */
export function verifyProvider(snapshot: Snapshot, answered: Answered, answer: ProviderAnswer, now: number): ProviderSignature | undefined {
  const [field, another] = fieldValues(answer.fields, "spl-signature");
  if (another !== undefined) throw unsigned("Spl-Signature hanya boleh satu kali.", "Spl-Signature may come only once.");
  if (field === undefined) {
    if (!answered.service.signedAnswers) return undefined;
    throw unsigned(
      "Layanan ini menuntut Spl-Signature dari penyedia pada setiap jawaban.",
      "This service asks its provider for an Spl-Signature on every answer.",
    );
  }
  const signature = readAnswerSignature(field);
  if ("id" in signature) throw refusal(signature);
  const { claims, jws, hash } = signature;
  const key = snapshot.keys.get(jws.kid);
  if (key === undefined) throw unsigned("Kunci (kid) penyedia tidak terdaftar.", "The provider's key (kid) is not registered.");
  const fault = keyFault(key, jws, claims.iss, now);
  if (fault !== undefined) throw refusal(fault);
  const contentHash = answer.content.length === 0 ? emptyHash : sha256(answer.content);
  checkClaims(claims, answered, answer, contentHash, now);
  if (!jws.algorithm.verify(jws.input, key.publicKey, jws.signature))
    throw unsigned("Tanda tangan penyedia salah.", "The provider's signature does not verify.");
  return { field, statement: hash, contentHash };
}

function checkClaims(
  claims: AnswerClaims,
  { id, service, caller }: Answered,
  answer: ProviderAnswer,
  contentHash: Buffer,
  now: number,
): void {
  const { statement } = caller;
  if (claims.iss !== service.provider) throw differs("iss", "subsistem penyedia layanan ini", "subsystem that provides this service");
  if (claims.aud !== statement.claims.iss) throw differs("aud", "konsumen (iss pernyataan)", "consumer (the statement's iss)");
  const ahead = claims.iat - Math.floor(now / 1000);
  if (Math.abs(ahead) > maxAnswerSkewSeconds) {
    const clock = new Date(now).toISOString();
    throw unsigned(
      `Klaim iat berselisih ${Math.abs(ahead)} detik dari jam gerbang (${clock}); paling jauh ${maxAnswerSkewSeconds}. Setel jam penyedia (NTP).`,
      `The claim iat is ${Math.abs(ahead)} seconds off the gateway's clock (${clock}); ${maxAnswerSkewSeconds} at most. Set the provider's clock (NTP).`,
    );
  }
  if (claims.exchange !== id) throw differs("exchange", "Spl-Exchange dari gerbang", "Spl-Exchange that the gateway sent");
  if (claims.service !== service.id) throw differs("service", "layanan yang dipanggil", "service that was called");
  if (claims.req !== statement.hash.toString("base64url"))
    throw differs("req", "sidik klaim pernyataan konsumen", "hash of the claims of the consumer's statement");
  if (claims.status !== answer.status) throw differs("status", "status jawaban", "status of the answer");
  if (claims.ctype !== fieldOf(answer.fields, "content-type")?.trim())
    throw differs("ctype", "Content-Type jawaban", "Content-Type of the answer");
  if (claims.digest !== formatDigest(contentHash))
    throw differs("digest", "sidik SHA-256 isi jawaban", "SHA-256 digest of the answer's content");
}

const refusal = (detail: Text): Problem => new Problem("response-unsigned", { detail });
const unsigned = (id: string, en: string): Problem => refusal({ id, en });
const differs = (claim: string, id: string, en: string): Problem =>
  unsigned(`Klaim ${claim} berbeda dari ${id}.`, `The claim ${claim} differs from the ${en}.`);
