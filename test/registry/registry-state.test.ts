import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VersionConflict } from "../../src/registry/commit-change.ts";
import type { Entry } from "../../src/registry/entry.ts";
import type { RegistryState } from "../../src/registry/registry-state.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { registryRoots } from "../../src/registry/registry-roots.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";
import { RegistryUnusable } from "../../src/registry/registry-unusable.ts";
import { applyTo, at, desiredBy, officer, registryFile, says } from "../support/registry-store.ts";
import { baseText, subsystemYaml } from "../support/manifest-tree.ts";
import { consumer } from "../support/parties.ts";
import { seeded } from "../support/random.ts";

let place: ReturnType<typeof registryFile>;
let store: RegistryStore;
beforeEach(() => {
  place = registryFile();
  store = place.open();
});
afterEach(() => place.remove());

const change = { by: "tester", at, says };
const shown = ({ version, roots, entries }: RegistryState): object => ({ version, roots, entries });

describe("a follower's image", () => {
  it("is, after any changes by itself and by others, what one that reads everything would see, with the same roots", async () => {
    await applyTo(store, await desiredBy());
    const random = seeded(4711);
    const [own, other] = [followRegistry(store), followRegistry(place.open())];
    for (let round = 0; round < 60; round++) {
      const entries = new Map<string, Entry>();
      for (let count = Math.ceil(random() * 6); count > 0; count--) {
        const id = `petugas-${Math.floor(random() * 120)}`;
        entries.set(id, officer(id, `Jabatan ${round}`));
      }
      if (random() < 0.3)
        entries.set("grant", {
          ...(await own.newest()).get("grant", `${consumer}#cek-objek`)!,
          id: `${consumer}#izin-${Math.floor(random() * 40)}`,
        });
      const actor = random() < 0.5 ? own : other;
      await actor.commit(await actor.newest(), { ...change, entries: [...entries.values()] });
    }
    const [state, same] = [await own.newest(), await other.newest()];
    const fresh = await followRegistry(place.open()).newest();
    expect(state.version).toBe(61);
    expect(shown(state)).toEqual(shown(fresh));
    expect(shown(same)).toEqual(shown(fresh));
    expect(fresh.roots).toEqual(registryRoots((await store.read()).entries));
    for (const follower of [own, other]) await follower.verify();
  });

  it("reads only what changed, and keeps what did not: other kinds stay the same objects", async () => {
    await applyTo(store, await desiredBy());
    const read: [number, number][] = [];
    const registry = followRegistry({
      ...store,
      changes(since, version) {
        read.push([since, version]);
        return store.changes(since, version);
      },
    });
    const before = await registry.newest();
    const elsewhere = followRegistry(place.open());
    await elsewhere.commit(await elsewhere.newest(), { ...change, entries: [officer("satu")] });
    const after = await registry.newest();
    expect(await registry.newest()).toBe(after);
    expect(read).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(after.table("grant")).toBe(before.table("grant"));
    expect([before.get("officer", "satu"), after.get("officer", "satu")]).toEqual([undefined, officer("satu")]);
  });

  it("keeps when an entry first came, and finds entries by kind and id", async () => {
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    for (const [when, position] of [
      [at + 1, "lama"],
      [at + 2, "baru"],
    ] as const)
      await registry.commit(await registry.newest(), { ...change, at: when, entries: [officer("satu", position)] });
    const state = await registry.newest();
    expect(state.table("officer")).toMatchObject([{ entry: { content: { position: "baru" } }, registeredAt: at + 1 }]);
    expect(await followRegistry(store).newest()).toMatchObject({ version: 3 });
    expect([state.get("officer", "sat"), state.get("officer", "satu2"), state.get("token", "satu")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("does not commit on what is no longer the newest, be it another's doing or its own", async () => {
    await applyTo(store, await desiredBy());
    const [one, two] = [followRegistry(store), followRegistry(place.open())];
    const [seen, stale] = [await one.newest(), await two.newest()];
    await one.commit(seen, { ...change, entries: [officer("satu")] });
    await expect(one.commit(seen, { ...change, entries: [officer("dua")] })).rejects.toThrow(VersionConflict);
    await expect(two.commit(stale, { ...change, entries: [officer("dua")] })).rejects.toThrow(VersionConflict);
    expect((await two.commit(await two.newest(), { ...change, entries: [officer("dua")] })).state.version).toBe(3);
  });

  it("of two acts at once on one image carries out one, and the other may try again", async () => {
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    const seen = await registry.newest();
    const results = await Promise.allSettled(["satu", "dua"].map((id) => registry.commit(seen, { ...change, entries: [officer(id)] })));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await registry.newest()).table("officer")).toHaveLength(1);
  });

  it("is refused where the entries do not lead to the roots that were applied, at the start and later", async () => {
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    const before = await registry.newest();
    await applyTo(store, await desiredBy({ [subsystemYaml]: baseText(subsystemYaml).replace("dailyQuota: 1000", "dailyQuota: 999") }));
    const thief = new DatabaseSync(place.file);
    thief.exec("UPDATE entries SET content = replace(content, '999', '999999') WHERE kind = 'grant' AND until IS NULL");
    thief.close();
    await expect(registry.newest()).rejects.toThrow(RegistryUnusable);
    await expect(followRegistry(store).newest()).rejects.toThrow(RegistryUnusable);
    expect(before.get("grant", `${consumer}#cek-objek`)?.content.dailyQuota).toBe(1000);
  });

  it.each([
    ["an entry was altered", "UPDATE entries SET content = replace(content, '1000', '9000') WHERE kind = 'grant'"],
    [
      "an entry was put in",
      "INSERT INTO entries (kind, id, since, state, salt, content) VALUES ('officer', 'penyusup', 1, 'active', zeroblob(16), '{}')",
    ],
    ["an entry is gone", "DELETE FROM entries WHERE kind = 'grant'"],
    ["a salt was altered", "UPDATE entries SET salt = zeroblob(16) WHERE kind = 'grant'"],
    ["a policy was altered", `UPDATE entries SET content = '{"digest":"x"}' WHERE kind = 'policy' AND id = 'classification.yaml'`],
    ["the recorded root was altered", "UPDATE versions SET registry_root = 'x'"],
  ])("is found out by reading everything again when %s behind its back", async (_, theft) => {
    await applyTo(store, await desiredBy());
    const registry = followRegistry(store);
    await registry.newest();
    await registry.verify();
    const thief = new DatabaseSync(place.file, { enableForeignKeyConstraints: false });
    thief.exec(theft);
    thief.close();
    await expect(registry.verify()).rejects.toThrow(RegistryUnusable);
  });
});
