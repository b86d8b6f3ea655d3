import { hash } from "node:crypto";

/**
 * Hashing and proof verification of RFC 9162 §2.1 with SHA-256. Hashes are 32 bytes; a run of hashes, or a proof, is
 * one Buffer of 32·k bytes. Sizes and indices are safe integers, so they are halved by division: a shift would cut them
 * to 32 bits.
 */

export const hashBytes = 32;

/** The root of a tree without leaves: H of nothing. */
export const emptyRoot: Buffer = hash("sha256", "", "buffer");

const node = Buffer.alloc(1 + 2 * hashBytes, 0x01);
const longestLeaf = 65_535;
const leafInput = Buffer.alloc(1 + longestLeaf);

/**
 * Writes H(0x00 ‖ leaf) to `out` at `offset`. The digest is taken as a Latin-1 string: as a Buffer it costs three times
 * the hashing.
 */
export function hashLeafInto(leaf: Uint8Array, out: Buffer, offset: number): void {
  if (leaf.length > longestLeaf) throw new RangeError(`a leaf has at most ${longestLeaf} bytes`);
  leafInput.set(leaf, 1);
  out.write(hash("sha256", leafInput.subarray(0, 1 + leaf.length), "latin1"), offset, "latin1");
}

/**
 * Writes H(0x01 ‖ left ‖ right) to `out` at `offset`. The children are read from `left` and `right` at their offsets.
 */
export function hashChildrenInto(left: Buffer, leftOffset: number, right: Buffer, rightOffset: number, out: Buffer, offset: number): void {
  left.copy(node, 1, leftOffset, leftOffset + hashBytes);
  right.copy(node, 1 + hashBytes, rightOffset, rightOffset + hashBytes);
  out.write(hash("sha256", node, "latin1"), offset, "latin1");
}

export function leafHash(leaf: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(hashBytes);
  hashLeafInto(leaf, out, 0);
  return out;
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  const out = Buffer.allocUnsafe(hashBytes);
  hashChildrenInto(left, 0, right, 0, out, 0);
  return out;
}

/** The root of the tree over a run of leaf hashes: pairs from the left, and a lone right node goes up unchanged. */
export function treeRoot(leafHashes: Buffer): Buffer {
  let count = leafHashes.length / hashBytes;
  if (count === 0) return emptyRoot;
  const level = Buffer.from(leafHashes);
  for (; count > 1; count = Math.ceil(count / 2)) {
    const pairs = Math.floor(count / 2);
    for (let pair = 0; pair < pairs; pair++)
      hashChildrenInto(level, 2 * pair * hashBytes, level, (2 * pair + 1) * hashBytes, level, pair * hashBytes);
    if (count % 2 === 1) level.copy(level, pairs * hashBytes, (count - 1) * hashBytes, count * hashBytes);
  }
  return level.subarray(0, hashBytes);
}

/** How many nodes a level of the tree of `size` leaves has, the incomplete right one included. */
export const nodesAt = (size: number, level: number): number => Math.ceil(size / 2 ** level);

/** The index of the other node under the same parent. */
export const siblingOf = (index: number): number => (index % 2 === 0 ? index + 1 : index - 1);

/** The length in bytes of the inclusion proof of leaf `index` in a tree of `size` leaves (RFC 9162 §2.1.3). */
export function inclusionProofBytes(index: number, size: number): number {
  let hashes = 0;
  for (let at = index, nodes = size; nodes > 1; at = Math.floor(at / 2), nodes = Math.ceil(nodes / 2)) if (siblingOf(at) < nodes) hashes++;
  return hashes * hashBytes;
}

/**
 * Whether `proof` leads from the leaf's hash at `index` to the `root` of a tree of `size` (RFC 9162 §2.1.3.2); no other
 * length will do.
 */
export function verifyInclusion(leafHash: Buffer, index: number, size: number, proof: Buffer, root: Buffer): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  if (leafHash.length !== hashBytes || proof.length !== inclusionProofBytes(index, size)) return false;
  const running = Buffer.from(leafHash);
  for (let at = index, nodes = size, used = 0; used < proof.length; at = Math.floor(at / 2), nodes = Math.ceil(nodes / 2)) {
    if (siblingOf(at) >= nodes) continue;
    if (at % 2 === 0) hashChildrenInto(running, 0, proof, used, running, 0);
    else hashChildrenInto(proof, used, running, 0, running, 0);
    used += hashBytes;
  }
  return running.equals(root);
}

/**
 * What an inclusion proof says of the leaves before its own: the root over the first of them, as many as it tells up to
 * `most`. `undefined` where it tells of none.
 */
export function prefixInProof(
  index: number,
  size: number,
  proof: Buffer,
  most: number,
): { readonly size: number; readonly root: Buffer } | undefined {
  const left: { readonly leaves: number; readonly hash: Buffer }[] = [];
  for (let at = index, nodes = size, leaves = 1, used = 0; nodes > 1; at = Math.floor(at / 2), nodes = Math.ceil(nodes / 2), leaves *= 2) {
    if (siblingOf(at) >= nodes) continue;
    if (at % 2 === 1) left.unshift({ leaves, hash: proof.subarray(used, used + hashBytes) });
    used += hashBytes;
  }
  let covered = 0;
  const within = left.filter(({ leaves }) => (covered += leaves) <= most);
  if (within.length === 0) return undefined;
  return {
    size: within.reduce((sum, { leaves }) => sum + leaves, 0),
    root: within.map(({ hash }) => hash).reduceRight((right, hash) => nodeHash(hash, right)),
  };
}

/**
 * Whether the tree of `second` leaves extends the tree of `first` (RFC 9162 §2.1.4.2). Every tree extends the empty
 * one, without proof. For monitors and tests.
 */
export function verifyConsistency(first: number, second: number, firstRoot: Buffer, secondRoot: Buffer, proof: Buffer): boolean {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second) return false;
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  if (first === 0) return proof.length === 0 && firstRoot.equals(emptyRoot);
  if (proof.length === 0 || proof.length % hashBytes !== 0) return false;

  // If `first` is a power of two, its root is a node of the second tree and is not part of the proof.
  const path = isPowerOfTwo(first) ? Buffer.concat([firstRoot, proof]) : proof;
  let at = first - 1;
  let last = second - 1;
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];

  const older = Buffer.from(path.subarray(0, hashBytes));
  const newer = Buffer.from(older);
  for (let used = hashBytes; used < path.length; used += hashBytes) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hashChildrenInto(path, used, older, 0, older, 0);
      hashChildrenInto(path, used, newer, 0, newer, 0);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else {
      hashChildrenInto(newer, 0, path, used, newer, 0);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && older.equals(firstRoot) && newer.equals(secondRoot);
}

export const isPowerOfTwo = (n: number): boolean => n >= 1 && Number.isInteger(Math.log2(n)) && 2 ** Math.log2(n) === n;
