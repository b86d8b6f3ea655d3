import { completedNodes, type CompactRange, type AppendedRange } from "./compact-range.ts";
import { hashBytes, hashLeafInto, treeRoot } from "./merkle.ts";
import { subtreeHash } from "./proofs.ts";
import { publishedAt, tileBytes, tileWidth } from "./tiles.ts";
import type { LedgerStore } from "./store.ts";
import { LedgerFault } from "./fault.ts";
import { messages } from "./messages.ts";

/** The right edge of a log: all that its writer keeps in memory of it. */
export interface Frontier {
  readonly range: CompactRange;
  /** The partial tile of each level: 8,192 bytes, of which the size of the log says how many hashes count. */
  readonly partials: readonly Buffer[];
}

/**
 * Rebuilds the frontier of a log of `size` leaves from its store: level 0 from the last leaves, each level above from
 * the roots of the full tiles below. Reads at most 255 leaves and 255 tiles a level. Throws `LedgerFault` if one of
 * them is missing.
 */
export async function loadFrontier(store: Pick<LedgerStore, "leaves" | "tile">, size: number): Promise<Frontier> {
  const partials: Buffer[] = [];
  for (let level = 0; publishedAt(size, level) > 0; level++) {
    const end = publishedAt(size, level);
    const begin = end - (end % tileWidth);
    partials.push(level === 0 ? await leafHashes(store, begin, end) : await tileHeads(store, level - 1, begin, end));
  }
  const tiles = async (level: number | "entries", n: number): Promise<Buffer | undefined> =>
    level === "entries" ? undefined : n === Math.floor(publishedAt(size, level) / tileWidth) ? partials[level] : store.tile(level, n);

  const roots: (Buffer | undefined)[] = [];
  for (let level = 0; 2 ** level <= size; level++) {
    const index = Math.floor(size / 2 ** level) - 1;
    roots.push(index % 2 === 0 ? await subtreeHash(tiles, size, level, index) : undefined);
  }
  return { range: { size, roots }, partials };
}

/**
 * The full tiles that a batch completes, and the partial tiles after it. The buffers of partial tiles are shared with
 * the state before. That is safe: the size says how much of a buffer counts, so the bytes of a commit that fails are
 * never read.
 */
export function fillTiles(
  partials: readonly Buffer[],
  appended: AppendedRange,
  sizeBefore: number,
): { tiles: { level: number; n: number; hashes: Buffer }[]; partials: Buffer[] } {
  const tiles: { level: number; n: number; hashes: Buffer }[] = [];
  const after: Buffer[] = [];
  for (let level = 0; publishedAt(appended.range.size, level) > 0; level++) {
    const nodes = completedNodes(appended, 8 * level, sizeBefore);
    let partial = partials[level] ?? Buffer.alloc(tileBytes);
    let filled = publishedAt(sizeBefore, level);
    for (let used = 0; used < nodes.length; used += hashBytes) {
      nodes.copy(partial, (filled % tileWidth) * hashBytes, used, used + hashBytes);
      if (++filled % tileWidth !== 0) continue;
      tiles.push({ level, n: filled / tileWidth - 1, hashes: partial });
      partial = Buffer.alloc(tileBytes);
    }
    after.push(partial);
  }
  return { tiles, partials: after };
}

async function leafHashes(store: Pick<LedgerStore, "leaves">, begin: number, end: number): Promise<Buffer> {
  const hashes = Buffer.alloc(tileBytes);
  const rows = await store.leaves({ by: "index", begin, end });
  for (let index = begin; index < end; index++) {
    const row = rows[index - begin];
    if (row?.index !== index) throw new LedgerFault(messages.leafMissing(index));
    hashLeafInto(row.leaf, hashes, (index - begin) * hashBytes);
  }
  return hashes;
}

async function tileHeads(store: Pick<LedgerStore, "tile">, level: number, begin: number, end: number): Promise<Buffer> {
  const heads = Buffer.alloc(tileBytes);
  for (let n = begin; n < end; n++) {
    const tile = await store.tile(level, n);
    if (tile?.length !== tileBytes) throw new LedgerFault(messages.tileDamaged(level, n));
    treeRoot(tile).copy(heads, (n - begin) * hashBytes);
  }
  return heads;
}
