import { emptyRoot, hashBytes, hashChildrenInto, inclusionProofBytes, nodeHash, nodesAt, siblingOf } from "./merkle.ts";

/**
 * The roots of a tree's perfect subtrees, which is all that appending to it needs (transparency-dev/merkle, "compact
 * range"). Slot `level` holds the root of the subtree of 2^level leaves if bit `level` of `size` is set, and is empty
 * otherwise.
 */
export interface CompactRange {
  readonly size: number;
  readonly roots: readonly (Buffer | undefined)[];
}

/**
 * A tree after a batch. `levels[l]` holds the nodes of level l from `start` on, as one run; the last may be the
 * incomplete right one.
 */
export interface AppendedRange {
  readonly range: CompactRange;
  readonly root: Buffer;
  readonly levels: readonly { readonly start: number; readonly nodes: Buffer }[];
}

export const emptyRange: CompactRange = { size: 0, roots: [] };

const bit = (size: number, level: number): boolean => Math.floor(size / 2 ** level) % 2 === 1;

/** The root of the whole tree. */
export function rangeRoot(range: CompactRange): Buffer {
  let root: Buffer | undefined;
  for (const subtree of range.roots) if (subtree !== undefined) root = root === undefined ? subtree : nodeHash(subtree, root);
  return root ?? emptyRoot;
}

/**
 * Appends a batch of m ≥ 1 leaf hashes (a run) with O(m + log n) hashes and without reading the log. Each level holds
 * the range's subtree, if there is one, then the new nodes. It therefore begins at an even index and has every sibling
 * that the proofs of new leaves need. A lone right node goes up unchanged (RFC 9162 §2.1.1).
 */
export function appendToRange(range: CompactRange, leafHashes: Buffer): AppendedRange {
  const size = range.size + leafHashes.length / hashBytes;
  const levels: { start: number; nodes: Buffer }[] = [];
  let risen = leafHashes;
  for (let level = 0; ; level++) {
    const left = range.roots[level];
    const nodes = left === undefined ? risen : Buffer.concat([left, risen]);
    levels.push({ start: Math.floor(range.size / 2 ** level) - (left === undefined ? 0 : 1), nodes });
    if (nodesAt(size, level) === 1) break;
    risen = parentsOf(nodes);
  }
  const roots = levels.map(({ start, nodes }, level) =>
    bit(size, level) ? runAt(nodes, Math.floor(size / 2 ** level) - 1 - start) : undefined,
  );
  return { range: { size, roots }, root: levels.at(-1)!.nodes, levels };
}

/** The inclusion proofs of the leaves from `first` to the end, concatenated. */
export function inclusionProofs(appended: AppendedRange, first: number): Buffer {
  const { size } = appended.range;
  let bytes = 0;
  for (let index = first; index < size; index++) bytes += inclusionProofBytes(index, size);
  const proofs = Buffer.allocUnsafeSlow(bytes);
  let used = 0;
  for (let index = first; index < size; index++) {
    let at = index;
    for (const { start, nodes } of appended.levels) {
      const from = (siblingOf(at) - start) * hashBytes;
      if (from < nodes.length) used += nodes.copy(proofs, used, from, from + hashBytes);
      at = Math.floor(at / 2);
    }
  }
  return proofs;
}

/** The nodes of a level that the batch completed, as one run. The tiles gain exactly these. */
export function completedNodes(appended: AppendedRange, level: number, sizeBefore: number): Buffer {
  const at = appended.levels[level];
  if (at === undefined) return Buffer.alloc(0);
  const [from, to] = [sizeBefore, appended.range.size].map((size) => (Math.floor(size / 2 ** level) - at.start) * hashBytes);
  return at.nodes.subarray(from, to);
}

/** The roots as bytes, lowest subtree first. The size says which levels they are of. */
export function encodeRange(range: CompactRange): Buffer {
  return Buffer.concat(range.roots.filter((root) => root !== undefined));
}

function parentsOf(nodes: Buffer): Buffer {
  const count = nodes.length / hashBytes;
  const parents = Buffer.allocUnsafe(Math.ceil(count / 2) * hashBytes);
  for (let pair = 0; pair < Math.floor(count / 2); pair++) {
    hashChildrenInto(nodes, 2 * pair * hashBytes, nodes, (2 * pair + 1) * hashBytes, parents, pair * hashBytes);
  }
  if (count % 2 === 1) nodes.copy(parents, parents.length - hashBytes, nodes.length - hashBytes);
  return parents;
}

function runAt(nodes: Buffer, position: number): Buffer {
  return Buffer.from(nodes.subarray(position * hashBytes, (position + 1) * hashBytes));
}
