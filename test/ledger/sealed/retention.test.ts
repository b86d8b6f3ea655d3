import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { storesAt } from "../../../src/store/open.ts";
import { dataDirectory } from "../../../src/base/store-location.ts";
import { uuidv7 } from "../../../src/base/uuid.ts";
import type { RetentionBucket } from "../../../src/ledger/sealed/retention-bucket.ts";
import { readLeaf } from "../../../src/ledger/read-leaf.ts";
import { generateLogKey } from "../../../src/ledger/log-key.ts";
import type { Ledger } from "../../../src/ledger/ledger.ts";
import { startRetentionJob, type RetentionJob } from "../../../src/ledger/sealed/retention.ts";
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

test("closing ends it between two steps, and a closed one looks no more", async () => {
  await exchange(end);
  keep();
  await retention!.close();
  const count = destroyed.length;
  await retention!.run();
  expect(destroyed).toHaveLength(count);
});
