import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditLog, type AuditReport } from "../../src/audit/recompute.ts";
import { generateLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import { leafHash } from "../../src/ledger/merkle.ts";
import { openSqliteLedgerStore, readSqliteLedgerStore } from "../../src/store/sqlite/ledger.ts";
import { openSqliteLedger } from "../../src/store/sqlite/open.ts";
import { readSqliteLog } from "../../src/store/sqlite/read-log.ts";
import { openLedgerFile } from "../../src/store/sqlite/ledger-file.ts";
import { entryOf, exchangeLeaf, origin, outcome, outcomes } from "../support/ledger-samples.ts";

const logKey = generateLogKey();
let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "simpul-file-"))));
afterEach(() => rmSync(directory, { recursive: true }));

const open = () => openSqliteLedger({ directory, logKey, origin, clock: () => 0, thread: "main" });

async function fill(count: number): Promise<void> {
  const ledger = await open();
  await Promise.all(outcomes(count).map((entry) => ledger.append(entry)));
  await ledger.close();
}

async function audit(key = logKey): Promise<AuditReport> {
  const log = readSqliteLog(directory);
  try {
    return await auditLog(log, { vkey: vkeyOf(origin, key) });
  } finally {
    await log.close();
  }
}

function tamper(...statements: string[]): void {
  const db = new DatabaseSync(join(directory, "ledger.sqlite"));
  for (const statement of statements) db.exec(statement);
  db.close();
}

