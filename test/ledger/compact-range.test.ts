import { expect, test } from "vitest";
import { emptyRange, appendToRange, inclusionProofs, rangeRoot, type CompactRange } from "../../src/ledger/compact-range.ts";
import { inclusionProofBytes, leafHash, treeRoot, verifyInclusion } from "../../src/ledger/merkle.ts";
import { proveConsistency, proveInclusion } from "../../src/ledger/proofs.ts";
import { tilesOf, type TileReader } from "../../src/ledger/tiles.ts";
import { naiveConsistency, naiveInclusion, naiveRoot } from "../support/naive-tree.ts";

const leaves = Array.from({ length: 70 }, (_, i) => Buffer.from(`leaf ${i}`));

/** Park–Miller: the same batches on every run. */
function* batches(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield 1 + ((state = (state * 48_271) % 2_147_483_647) % 17);
}

test("a tree grown by batches of any sizes has the head of RFC 9162, and the proof of every leaf of each batch is the defined one", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const sizes = batches(seed);
    let range: CompactRange = emptyRange;
    while (range.size < leaves.length) {
      const batch = leaves.slice(range.size, range.size + sizes.next().value);
      const first = range.size;
      const appended = appendToRange(range, Buffer.concat(batch.map(leafHash)));
      const tree = leaves.slice(0, first + batch.length);
      expect(appended.range.size).toBe(tree.length);
      expect(appended.root).toEqual(naiveRoot(tree));
      expect(rangeRoot(appended.range)).toEqual(appended.root);

      const proofs = inclusionProofs(appended, first);
      let used = 0;
      batch.forEach((leaf, i) => {
        const proof = proofs.subarray(used, (used += inclusionProofBytes(first + i, tree.length)));
        expect(proof).toEqual(Buffer.concat(naiveInclusion(first + i, tree)));
        expect(verifyInclusion(leafHash(leaf), first + i, tree.length, proof, appended.root)).toBe(true);
      });
      expect(used).toBe(proofs.length);
      range = appended.range;
    }
  }
});

test("growing over a million leaves by one needs only the edge", () => {
  const range: CompactRange = { size: 2 ** 20, roots: [...Array<undefined>(20).fill(undefined), Buffer.alloc(32, 7)] };
  const appended = appendToRange(range, leafHash(leaves[0]!));
  expect(inclusionProofs(appended, 2 ** 20)).toEqual(Buffer.alloc(32, 7));
  expect(verifyInclusion(leafHash(leaves[0]!), 2 ** 20, 2 ** 20 + 1, Buffer.alloc(32, 7), appended.root)).toBe(true);
});

test("proofs made from tiles are the defined ones, for every leaf and between any two sizes", async () => {
  const many = Array.from({ length: 600 }, (_, i) => Buffer.from(`leaf ${i}`));
  const level0 = Buffer.concat(many.map(leafHash));
  const level1 = Buffer.concat([0, 1].map((n) => treeRoot(level0.subarray(n * 8192, (n + 1) * 8192))));
  const tiles: TileReader = async (level, n, width) => (level === 0 ? level0 : level1).subarray(n * 8192, n * 8192 + width * 32);
  for (const size of [1, 2, 70, 255, 256, 257, 511, 512, 513, 600]) {
    const tree = many.slice(0, size);
    for (const index of [0, 1, 63, 254, 255, 256, 300, 511, 512, size - 1].filter((index) => index < size)) {
      expect(await proveInclusion(tiles, index, size)).toEqual(Buffer.concat(naiveInclusion(index, tree)));
    }
    for (const first of [1, 2, 3, 69, 128, 255, 256, 257, 512, size].filter((first) => first <= size)) {
      expect(await proveConsistency(tiles, first, size)).toEqual(Buffer.concat(naiveConsistency(first, tree)));
    }
    expect(await proveConsistency(tiles, 0, size)).toHaveLength(0);
  }
  expect([...tilesOf(600, 1)]).toEqual([{ level: 1, n: 0, width: 2 }]);
});
