import { expect, it } from "vitest";
import type { Entry } from "../../src/registry/entry.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { cachePastStates } from "../../src/registry/past-states.ts";
import { applyTo, at, desiredBy, registryFile } from "../support/registry-store.ts";

const officer = (id: string): Entry => ({
  kind: "officer",
  id,
  state: "active",
  content: { member: "ID-16.03/GOV/dinsos", position: "a", roles: ["auditor"] },
});

it("Of earlier versions the four that were asked for last are remembered, and the newest is not read at all", async () => {
  const file = registryFile();
  try {
    const store = file.open();
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    for (let n = 0; n < 6; n++) await registry.commit(await registry.newest(), { entries: [officer(`n-${n}`)], by: "uji", at, says: {} });
    const read: number[] = [];
    const imageOf = cachePastStates({ ...store, head: (version) => (read.push(version!), store.head(version)) });
    const now = await registry.newest();
    expect(await imageOf(now, now.version)).toBe(now);
    for (const version of [1, 2, 3, 4, 1, 5, 1, 3, 2]) expect((await imageOf(now, version)).version).toBe(version);
    expect(read).toEqual([1, 2, 3, 4, 5, 2]);
    const both = await Promise.all([imageOf(now, 6), imageOf(now, 6)]);
    expect(both[0]).toBe(both[1]);
  } finally {
    await file.remove();
  }
});
