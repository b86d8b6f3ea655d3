import { Problem } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import { sha256 } from "../base/bytes.ts";
import { systemClock, type Clock } from "../base/clock.ts";
import { formOf } from "../base/forms.ts";
import type { ServiceId } from "../base/names.ts";
import { formatDigest } from "./content-digest.ts";
import { keyFault, type SignerKey } from "./key-fault.ts";
import { messages } from "./messages.ts";
import type { ReplayMemory } from "./replay-memory.ts";
import type { AnswerTo } from "./sign-answer.ts";
import { maxLifetimeSeconds, readStatement, type Claims, type Statement } from "./statement.ts";

/** A request as a provider received it from the gateway (protocol §2.4). */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  /** Names and values, alternating: `rawHeaders` of node:http. */
  readonly fields: readonly string[];
  readonly content: Buffer;
}

/** What a provider needs to verify a request. */
export interface Verifier {
  /** The gateway's public origin: the `aud` of every statement. */
  readonly gateway: string;
  /** The service version that is served here. `htu` is its address and the path below it. */
  readonly service: ServiceId;
  /** The `basePath` of its manifest: what the gateway puts before the path, `/v2`. */
  readonly basePath?: string;
  /** The registered key of an RFC 7638 thumbprint, from `keyDirectory` for example; `undefined` if it is not registered. */
  readonly keyOf: (kid: string) => Promise<SignerKey | undefined> | SignerKey | undefined;
  readonly replays: ReplayMemory;
  readonly clock?: Clock;
}

/** A request whose consumer is proved, with everything that `signAnswer` needs for its answer. */
export interface VerifiedRequest extends AnswerTo {
  readonly claims: Claims;
  /** The `Spl-Signature` as received: a provider that keeps it holds the consumer's signature. */
  readonly signature: string;
}

/**
 * How far apart the clocks of consumer, gateway and provider may be. The gateway has checked the times by its own
 * clock, to the second.
 */
export const toleratedSkewSeconds = 60;

/**
 * Verifies a received request without trusting the gateway: the statement is signed by a key of its `iss`, has not
 * expired, was not used before, and is about this method, path, query and content of this service (protocol §2.4).
 *
 * Throws a `Problem` with a code of protocol §3.1; the request must then not be executed. Rejects with the error of
 * `keyOf` or `replays` when one of them fails.
 *
 * @example
 * const request = await verifyRequest(
 *   { method: "GET", target: "/penduduk/123", fields: incoming.rawHeaders, content },
 *   {
 *     gateway: "https://spl.example.go.id",
 *     service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1",
 *     keyOf: keyDirectory("https://spl.example.go.id"),
 *     replays: replayMemory(),
 *   },
 * );
 * request.consumer; // "ID-16.03/GOV/dinsos/bansos"
 */
export async function verifyRequest(request: ReceivedRequest, verifier: Verifier): Promise<VerifiedRequest> {
  const now = (verifier.clock ?? systemClock)();
  const fields = readFields(request.fields);
  const signature = fields.get("spl-signature");
  if (signature === undefined) throw new Problem("statement-missing");
  const exchange = fields.get("spl-exchange");
  if (exchange === undefined || !exchangeForm.test(exchange)) throw malformed(messages.exchangeIdMalformed);
  const statement = readStatement(signature);
  if ("id" in statement) throw new Problem("statement-invalid", { detail: statement });
  const { claims, hash } = statement;
  checkTimes(claims, now);
  checkSubject(claims, request, fields, verifier);
  await checkSignature(statement, verifier, now);
  if (claims.digest !== formatDigest(sha256(request.content))) throw new Problem("digest-mismatch");
  await takeOnce(claims, verifier.replays, now);
  return {
    method: request.method,
    consumer: claims.iss,
    service: verifier.service,
    exchange,
    statement: hash.toString("base64url"),
    claims,
    signature,
  };
}

const exchangeForm = formOf("uuid");
const once = new Set(["spl-signature", "spl-exchange", "content-digest", "content-type"]);

function readFields(raw: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    if (!once.has(name)) continue;
    if (fields.has(name)) throw malformed(messages.fieldRepeated(name));
    fields.set(name, raw[i + 1]!);
  }
  return fields;
}

function checkTimes({ iat, exp }: Claims, now: number): void {
  const seconds = Math.floor(now / 1000);
  if (exp <= iat || exp - iat > maxLifetimeSeconds)
    throw invalid(messages.got(messages.lifetimeOutOfBounds(maxLifetimeSeconds), exp - iat));
  if (exp + toleratedSkewSeconds <= seconds || iat > seconds + toleratedSkewSeconds)
    throw new Problem("statement-expired", { detail: messages.outsideItsTime(new Date(now).toISOString()) });
}

function checkSubject(
  claims: Claims,
  { method, target }: ReceivedRequest,
  fields: ReadonlyMap<string, string>,
  { gateway, service, basePath = "" }: Verifier,
): void {
  const mark = target.indexOf("?");
  const received = mark < 0 ? target : target.slice(0, mark);
  // The path that a consumer did not write is not shown to it.
  if (!received.startsWith(`${basePath}/`)) throw invalid(messages.claimDiffers("htu", messages.received.htu));
  const path = received.slice(basePath.length);
  const called = `${gateway}/r1/${service}`;
  if (claims.aud !== gateway) throw invalid(messages.got(messages.mustBe("aud", gateway), claims.aud));
  if (claims.htm !== method) throw differs("htm", claims.htm, method);
  // A request for the service's root is forwarded as "/", whether it was sent with the slash or without.
  if (claims.htu !== called + path && !(path === "/" && claims.htu === called)) throw differs("htu", claims.htu, called + path);
  const query = mark < 0 ? "" : target.slice(mark);
  if (claims.htq !== query) throw differs("htq", claims.htq, query);
  const [type, digest] = [fields.get("content-type"), fields.get("content-digest")];
  if (claims.ctype !== type) throw differs("ctype", claims.ctype, type);
  if (claims.digest !== digest) throw differs("digest", claims.digest, digest);
}

async function checkSignature({ claims, jws }: Statement, { keyOf }: Verifier, now: number): Promise<void> {
  const key = await keyOf(jws.kid);
  if (key === undefined) throw new Problem("key-unknown");
  const fault = keyFault(key, jws, claims.iss, now);
  if (fault !== undefined) throw new Problem("key-invalid", { detail: fault });
  if (!jws.algorithm.verify(jws.input, key.publicKey, jws.signature)) throw new Problem("signature-invalid");
}

/** The last check, so that a caller without a registered key cannot fill the memory. */
async function takeOnce({ iss, jti, exp }: Claims, replays: ReplayMemory, now: number): Promise<void> {
  switch (await replays.take(`${iss} ${jti}`, exp + toleratedSkewSeconds, Math.floor(now / 1000))) {
    case "taken":
      return;
    case "replayed":
      throw new Problem("replayed");
    case "full":
      throw new Problem("replay-unknown", { fields: { "Retry-After": "5" } });
  }
}

const malformed = (detail: Text) => new Problem("request-malformed", { detail });
const invalid = (detail: Text) => new Problem("statement-invalid", { detail });
const differs = (claim: keyof typeof messages.received, claimed: string | undefined, arrived: string | undefined) =>
  invalid(messages.claimDiffersIn(claim, messages.received[claim], claimed, arrived));
