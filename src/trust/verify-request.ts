import { Problem } from "../base/problem.ts";
import { sha256 } from "../base/bytes.ts";
import { systemClock, type Clock } from "../base/clock.ts";
import type { ServiceId } from "../base/names.ts";
import { formatDigest } from "./content-digest.ts";
import { keyFault, type SignerKey } from "./key-fault.ts";
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

/** What a provider knows when it judges a request. */
export interface Verifier {
  /** The gateway's public origin: the `aud` of every statement. */
  readonly gateway: string;
  /** The service version that is served here: `htu` ends with the path below it. */
  readonly service: ServiceId;
  /** The registered key of an RFC 7638 thumbprint, `keyDirectory` for example; `undefined` for one that nobody registered. */
  readonly keyOf: (kid: string) => Promise<SignerKey | undefined> | SignerKey | undefined;
  readonly replays: ReplayMemory;
  readonly clock?: Clock;
}

/** A request whose consumer is proved, and all that its answer is signed about. */
export interface VerifiedRequest extends AnswerTo {
  readonly claims: Claims;
  /** The `Spl-Signature` as it came: who keeps it holds the consumer's signature. */
  readonly signature: string;
}

/** How far apart the clocks of consumer, gateway and provider may be; the gateway has checked the times by its own, to the second. */
export const toleratedSkewSeconds = 60;

/**
 * Checks what a provider received, without believing the gateway: the statement is signed by a key of its `iss`, is alive, comes for the first time, and is about
 * this method, path, query and content of this service. Throws a `Problem` with the code of protocol §3.1; then nothing may be executed.
 */
export async function verifyRequest(request: ReceivedRequest, verifier: Verifier): Promise<VerifiedRequest> {
  const now = (verifier.clock ?? systemClock)();
  const fields = readFields(request.fields);
  const signature = fields.get("spl-signature");
  if (signature === undefined) throw new Problem("statement-missing");
  const exchange = fields.get("spl-exchange");
  if (exchange === undefined || !exchangeForm.test(exchange))
    throw malformed("Spl-Exchange dari gerbang tidak ada atau salah bentuk.", "The gateway's Spl-Exchange is missing or malformed.");
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

const exchangeForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const once = new Set(["spl-signature", "spl-exchange", "content-digest", "content-type"]);

function readFields(raw: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    if (!once.has(name)) continue;
    if (fields.has(name)) throw malformed(`Kolom ${name} hanya boleh satu kali.`, `The field ${name} may come only once.`);
    fields.set(name, raw[i + 1]!);
  }
  return fields;
}

function checkTimes({ iat, exp }: Claims, now: number): void {
  const seconds = Math.floor(now / 1000);
  if (exp <= iat || exp - iat > maxLifetimeSeconds)
    throw invalid(
      `exp harus setelah iat, paling lama ${maxLifetimeSeconds} detik.`,
      `exp must be after iat, by at most ${maxLifetimeSeconds} seconds.`,
    );
  if (exp + toleratedSkewSeconds <= seconds || iat > seconds + toleratedSkewSeconds) {
    const clock = new Date(now).toISOString();
    throw new Problem("statement-expired", {
      detail: {
        id: `Pernyataan di luar waktunya menurut jam penyedia (${clock}).`,
        en: `The statement is outside its time by the provider's clock (${clock}).`,
      },
    });
  }
}

function checkSubject(
  claims: Claims,
  { method, target }: ReceivedRequest,
  fields: ReadonlyMap<string, string>,
  { gateway, service }: Verifier,
): void {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const called = `${gateway}/r1/${service}`;
  if (claims.aud !== gateway) throw invalid(`aud harus ${gateway}.`, `aud must be ${gateway}.`);
  if (claims.htm !== method) throw differs("htm", "metode", "method");
  // A request for the service's root is forwarded as "/", whether it was sent with the slash or without.
  if (claims.htu !== called + path && !(path === "/" && claims.htu === called))
    throw differs("htu", "layanan dan jalur yang diterima", "service and the path that arrived");
  if (claims.htq !== (mark < 0 ? "" : target.slice(mark))) throw differs("htq", "kueri yang diterima", "query that arrived");
  if (claims.ctype !== fields.get("content-type")) throw differs("ctype", "Content-Type", "Content-Type");
  if (claims.digest !== fields.get("content-digest")) throw differs("digest", "Content-Digest", "Content-Digest");
}

async function checkSignature({ claims, jws }: Statement, { keyOf }: Verifier, now: number): Promise<void> {
  const key = await keyOf(jws.kid);
  if (key === undefined) throw new Problem("key-unknown");
  const fault = keyFault(key, jws, claims.iss, now);
  if (fault !== undefined) throw new Problem("key-invalid", { detail: fault });
  if (!jws.algorithm.verify(jws.input, key.publicKey, jws.signature)) throw new Problem("signature-invalid");
}

/** Last, so that nobody can fill the memory who has no key. */
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

const malformed = (id: string, en: string) => new Problem("request-malformed", { detail: { id, en } });
const invalid = (id: string, en: string) => new Problem("statement-invalid", { detail: { id, en } });
const differs = (claim: string, id: string, en: string) =>
  invalid(`Klaim ${claim} berbeda dari ${id}.`, `The claim ${claim} differs from the ${en}.`);
