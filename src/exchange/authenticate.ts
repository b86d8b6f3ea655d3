import { Problem } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import type { Snapshot } from "../registry/snapshot.ts";
import type { RegisteredKey } from "../trust/registered-key.ts";
import { keyFault } from "../trust/key-fault.ts";
import { messages as claimMessages } from "../trust/messages.ts";
import { maxAheadSeconds, maxLifetimeSeconds, readStatement, type Statement } from "../trust/statement.ts";
import type { RequestHead } from "./head.ts";
import { messages } from "./messages.ts";

/** A consumer whose statement verified: only `authenticateConsumer` makes one. */
export interface Caller {
  readonly statement: Statement;
  readonly key: RegisteredKey;
}

/** Check 4: there is a statement and it is well-formed. */
export function requireStatement(head: RequestHead, asks: "exchange" | "receipt"): Statement {
  if (head.signature === undefined) throw new Problem("statement-missing");
  if (head.batched) throw invalid(messages.profileBUnsupported);
  const statement = readStatement(head.signature);
  if ("id" in statement) throw new Problem("statement-invalid", { detail: statement });
  const { purpose } = statement.claims;
  if (asks === "exchange" && purpose === undefined) throw invalid(claimMessages.claimMissing("purpose", claimMessages.forms.purpose));
  if (asks === "receipt" && purpose !== undefined) throw invalid(claimMessages.got(messages.purposeForReceipt, purpose));
  return statement;
}

/** Checks 5 to 7: the key may be used, the statement is about this request and this time, and it is signed. */
export function authenticateConsumer(
  snapshot: Snapshot,
  publicOrigin: string,
  head: RequestHead,
  statement: Statement,
  now: number,
): Caller {
  const key = requireKey(snapshot, statement, now);
  checkTimes(statement, now);
  checkSubject(publicOrigin, head, statement);
  const { jws } = statement;
  if (!jws.algorithm.verify(jws.input, key.publicKey, jws.signature))
    throw new Problem("signature-invalid", { detail: messages.signatureInvalid(jws.algorithm.alg) });
  return { statement, key };
}

function requireKey(snapshot: Snapshot, { claims, jws }: Statement, now: number): RegisteredKey {
  const key = snapshot.keys.get(jws.kid);
  if (key === undefined) throw new Problem("key-unknown", { detail: messages.keyUnknown(jws.kid) });
  const fault = keyFault(key, jws, claims.iss, now);
  if (fault !== undefined) throw new Problem("key-invalid", { detail: fault });
  return key;
}

/** A wrong clock is the most common fault at a PD, so the refusal gives the gateway's time and the difference. */
function checkTimes({ claims }: Statement, now: number): void {
  const seconds = Math.floor(now / 1000);
  if (claims.iat > now / 2 && claims.iat < now * 2) throw invalid(claimMessages.got(claimMessages.inSeconds, claims.iat));
  if (claims.exp - claims.iat > maxLifetimeSeconds || claims.exp <= claims.iat)
    throw invalid(claimMessages.got(claimMessages.lifetimeOutOfBounds(maxLifetimeSeconds), claims.exp - claims.iat));
  if (claims.exp <= seconds) throw expired(messages.statementExpired(time(now), seconds - claims.exp, seconds - claims.iat));
  if (claims.iat > seconds + maxAheadSeconds) throw expired(messages.statementFromTheFuture(time(now), claims.iat - seconds));
}

function checkSubject(publicOrigin: string, head: RequestHead, { claims }: Statement): void {
  if (claims.aud !== publicOrigin) throw invalid(claimMessages.got(claimMessages.mustBe("aud", publicOrigin), claims.aud));
  if (claims.htm !== head.method) throw differs("htm", claims.htm, head.method);
  if (claims.htu !== publicOrigin + head.path) throw differs("htu", claims.htu, publicOrigin + head.path);
  if (claims.htq !== head.query) throw differs("htq", claims.htq, head.query);
  if (claims.ctype !== undefined && !head.framed) throw invalid(claimMessages.got(claimMessages.typeWithoutContent, claims.ctype));
  if (claims.ctype !== head.contentType) throw differs("ctype", claims.ctype, head.contentType);
  if (claims.digest !== head.digest) throw differs("digest", claims.digest, head.digest);
}

const time = (now: number): string => new Date(now).toISOString();
const invalid = (detail: Text) => new Problem("statement-invalid", { detail });
const expired = (detail: Text) => new Problem("statement-expired", { detail });
const differs = (claim: keyof typeof messages.sent, claimed: string | undefined, arrived: string | undefined) =>
  invalid(claimMessages.claimDiffersIn(claim, messages.sent[claim], claimed, arrived));
