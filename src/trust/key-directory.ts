import { createPublicKey } from "node:crypto";
import { decodeBase64url } from "../base/bytes.ts";
import { systemClock, type Clock } from "../base/clock.ts";
import type { SubsystemId } from "../base/names.ts";
import { algorithms, type SignatureAlgorithm } from "./algorithms.ts";
import type { SignerKey } from "./key-fault.ts";
import type { RegisteredKey, RevokedKey } from "./registered-key.ts";
import { thumbprint } from "./sign.ts";

/**
 * The answer of a gateway to `GET /keys/{kid}`. Times are RFC 3339 in UTC; without `from` or `until` the key's period
 * has no such end.
 */
export interface PublishedKey {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  readonly jwk: Readonly<Record<string, string>>;
  readonly owner: SubsystemId;
  readonly from?: string;
  readonly until?: string;
  /** Only an active key signs. */
  readonly state: RegisteredKey["state"];
  /** An officer's revocation: when, why, and from when on others may have signed with the key. */
  readonly revoked?: RevokedKey;
  /** The JWS with which the key's holder registered it (typ `spl-key+jwt`). */
  readonly proof: string;
}

export interface KeyDirectoryOptions {
  /** How long an answer is cached, and so how late a revocation may be noticed. */
  readonly maxAgeMs?: number;
  /** Keys that are cached at most. */
  readonly maxEntries?: number;
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
}

/**
 * The instance's keys by thumbprint, fetched from the gateway over HTTP and cached: the `keyOf` of a `Verifier`.
 *
 * The thumbprint is computed again, so the gateway cannot hand out another key under a kid. The proof of possession is
 * made by the key itself and names its owner, so the gateway cannot give one subsystem's key to another. The gateway is
 * trusted for the rest: that the subsystem named in the proof registered the key, and the key's state and period.
 *
 * The returned function gives `undefined` for a kid that is not registered. It rejects when the gateway cannot be
 * reached within 5 s, or when its answer contradicts the kid or the proof.
 *
 * @example
 * const keyOf = keyDirectory("https://spl.example.go.id");
 * const key = await keyOf("0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbA");
 */
export function keyDirectory(
  gateway: string,
  { maxAgeMs = 300_000, maxEntries = 1024, clock = systemClock, fetch = globalThis.fetch }: KeyDirectoryOptions = {},
): (kid: string) => Promise<SignerKey | undefined> {
  const remembered = new Map<string, { readonly key: SignerKey; readonly until: number }>();
  return async (kid) => {
    const known = remembered.get(kid);
    if (known !== undefined && clock() < known.until) return known.key;
    const answer = await fetch(`${gateway}/keys/${kid}`, { redirect: "error", signal: AbortSignal.timeout(5000) });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`${gateway} answers ${answer.status} for a key`);
    const key = readPublished((await answer.json()) as PublishedKey, kid);
    if (remembered.size >= maxEntries) remembered.clear();
    remembered.set(kid, { key, until: clock() + maxAgeMs });
    return key;
  };
}

function readPublished({ alg, jwk, owner, from, until, state, revoked, proof }: PublishedKey, kid: string): SignerKey {
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  if (thumbprint(publicKey) !== kid) throw new Error("the key is not the one of this kid");
  const [header = "", payload = "", signature = ""] = proof.split(".");
  const claims = JSON.parse(decodeBase64url(payload)?.toString("utf8") ?? "null") as { iss?: unknown } | null;
  const signed = algorithms.get(alg)?.verify(Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, "base64url"));
  if (signed !== true || claims?.iss !== owner) throw new Error("the key's proof of possession does not name this owner");
  return {
    alg,
    owner,
    publicKey,
    state: state === "active" || state === "requested" || state === "refused" ? state : "revoked",
    ...(state === "revoked" && revoked !== undefined ? { revoked } : {}),
    from: from === undefined ? 0 : Date.parse(from),
    until: until === undefined ? undefined : Date.parse(until),
  };
}
