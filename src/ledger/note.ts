import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { decodeBase64, sha256 } from "../base/bytes.ts";

/**
 * C2SP signed notes with Ed25519 (signature type 0x01): text that ends in a line feed, a blank line, signature lines.
 */

const ed25519Type = 0x01;
const maxSignatures = 64;
const rawKeyBytes = 32;

/** A public key under a name; as text `name+hex keyid+base64(0x01 ‖ key)`. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
}

export interface NoteSigner extends NoteVerifier {
  readonly privateKey: KeyObject;
}

/** Throws `TypeError` unless `key` is an Ed25519 private key and `name` has neither spaces nor `+`. */
export function signerOf(name: string, key: KeyObject): NoteSigner {
  if (!nameForm.test(name) || key.asymmetricKeyType !== "ed25519" || key.type !== "private") {
    throw new TypeError("a note is signed by an Ed25519 private key under a name without spaces or '+'");
  }
  const publicKey = createPublicKey(key);
  return { name, keyId: keyIdOf(name, publicKey), publicKey, privateKey: key };
}

/** The verifier of a public key under a name. */
export const verifierOf = (name: string, publicKey: KeyObject): NoteVerifier => ({ name, keyId: keyIdOf(name, publicKey), publicKey });

export function formatVkey({ name, keyId, publicKey }: NoteVerifier): string {
  return `${name}+${keyId.toString("hex")}+${Buffer.concat([Buffer.of(ed25519Type), rawOf(publicKey)]).toString("base64")}`;
}

/** Reads a verifier key; `undefined` if it is none, is of an unknown type, or has the key id of another key. */
export function parseVkey(vkey: string): NoteVerifier | undefined {
  const form = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(vkey);
  const encoded = form === null ? undefined : decodeBase64(form[3]!);
  if (form === null || encoded?.length !== 1 + rawKeyBytes || encoded[0] !== ed25519Type) return undefined;
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: encoded.subarray(1).toString("base64url") }, format: "jwk" });
  const keyId = keyIdOf(form[1]!, publicKey);
  return keyId.toString("hex") === form[2] ? { name: form[1]!, keyId, publicKey } : undefined;
}

/** A note with one signature. `text` ends in a line feed. */
export function signNote(text: string, signer: NoteSigner): string {
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  return `${text}\n— ${signer.name} ${Buffer.concat([signer.keyId, signature]).toString("base64")}\n`;
}

/** The same note with one more signature. */
export function cosignNote(note: string, signer: NoteSigner): string {
  const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
  return note + signNote(text, signer).slice(text.length + 1);
}

export interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly keyId: Buffer; readonly signature: Buffer }[];
}

/** Reads a note without checking its signatures; `undefined` if it is none. */
export function parseNote(note: string): Note | undefined {
  const blank = note.lastIndexOf("\n\n");
  if (blank < 0 || !note.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined;
  const lines = note.slice(blank + 2, -1).split("\n");
  if (lines.length > maxSignatures) return undefined;
  const signatures: Note["signatures"][number][] = [];
  for (const line of lines) {
    const form = /^— ([^\s+]+) (\S+)$/u.exec(line);
    const bytes = form === null ? undefined : decodeBase64(form[2]!);
    if (form === null || bytes === undefined || bytes.length < 5) return undefined;
    signatures.push({ name: form[1]!, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return { text: note.slice(0, blank + 1), signatures };
}

/** Whether `verifier` signed the note. Lines of other keys are ignored; all lines of its own key must verify. */
export function verifyNote(note: Note, verifier: NoteVerifier): boolean {
  const own = note.signatures.filter(({ name, keyId }) => name === verifier.name && keyId.equals(verifier.keyId));
  return own.length > 0 && own.every(({ signature }) => verify(null, Buffer.from(note.text), verifier.publicKey, signature));
}

const nameForm = /^[^\s+]+$/u;

function keyIdOf(name: string, publicKey: KeyObject): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ed25519Type), rawOf(publicKey)])).subarray(0, 4);
}

function rawOf(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: "jwk" }).x!, "base64url");
}
