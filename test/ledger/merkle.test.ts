import { describe, expect, test } from "vitest";
import { emptyRoot, inclusionProofBytes, leafHash, treeRoot, verifyConsistency, verifyInclusion } from "../../src/ledger/merkle.ts";
import { naiveConsistency, naiveInclusion, naiveRoot } from "../support/naive-tree.ts";
import { consistencies, inclusions, leaves, roots } from "./vectors.ts";

const hashes = (count: number): Buffer => Buffer.concat(leaves.slice(0, count).map(leafHash));
const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 8;
  return copy;
};

describe("RFC 9162 hashing", () => {
  test("gives the published head for every size from 0 to 8", () => {
    expect(emptyRoot).toEqual(roots[0]);
    roots.forEach((root, size) => expect(treeRoot(hashes(size))).toEqual(root));
  });

  test("refuses a leaf beyond 65,535 bytes", () => {
    expect(() => leafHash(Buffer.alloc(65_536))).toThrow(RangeError);
  });
});

describe("an inclusion proof", () => {
  test.each(inclusions)("of leaf $index in $size, as published, verifies and no altered one does", ({ index, size, proof }) => {
    const [leaf, root] = [leafHash(leaves[index]!), roots[size]!];
    expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
    for (let at = 0; at < proof.length; at += 32) expect(verifyInclusion(leaf, index, size, flipped(proof, at), root)).toBe(false);
    expect(verifyInclusion(leaf, index + 1, size, proof, root)).toBe(false);
    expect(verifyInclusion(leaf, index, size * 2, proof, root)).toBe(false);
    expect(verifyInclusion(flipped(leaf, 0), index, size, proof, root)).toBe(false);
    expect(verifyInclusion(leaf, index, size, proof, flipped(root, 31))).toBe(false);
  });

  test.each(inclusions)("of leaf $index in $size is refused when it is shorter or longer than RFC 9162 gives", ({ index, size, proof }) => {
    const [leaf, root] = [leafHash(leaves[index]!), roots[size]!];
    expect(inclusionProofBytes(index, size)).toBe(proof.length);
    for (const wrong of [
      proof.subarray(0, -32),
      proof.subarray(32),
      Buffer.concat([proof, root]),
      Buffer.concat([root, proof]),
      Buffer.concat([proof, Buffer.of(0)]),
    ]) {
      expect(verifyInclusion(leaf, index, size, wrong, root)).toBe(false);
    }
  });

  test("is refused for an index at or beyond the size, and for numbers that are none", () => {
    const leaf = leafHash(leaves[0]!);
    for (const [index, size] of [
      [0, 0],
      [1, 1],
      [2, 1],
      [-1, 1],
      [0.5, 1],
      [0, Infinity],
      [NaN, 1],
    ] as const) {
      expect(verifyInclusion(leaf, index, size, Buffer.alloc(0), leaf)).toBe(false);
    }
    expect(verifyInclusion(leaf, 0, 1, Buffer.alloc(0), leaf)).toBe(true);
  });

  test("by the definition of RFC 9162 verifies for every leaf of every size to 40", () => {
    const many = Array.from({ length: 40 }, (_, i) => Buffer.from(`leaf ${i}`));
    for (let size = 1; size <= many.length; size++) {
      const tree = many.slice(0, size);
      for (let index = 0; index < size; index++) {
        expect(verifyInclusion(leafHash(many[index]!), index, size, Buffer.concat(naiveInclusion(index, tree)), naiveRoot(tree))).toBe(
          true,
        );
      }
    }
  });
});

describe("a consistency proof", () => {
  test.each(consistencies)("from $first to $second, as published, verifies and no altered one does", ({ first, second, proof }) => {
    const [older, newer] = [roots[first]!, roots[second]!];
    expect(verifyConsistency(first, second, older, newer, proof)).toBe(true);
    for (let at = 0; at < proof.length; at += 32) expect(verifyConsistency(first, second, older, newer, flipped(proof, at))).toBe(false);
    expect(verifyConsistency(first, second, newer, older, proof)).toBe(false);
    expect(verifyConsistency(first + 1, second, older, newer, proof)).toBe(false);
    expect(verifyConsistency(first, second * 2, older, newer, proof)).toBe(false);
    for (const wrong of [Buffer.alloc(0), proof.subarray(0, -32), Buffer.concat([proof, older]), Buffer.concat([older, proof])]) {
      expect(verifyConsistency(first, second, older, newer, wrong)).toBe(false);
    }
  });

  test("is empty, and only empty, for one and the same tree and for the empty one", () => {
    const some = roots[3]!;
    expect(verifyConsistency(3, 3, some, some, Buffer.alloc(0))).toBe(true);
    expect(verifyConsistency(0, 3, emptyRoot, some, Buffer.alloc(0))).toBe(true);
    expect(verifyConsistency(3, 3, some, roots[4]!, Buffer.alloc(0))).toBe(false);
    expect(verifyConsistency(0, 3, some, some, Buffer.alloc(0))).toBe(false);
    expect(verifyConsistency(3, 3, some, some, some)).toBe(false);
    expect(verifyConsistency(4, 3, some, some, Buffer.alloc(0))).toBe(false);
  });

  test("by the definition of RFC 9162 verifies between any two sizes to 40", () => {
    const many = Array.from({ length: 40 }, (_, i) => Buffer.from(`leaf ${i}`));
    for (let second = 1; second <= many.length; second++) {
      for (let first = 1; first <= second; first++) {
        const [older, newer] = [many.slice(0, first), many.slice(0, second)];
        expect(verifyConsistency(first, second, naiveRoot(older), naiveRoot(newer), Buffer.concat(naiveConsistency(first, newer)))).toBe(
          true,
        );
      }
    }
  });
});
