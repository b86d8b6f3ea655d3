import type { KeyObject } from "node:crypto";
import { CompactEncrypt, compactDecrypt } from "jose";
import { isObject } from "../base/is-object.ts";
import { BackupFault } from "./backup-fault.ts";
import { messages } from "./messages.ts";

/** An instance's secret files by name, with their texts. */
export type InstanceKeys = Readonly<Record<string, string>>;

/** For whom keys are encrypted: whoever knows the passphrase, or has the private half of an X25519 key. */
export type KeyLock = { readonly passphrase: string } | { readonly recipient: KeyObject };

/** What opens them. */
export type KeyOpener = { readonly passphrase: string } | { readonly identity: KeyObject };

/** PBKDF2-HMAC-SHA-512; OWASP's least for it is 210,000 (2023). About half a second. */
const iterations = 600_000;
const mediaType = "simpul-keys";

/** The shortest passphrase that is taken. */
export const minPassphraseLength = 16;

/**
 * Encrypts keys as a JWE (RFC 7516) in compact form, so that any JOSE library opens them: AES-256-GCM under a key that PBES2
 * (RFC 7518 §4.8) or ECDH-ES (§4.6) wraps. Throws `BackupFault` for a passphrase that is too short.
 */
export async function sealKeys(keys: InstanceKeys, lock: KeyLock): Promise<string> {
  const text = new CompactEncrypt(Buffer.from(JSON.stringify({ v: 1, keys })));
  if ("recipient" in lock) {
    return text.setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", typ: mediaType }).encrypt(lock.recipient);
  }
  if (lock.passphrase.length < minPassphraseLength) throw new BackupFault(messages.passphraseTooShort(minPassphraseLength));
  return text
    .setProtectedHeader({ alg: "PBES2-HS512+A256KW", enc: "A256GCM", typ: mediaType })
    .setKeyManagementParameters({ p2c: iterations })
    .encrypt(Buffer.from(lock.passphrase));
}

/** Opens what `sealKeys` made; `file` is where it lies. Throws `BackupFault` if the opener does not open it, or it holds no keys. */
export async function openKeys(sealed: string, opener: KeyOpener, file: string): Promise<InstanceKeys> {
  const [key, alg] = "identity" in opener ? [opener.identity, "ECDH-ES+A256KW"] : [Buffer.from(opener.passphrase), "PBES2-HS512+A256KW"];
  const opened = await compactDecrypt(sealed.trim(), key, {
    keyManagementAlgorithms: [alg],
    contentEncryptionAlgorithms: ["A256GCM"],
    maxPBES2Count: iterations,
  }).catch((cause: unknown) => {
    throw new BackupFault(messages.keysDoNotOpen(file), cause);
  });
  const { keys } = JSON.parse(Buffer.from(opened.plaintext).toString()) as { readonly keys?: unknown };
  if (isObject(keys) && Object.values(keys).every((text) => typeof text === "string")) return keys as InstanceKeys;
  throw new BackupFault(messages.keysDoNotOpen(file));
}
