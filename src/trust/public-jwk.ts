import { createPublicKey, type KeyObject } from "node:crypto";
import { decodeBase64url } from "../base/bytes.ts";
import { jwkMembers, signatureAlgorithms, type SignatureAlgorithm } from "./algorithms.ts";

/**
 * `algorithm`: a key of another kind; `malformed`: not exactly the members of its kind; `weak`: RSA with a modulus of
 * less than 2048 or more than 8192 bits, or with an exponent below 65537.
 */
export type JwkFault = "algorithm" | "malformed" | "weak";

/** A public JWK as the key of an algorithm (protocol §2.1), or what is wrong with it. */
export function importPublicJwk(alg: SignatureAlgorithm, jwk: Readonly<Record<string, unknown>>): KeyObject | JwkFault {
  const { jwk: fixed } = signatureAlgorithms[alg];
  if (Object.entries(fixed).some(([name, value]) => jwk[name] !== value)) return "algorithm";
  const members: readonly string[] = jwkMembers[fixed.kty];
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
  const rsa = fixed.kty === "RSA" ? key.asymmetricKeyDetails : undefined;
  return rsa !== undefined && (rsa.modulusLength! < 2048 || rsa.modulusLength! > 8192 || rsa.publicExponent! < 65537n) ? "weak" : key;
}
