import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { SignatureAlgorithm } from "./algorithms.ts";
import { signJws, thumbprint, type SigningKey } from "./sign.ts";

/** A fresh private key of the kind that the algorithm takes. */
export function generateSigningKey(alg: SignatureAlgorithm): SigningKey {
  const privateKey = generate(alg);
  return { alg, privateKey, kid: thumbprint(privateKey) };
}

function generate(alg: SignatureAlgorithm): KeyObject {
  switch (alg) {
    case "RS256":
    case "PS256":
      return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    case "ES256":
      return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    case "Ed25519":
      return generateKeyPairSync("ed25519").privateKey;
  }
}

/** The public part, as registered. */
export const publicJwk = (key: SigningKey): object => createPublicKey(key.privateKey).export({ format: "jwk" });

/** Proof of possession: what `keys/NAME.jwt` of a subsystem holds. Whoever registers a key shows that it can sign with it. */
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
