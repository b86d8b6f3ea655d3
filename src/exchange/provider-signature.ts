import { Problem } from "../base/problem.ts";
import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import type { ServiceVersion, Snapshot } from "../registry/snapshot.ts";
import { maxAnswerSkewSeconds, readAnswerSignature, type AnswerClaims } from "../trust/answer-signature.ts";
import { emptyHash, formatDigest } from "../trust/content-digest.ts";
import { keyFault } from "../trust/key-fault.ts";
import { messages as claimMessages } from "../trust/messages.ts";
import type { Caller } from "./authenticate.ts";
import { field as fieldOf, fieldValues, type ProviderAnswer } from "./forward.ts";
import { answerMessages } from "./answer-messages.ts";

/** A provider's verified signature: only `verifyProvider` makes one. */
export interface ProviderSignature {
  /** The `Spl-Signature` as sent. */
  readonly field: string;
  /** H(octets of the provider's claims). */
  readonly statement: Buffer;
  /** H(content) of the signed content, for the commitment. */
  readonly contentHash: Buffer;
}

/** The exchange that the answer belongs to, as the gateway knows it. */
export interface Answered {
  readonly id: string;
  readonly service: Pick<ServiceVersion, "id" | "provider" | "signedAnswers">;
  readonly caller: Pick<Caller, "statement">;
}

/**
 * The first half of check 14: who answers, before what is answered. If the provider signed or had to sign, its
 * `Spl-Signature` must be about this exchange and this answer, by a key that it may use now (protocol §3). Throws
 * `response-unsigned` otherwise. Returns `undefined` if the provider neither signed nor had to.
 */
export function verifyProvider(snapshot: Snapshot, answered: Answered, answer: ProviderAnswer, now: number): ProviderSignature | undefined {
  const [field, another] = fieldValues(answer.fields, "spl-signature");
  if (another !== undefined) throw unsigned(answerMessages.signatureRepeated);
  if (field === undefined) {
    if (!answered.service.signedAnswers) return undefined;
    throw unsigned(answerMessages.signatureRequired);
  }
  const signature = readAnswerSignature(field);
  if ("id" in signature) throw unsigned(signature);
  const { claims, jws, hash } = signature;
  const key = snapshot.keys.get(jws.kid);
  if (key === undefined) throw unsigned(answerMessages.providersKeyUnknown);
  const fault = keyFault(key, jws, claims.iss, now);
  if (fault !== undefined) throw unsigned(fault);
  const contentHash = answer.content.length === 0 ? emptyHash : sha256(answer.content);
  checkClaims(claims, answered, answer, contentHash, now);
  if (!jws.algorithm.verify(jws.input, key.publicKey, jws.signature)) throw unsigned(answerMessages.providersSignatureInvalid);
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
  if (claims.iss !== service.provider) throw differs("iss");
  if (claims.aud !== statement.claims.iss) throw differs("aud");
  const ahead = claims.iat - Math.floor(now / 1000);
  if (Math.abs(ahead) > maxAnswerSkewSeconds)
    throw unsigned(answerMessages.providersClock(Math.abs(ahead), new Date(now).toISOString(), maxAnswerSkewSeconds));
  if (claims.exchange !== id) throw differs("exchange");
  if (claims.service !== service.id) throw differs("service");
  if (claims.req !== statement.hash.toString("base64url")) throw differs("req");
  if (claims.status !== answer.status) throw differs("status");
  if (claims.ctype !== fieldOf(answer.fields, "content-type")?.trim()) throw differs("ctype");
  if (claims.digest !== formatDigest(contentHash)) throw differs("digest");
}

const unsigned = (detail: Text): Problem => new Problem("response-unsigned", { detail });
const differs = (claim: keyof typeof answerMessages.answered): Problem =>
  unsigned(claimMessages.claimDiffers(claim, answerMessages.answered[claim]));
