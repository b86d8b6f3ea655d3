import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { Entry, EntryKind } from "../../src/registry/entry.ts";
import { stateAt } from "../../src/registry/state-at.ts";
import { rootHashOf } from "../../src/registry/entry-tree.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { applyTo, at, desiredBy, registryFile } from "../support/registry-store.ts";

const officer = (id: string, position: string, state: Entry["state"] = "active"): Entry => ({
  kind: "officer",
  id,
  state,
  content: { member: "ID-16.03/GOV/dinsos", position, roles: ["auditor"] },
});

it("The registry of an earlier version is what was read then, whatever has come, changed and changed again since", async () => {
  const file = registryFile();
  try {
    const store = file.open();
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    const commit = async (...entries: readonly Entry[]): Promise<void> =>
      void (await registry.commit(await registry.newest(), { entries, by: "uji", at, says: {} }));
    await commit(officer("satu", "a"), officer("dua", "a"));
    await commit(officer("satu", "b"), officer("tiga", "a"));
    await commit(officer("satu", "c"), officer("dua", "a", "removed"));
    // More than a page of changes.
    for (let page = 0; page < 2; page++) await commit(...Array.from({ length: 250 }, (_, i) => officer(`banyak-${i}`, `putaran ${page}`)));

    const now = await registry.newest();
    for (let version = 1; version <= now.version; version++) {
      const { entries, roots } = await store.read(version);
      const then = await stateAt(store, now, version);
      expect(then).toMatchObject({ version, roots, entries });
      expect(rootHashOf(then.tree).toString("base64url")).toBe(roots.registry);
      const kinds = new Set<EntryKind>(["officer", "member", "service", "policy"]);
      expect([...kinds].flatMap((kind): Entry[] => [...then.of(kind)])).toEqual(
        [...kinds].flatMap((kind) => entries.flatMap(({ entry }) => (entry.kind === kind ? [entry] : []))),
      );
      for (const { entry } of entries) expect(then.get<EntryKind>(entry.kind, entry.id)).toEqual(entry);
      expect(then.get("officer", "tiga") === undefined).toBe(version < 3);
      expect(await store.versionOf(roots.registry)).toBe(version);
      expect(await store.versionOf(roots.registry, roots.policy)).toBe(version);
    }
    expect(await store.versionOf("tidak ada")).toBeUndefined();
    expect(await store.versionOf(now.roots.registry, "tidak ada")).toBeUndefined();
  } finally {
    await file.remove();
  }
});

it("The registry of an earlier version is not shown once somebody was at its rows", async () => {
  const file = registryFile();
  try {
    const store = file.open();
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    const commit = async (...entries: readonly Entry[]): Promise<void> =>
      void (await registry.commit(await registry.newest(), { entries, by: "uji", at, says: {} }));
    await commit(officer("satu", "a"));
    await commit(officer("satu", "b"));
    const now = await registry.newest();
    const then = await stateAt(store, now, 2);
    expect(then.get("officer", "satu")?.content.position).toBe("a");
    new DatabaseSync(file.file).exec(`UPDATE entries SET content = replace(content, '"a"', '"z"') WHERE id = 'satu' AND until IS NOT NULL`);
    await expect(stateAt(store, now, 2)).rejects.toThrow("no longer what was applied");
  } finally {
    await file.remove();
  }
});
