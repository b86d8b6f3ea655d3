import { hashBytes, isPowerOfTwo, nodeHash, treeRoot } from "./merkle.ts";
import { publishedAt, tileWidth, type TileReader } from "./tiles.ts";
import { LedgerFault } from "./fault.ts";
import { messages } from "./messages.ts";

/** Proofs from tiles, for any leaf and any two sizes. However large the log is, only a handful of tiles is read. */

type Range = readonly [begin: number, end: number];

/** RFC 9162 §2.1.3: the sibling subtrees on the path from leaf `index` up to the root, lowest first. */
function inclusionRanges(index: number, [begin, end]: Range): Range[] {
  if (end - begin <= 1) return [];
  const middle = begin + splitOf(end - begin);
  return index < middle
    ? [...inclusionRanges(index, [begin, middle]), [middle, end]]
    : [...inclusionRanges(index, [middle, end]), [begin, middle]];
}

/**
 * RFC 9162 §2.1.4. `whole` is true as long as the older tree is the whole left part, whose root the verifier already
 * has.
 */
function consistencyRanges(first: number, [begin, end]: Range, whole: boolean): Range[] {
  if (first === end) return whole ? [] : [[begin, end]];
  const middle = begin + splitOf(end - begin);
  return first <= middle
    ? [...consistencyRanges(first, [begin, middle], whole), [middle, end]]
    : [...consistencyRanges(first, [middle, end], false), [begin, middle]];
}

/**
 * RFC 9162 inclusion proof of leaf `index` in the tree of the first `size` leaves. Throws `LedgerFault` if a tile is
 * missing.
 */
export function proveInclusion(tiles: TileReader, index: number, size: number): Promise<Buffer> {
  return hashRanges(tiles, size, inclusionRanges(index, [0, size]));
}

/** RFC 9162 consistency proof from the first `first` leaves to the first `second`, for monitors and tests. */
export function proveConsistency(tiles: TileReader, first: number, second: number): Promise<Buffer> {
  return hashRanges(tiles, second, first === 0 ? [] : consistencyRanges(first, [0, second], true));
}

async function hashRanges(tiles: TileReader, size: number, ranges: readonly Range[]): Promise<Buffer> {
  const hashes: Buffer[] = [];
  for (const range of ranges) hashes.push(await rangeHash(tiles, size, range));
  return Buffer.concat(hashes);
}

/**
 * The root over the leaves [begin, end), which begin at the left border of a subtree: perfect subtrees, folded from the
 * right.
 */
async function rangeHash(tiles: TileReader, size: number, [begin, end]: Range): Promise<Buffer> {
  const width = isPowerOfTwo(end - begin) ? end - begin : splitOf(end - begin);
  const left = await subtreeHash(tiles, size, Math.log2(width), begin / width);
  return begin + width === end ? left : nodeHash(left, await rangeHash(tiles, size, [begin + width, end]));
}

/**
 * The root of the perfect subtree `index` of 2^level leaves in a tree of `size`, hashed from the tile that has its
 * nodes.
 */
export async function subtreeHash(tiles: TileReader, size: number, level: number, index: number): Promise<Buffer> {
  const tileLevel = Math.floor(level / 8);
  const count = 2 ** (level % 8);
  const n = Math.floor((index * count) / tileWidth);
  const tile = await tiles(tileLevel, n, Math.min(tileWidth, publishedAt(size, tileLevel) - n * tileWidth));
  const from = ((index * count) % tileWidth) * hashBytes;
  if (tile === undefined || tile.length < from + count * hashBytes) throw new LedgerFault(messages.tileDamaged(tileLevel, n));
  return treeRoot(tile.subarray(from, from + count * hashBytes));
}

/** The largest power of two smaller than n, for n > 1. */
function splitOf(n: number): number {
  const power = 2 ** Math.floor(Math.log2(n));
  return power === n ? power / 2 : power;
}
