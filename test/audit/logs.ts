import type { PublishedLog } from "../../src/ledger/readable-log.ts";
import { signCheckpoint } from "../../src/ledger/checkpoint.ts";
import { encodeLeaf, type Leaf } from "../../src/ledger/leaf.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { leafHash, treeRoot } from "../../src/ledger/merkle.ts";
import { formatVkey, signerOf } from "../../src/ledger/note.ts";
import { proveInclusion } from "../../src/ledger/proofs.ts";
import type { Receipt } from "../../src/ledger/receipt.ts";
import { encodeEntryBundle, tileWidth } from "../../src/ledger/tiles.ts";
import { exchangeLeaf, origin } from "../support/ledger-samples.ts";

export const signer = signerOf(origin, generateLogKey());
export const vkey = formatVkey(signer);
export const key = { vkey, pinned: true };
export const now = Date.UTC(2026, 10, 22);

/** So many outcomes, a second apart. */
export const exchanges = (count: number, from = 0): Buffer[] =>
  Array.from({ length: count }, (_, i) => encodeLeaf(exchangeLeaf({ at: new Date(now + (from + i) * 1000).toISOString() })));

export const encoded = (...leaves: readonly Leaf[]): Buffer[] => leaves.map(encodeLeaf);

/** The head that the log's operator signs over these leaves: he has the key and may sign whatever he likes. */
export function headOf(leaves: readonly Buffer[], by = signer): string {
  return signCheckpoint(leaves.length, treeRoot(Buffer.concat(leaves.map(leafHash))), by);
}

/** A log as it is published, consistent in itself: every tile fits the leaves. */
export function logOf(leaves: readonly Buffer[], checkpoint = headOf(leaves)): PublishedLog {
  const levels = [leaves.map(leafHash)];
  for (let level = 0; levels[level]!.length >= tileWidth; level++) {
    const below = levels[level]!;
    levels.push(
      Array.from({ length: Math.floor(below.length / tileWidth) }, (_, n) =>
        treeRoot(Buffer.concat(below.slice(n * tileWidth, (n + 1) * tileWidth))),
      ),
    );
  }
  return {
    checkpoint: async () => checkpoint,
    async tile(level, n, width) {
      if (level === "entries") return encodeEntryBundle(leaves.slice(n * tileWidth, n * tileWidth + width));
      const hashes = levels[level]?.slice(n * tileWidth, n * tileWidth + width) ?? [];
      return hashes.length === width ? Buffer.concat(hashes) : undefined;
    },
  };
}

/** The receipt of one of these leaves, against the head of all of them. */
export async function receiptOf(leaves: readonly Buffer[], index: number, checkpoint = headOf(leaves)): Promise<Receipt> {
  const { tile } = logOf(leaves, checkpoint);
  return { leaf: leaves[index]!, index, proof: await proveInclusion(tile, index, leaves.length), checkpoint, open: Buffer.alloc(64) };
}
