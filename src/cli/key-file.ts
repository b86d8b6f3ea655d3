import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { algorithmFor, thumbprint, type SigningKey } from "../trust/sign.ts";
import { UsageFault } from "./verb.ts";

/** A consumer's private key from a PEM file. An RSA key signs RS256 unless `rsa` says PS256: a thumbprint is registered for one of them. */
export function readSigningKey(path: string, rsa?: "RS256" | "PS256"): SigningKey {
  try {
    const privateKey = createPrivateKey(readFileSync(path));
    const alg = algorithmFor(privateKey, rsa);
    if (alg !== undefined) return { alg, kid: thumbprint(privateKey), privateKey };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") throw new UsageFault({ id: `Berkas ${path} tidak ada.`, en: `There is no file ${path}.` });
  }
  throw new UsageFault({ id: `${path} bukan kunci privat RSA, P-256 atau Ed25519 (PEM).`, en: `${path} is not an RSA, P-256 or Ed25519 private key (PEM).` });
}
