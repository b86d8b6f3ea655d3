import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { LedgerFault } from "./fault.ts";
import { formatVkey, signerOf } from "./note.ts";

/** The key that signs a log's heads: Ed25519, in a file of its own, never in a database. */
export const generateLogKey = (): KeyObject => generateKeyPairSync("ed25519").privateKey;

/** PKCS#8 PEM, for a file of mode 0600. */
export const encodeLogKey = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" });

/** The verifier key that members pin (protocol §4.1). */
export const vkeyOf = (origin: string, key: KeyObject): string => formatVkey(signerOf(origin, key));

/** Reads a key file. Throws `LedgerFault` if others than its owner may read it, or if it holds no Ed25519 key. */
export function loadLogKey(path: string): KeyObject {
  // The mode and the bytes come from one open file: nobody can swap it in between.
  const file = openFile(path);
  try {
    const mode = fstatSync(file).mode & 0o777;
    if ((mode & 0o077) !== 0) {
      const octal = mode.toString(8).padStart(4, "0");
      throw new LedgerFault({
        id: `Berkas kunci log ${path} dapat dibaca pihak lain (mode ${octal}); jalankan chmod 600`,
        en: `The log key file ${path} is open to others (mode ${octal}); run chmod 600`,
      });
    }
    return parseKey(readFileSync(file, "utf8"), path);
  } finally {
    closeSync(file);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new LedgerFault({ id: `Berkas kunci log ${path} tidak dapat dibaca`, en: `The log key file ${path} cannot be read` }, cause);
  }
}

function parseKey(pem: string, path: string): KeyObject {
  const key = ((): KeyObject | undefined => {
    try {
      return createPrivateKey(pem);
    } catch {
      return undefined;
    }
  })();
  if (key?.asymmetricKeyType === "ed25519") return key;
  throw new LedgerFault({ id: `${path} bukan kunci privat Ed25519 (PKCS#8 PEM)`, en: `${path} is not an Ed25519 private key (PKCS#8 PEM)` });
}
