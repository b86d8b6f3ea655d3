import type { KeyObject } from "node:crypto";
import { decodeBase64url, sha256 } from "../base/bytes.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { ProvedEntry } from "./proved-entry.ts";
import { algorithms } from "../trust/algorithms.ts";
import type { Jws } from "../trust/jws.ts";
import { importPublicJwk } from "../trust/public-jwk.ts";
import { parseStrictJson } from "../trust/strict-json.ts";
import type { ProvenBasis } from "./check-basis.ts";
import type { CheckReport } from "./check-report.ts";

/** The time in which the gateway decided, in milliseconds: from the arrival of the request to its leaf. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether a period covers some moment of a span. A missing bound is open; `until` is exclusive. */
export const covers = ({ from, until }: { readonly from?: string; readonly until?: string }, span: Span): boolean =>
  (from === undefined || Date.parse(from) <= span.to) && (until === undefined || span.from < Date.parse(until));

/**
 * Checks that a JWS was signed with a key that its signer could use then: the key's entry is proved, its name is its
 * own thumbprint (RFC 7638), and its registration had a proof of possession.
 */
export function checkSigner(jws: Jws, owner: string, span: Span, registry: ProvenBasis, where: string, report: CheckReport): void {
  const { kid, algorithm } = jws;
  const entry = registry.get("key", kid);
  const key = entry === undefined ? undefined : importKey(entry.content);
  const { alg } = algorithm;
  report.record("signature", where, key !== undefined && entry?.content.alg === alg && algorithm.verify(jws.input, key, jws.signature), {
    who: owner,
    kid,
  });
  if (entry === undefined) return;
  const at = "/registry/entries";
  const named = key !== undefined && sha256(canonicalJson(entry.content.jwk)).toString("base64url") === kid;
  const usable = entry.content.owner === owner && entry.content.alg === alg && entry.state === "active" && covers(entry.content, span);
  report.record("key", at, named && usable, { kid, owner, alg });
  report.record("possession", at, key !== undefined && showsPossession(entry, key), { kid, owner });
}

function importKey({ alg, jwk }: ProvedEntry<"key">["content"]): KeyObject | undefined {
  const key = algorithms.get(alg)?.alg === alg ? importPublicJwk(alg, jwk) : "algorithm";
  return typeof key === "string" ? undefined : key;
}

/** The proof is a compact JWS over owner and instance, signed by the key itself (header exactly alg, typ, jwk). */
function showsPossession({ content }: ProvedEntry<"key">, key: KeyObject): boolean {
  const parts = content.proof.split(".");
  const [header, claims, signature] = parts.map(decodeBase64url);
  if (parts.length !== 3 || header === undefined || claims === undefined || signature === undefined) return false;
  const expected = canonicalJson({ alg: content.alg, typ: "spl-key+jwt", jwk: content.jwk });
  const said = parseStrictJson(claims) as Readonly<Record<string, unknown>> | undefined;
  const instance = content.owner.slice(0, content.owner.indexOf("/"));
  return (
    canonicalJson(parseStrictJson(header)) === expected &&
    said?.["iss"] === content.owner &&
    said["aud"] === instance &&
    algorithms.get(content.alg)!.verify(Buffer.from(`${parts[0]}.${parts[1]}`), key, signature)
  );
}
