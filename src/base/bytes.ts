import { hash } from "node:crypto";

/**
 * SHA-256, the `H` of the protocol; a string is hashed as its UTF-8. The digest is taken as a string first: a `Buffer`
 * from OpenSSL takes twice the time, and memory outside the heap.
 */
export function sha256(bytes: Uint8Array | string): Buffer {
  return Buffer.from(hash("sha256", bytes, "latin1"), "latin1");
}

/** No content. */
export const noBytes: Buffer = Buffer.alloc(0);

/** RFC 4648 §5, unpadded, zero trailing bits (protocol §1); `undefined` for anything else. */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}

/** RFC 4648 §4, padded, zero trailing bits; `undefined` for anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}
