import { sha256 } from "../base/bytes.ts";

/**
 * Exactly one SHA-256 member (RFC 9530; protocol §2): 32 bytes are 43 base64 digits and `=`, the last digit with two
 * zero bits.
 */
export const digestForm = /^sha-256=:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=:$/;

/** The `Content-Digest` field of a raw SHA-256. */
export function formatDigest(hash: Buffer): string {
  return `sha-256=:${hash.toString("base64")}:`;
}

/** SHA-256 of no content, and its field. */
export const emptyHash = sha256(Buffer.alloc(0));
export const emptyDigest = formatDigest(emptyHash);
