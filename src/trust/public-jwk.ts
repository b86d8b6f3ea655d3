import { createPublicKey, type KeyObject } from "node:crypto";
import { decodeBase64url } from "../base/bytes.ts";
import type { SignatureAlgorithm } from "./algorithms.ts";

/** The public members of a JWK per algorithm (RFC 7518 §6, RFC 8037), and what they must say: a key of another curve would verify what it should not. */
export const jwkForms: Readonly<
  Record<
    SignatureAlgorithm,
    { readonly members: readonly string[]; readonly fixed: Readonly<Record<string, string>>; readonly words: string }
  >
> = {
  ES256: { members: ["crv", "kty", "x", "y"], fixed: { kty: "EC", crv: "P-256" }, words: "ES256 – EC P-256" },
  PS256: { members: ["e", "kty", "n"], fixed: { kty: "RSA" }, words: "PS256 – RSA" },
  RS256: { members: ["e", "kty", "n"], fixed: { kty: "RSA" }, words: "RS256 – RSA" },
  Ed25519: { members: ["crv", "kty", "x"], fixed: { kty: "OKP", crv: "Ed25519" }, words: "Ed25519 – OKP Ed25519" },
};

/** `algorithm`: a key of another kind; `malformed`: not exactly the members of its kind; `weak`: RSA of less than 2048 bits or more than 8192, or of a small exponent. */
export type JwkFault = "algorithm" | "malformed" | "weak";

/** A public JWK as the key of an algorithm (protocol §2.1), or what is wrong with it. */
export function importPublicJwk(alg: SignatureAlgorithm, jwk: Readonly<Record<string, unknown>>): KeyObject | JwkFault {
  const { members, fixed } = jwkForms[alg];
  if (Object.entries(fixed).some(([name, value]) => jwk[name] !== value)) return "algorithm";
  const numbers = members.filter((name) => !Object.hasOwn(fixed, name)).map((name) => jwk[name]);
  if (
    Object.keys(jwk).some((name) => !members.includes(name)) ||
    !numbers.every((value) => typeof value === "string" && decodeBase64url(value) !== undefined)
  )
    return "malformed";
  let key: KeyObject;
  try {
    key = createPublicKey({ key: { ...jwk }, format: "jwk" });
  } catch {
    return "malformed";
  }
  const rsa = fixed["kty"] === "RSA" ? key.asymmetricKeyDetails : undefined;
  return rsa !== undefined && (rsa.modulusLength! < 2048 || rsa.modulusLength! > 8192 || rsa.publicExponent! < 65537n) ? "weak" : key;
}
