import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "../../src/audit/recompute.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { generateLogKey, parseLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import { parseMasterKeys } from "../../src/ledger/sealed/master-key.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { bringForward, type FileFormat } from "../../src/store/sqlite/format.ts";
import { storesAt } from "../../src/store/open.ts";
import type { FileMigration } from "../../src/store/stores.ts";

let directory: string;
let migrated: FileMigration[];
const onMigrated = (migration: FileMigration): void => void migrated.push(migration);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simpul-formats-"));
  migrated = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = (name: string): string => join(directory, name);
const sql = (name: string, statement: string): Record<string, unknown> | undefined => {
  const db = new DatabaseSync(file(name));
  try {
    return db.prepare(statement).get();
  } finally {
    db.close();
  }
};
const stores = () => storesAt(dataDirectory(directory));
const ledgerOptions = { logKey: generateLogKey(), origin: "gw.example/log/a", clock: () => 0 };

describe("data of 0.1.0, as scripts/old-data.ts made it with that version", () => {
  const origin = "127.0.0.1:18771/log/log-1";
  beforeEach(() => {
    const packed = brotliDecompressSync(readFileSync(join(import.meta.dirname, "data-0.1.0.br")));
    let at = packed.indexOf("\n") + 1;
    for (const [name, length] of JSON.parse(packed.subarray(0, at).toString()) as [string, number][])
      writeFileSync(file(name), packed.subarray(at, (at += length)), { mode: 0o644 });
  });

  const text = (name: string): string => readFileSync(file(name), "utf8");

  test("opens, is brought forward with a copy beside it, goes on, and audits whole", async () => {
    const logKey = parseLogKey(text("log.key"), "log.key");
    const evidenceKeys = parseMasterKeys(text("evidence.key"), "evidence.key");
    const registry = stores().openRegistry({ onMigrated });
    const { version, entries } = await followRegistry(registry).newest();
    expect([version > 1, entries.length > 100]).toEqual([true, true]);
    expect(migrated).toEqual([{ file: file("registry.sqlite"), copy: file("registry.format-0.sqlite"), from: 0, to: 1 }]);
    expect(await registry.lastBackup()).toBeUndefined();
    await registry.close();
    expect(sql("registry.format-0.sqlite", "PRAGMA user_version")).toEqual({ user_version: 0 });
    expect(sql("registry.format-0.sqlite", "SELECT max(version) AS version FROM versions")).toEqual({ version });

    const ledger = await stores().openLedger({ logKey, origin, clock: Date.now, evidenceKeys });
    await ledger.close();
    const log = stores().readLog(evidenceKeys);
    const audited = await auditLog(log, { vkey: vkeyOf(origin, logKey) });
    expect(audited).toMatchObject({ findings: [], openIntents: [] });
    expect(audited.counts["outcome"]).toBe(2);
    for (const { leaves } of await log.buckets()) expect(await log.sealedRecord(leaves.from)).toBeDefined();
    await log.close();
    expect(sql("ledger.sqlite", "SELECT program FROM written_by")).toEqual({ program: "0.1.0" });
  });

  test("is examined without being changed", async () => {
    const before = readFileSync(file("registry.sqlite"));
    const registry = stores().openRegistry({ asItIs: true });
    expect((await registry.head()).version).toBeGreaterThan(1);
    await registry.close();
    expect(readFileSync(file("registry.sqlite")).equals(before)).toBe(true);
    expect(readdirSync(directory).filter((name) => name.includes("format"))).toEqual([]);
  });
});

describe("a file", () => {
  test("of a later format is refused by everybody, with the version of the program that wrote it", async () => {
    await (await stores().openLedger(ledgerOptions)).close();
    await stores().openRegistry().close();
    for (const name of ["ledger.sqlite", "registry.sqlite"]) {
      sql(name, "UPDATE written_by SET program = '7.1.0'");
      sql(name, "PRAGMA user_version = 9");
    }
    const words = /sqlite has format 9, last written by Simpul 7\.1\.0; this program \(0\.1\.0\) knows formats up to/;
    await expect(stores().openLedger(ledgerOptions)).rejects.toThrow(words);
    expect(() => stores().readLog()).toThrow(words);
    for (const options of [{}, { readOnly: true }, { asItIs: true }]) expect(() => stores().openRegistry(options)).toThrow(words);
  });

  test.each([
    ["ledger.sqlite", async () => (await stores().openLedger(ledgerOptions)).close()],
    ["registry.sqlite", () => stores().openRegistry().close()],
  ])("%s is for its owner alone, also one that was open to others", async (name, open) => {
    const mode = (each: string): number => statSync(file(each)).mode & 0o777;
    await open();
    expect(mode(name)).toBe(0o600);
    chmodSync(file(name), 0o644);
    await open();
    expect(readdirSync(directory).map((each) => [each, mode(each)])).toEqual(readdirSync(directory).map((each) => [each, 0o600]));
  });
});

describe("bringing forward", () => {
  const first: FileFormat = { version: 3, readsFrom: 3, table: "a", schema: "CREATE TABLE a (x)", steps: {} };
  const later: FileFormat = {
    ...first,
    version: 5,
    schema: "CREATE TABLE a (x, y, z)",
    steps: { 3: "ALTER TABLE a ADD COLUMN y", 4: "ALTER TABLE a ADD COLUMN z; UPDATE a SET z = x + 1" },
  };
  const open = (format: FileFormat): DatabaseSync => {
    const db = new DatabaseSync(file("f.sqlite"));
    try {
      bringForward(db, file("f.sqlite"), format, { onMigrated, fault: ({ en }) => new Error(en) });
      return db;
    } catch (fault) {
      db.close();
      throw fault;
    }
  };
  beforeEach(() => {
    const db = open(first);
    db.exec("INSERT INTO a VALUES (7)");
    db.close();
  });

  test("takes every step between, once", () => {
    for (let time = 0; time < 2; time++) {
      const db = open(later);
      expect(db.prepare("SELECT * FROM a").all()).toEqual([{ x: 7, y: null, z: 8 }]);
      db.close();
    }
    expect(migrated).toEqual([{ file: file("f.sqlite"), copy: file("f.format-3.sqlite"), from: 3, to: 5 }]);
    expect(statSync(file("f.format-3.sqlite")).mode & 0o777).toBe(0o600);
    expect(sql("f.format-3.sqlite", "SELECT * FROM a")).toEqual({ x: 7 });
  });

  test("that fails halfway leaves the old file, and the next start begins again", () => {
    const broken: FileFormat = { ...later, steps: { ...later.steps, 4: "UPDATE a SET nothing = 1" } };
    writeFileSync(file("f.format-3.sqlite.partial"), "left by a crash");
    expect(() => open(broken)).toThrow(/nothing/);
    expect(sql("f.sqlite", "PRAGMA user_version")).toEqual({ user_version: 3 });
    expect(sql("f.sqlite", "SELECT * FROM a")).toEqual({ x: 7 });
    open(later).close();
    expect(sql("f.sqlite", "SELECT * FROM a")).toEqual({ x: 7, y: null, z: 8 });
    expect(existsSync(file("f.format-3.sqlite.partial"))).toBe(false);
  });

  test("refuses a format that no step leads from", () => {
    sql("f.sqlite", "PRAGMA user_version = 2");
    expect(() => open(later)).toThrow(/format 2, older than those that this program knows \(5\)/);
  });
});