describe("the file", () => {
  test("is written with a sync at every commit: WAL and synchronous FULL, on the connection that writes", () => {
    const db = openLedgerFile(directory);
    expect(db.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
    expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    db.close();
  });

  test("of another kind is refused, and so is one that is not there", async () => {
    expect(() => readSqliteLedgerStore(directory)).toThrow(/no readable log/);
    await fill(1);
    tamper("PRAGMA user_version = 1");
    expect(() => openSqliteLedgerStore(directory)).toThrow(/has format 1, older/);
    expect(() => readSqliteLedgerStore(directory)).toThrow(/has format 1, older/);
  });

  test("gathers the exchange ids and statement prefixes of each full segment, whatever bytes they are", async () => {
    const statement = Buffer.from("00ff00fe80c00000".padEnd(64, "0"), "hex");
    const entries = outcomes(600).map((entry, i) => (i % 3 === 0 ? { ...entry, statement } : entry));
    const ledger = await open();
    await Promise.all(entries.map((entry) => ledger.append(entry)));
    await ledger.close();
    const db = new DatabaseSync(join(directory, "ledger.sqlite"), { readOnly: true });
    const gathered = (column: string) =>
      db
        .prepare(`SELECT segment, gathered FROM ${column}_segment ORDER BY segment`)
        .all()
        .map((row) => [row["segment"], Buffer.from(row["gathered"] as Uint8Array)]);
    const expected = (bytesOf: (entry: (typeof entries)[number]) => Buffer) =>
      [0, 1].map((segment) => [segment, Buffer.concat(entries.slice(256 * segment, 256 * (segment + 1)).map(bytesOf))]);
    expect(gathered("exchange")).toEqual(expected(({ id }) => Buffer.from(id.replaceAll("-", ""), "hex")));
    expect(gathered("statement")).toEqual(expected((entry) => entry.statement!.subarray(0, 8)));
    db.close();
  });

  test("has a change of one head for one caller: the same change made twice is taken once", async () => {
    const store = openSqliteLedgerStore(directory);
    const head = { root: Buffer.alloc(32), edge: Buffer.alloc(0), createdAt: 0 };
    const begin = { expected: undefined, next: { size: 0, ...head }, seal: () => "note\n", entries: [], tiles: [], packs: [], keys: [] };
    expect([await store.commit(begin), await store.commit(begin)]).toEqual([true, false]);
    const seals: string[] = [];
    const grow = {
      ...begin,
      expected: { size: 0, root: head.root },
      next: { size: 1, ...head, root: Buffer.alloc(32, 1) },
      seal: () => (seals.push("signed"), "note 1\n"),
    };
    const results = await Promise.all([
      store.commit(grow),
      store.commit(grow),
      store.commit({ ...grow, expected: { size: 1, root: head.root } }),
    ]);
    expect(results).toEqual([true, false, false]);
    expect(seals).toEqual(["signed"]);
    expect((await store.head())?.checkpoint).toBe("note 1\n");
    await store.close();
  });

  test("takes nothing of a change that fails half way", async () => {
    await fill(3);
    const store = openSqliteLedgerStore(directory);
    const head = (await store.head())!;
    const entry = { ...outcome(), id: Buffer.alloc(16, 1) };
    const wrong = {
      expected: head,
      next: { ...head, size: 5 },
      seal: () => "note\n",
      entries: [entry, { ...entry, type: "intent" as const, id: null as unknown as Buffer }],
      tiles: [],
      packs: [],
      keys: [],
    };
    await expect(store.commit(wrong)).rejects.toThrow();
    expect(await store.head()).toEqual(head);
    expect(await store.leaves({ by: "exchange", id: entry.id })).toEqual([]);
    await store.close();
    expect((await audit()).findings).toEqual([]);
  });
});

describe("an audit of the file", () => {
  const size = 600;
  beforeEach(() => fill(size));

  test("accepts it as it was written, read before and after its writer closed", async () => {
    expect(await audit()).toMatchObject({ size, findings: [], counts: { outcome: size } });
    const ledger = await open();
    expect((await audit()).findings).toEqual([]);
    await ledger.close();
  });

  test.each([0, 1, 254, 255, 256, 511])("names leaf %i when it was altered, deleted, or changed places with the next", async (index) => {
    tamper(`UPDATE leaf SET bytes = CAST(replace(CAST(bytes AS TEXT), '"ms":12', '"ms":13') AS BLOB) WHERE leaf_index = ${index}`);
    expect((await audit()).findings).toMatchObject([{ place: { leaf: index } }]);
    tamper(`UPDATE leaf SET bytes = CAST(replace(CAST(bytes AS TEXT), '"ms":13', '"ms":12') AS BLOB) WHERE leaf_index = ${index}`);
    expect((await audit()).findings).toEqual([]);

    const exchange = `
      UPDATE leaf SET leaf_index = -1 WHERE leaf_index = ${index};
      UPDATE leaf SET leaf_index = ${index} WHERE leaf_index = ${index + 1};
      UPDATE leaf SET leaf_index = ${index + 1} WHERE leaf_index = -1`;
    tamper(exchange);
    expect((await audit()).findings[0]).toMatchObject({ place: { leaf: index } });
    tamper(exchange);
    expect((await audit()).findings).toEqual([]);

    tamper(`DELETE FROM leaf WHERE leaf_index = ${index}`);
    expect((await audit()).findings).toMatchObject([{ place: { leaf: index } }]);
  });

  test.each([512, 550, 599])("names leaf %i after the last full tile when it is gone, and the range when it was altered", async (index) => {
    tamper(`UPDATE leaf SET bytes = CAST(replace(CAST(bytes AS TEXT), '"ms":12', '"ms":13') AS BLOB) WHERE leaf_index = ${index}`);
    expect((await audit()).findings).toMatchObject([{ place: { leaf: 512, last: 599 } }]);
    await expect(open()).rejects.toThrow(/do not agree/);
    tamper(`DELETE FROM leaf WHERE leaf_index = ${index}`);
    expect((await audit()).findings).toMatchObject([{ place: { leaf: index } }]);
    await expect(open()).rejects.toThrow(new RegExp(`Leaf ${index} is missing`));
  });

  test("names a tile that was altered or is gone", async () => {
    tamper("UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND n = 1");
    expect((await audit()).findings).toMatchObject([{ place: { level: 0, tile: 1 } }]);
    tamper("DELETE FROM tile WHERE level = 0 AND n = 1");
    expect((await audit()).findings).toMatchObject([{ place: { level: 0, tile: 1 } }]);
    await expect(open()).rejects.toThrow(/Tile 0\/1 is missing/);
  });

  test("refuses a head of another key, one that was set back, and a leaf that was altered together with its tile", async () => {
    expect((await audit(generateLogKey())).findings).toMatchObject([{ place: "checkpoint" }]);
    const db = new DatabaseSync(join(directory, "ledger.sqlite"));
    const { bytes } = db.prepare("SELECT bytes FROM leaf WHERE leaf_index = 3").get() as { bytes: Uint8Array };
    const tile = Buffer.from((db.prepare("SELECT hashes FROM tile WHERE level = 0 AND n = 0").get() as { hashes: Uint8Array }).hashes);
    const altered = Buffer.from(Buffer.from(bytes).toString().replace('"ms":12', '"ms":13'));
    leafHash(altered).copy(tile, 3 * 32);
    db.prepare("UPDATE leaf SET bytes = ? WHERE leaf_index = 3").run(altered);
    db.prepare("UPDATE tile SET hashes = ? WHERE level = 0 AND n = 0").run(tile);
    expect((await audit()).findings).toHaveLength(1);
    db.prepare("UPDATE leaf SET bytes = ? WHERE leaf_index = 3").run(bytes);
    leafHash(Buffer.from(bytes)).copy(tile, 3 * 32);
    db.prepare("UPDATE tile SET hashes = ? WHERE level = 0 AND n = 0").run(tile);
    db.close();
    expect((await audit()).findings).toEqual([]);
    tamper("UPDATE head SET checkpoint = replace(checkpoint, char(10) || '600' || char(10), char(10) || '599' || char(10))");
    expect((await audit()).findings[0]).toMatchObject({ place: "checkpoint" });
    await expect(open()).rejects.toThrow(/signed by another key/);
  });

  test("says what a leaf tells wrongly: one that cannot be read, one of another log, an outcome with a stranger's intent", async () => {
    const ledger = await open();
    await ledger.append({ ...outcome(), leaf: Buffer.from("{}") });
    await ledger.append(outcome({ log: "gw.example/log/b" }));
    const intent = exchangeLeaf({ type: "intent" });
    await ledger.append(entryOf(intent));
    await ledger.append(outcome({ intent: { log: origin, index: 602 } }));
    await ledger.append(outcome({ id: intent.id }));
    await ledger.close();
    const { findings, openIntents } = await audit();
    expect(findings.map(({ place }) => place)).toEqual([{ leaf: 600 }, { leaf: 601 }, { leaf: 603 }, { leaf: 604 }]);
    expect(openIntents).toEqual([]);
  });
});

test("an audit checks tiles of every level, and names one of a higher level that is wrong", async () => {
  const ledger = await open();
  for (let i = 0; i < 16; i++) await Promise.all(outcomes(4096).map((entry) => ledger.append(entry)));
  await ledger.append(outcome());
  await ledger.close();
  expect(await audit()).toMatchObject({ size: 65_537, findings: [] });
  tamper("UPDATE tile SET hashes = zeroblob(8192) WHERE level = 1");
  expect((await audit()).findings).toMatchObject([{ place: { level: 1, tile: 0 } }]);
  await expect(open()).rejects.toThrow(/do not agree/);
});
