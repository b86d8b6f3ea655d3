import { expect, test } from "vitest";
import { hashBytes, treeRoot, verifyInclusion } from "../../src/ledger/merkle.ts";
import { editTree, emptyTree, rootHashOf, leafHashAt, proofOf, treeOver, type LeafEdit } from "../../src/registry/entry-tree.ts";
import { seeded } from "../support/random.ts";

const noPause = async (): Promise<void> => undefined;

test("a tree that grew by edits has the head of one made at once, whatever was replaced and wherever leaves were put in", async () => {
  const random = seeded(20_260_131);
  const bytes = (): Buffer => Buffer.from(Array.from({ length: hashBytes }, () => Math.floor(random() * 256)));
  let tree = emptyTree;
  let leaves: Buffer[] = [];
  for (let round = 0; round < 200; round++) {
    const edits: LeafEdit[] = [];
    const next: Buffer[] = [];
    const insert = (): void => {
      while (random() < 0.15) edits.push({ index: next.push(bytes()) - 1, inserted: true });
    };
    for (const leaf of leaves) {
      insert();
      const replaced = random() < 0.1;
      next.push(replaced ? bytes() : leaf);
      if (replaced) edits.push({ index: next.length - 1, inserted: false });
    }
    insert();
    if (next.length > 300) continue;
    const before = rootHashOf(tree).toString("hex");
    const grown = await editTree(tree, edits, Buffer.concat(edits.map(({ index }) => next[index]!)), noPause);
    expect(rootHashOf(tree).toString("hex")).toBe(before);
    expect(rootHashOf(grown)).toEqual(treeRoot(Buffer.concat(next)));
    expect(next.every((leaf, index) => leafHashAt(grown, index).equals(leaf))).toBe(true);
    [tree, leaves] = [grown, next];
  }
  expect(leaves.length).toBeGreaterThan(50);
});

test("a tree of every size up to 70 grows by one leaf at its edge", async () => {
  let tree = emptyTree;
  for (let size = 1; size <= 70; size++) {
    tree = await editTree(tree, [{ index: size - 1, inserted: true }], Buffer.alloc(hashBytes, size), noPause);
    expect(rootHashOf(tree)).toEqual(
      treeRoot(Buffer.concat(Array.from({ length: size }, (_, index) => Buffer.alloc(hashBytes, index + 1)))),
    );
  }
});

test("every leaf of a tree of every size up to 70 is proved to its head, and by no other leaf's proof", async () => {
  for (let size = 1; size <= 70; size++) {
    const leaves = Array.from({ length: size }, (_, index) => Buffer.alloc(hashBytes, index + 1));
    const tree = await treeOver(Buffer.concat(leaves), noPause);
    for (const [index, leaf] of leaves.entries()) {
      const proof = proofOf(tree, index);
      expect(verifyInclusion(leaf, index, size, proof, rootHashOf(tree))).toBe(true);
      expect(size > 1 && verifyInclusion(leaf, (index + 1) % size, size, proof, rootHashOf(tree))).toBe(false);
    }
  }
});
