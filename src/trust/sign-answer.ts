import { randomBytes } from "node:crypto";
import { sha256 } from "../base/bytes.ts";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import type { AnswerClaims } from "./answer-signature.ts";
import { emptyDigest, formatDigest } from "./content-digest.ts";
import { signJws, type SigningKey } from "./sign.ts";

/** The request that an answer is signed for, as `verifyRequest` returns it. */
export interface AnswerTo {
  readonly method: string;
  readonly consumer: SubsystemId;
  readonly service: ServiceId;
  /** The request's `Spl-Exchange`. */
  readonly exchange: string;
  /** Base64url H(octets of the statement's claims). */
  readonly statement: string;
}

/** An answer as it will be sent. For HEAD, `content` may be what GET would send. */
export interface SignableAnswer {
  readonly status: number;
  readonly contentType?: string | undefined;
  readonly content: Buffer;
}

/** The claims of protocol §3 for an answer of the service's own subsystem, with a fresh `jti`. */
export function answerClaimsFor({ status, contentType, content }: SignableAnswer, to: AnswerTo, nowSeconds: number): AnswerClaims {
  const bodiless = to.method === "HEAD" || status === 204 || content.length === 0;
  return {
    iss: to.service.split("/").slice(0, 4).join("/"),
    aud: to.consumer,
    iat: nowSeconds,
    jti: randomBytes(16).toString("base64url"),
    exchange: to.exchange,
    service: to.service,
    req: to.statement,
    status,
    ...(contentType === undefined ? undefined : { ctype: contentType }),
    digest: bodiless ? emptyDigest : formatDigest(sha256(content)),
  };
}

/**
 * The `Spl-Signature` field of an answer (protocol §3), signed with the key of the service's subsystem. Send it
 * together with exactly this status, `Content-Type` and content. `now` is in milliseconds.
 *
 * @example
 * const request = await verifyRequest(received, verifier);
 * const answer = { status: 200, contentType: "application/json", content: Buffer.from('{"aktif":true}') };
 * response.setHeader("Spl-Signature", signAnswer(answer, request, key, Date.now()));
 */
export function signAnswer(answer: SignableAnswer, to: AnswerTo, key: SigningKey, now: number): string {
  return signJws(
    { alg: key.alg, kid: key.kid, typ: "spl-res+jwt" },
    Buffer.from(JSON.stringify(answerClaimsFor(answer, to, Math.floor(now / 1000)))),
    key,
  );
}
