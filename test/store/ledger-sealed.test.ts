import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "../../src/audit/recompute.ts";
import type { MasterKeys } from "../../src/ledger/sealed/master-key.ts";
import { generateLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import type { Ledger, LedgerEntry } from "../../src/ledger/ledger.ts";
import { verifyInclusion, leafHash } from "../../src/ledger/merkle.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { openSqliteLedger } from "../../src/store/sqlite/open.ts";
import { readSqliteLog } from "../../src/store/sqlite/read-log.ts";
import { control, evidenceKeys, evidenceKeysOf, jws, origin, outcome, outcomes } from "../support/ledger-samples.ts";

const logKey = generateLogKey();
let directory: string;
let opened: { close(): Promise<void> }[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simpul-evidence-"));
  opened = [];
});
afterEach(async () => {
  for (const each of opened) await each.close();
  rmSync(directory, { recursive: true });
});

const [june, july] = [Date.UTC(2025, 5, 15), Date.UTC(2025, 6, 15)];
const beside = (n: number, at = june, months = 60): LedgerEntry =>
  outcome({}, { at, toSeal: { months, keys: randomBytes(64), statement: jws(n), response: jws(-n) } });

async function open(keys: MasterKeys | undefined = evidenceKeys, thread: "main" | "worker" = "main"): Promise<Ledger> {
  const ledger = await openSqliteLedger({ directory, logKey, origin, clock: () => june, thread, evidenceKeys: keys });
  opened.push(ledger);
  return ledger;
}

function read(keys: MasterKeys | undefined = evidenceKeys) {
  const log = readSqliteLog(directory, keys);
  opened.push(log);
  return log;
}

async function fill(ledger: Ledger, entries: readonly LedgerEntry[]): Promise<void> {
  await Promise.all(entries.map((entry) => ledger.append(entry)));
}

/** Everything that stands in the directory's files, one after the other. */
const allBytes = (): Buffer => Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));

function tamper<T = unknown>(sql: string, ...values: (number | Buffer)[]): T[] {
  const db = new DatabaseSync(join(directory, "ledger.sqlite"));
  const rows = db.prepare(sql).all(...values) as T[];
  db.close();
  return rows;
}

const wrappedKeys = (): Buffer[] =>
  tamper<{ wrapped: Uint8Array }>("SELECT wrapped FROM evidence_bucket").map(({ wrapped }) => Buffer.from(wrapped));

describe.each(["main", "worker"] as const)("evidence that the %s thread keeps", (thread) => {
  test("is nowhere readable in the files, neither its octets nor its base64, with the gateway running and after", async () => {
    const ledger = await open(evidenceKeys, thread);
    const entries = [1, 2, 3].map((n) => beside(n));
    await fill(ledger, entries);
    const secrets = entries.flatMap(({ toSeal }) => {
      const parts = [toSeal!.statement!, toSeal!.response!].flatMap((text) => [text, ...text.split(".")]);
      return [
        ...parts.flatMap((part) => [Buffer.from(part), Buffer.from(part, "base64url")]),
        toSeal!.keys!,
        toSeal!.keys!.subarray(0, 32),
      ];
    });
    const readable = (): number => secrets.filter((secret) => allBytes().includes(secret)).length;
    expect(statSync(join(directory, "ledger.sqlite-wal")).size).toBeGreaterThan(0);
    expect(allBytes().includes(entries[0]!.leaf)).toBe(true);
    expect(readable()).toBe(0);
    await ledger.close();
    expect(readable()).toBe(0);
  });

  test("of a destroyed bucket leaves neither its key nor a pack, in file or write-ahead log, however many keys moved", async () => {
    const ledger = await open(evidenceKeys, thread);
    // Enough buckets that the table of keys has several pages, of which most are given up.
    await fill(
      ledger,
      Array.from({ length: 300 }, (_, i) => beside(i, june, i + 1)),
    );
    const isDoomed = (months: number): boolean => months > 50;
    const keys = tamper<{ bucket: string; wrapped: Uint8Array }>("SELECT bucket, wrapped FROM evidence_bucket").map(
      ({ bucket, wrapped }) => ({ bucket, wrapped: Buffer.from(wrapped).subarray(8), months: Number(bucket.slice(8)) }),
    );
    const [doomed, staying] = [keys.filter(({ months }) => isDoomed(months)), keys.filter(({ months }) => !isDoomed(months))];
    const found = (wanted: typeof keys, bytes = allBytes()): number => wanted.filter(({ wrapped }) => bytes.includes(wrapped)).length;
    expect([found(doomed), found(staying)]).toEqual([250, 50]);
    await Promise.all(doomed.map(({ bucket }) => ledger.append({ ...control({ evidence: { destroyed: bucket } }), destroys: bucket })));
    while ((await ledger.purge()) > 0);
    expect([found(doomed), found(staying)]).toEqual([0, 50]);
    expect(tamper("SELECT * FROM evidence WHERE from_leaf NOT IN (SELECT from_leaf FROM evidence_bucket)")).toEqual([]);
    expect(await ledger.sealedRecord(50)).toBeUndefined();
    expect(await ledger.sealedRecord(49)).toMatchObject({ months: 50, statement: jws(49) });
  });
});

