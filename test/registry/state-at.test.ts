import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { Entry, EntryKind } from "../../src/registry/entry.ts";
import { stateAt } from "../../src/registry/state-at.ts";
import { rootHashOf } from "../../src/registry/entry-tree.ts";
import { applied, officer } from "../support/registry-store.ts";

it("The registry of an earlier version is what was read then, whatever has come, changed and changed again since", async () => {
  // More than a page of changes.
  const many = (round: number): readonly Entry[] => Array.from({ length: 250 }, (_, i) => officer(`banyak-${i}`, `putaran ${round}`));
  await using place = await applied(
    {},
    [officer("satu", "a"), officer("dua", "a")],
    [officer("satu", "b"), officer("tiga", "a")],
    [officer("satu", "c"), officer("dua", "a", "removed")],
    many(0),
    many(1),
  );
  const { store, registry } = place;
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
});

it("The registry of an earlier version is not shown once somebody was at its rows", async () => {
  await using place = await applied({}, [officer("satu", "a")], [officer("satu", "b")]);
  const { store, registry, file } = place;
  const now = await registry.newest();
  const then = await stateAt(store, now, 2);
  expect(then.get("officer", "satu")?.content.position).toBe("a");
  new DatabaseSync(file).exec(`UPDATE entries SET content = replace(content, '"a"', '"z"') WHERE id = 'satu' AND until IS NOT NULL`);
  await expect(stateAt(store, now, 2)).rejects.toThrow("no longer what was applied");
});
