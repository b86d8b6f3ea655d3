import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import type { Entry } from "../../src/registry/entry.ts";
import type { RegistryCommit, RegistryStore, StoredEntry } from "../../src/registry/registry-store.ts";

/** One empty registry that any number of connections may open, as processes would; `remove` closes them all. */
export interface RegistryPlace {
  open(): RegistryStore | Promise<RegistryStore>;
  remove(): Promise<void>;
}

const member = (name: string): Entry<"member"> => ({
  kind: "member",
  id: "ID-1/GOV/aa",
  state: "active",
  content: { class: "GOV", name, contact: { name: "x", email: "x@y.id" } },
});
const bytesOf = (version: number): Buffer => Buffer.from([0, version]);
const digestOf = (version: number): string => sha256(bytesOf(version)).toString("base64url");
const commitOf = (version: number, ...entries: readonly Entry[]): RegistryCommit => ({
  entries: entries.map((entry) => ({ entry, salt: Buffer.alloc(16, version) })),
  documents: new Map([[digestOf(version), bytesOf(version)]]),
  roots: { registry: `r${version}`, policy: `p${version}` },
  notice: { id: `notice-${version}`, version, at: 1000 * version, by: "tester", change: `{"n":${version}}` },
});

const idsIn = async (pages: AsyncIterable<readonly StoredEntry[]>): Promise<readonly string[]> =>
  (await Array.fromAsync(pages))
    .flat()
    .map(({ entry }) => `${entry.id} ${entry.state}`)
    .sort();
const officer = (id: string, state: Entry["state"] = "active"): Entry => ({
  kind: "officer",
  id,
  state,
  content: { member: "ID-1/GOV/aa", position: "a", roles: ["auditor"] },
});