describe("the key file", () => {
  test("of another log, or without a line that is in use, is told by name, and the ledger does not open", async () => {
    const ledger = await open(evidenceKeysOf(1));
    await ledger.append(beside(1));
    await ledger.close();
    await expect(open(evidenceKeysOf(2))).rejects.toThrow(
      /1111111111111111, yang .* bukti 2025-06\/60, tidak ada di evidence\.key.*wraps the evidence of 2025-06\/60, is not in evidence\.key/,
    );
    const swapped = { file: "evidence.key", lines: [{ ...evidenceKeysOf(2).lines[0]!, id: "1".repeat(16) }] };
    await expect(open(swapped)).rejects.toThrow(/damaged: evidence\.key line 2 \(1{16}\) does not open it/);
    await expect((await open(evidenceKeysOf(1))).sealedRecord(0)).resolves.toMatchObject({ statement: jws(1) });
  });

  test("renewed, wraps every data key under its newest line; the older line may then go, and its wraps are nowhere left", async () => {
    const first = await open(evidenceKeysOf(1));
    await fill(first, [beside(1), beside(2, july), beside(3, june, 24)]);
    await first.close();
    const before = wrappedKeys();
    const second = await open(evidenceKeysOf(2, 1));
    await second.append(beside(4, july));
    await second.purge();
    expect(before.filter((key) => allBytes().includes(key.subarray(8)))).toEqual([]);
    await second.close();
    expect(wrappedKeys().map((key) => key.toString("hex", 0, 8))).toEqual(Array(3).fill("2".repeat(16)));
    const third = await open(evidenceKeysOf(2));
    for (const [index, n] of [1, 2, 3, 4].entries()) expect((await third.sealedRecord(index))?.statement).toBe(jws(n));
  });
});

describe("a file that was changed", () => {
  test("in one byte of a pack says so for that evidence, and for no other; leaves and log are whole", async () => {
    const ledger = await open();
    await fill(ledger, [beside(1), beside(2)]);
    await fill(ledger, [beside(3, july)]);
    await ledger.close();
    const packs = tamper<{ first_leaf: number; sealed: Uint8Array }>("SELECT first_leaf, sealed FROM evidence");
    for (const at of [0, 12, 40, packs[0]!.sealed.length - 1]) {
      const sealed = Buffer.from(packs[0]!.sealed);
      sealed[at]! ^= 1;
      tamper("UPDATE evidence SET sealed = ? WHERE first_leaf = 0", sealed);
      const again = await open();
      await expect(again.sealedRecord(0)).rejects.toThrow(
        /beside leaf 0 does not open: the pack of 2025-06\/60 from leaf 0 on was changed/,
      );
      expect((await again.sealedRecord(2))?.statement).toBe(jws(3));
      expect(
        (await auditLog({ checkpoint: async () => again.checkpoint(), tile: again.tile }, { vkey: vkeyOf(origin, logKey) })).findings,
      ).toEqual([]);
      await again.close();
    }
  });

  test("by putting a pack in another's place, or giving it other leaves, gives nobody's evidence for another's", async () => {
    const ledger = await open();
    await fill(ledger, [beside(1), beside(2)]);
    await fill(ledger, [beside(3), beside(4)]);
    await fill(ledger, outcomes(1));
    await ledger.close();
    const swap = (a: number, b: number): void => {
      for (const [from, to] of [
        [a, -1],
        [b, a],
        [-1, b],
      ] as const)
        tamper("UPDATE evidence SET first_leaf = ? WHERE first_leaf = ?", to, from);
    };
    swap(0, 2);
    const log = read();
    await expect(log.sealedRecord(0)).rejects.toThrow(/does not open/);
    await expect(log.sealedRecord(3)).rejects.toThrow(/does not open/);
    swap(0, 2);
    tamper("UPDATE evidence SET members = 6 WHERE first_leaf = 2");
    await expect(log.sealedRecord(4)).rejects.toThrow(/does not open/);
    expect(await log.sealedRecord(1)).toMatchObject({ statement: jws(2) });
  });
});

describe("a reader of the directory", () => {
  test("has evidence, leaves and proofs while the owner writes, and follows what comes and goes", async () => {
    const ledger = await open();
    const entries = Array.from({ length: 300 }, (_, n) => beside(n, n < 150 ? june : july));
    await fill(ledger, entries.slice(0, 150));
    const log = read();
    expect((await log.sealedRecord(149))?.statement).toBe(jws(149));
    await fill(ledger, entries.slice(150));
    expect((await log.sealedRecord(299))?.statement).toBe(jws(299));
    const found = (await log.findExchange(entries[280]!.id))!;
    expect(found).toEqual({ index: 280, leaf: entries[280]!.leaf });
    const { proof, checkpoint } = await log.prove(found.index);
    const { size, root } = parseCheckpoint(checkpoint)!;
    expect(verifyInclusion(leafHash(found.leaf), 280, size, proof, root)).toBe(true);
    await expect(log.prove(300)).rejects.toThrow(RangeError);
    expect(await log.findExchange("satu")).toBeUndefined();
    expect(await log.buckets()).toEqual(await ledger.buckets());
    await ledger.append({ ...control({}), destroys: "2025-06/60" });
    expect((await log.buckets()).map(({ bucket }) => bucket)).toEqual(["2025-07/60"]);
    expect(await log.evidenceBuckets(148, 152)).toEqual([undefined, undefined, "2025-07/60", "2025-07/60"]);
  });

  test("knows without any key which leaves have evidence, and of which bucket, and can open none of it", async () => {
    const ledger = await open();
    const entries = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? outcome() : beside(i, june, i % 3 === 1 ? 24 : 60)));
    await fill(ledger, entries);
    const log = readSqliteLog(directory);
    opened.push(log);
    const expected = entries.map((_, i) => [undefined, "2025-06/24", "2025-06/60"][i % 3]);
    expect(await log.evidenceBuckets(0, 100)).toEqual(expected);
    expect(await log.evidenceBuckets(37, 41)).toEqual(expected.slice(37, 41));
    await expect(log.sealedRecord(1)).rejects.toThrow(/hanya terbaca dengan berkas kunci bukti/);
    expect(await log.sealedRecord(0)).toBeUndefined();
  });
});
