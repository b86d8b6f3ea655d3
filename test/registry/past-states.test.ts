import { expect, it } from "vitest";
import { cachePastStates } from "../../src/registry/past-states.ts";
import { applied, officer } from "../support/registry-store.ts";

it("Of earlier versions the four that were asked for last are remembered, and the newest is not read at all", async () => {
  await using place = await applied({}, ...Array.from({ length: 6 }, (_, n) => [officer(`n-${n}`)]));
  const { store, registry } = place;
  const read: number[] = [];
  const imageOf = cachePastStates({ ...store, head: (version) => (read.push(version!), store.head(version)) });
  const now = await registry.newest();
  expect(await imageOf(now, now.version)).toBe(now);
  for (const version of [1, 2, 3, 4, 1, 5, 1, 3, 2]) expect((await imageOf(now, version)).version).toBe(version);
  expect(read).toEqual([1, 2, 3, 4, 5, 2]);
  const both = await Promise.all([imageOf(now, 6), imageOf(now, 6)]);
  expect(both[0]).toBe(both[1]);
});
