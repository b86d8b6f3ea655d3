import { Problem } from "../base/problem.ts";
import type { Message } from "../base/message.ts";
import { noBytes, sha256 } from "../base/bytes.ts";
import { randomOctets } from "../base/uuid.ts";
import { emptyHash, formatDigest } from "../trust/content-digest.ts";
import { commit } from "../ledger/commitment.ts";
import type { RequestHead } from "./head.ts";

/** Content as the ledger knows it: how much, and committed to under a fresh key; the key stays beside the log. */
export interface ContentCommitment {
  readonly bytes: number;
  readonly digest: string;
  readonly key: Buffer;
  readonly commit: string;
}

/** What the consumer sent, read and found to be what its digest says. */
export interface Content extends ContentCommitment {
  readonly octets: Buffer;
}

/** Reads the content, now that the caller may send it. It is kept as the bytes that came; whoever judges it parses a copy. */
export async function readContent(message: Message, head: RequestHead, maxBytes: number): Promise<Content> {
  const octets = head.framed ? await message.readContent(maxBytes) : noBytes;
  return { octets, ...commitToContent(octets) };
}

/** Check 11: the content is what was signed. */
export function verifyDigest(head: RequestHead, content: Content): void {
  if (content.bytes === 0 && head.contentType !== undefined) {
    throw new Problem("request-malformed", { detail: { id: "Content-Type tanpa isi.", en: "Content-Type without content." } });
  }
  if (content.digest === head.digest) return;
  throw new Problem("digest-mismatch", {
    detail: {
      id: `Isi yang diterima (${content.bytes} bita) tidak cocok dengan Content-Digest yang ditandatangani; isinya berubah di jalan atau sidiknya dihitung dari bita lain.`,
      en: `The content received (${content.bytes} bytes) does not match the signed Content-Digest; it changed on the way or the digest was computed from other bytes.`,
    },
  });
}

/** Commits to content under a key of its own (protocol §4). Who has its SHA-256 already gives it along. */
export function commitToContent(octets: Buffer, hash: Buffer = octets.length === 0 ? emptyHash : sha256(octets)): ContentCommitment {
  const key = randomOctets(32);
  return { bytes: octets.length, digest: formatDigest(hash), key, commit: commit(key, hash) };
}
