import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { LedgerFault } from "./fault.ts";
import { formatVkey, signerOf } from "./note.ts";
import { readSecretFile } from "./secret-file.ts";

/** The key that signs a log's heads: Ed25519, in a file of its own, never in a database. */
export const generateLogKey = (): KeyObject => generateKeyPairSync("ed25519").privateKey;

/** PKCS#8 PEM, for a file of mode 0600. */
export const encodeLogKey = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" });

/** The verifier key that members pin (protocol §4.1). */
export const vkeyOf = (origin: string, key: KeyObject): string => formatVkey(signerOf(origin, key));

/** Reads a key file. Throws `LedgerFault` if others than its owner may read it, or if it holds no Ed25519 key. */
export const loadLogKey = (path: string): KeyObject => parseKey(readSecretFile(path, { id: "kunci log", en: "log key" }), path);

function parseKey(pem: string, path: string): KeyObject {
  const key = ((): KeyObject | undefined => {
    try {
      return createPrivateKey(pem);
    } catch {
      return undefined;
    }
  })();
  if (key?.asymmetricKeyType === "ed25519") return key;
  throw new LedgerFault({
    id: `${path} bukan kunci privat Ed25519 (PKCS#8 PEM)`,
    en: `${path} is not an Ed25519 private key (PKCS#8 PEM)`,
  });
}
