import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import type { Entry } from "../../src/registry/entry.ts";
import type { RegistryCommit, RegistryStore } from "../../src/registry/registry-store.ts";
import { openSqliteRegistry } from "../../src/store/sqlite/registry.ts";
import { registryFile } from "../support/registry-store.ts";

/** The promises of `RegistryStore`, one by one, kept by each adapter. */
const adapters = { sqlite: registryFile };

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

describe.each(Object.entries(adapters))("a registry store on %s", (_, create) => {
  let place: ReturnType<typeof create>;
  let store: RegistryStore;
  beforeEach(() => {
    place = create();
    store = place.open();
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
    const other = place.open();
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
    expect((await place.open().pending()).map((notice) => notice.id)).toEqual(["notice-2"]);
    expect(await store.lastSettled()).toMatchObject({ notice: { id: "notice-1" }, log: "spl.test/log/log-1" });
  });
});

describe("the SQLite file", () => {
  it("is in WAL mode and syncs each commit", async () => {
    const { folder, open, remove } = registryFile();
    open();
    const seen: string[] = [];
    const original = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, "exec")!;
    // `synchronous` belongs to the connection, so it is asked where the adapter set it.
    Object.defineProperty(DatabaseSync.prototype, "exec", {
      ...original,
      value(this: DatabaseSync, sql: string) {
        (original.value as (sql: string) => void).call(this, sql);
        if (sql.includes("synchronous"))
          seen.push(
            JSON.stringify([
              this.prepare("PRAGMA synchronous").get(),
              this.prepare("PRAGMA foreign_keys").get(),
              this.prepare("PRAGMA journal_mode").get(),
            ]),
          );
      },
    });
    try {
      await openSqliteRegistry(folder).close();
    } finally {
      Object.defineProperty(DatabaseSync.prototype, "exec", original);
    }
    expect(seen).toEqual(['[{"synchronous":2},{"foreign_keys":1},{"journal_mode":"wal"}]']);
    await remove();
  });
});
