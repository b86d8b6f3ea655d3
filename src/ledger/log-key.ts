import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { LedgerFault } from "./fault.ts";
import { messages } from "./messages.ts";
import { formatVkey, signerOf } from "./note.ts";
import { readSecretFile } from "./secret-file.ts";

/** A fresh Ed25519 key to sign a log's heads. It is kept in a file of its own, never in a database. */
export const generateLogKey = (): KeyObject => generateKeyPairSync("ed25519").privateKey;

/** PKCS#8 PEM, for a file of mode 0600. */
export const encodeLogKey = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" });

/** The verifier key that members pin (protocol §4.1). */
export const vkeyOf = (origin: string, key: KeyObject): string => formatVkey(signerOf(origin, key));

/** Reads a key file. Throws `LedgerFault` if anyone but its owner may read it, or if it holds no Ed25519 key. */
export const loadLogKey = (path: string): KeyObject => parseLogKey(readSecretFile(path, messages.logKey), path);

/** Reads the PEM of a key; `path` says where it is. Throws `LedgerFault` if it holds no Ed25519 key. */
export function parseLogKey(pem: string, path: string): KeyObject {
  const key = ((): KeyObject | undefined => {
    try {
      return createPrivateKey(pem);
    } catch {
      return undefined;
    }
  })();
  if (key?.asymmetricKeyType === "ed25519") return key;
  throw new LedgerFault(messages.notALogKey(path));
}
