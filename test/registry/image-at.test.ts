import { expect, it } from "vitest";
import type { Entry, EntryKind } from "../../src/registry/entry.ts";
import { imageAt } from "../../src/registry/image-at.ts";
import { followRegistry } from "../../src/registry/image.ts";
import { applyTo, at, desiredBy, registryFile } from "./fixture-store.ts";

const officer = (id: string, position: string, state: Entry["state"] = "active"): Entry => ({ kind: "officer", id, state, content: { member: "ID-16.03/GOV/dinsos", position, roles: ["auditor"] } });

it("The registry of an earlier version is what was read then, whatever has come, changed and changed again since", async () => {
  const file = registryFile();
  try {
    const store = file.open();
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    const commit = async (...entries: readonly Entry[]): Promise<void> => void (await registry.commit(await registry.newest(), { entries, by: "uji", at, says: {} }));
    await commit(officer("satu", "a"), officer("dua", "a"));
    await commit(officer("satu", "b"), officer("tiga", "a"));
    await commit(officer("satu", "c"), officer("dua", "a", "removed"));
    // More than a page of changes.
    for (let page = 0; page < 2; page++) await commit(...Array.from({ length: 250 }, (_, i) => officer(`banyak-${i}`, `putaran ${page}`)));

    const now = await registry.newest();
    for (let version = 1; version <= now.version; version++) {
      const { entries, roots } = await store.read(version);
      const then = await imageAt(store, now, version);
      expect(then).toMatchObject({ version, roots });
      const kinds = new Set<EntryKind>(["officer", "member", "service", "policy"]);
      expect([...kinds].flatMap((kind): Entry[] => [...then.of(kind)])).toEqual([...kinds].flatMap((kind) => entries.flatMap(({ entry }) => (entry.kind === kind ? [entry] : []))));
      for (const { entry } of entries) expect(then.get<EntryKind>(entry.kind, entry.id)).toEqual(entry);
      expect(then.get("officer", "tiga") === undefined).toBe(version < 3);
      expect(await store.versionOf(roots.registry)).toBe(version);
    }
    expect(await store.versionOf("tidak ada")).toBeUndefined();
  } finally {
    await file.remove();
  }
});
