import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { leafAt, proveTogether } from "../../src/evidence/prove-together.ts";
import { parseCheckpoint, signCheckpoint } from "../../src/ledger/checkpoint.ts";
import { LedgerFault } from "../../src/ledger/fault.ts";
import { leafHash, treeRoot } from "../../src/ledger/merkle.ts";
import { signerOf } from "../../src/ledger/note.ts";
import { proveInclusion } from "../../src/ledger/proofs.ts";
import { encodeEntryBundle } from "../../src/ledger/tiles.ts";

/** A log whose leaves are `daun 0`, `daun 1`, and so on, one more at each proof. */
function growing(size: number) {
  const leaf = (index: number): Buffer => Buffer.from(`daun ${index}`);
  const rootOf = (count: number): Buffer => treeRoot(Buffer.concat(Array.from({ length: count }, (_, i) => leafHash(leaf(i)))));
  const sizes: number[] = [];
  const prove = async (index: number) => {
    // The log grows between the first two proofs only.
    const now = sizes.length === 0 ? size : size + 1;
    sizes.push(now);
    const tile = Buffer.concat(Array.from({ length: now }, (_, i) => leafHash(leaf(i))));
    const proof = await proveInclusion(async (_level, _n, width) => tile.subarray(0, width * 32), index, now);
    return { index, proof, checkpoint: signCheckpoint(now, rootOf(now), signer) };
  };
  return { leaf, prove, sizes };
}

const signer = signerOf("gw.example/log/log-1", generateKeyPairSync("ed25519").privateKey);

it("Leaves are proved to one checkpoint, also while the log grows between two proofs", async () => {
  const { leaf, prove, sizes } = growing(7);
  const leaves = [3, 5].map((index) => ({ index, leaf: leaf(index) }));
  const { checkpoint, proved } = await proveTogether({ prove }, leaves);
  expect(parseCheckpoint(checkpoint)!.size).toBe(8);
  expect(proved.map(({ index, leaf: text }) => [index, text])).toEqual([
    [3, "daun 3"],
    [5, "daun 5"],
  ]);
  expect(sizes).toEqual([7, 8, 8, 8]);
});

it("A leaf of other bytes than the tree has is not proved", async () => {
  const { prove } = growing(7);
  await expect(proveTogether({ prove }, [{ index: 3, leaf: Buffer.from("daun 4") }])).rejects.toThrow(LedgerFault);
});

it("A leaf is read by its index, the first and the last of a tile too, and none that is not there", async () => {
  const tile = async (level: number | "entries", n: number, width: number): Promise<Buffer | undefined> =>
    level === "entries" && n * 256 + width <= 600
      ? encodeEntryBundle(Array.from({ length: width }, (_, i) => Buffer.from(`daun ${n * 256 + i}`)))
      : undefined;
  for (const index of [0, 255, 256, 511, 512, 599])
    expect(await leafAt({ tile }, index)).toEqual({ index, leaf: Buffer.from(`daun ${index}`) });
  await expect(leafAt({ tile }, 600)).rejects.toThrow("the log has no leaf 600");
});
