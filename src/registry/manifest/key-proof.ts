import { createPublicKey, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint, compactVerify } from "jose";
import { decodeBase64url } from "../../base/bytes.ts";
import { parseJson } from "../contract/json.ts";
import type { EntryContents } from "../entry.ts";
import type { SignatureAlgorithm } from "../snapshot.ts";
import { faultAt, type ManifestFault, type ManifestFaultCode, type Place } from "./fault.ts";

/** The public members of a JWK per algorithm (RFC 7518 §6, RFC 8037), and what they must say. */
const shapes: Readonly<Record<SignatureAlgorithm, { readonly members: readonly string[]; readonly fixed: Readonly<Record<string, string>>; readonly words: string }>> = {
  ES256: { members: ["crv", "kty", "x", "y"], fixed: { kty: "EC", crv: "P-256" }, words: "ES256 – EC P-256" },
  PS256: { members: ["e", "kty", "n"], fixed: { kty: "RSA" }, words: "PS256 – RSA" },
  RS256: { members: ["e", "kty", "n"], fixed: { kty: "RSA" }, words: "RS256 – RSA" },
  Ed25519: { members: ["crv", "kty", "x"], fixed: { kty: "OKP", crv: "Ed25519" }, words: "Ed25519 – OKP Ed25519" },
};
const allowed = Object.values(shapes).map((shape) => shape.words).join(", ");

const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

type Members = Readonly<Record<string, unknown>>;

/** A key whose holder has shown that it has the private part. */
export interface ProvenKey {
  readonly kid: string;
  readonly content: EntryContents["key"];
}

const asObject = (value: unknown): Members | undefined => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : undefined);

function decodeMembers(part: string | undefined): Members | undefined {
  const bytes = part === undefined ? undefined : decodeBase64url(part);
  const parsed = bytes === undefined ? undefined : parseJson(bytes);
  return parsed !== undefined && "value" in parsed ? asObject(parsed.value) : undefined;
}

const onlyHas = (object: Members, names: readonly string[]): boolean => Object.keys(object).every((name) => names.includes(name));
const isSeconds = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 10_000_000_000;
const moment = (seconds: unknown): string | undefined => (isSeconds(seconds) ? new Date(seconds * 1000).toISOString() : undefined);

/** The JWK as a key, held to its algorithm; or the code of what is wrong with it. */
function importKey(alg: SignatureAlgorithm, jwk: Members): { readonly key: KeyObject; readonly jwk: Readonly<Record<string, string>> } | ManifestFaultCode {
  const shape = shapes[alg];
  if (Object.entries(shape.fixed).some(([name, value]) => jwk[name] !== value)) return "key-algorithm";
  const exact = Object.fromEntries(shape.members.map((name) => [name, jwk[name]]));
  const numbers = shape.members.filter((name) => !Object.hasOwn(shape.fixed, name)).map((name) => jwk[name]);
  if (!onlyHas(jwk, shape.members) || !numbers.every((value) => typeof value === "string" && decodeBase64url(value) !== undefined)) return "key-malformed";
  let key: KeyObject;
  try {
    key = createPublicKey({ key: exact, format: "jwk" });
  } catch {
    return "key-malformed";
  }
  const rsa = shape.fixed["kty"] === "RSA" ? key.asymmetricKeyDetails : undefined;
  if (rsa !== undefined && (rsa.modulusLength! < 2048 || rsa.modulusLength! > 8192 || rsa.publicExponent! < 65537n)) return "key-weak";
  return { key, jwk: exact as Record<string, string> };
}

/**
 * Reads `keys/NAME.jwt`: a compact JWS made with the private key over who registers it (header exactly alg, typ, jwk; claims iss, aud, iat and
 * perhaps from, until). Whoever cannot sign with a key cannot register it, so nobody can register another's.
 */
export async function readKeyProof(
  text: string,
  expected: { readonly owner: string; readonly instance: string },
  place: Place,
): Promise<ProvenKey | ManifestFault> {
  const malformed = (reason: string): ManifestFault => faultAt(place, "key-malformed", reason);
  const proof = text.replace(/\r?\n$/, "");
  const parts = proof.split(".");
  const header = decodeMembers(parts[0]);
  const claims = decodeMembers(parts[1]);
  if (parts.length !== 3 || header === undefined || claims === undefined || decodeBase64url(parts[2]!) === undefined) return malformed("base64url(header).base64url(claims).base64url(signature)");
  const alg = header["alg"] as SignatureAlgorithm;
  const jwk = asObject(header["jwk"]);
  if (header["typ"] !== "spl-key+jwt" || jwk === undefined || !onlyHas(header, ["alg", "typ", "jwk"])) return malformed('header {"alg", "typ": "spl-key+jwt", "jwk"}');
  if (privateMembers.some((name) => name in jwk)) return faultAt(place, "key-private");
  if (typeof alg !== "string" || !Object.hasOwn(shapes, alg)) return faultAt(place, "key-algorithm", allowed);
  const imported = importKey(alg, jwk);
  if (imported === "key-algorithm") return faultAt(place, imported, allowed);
  if (imported === "key-weak") return faultAt(place, imported);
  if (typeof imported === "string") return malformed(`jwk {${shapes[alg].members.join(", ")}}`);

  const { iss, aud, iat, from, until } = claims;
  if (!onlyHas(claims, ["iss", "aud", "iat", "from", "until"]) || !isSeconds(iat)) return malformed('claims {"iss", "aud", "iat", "from"?, "until"?}');
  if ((from !== undefined && !isSeconds(from)) || (until !== undefined && !isSeconds(until))) return malformed("from, until: seconds");
  if (from !== undefined && until !== undefined && from >= until) return faultAt(place, "period-empty");
  if (iss !== expected.owner) return faultAt(place, "key-owner", expected.owner);
  if (aud !== expected.instance) return faultAt(place, "key-audience", expected.instance);
  try {
    await compactVerify(proof, imported.key, { algorithms: [alg] });
  } catch {
    return faultAt(place, "key-signature");
  }
  const [validFrom, validUntil] = [moment(from), moment(until)];
  return {
    kid: await calculateJwkThumbprint(imported.jwk, "sha256"),
    content: {
      owner: expected.owner,
      alg,
      jwk: imported.jwk,
      ...(validFrom === undefined ? {} : { from: validFrom }),
      ...(validUntil === undefined ? {} : { until: validUntil }),
      proof,
    },
  };
}
