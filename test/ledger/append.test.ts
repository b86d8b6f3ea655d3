import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLedger } from "../../src/ledger/append.ts";
import { auditLog } from "../../src/audit/recompute.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { openCommitter } from "../../src/ledger/committer.ts";
import type { MasterKeys } from "../../src/ledger/sealed/master-key.ts";
import { generateLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import { leafHash, verifyInclusion } from "../../src/ledger/merkle.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { LedgerChange, LedgerStore } from "../../src/ledger/store.ts";
import { openSqliteLedgerStore } from "../../src/store/sqlite/ledger.ts";
import { control, evidenceKeys, jws, origin, outcome, outcomes } from "../support/ledger-samples.ts";

const logKey = generateLogKey();
const vkey = vkeyOf(origin, logKey);
let directory: string;
let store: LedgerStore;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simpul-append-"));
  store = openSqliteLedgerStore(directory);
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

type Fate = "done" | "lost" | "landed though reported lost";

/** The store with a given fate for each commit after the log's beginning. */
function fated(fates: readonly Fate[]): LedgerStore & { readonly sealed: string[] } {
  const coming = [...fates];
  const sealed: string[] = [];
  const commit = async (change: LedgerChange): Promise<boolean> => {
    const fate = change.expected === undefined ? "done" : (coming.shift() ?? "done");
    if (fate === "lost") throw new Error("the disk is full");
    const seal = (): string => sealed[sealed.push(change.seal()) - 1]!;
    const landed = await store.commit({ ...change, seal });
    if (fate === "landed though reported lost") throw new Error("the connection broke");
    return landed;
  };
  return { ...store, commit, sealed };
}

const open = async (over: LedgerStore, keys?: MasterKeys): Promise<Ledger> =>
  openLedger({ origin, committer: await openCommitter({ store: over, logKey, origin, now: 0, evidenceKeys: keys }) });
const audit = (ledger: Ledger) => auditLog({ checkpoint: async () => ledger.checkpoint(), tile: ledger.tile }, { vkey });

test("tells its listeners how many leaves a commit took and its seconds, which are some of those that passed", async () => {
  const commits: { readonly leaves: number; readonly seconds: number; readonly size: number }[] = [];
  const ledger = await open(store);
  ledger.listen({ committed: (commit) => commits.push(commit) });
  const began = performance.now();
  for (const count of [1, 3]) await Promise.all(outcomes(count).map((entry) => ledger.append(entry)));
  const passed = (performance.now() - began) / 1000;
  expect(commits.reduce((sum, { leaves }) => sum + leaves, 0)).toBe(4);
  expect(commits.at(-1)!.size).toBe(4);
  expect(commits.filter(({ seconds }) => !(seconds > 0))).toEqual([]);
  expect(commits.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThanOrEqual(passed);
});

describe("when a commit fails", () => {
  const everyPlace = [0, 1, 2, 3, 4].flatMap((at) => (["lost", "landed though reported lost"] as const).map((fate) => ({ at, fate })));

  test.each(everyPlace)(
    "commit $at being $fate, its entries are refused, later ones are taken, and the log stays sound",
    async ({ at, fate }) => {
      const ledger = await open(fated([...Array<Fate>(at).fill("done"), fate]));
      const taken: Buffer[] = [];
      for (let batch = 0; batch < 6; batch++) {
        const entries = outcomes(batch === 3 ? 300 : 3);
        const settled = await Promise.allSettled(entries.map((entry) => ledger.append(entry)));
        for (const [i, result] of settled.entries()) {
          expect(result.status).toBe(batch === at ? "rejected" : "fulfilled");
          if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "ledger-unavailable" });
          else {
            const { size, root } = parseCheckpoint(result.value.checkpoint)!;
            expect(verifyInclusion(leafHash(entries[i]!.leaf), result.value.index, size, result.value.proof, root)).toBe(true);
            taken.push(entries[i]!.leaf);
          }
        }
      }
      const report = await audit(ledger);
      const landed = fate === "lost" ? 0 : at === 3 ? 300 : 3;
      expect(report).toMatchObject({ findings: [], size: taken.length + landed });

      const stored = await store.leaves({ by: "index", begin: 0, end: report.size });
      const times = new Map<string, number>();
      for (const { leaf } of stored) times.set(leaf.toString(), (times.get(leaf.toString()) ?? 0) + 1);
      expect(taken.every((leaf) => times.get(leaf.toString()) === 1)).toBe(true);
      expect(times.size).toBe(report.size);
    },
  );

  test.each(["lost", "landed though reported lost"] as const)(
    "that begins a bucket of evidence or ends one, being %s, what is kept and what is gone stays told apart",
    async (fate) => {
      const ledger = await open(fated([fate, "done", fate]), evidenceKeys);
      const beside = (n: number) => outcome({}, { at: 0, toSeal: { months: 60, statement: jws(n) } });
      await expect(ledger.append(beside(1))).rejects.toMatchObject({ code: "ledger-unavailable" });
      const { index } = await ledger.append(beside(2));
      expect(await ledger.sealedRecord(index)).toEqual({ months: 60, statement: jws(2) });
      expect(await ledger.sealedRecord(0)).toMatchObject({ statement: fate === "lost" ? jws(2) : jws(1) });
      const end = { ...control({}), destroys: "1970-01/60" };
      await expect(ledger.append(end)).rejects.toMatchObject({ code: "ledger-unavailable" });
      expect(await ledger.sealedRecord(index)).toEqual(fate === "lost" ? { months: 60, statement: jws(2) } : undefined);
      expect(await ledger.buckets()).toHaveLength(fate === "lost" ? 1 : 0);
      const after = await ledger.append(beside(3));
      expect(await ledger.sealedRecord(after.index)).toEqual({ months: 60, statement: jws(3) });
    },
  );

  test("reads do not go on from what memory thought, either", async () => {
    const ledger = await open(fated(["done", "landed though reported lost"]));
    await ledger.append(outcome());
    await expect(ledger.append(outcome())).rejects.toMatchObject({ code: "ledger-unavailable" });
    expect(parseCheckpoint((await ledger.prove(1)).checkpoint)?.size).toBe(2);
    expect(await ledger.tile(0, 0, 2)).toHaveLength(64);
  });

  test("again and again, each batch is refused until the store is back", async () => {
    const failures: number[] = [];
    const committer = await openCommitter({ store: fated(["lost", "landed though reported lost", "lost"]), logKey, origin, now: 0 });
    const ledger = openLedger({ origin, committer });
    ledger.listen({ failed: (leaves) => failures.push(leaves) });
    for (let i = 0; i < 3; i++) await expect(ledger.append(outcome())).rejects.toMatchObject({ code: "ledger-unavailable" });
    expect((await ledger.append(outcome())).index).toBe(1);
    expect(failures).toEqual([1, 1, 1]);
    expect((await audit(ledger)).findings).toEqual([]);
  });
});

