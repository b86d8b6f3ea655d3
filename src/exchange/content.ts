import { Problem } from "../base/problem.ts";
import type { Message } from "../base/message.ts";
import { noBytes, sha256 } from "../base/bytes.ts";
import { randomOctets } from "../base/uuid.ts";
import { emptyHash, formatDigest } from "../trust/content-digest.ts";
import { commit } from "../ledger/commitment.ts";
import type { RequestHead } from "./head.ts";
import { messages } from "./messages.ts";

/** What the leaf says of a content: its size and a commitment to it under a fresh key. The key is kept outside the log. */
export interface ContentCommitment {
  readonly bytes: number;
  readonly digest: string;
  readonly key: Buffer;
  readonly commit: string;
}

/** The content that the consumer sent. */
export interface Content extends ContentCommitment {
  readonly octets: Buffer;
}

/** Reads the content once the caller may send it. The received bytes are kept; validation parses a copy. */
export async function readContent(message: Message, head: RequestHead, maxBytes: number): Promise<Content> {
  const octets = head.framed ? await message.readContent(maxBytes) : noBytes;
  return { octets, ...commitToContent(octets) };
}

/** Check 11: the content is the one that the statement was signed for. */
export function verifyDigest(head: RequestHead, content: Content): void {
  // Chunked content announces itself, and only its chunks show that there is none: then `ctype` was signed about nothing.
  if (content.bytes === 0 && head.contentType !== undefined) throw new Problem("request-malformed", { detail: messages.typeOfEmptyChunks });
  if (content.digest !== head.digest) throw new Problem("digest-mismatch", { detail: messages.digestMismatch(content.bytes) });
}

/** Commits to content under a key of its own (protocol §4). Pass `hash` if its SHA-256 is already known. */
export function commitToContent(octets: Buffer, hash: Buffer = octets.length === 0 ? emptyHash : sha256(octets)): ContentCommitment {
  const key = randomOctets(32);
  return { bytes: octets.length, digest: formatDigest(hash), key, commit: commit(key, hash) };
}
