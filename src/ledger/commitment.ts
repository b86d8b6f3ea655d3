import { hash } from "node:crypto";
import { sha256 } from "../base/bytes.ts";

/**
 * Commitments to content (protocol §4). The log holds the commitment; its key is kept in the sealed record. A bare
 * digest would confirm a guess at the content. A commitment confirms nothing without its key, and nothing ever again
 * once the key is destroyed.
 */

/** A key is 32 random bytes. */
export const commitmentKeyBytes = 32;

/** Base64url H(k ‖ raw SHA-256 of the content). `contentHash` has 32 bytes. */
export function commit(key: Uint8Array, contentHash: Uint8Array): string {
  return hash("sha256", Buffer.concat([key, contentHash]), "base64url");
}

/** Whether `key` opens `commitment` to `content`. */
export function opens(commitment: string, key: Uint8Array, content: Uint8Array): boolean {
  return commit(key, sha256(content)) === commitment;
}
