import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { storesAt } from "../../../src/store/open.ts";
import { closedLogAt, dataDirectory } from "../../../src/base/store-location.ts";
import { uuidv7 } from "../../../src/base/uuid.ts";
import type { RetentionBucket } from "../../../src/ledger/sealed/retention-bucket.ts";
import { readLeaf } from "../../../src/ledger/read-leaf.ts";
import { openClosedLog, type ClosedLog } from "../../../src/ledger/closed-log.ts";
import { generateLogKey } from "../../../src/ledger/log-key.ts";
import type { Ledger } from "../../../src/ledger/ledger.ts";
import { startRetentionJob, type RetainingLog, type RetentionJob } from "../../../src/ledger/sealed/retention.ts";
import { readSqliteLedgerStore } from "../../../src/store/sqlite/ledger.ts";
import { control, evidenceKeys, jws, origin, outcome } from "../../support/ledger-samples.ts";

const end = Date.UTC(2030, 6, 1);
let directory: string;
let ledger: Ledger;
let now: number;
let retention: RetentionJob | undefined;
let destroyed: RetentionBucket[];
let faults: unknown[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "simpul-retention-"));
  now = end;
  [destroyed, faults] = [[], []];
  ledger = await storesAt(dataDirectory(directory)).openLedger({ logKey: generateLogKey(), origin, clock: () => now, evidenceKeys });
  const june = Date.UTC(2025, 5, 15);
  const beside = (n: number, at: number, months: number) =>
    ledger.append(outcome({}, { at, toSeal: { months, keys: Buffer.alloc(64, n), statement: jws(n) } }));
  await Promise.all([beside(1, june, 60), beside(2, june, 120), beside(3, june, 60), beside(4, Date.UTC(2025, 6, 1), 60)]);
});
afterEach(async () => {
  await retention?.close();
  await ledger.close();
  rmSync(directory, { recursive: true });
});

/** An exchange that came in at a moment; its leaf may be written later. */
const exchange = (cameIn: number, at = cameIn) => ledger.append(outcome({ id: uuidv7(cameIn), at: new Date(at).toISOString() }));

const keep = (over: Ledger = ledger): RetentionJob =>
  (retention = startRetentionJob({
    ledger: over,
    clock: () => now,
    onDestroyed: (bucket) => destroyed.push(bucket),
    onFault: (fault) => faults.push(fault),
  }));

test("at its start it destroys the evidence whose months are over, to the millisecond, and says so in a leaf", async () => {
  await exchange(end);
  now = end - 1;
  await keep().run();
  expect(destroyed).toEqual([]);
  expect(await ledger.sealedRecord(0)).toBeDefined();
  await retention?.close();

  now = end;
  await keep().run();
  const bucket = { bucket: "2025-06/60", leaves: { from: 0, to: 2 } };
  expect([destroyed, faults]).toEqual([[bucket], []]);
  expect(await Promise.all([0, 1, 2, 3].map(async (index) => (await ledger.sealedRecord(index))?.statement))).toEqual([
    undefined,
    jws(2),
    undefined,
    jws(4),
  ]);
  const leaf = (await Array.fromAsync(ledger.leavesSince(now))).flat().at(-1)!;
  expect(readLeaf(leaf)).toMatchObject({
    type: "control",
    at: "2030-07-01T00:00:00.000Z",
    change: { evidence: { destroyed: "2025-06/60", leaves: { from: 0, to: 2 } }, by: "retention" },
  });
});

test("a clock alone that is far ahead destroys nothing: the log has to show an exchange that came in since", async () => {
  now = Date.UTC(2060, 0, 1);
  await exchange(end - 1, now);
  const id = uuidv7(now);
  const { at, leaf } = control({});
  await ledger.append({ type: "control", id, at: Math.max(at, now), leaf });
  await keep().run();
  expect([destroyed, faults]).toEqual([[], []]);
  await exchange(end, now);
  await retention!.run();
  expect(destroyed.map(({ bucket }) => bucket)).toEqual(["2025-06/60"]);
});

