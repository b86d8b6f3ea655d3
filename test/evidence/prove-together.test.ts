import { expect, it } from "vitest";
import { leafAt, proveTogether } from "../../src/evidence/prove-together.ts";
import { encodeEntryBundle } from "../../src/ledger/tiles.ts";

const leaves = [3, 5].map((index) => ({ index, leaf: Buffer.from(`daun ${index}`) }));

it("Leaves are proved to one checkpoint, also while the log grows between two proofs", async () => {
  const checkpoints = ["a", "b", "b", "b"];
  const prove = async (index: number) => ({ index, proof: Buffer.from([index]), checkpoint: checkpoints.shift()! });
  expect(await proveTogether({ prove }, leaves)).toEqual({
    checkpoint: "b",
    proved: [
      { index: 3, leaf: "daun 3", proof: "Aw" },
      { index: 5, leaf: "daun 5", proof: "BQ" },
    ],
  });
  expect(checkpoints).toEqual([]);
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
