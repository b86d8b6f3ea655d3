import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { algorithmFor, thumbprint, type SigningKey } from "../trust/sign.ts";
import { FileFault } from "../source/file-fault.ts";
import { messages } from "./messages.ts";

/**
 * A private key from a PEM file. An RSA key signs RS256 unless `rsa` is PS256, since a thumbprint is registered for one of the two.
 * Throws `FileFault` for anything but an RSA, P-256 or Ed25519 private key.
 */
export function readSigningKey(path: string, rsa?: "RS256" | "PS256"): SigningKey {
  const privateKey = parseKey(readFileSync(path));
  const alg = privateKey === undefined ? undefined : algorithmFor(privateKey, rsa);
  if (privateKey !== undefined && alg !== undefined) return { alg, kid: thumbprint(privateKey), privateKey };
  throw new FileFault(messages.notASigningKey(path));
}

function parseKey(pem: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