test("looking again destroys nothing twice, and later what is over by then", async () => {
  await exchange(Date.UTC(2040, 0, 1));
  await keep().run();
  await retention!.run();
  now = Date.UTC(2030, 7, 1);
  await retention!.run();
  now = Date.UTC(2035, 6, 1);
  await retention!.run();
  expect(destroyed.map(({ bucket }) => bucket)).toEqual(["2025-06/60", "2025-07/60", "2025-06/120"]);
  expect(await ledger.buckets()).toEqual([]);
});

test("what cannot be destroyed is told, stays, and goes at the next look", async () => {
  await exchange(end);
  let full = true;
  const failing: Ledger = {
    ...ledger,
    append: async (entry) => (full ? Promise.reject(new Error("the disk is full")) : ledger.append(entry)),
  };
  await keep(failing).run();
  expect([destroyed.length, faults.length]).toEqual([0, 1]);
  expect(await ledger.sealedRecord(0)).toBeDefined();
  full = false;
  await retention!.run();
  expect([destroyed.length, faults.length]).toEqual([1, 1]);
});

test("of a bucket with many packs everything is cleared away, in steps between which exchanges are taken", async () => {
  const at = Date.UTC(2025, 5, 20);
  for (let i = 0; i < 200; i++) await ledger.append(outcome({}, { at, toSeal: { months: 60, statement: jws(i) } }));
  await exchange(end);
  const db = new DatabaseSync(join(directory, "ledger.sqlite"), { readOnly: true });
  const packs = (): number => Number(db.prepare("SELECT count(*) AS packs FROM evidence").get()!["packs"]);
  const counts = new Set([packs()]);
  const looking = keep().run();
  while (packs() > 2) {
    await ledger.append(outcome());
    counts.add(packs());
  }
  await looking;
  db.close();
  expect(counts.size).toBeGreaterThan(2);
  expect(await ledger.purge()).toBe(0);
  expect((await ledger.buckets()).map(({ bucket }) => bucket)).toEqual(["2025-06/120", "2025-07/60"]);
});