/** What every `RegistryStore` promises, whatever it is kept in. `create` makes an empty registry. */
export function describeRegistryStore(name: string, create: () => RegistryPlace | Promise<RegistryPlace>): void {
  describe(name, () => {
    let place: RegistryPlace;
    let store: RegistryStore;
    beforeEach(async () => {
      place = await create();
      store = await place.open();
    });
    afterEach(() => place.remove());

    it("begins at version 0, empty, with the roots of the empty tree", async () => {
      // RFC 9162 §2.1.1: the head of an empty tree is the hash of the empty string.
      const empty = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
      expect(await store.read()).toEqual({ version: 0, entries: [], roots: { registry: empty, policy: empty } });
      expect(await store.pending()).toEqual([]);
      expect(await store.lastSettled()).toBeUndefined();
    });

    it("commits all of it: entries, documents, roots, notice, version; another connection sees the same", async () => {
      expect(await store.commit(0, commitOf(1, member("a")))).toBe(true);
      const other = await place.open();
      expect(await other.version()).toBe(1);
      expect(await other.read()).toEqual({
        version: 1,
        roots: { registry: "r1", policy: "p1" },
        entries: [{ entry: member("a"), salt: Buffer.alloc(16, 1), registeredAt: 1000 }],
      });
      expect(await other.document(digestOf(1))).toEqual(bytesOf(1));
      expect(await other.pending()).toEqual([commitOf(1).notice]);
    });

    it("commits nothing unless the version is the expected one", async () => {
      await store.commit(0, commitOf(1, member("a")));
      expect(await store.commit(0, { ...commitOf(2, member("b")), notice: { ...commitOf(2).notice, version: 1 } })).toBe(false);
      expect((await store.read()).entries[0]?.entry).toEqual(member("a"));
      await expect(store.document(digestOf(2))).rejects.toThrow(RangeError);
    });

    it("keeps nothing of a commit that fails halfway", async () => {
      await store.commit(0, commitOf(1, member("a")));
      await expect(store.commit(1, commitOf(2, member("b"), member("b again")))).rejects.toThrow();
      expect(await store.version()).toBe(1);
      expect(await store.commit(1, commitOf(2, member("b")))).toBe(true);
    });

    it("keeps every version readable, and when an entry first came", async () => {
      await store.commit(0, commitOf(1, member("a")));
      await store.commit(1, commitOf(2, { ...member("a"), state: "retired" }));
      expect((await store.read(1)).entries[0]).toMatchObject({ entry: { state: "active" }, salt: Buffer.alloc(16, 1) });
      expect((await store.read()).entries[0]).toMatchObject({ entry: { state: "retired" }, salt: Buffer.alloc(16, 2), registeredAt: 1000 });
      await expect(store.read(3)).rejects.toThrow(RangeError);
    });

    it("holds notices in order until they are settled, and settles twice alike", async () => {
      await store.commit(0, commitOf(1, member("a")));
      await store.commit(1, commitOf(2, member("b")));
      expect((await store.pending()).map((notice) => notice.id)).toEqual(["notice-1", "notice-2"]);
      await store.settle("notice-1", "spl.test/log/log-1");
      await store.settle("notice-1", "spl.test/log/log-1");
      expect((await (await place.open()).pending()).map((notice) => notice.id)).toEqual(["notice-2"]);
      expect(await store.lastSettled()).toMatchObject({ notice: { id: "notice-1" }, log: "spl.test/log/log-1" });
    });

    it("gives the entries of a version that came or changed since another, and those that they replaced", async () => {
      await store.commit(0, commitOf(1, officer("a"), officer("b")));
      await store.commit(1, commitOf(2, officer("b", "removed"), officer("c")));
      await store.commit(2, commitOf(3, officer("c", "removed")));
      expect(await idsIn(store.changes(0, 1))).toEqual(["a active", "b active"]);
      expect(await idsIn(store.changes(1, 2))).toEqual(["b removed", "c active"]);
      expect(await idsIn(store.changes(1, 3))).toEqual(["b removed", "c removed"]);
      expect(await idsIn(store.changes(3, 3))).toEqual([]);
      expect(await idsIn(store.replaced(1, 3))).toEqual(["b active"]);
      expect(await idsIn(store.replaced(2, 3))).toEqual(["c active"]);
    });

    it("gives the pages of a version as it was, whatever is committed between two of them", async () => {
      const many = (state: Entry["state"]): readonly Entry[] =>
        Array.from({ length: 450 }, (_, n) => officer(`n-${String(n).padStart(3, "0")}`, state));
      await store.commit(0, commitOf(1, ...many("active")));
      const other = await place.open();
      const seen: string[] = [];
      let version = 1;
      for await (const page of store.changes(0, 1)) {
        seen.push(...page.map(({ entry }) => `${entry.id} ${entry.state}`));
        await other.commit(version, commitOf(++version, ...many("removed"), officer("baru")));
      }
      expect(version).toBeGreaterThan(2);
      expect(seen.sort()).toEqual(many("active").map(({ id, state }) => `${id} ${state}`));
    });

    it("lets one of several commits at the same time have its way", async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, async () => place.open()));
      const attempts = stores.map((each, n) => {
        const { notice, ...change } = commitOf(1, officer(`dari-${n}`));
        return each.commit(0, { ...change, notice: { ...notice, id: `notice-${n}` } });
      });
      const results = await Promise.all(attempts);
      expect(results.filter(Boolean)).toHaveLength(1);
      const [winner] = results.flatMap((won, n) => (won ? [n] : []));
      for (const each of stores) {
        expect(await each.version()).toBe(1);
        expect(await idsIn(each.changes(0, 1))).toEqual([`dari-${winner} active`]);
        expect((await each.pending()).map(({ id }) => id)).toEqual([`notice-${winner}`]);
      }
    });

    it("finds a version by its roots, the newest that has them, and the change by which an entry first came", async () => {
      await store.commit(0, commitOf(1, officer("a")));
      await store.commit(1, { ...commitOf(2, officer("a", "removed")), roots: { registry: "r1", policy: "p2" } });
      expect(await store.versionOf("r1")).toBe(2);
      expect(await store.versionOf("r1", "p1")).toBe(1);
      expect(await store.versionOf("r1", "p3")).toBeUndefined();
      expect(await store.head(1)).toEqual({ version: 1, roots: { registry: "r1", policy: "p1" } });
      expect(await store.head()).toEqual({ version: 2, roots: { registry: "r1", policy: "p2" } });
      await expect(store.head(3)).rejects.toThrow(RangeError);
      expect(await store.registration(officer("a"))).toEqual(commitOf(1).notice);
      expect(await store.registration(officer("b"))).toBeUndefined();
    });

    it("moves a settled notice to another log", async () => {
      await store.commit(0, commitOf(1, officer("a")));
      const other = await place.open();
      await Promise.all([store.settle("notice-1", "spl.test/log/log-1"), other.settle("notice-1", "spl.test/log/log-1")]);
      await other.settle("notice-1", "spl.test/log/log-2");
      expect(await store.lastSettled()).toEqual({ notice: commitOf(1).notice, log: "spl.test/log/log-2" });
      expect(await store.pending()).toEqual([]);
    });
  });
}