describe("the head", () => {
  test("is moved by one of two writers that both believe to have it; the other signs nothing and takes up from there", async () => {
    const [mine, theirs] = [fated([]), fated([])];
    const [first, second] = [await open(mine), await open(theirs)];
    await first.append(outcome());
    await expect(second.append(outcome())).rejects.toMatchObject({ code: "ledger-unavailable" });
    expect(theirs.sealed).toEqual([]);
    expect((await second.append(outcome())).index).toBe(1);
    await expect(first.append(outcome())).rejects.toMatchObject({ code: "ledger-unavailable" });
    expect((await first.append(outcome())).index).toBe(2);
    const sizes = [...mine.sealed, ...theirs.sealed].map((note) => parseCheckpoint(note)!.size);
    expect(sizes.toSorted()).toEqual([0, 1, 2, 3]);
    expect((await audit(first)).findings).toEqual([]);
  });

  test("is not shown before its commit is durable", async () => {
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow: LedgerStore = {
      ...store,
      async commit(change) {
        if (change.expected !== undefined) {
          begun.resolve();
          await gate.promise;
        }
        return store.commit(change);
      },
    };
    const ledger = await open(slow);
    const before = ledger.checkpoint();
    const appended = ledger.append(outcome());
    await begun.promise;
    expect(ledger.checkpoint()).toBe(before);
    gate.resolve();
    expect(ledger.checkpoint()).toBe(before);
    expect((await appended).checkpoint).toBe(ledger.checkpoint());
  });
});