describe("beside a log that was closed", () => {
  const closedOrigin = "gw.example/log/closed";
  const logKey = generateLogKey();
  let closed: ClosedLog;
  const openClosed = (): Promise<ClosedLog> =>
    storesAt(closedLogAt(dataDirectory(directory), "closed")).openClosedLog({ origin: closedOrigin, logKey, evidenceKeys });

  beforeEach(async () => {
    const place = closedLogAt(dataDirectory(directory), "closed");
    mkdirSync(place.directory, { recursive: true });
    const before = await storesAt(place).openLedger({ logKey, origin: closedOrigin, clock: () => now, evidenceKeys });
    const at = Date.UTC(2025, 5, 15);
    for (const months of [60, 120])
      await before.append(outcome({ log: closedOrigin }, { at, toSeal: { months, keys: Buffer.alloc(64, 1), statement: jws(months) } }));
    await before.close();
    closed = await openClosed();
  });
  afterEach(async () => {
    await retention?.close();
    await closed.close();
  });

  const keepBoth = (over: Partial<RetainingLog> = {}): RetentionJob => {
    const { origin, buckets, destroy, purge } = closed;
    return (retention = startRetentionJob({
      ledger,
      closedLogs: [{ origin, buckets, destroy, purge, ...over }],
      clock: () => now,
      onDestroyed: (bucket, log) => destroyed.push(log === closedOrigin ? bucket : { ...bucket, bucket: `own ${bucket.bucket}` }),
      onFault: (fault) => faults.push(fault),
    }));
  };
  const bucket = { bucket: "2025-06/60", leaves: { from: 0, to: 0 } };
  const own = { bucket: "own 2025-06/60", leaves: { from: 0, to: 2 } };
  /** The changes that leaves of the ledger record of the closed log. */
  const recorded = async (): Promise<unknown[]> =>
    (await Array.fromAsync(ledger.leavesSince(0))).flat().flatMap((bytes) => {
      const leaf = readLeaf(bytes);
      return leaf?.type === "control" && bytes.includes(closedOrigin) ? [leaf.change] : [];
    });
  const change = { evidence: { destroyed: "2025-06/60", leaves: { from: 0, to: 0 }, log: closedOrigin }, by: "retention" };
  const statements = () => Promise.all([0, 1].map(async (index) => (await closed.sealedRecord(index))?.statement));

  test("it ends to the millisecond, once the ledger shows an exchange since, and a leaf of the ledger names it", async () => {
    await keepBoth().run();
    expect([destroyed, await recorded()]).toEqual([[], []]);
    await exchange(end);
    now = end - 1;
    await retention!.run();
    expect([destroyed, await recorded()]).toEqual([[], []]);
    now = end;
    await retention!.run();
    await retention!.run();
    expect([destroyed, faults, await recorded()]).toEqual([[own, bucket], [], [change]]);
    expect(await statements()).toEqual([undefined, jws(120)]);
    await retention!.close();
    await closed.close();
    const db = new DatabaseSync(join(directory, "closed/closed/ledger.sqlite"), { readOnly: true });
    expect(db.prepare("SELECT bucket FROM evidence_bucket").all()).toEqual([{ bucket: "2025-06/120" }]);
    expect(db.prepare("SELECT first_leaf FROM evidence").all()).toEqual([{ first_leaf: 1 }]);
    db.close();
    closed = await openClosed();
    expect(await statements()).toEqual([undefined, jws(120)]);
  });

  test("a crash between its leaf and its key leaves the leaf, and the next start deletes the key without another leaf", async () => {
    await exchange(end);
    await keepBoth({ destroy: () => Promise.reject(new Error("killed")) }).run();
    expect([destroyed, faults.length, await recorded()]).toEqual([[own], 1, [change]]);
    await retention!.close();
    await closed.close();
    closed = await openClosed();
    expect(await statements()).toEqual([jws(60), jws(120)]);
    now += 5_000;
    await keepBoth().run();
    expect([destroyed, faults.length, await recorded()]).toEqual([[own, bucket], 1, [change]]);
    expect(await statements()).toEqual([undefined, jws(120)]);
  });

  test("without its leaf nothing is destroyed", async () => {
    await exchange(end);
    ledger.stop();
    await keepBoth().run();
    expect([destroyed, faults.length]).toEqual([[], 2]);
    expect(await statements()).toEqual([jws(60), jws(120)]);
  });

  test("a key that the disk does not give up opens nothing more all the same", async () => {
    await exchange(end);
    const refusing = await openClosedLog({
      store: {
        ...(await readerOfClosed()),
        commit: () => Promise.reject(new Error("closed")),
        rewrap: async () => undefined,
        purge: async () => 0,
        destroy: () => Promise.reject(new Error("the disk is full")),
      },
      origin: closedOrigin,
      logKey,
      evidenceKeys,
    });
    expect((await refusing.sealedRecord(0))?.statement).toBe(jws(60));
    await expect(refusing.destroy("2025-06/60")).rejects.toThrow("the disk is full");
    expect(await refusing.sealedRecord(0)).toBeUndefined();
    expect((await refusing.sealedRecord(1))?.statement).toBe(jws(120));
    await refusing.close();
  });
  const readerOfClosed = async () => readSqliteLedgerStore(closedLogAt(dataDirectory(directory), "closed").directory);
});

test("closing ends it between two steps, and a closed one looks no more", async () => {
  await exchange(end);
  keep();
  await retention!.close();
  const count = destroyed.length;
  await retention!.run();
  expect(destroyed).toHaveLength(count);
});
