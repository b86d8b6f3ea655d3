import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { algorithmFor, thumbprint, type SigningKey } from "../trust/sign.ts";
import { FileFault } from "../source/file-fault.ts";

/** A consumer's private key from a PEM file. An RSA key signs RS256 unless `rsa` says PS256: a thumbprint is registered for one of them. */
export function readSigningKey(path: string, rsa?: "RS256" | "PS256"): SigningKey {
  const privateKey = parseKey(readFileSync(path));
  const alg = privateKey === undefined ? undefined : algorithmFor(privateKey, rsa);
  if (privateKey !== undefined && alg !== undefined) return { alg, kid: thumbprint(privateKey), privateKey };
  throw new FileFault({
    id: `${path} bukan kunci privat RSA, P-256 atau Ed25519 (PEM).`,
    en: `${path} is not an RSA, P-256 or Ed25519 private key (PEM).`,
  });
}

function parseKey(pem: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
