import { createPublicKey } from "node:crypto";
import { signatureAlgorithms, type SignatureAlgorithm } from "./algorithms.ts";
import { signJws, thumbprint, type SigningKey } from "./sign.ts";

/** A fresh private key of the kind that the algorithm takes. */
export function generateSigningKey(alg: SignatureAlgorithm): SigningKey {
  const privateKey = signatureAlgorithms[alg].generate();
  return { alg, privateKey, kid: thumbprint(privateKey) };
}

/** The public part, as registered. */
export const publicJwk = (key: SigningKey): object => createPublicKey(key.privateKey).export({ format: "jwk" });

/**
 * Proof of possession, the content of a subsystem's `keys/NAME.jwt`: a JWS over `subsystem` and `instance` by the key
 * itself, so that no one can register a key without holding its private part. Times are in seconds.
 */
export function proveKey(
  key: SigningKey,
  subsystem: string,
  instance: string,
  nowSeconds: number,
  period: { readonly from?: number; readonly until?: number } = {},
): string {
  const claims = { iss: subsystem, aud: instance, iat: nowSeconds, ...period };
  return signJws({ alg: key.alg, typ: "spl-key+jwt", jwk: publicJwk(key) }, Buffer.from(JSON.stringify(claims)), key);
}
