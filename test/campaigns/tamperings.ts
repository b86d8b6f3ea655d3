import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { loadMasterKeys } from "../../src/ledger/sealed/master-key.ts";
import type { TamperFixture } from "./tamper-fixture.ts";
import type { Place, Tampering } from "./tampering.ts";
import {
  altered,
  asEntry,
  copyTo,
  edit,
  forgeLog,
  headIn,
  readLeaves,
  readLeavesWithEvidence,
  rewritten,
  alterRows,
  told,
  type LeafRow,
} from "./tamper-tools.ts";

const typeAt = (leaves: readonly LeafRow[], at: number): string => told(leaves[at]!).type;
const lastSeen = ({ heads }: TamperFixture): number => heads.at(-1)!.size;

/** Where a receipt was kept by somebody, and the auditor looked again later. */
const isKnown = (leaves: readonly LeafRow[], at: number, scenario: TamperFixture): boolean =>
  at < lastSeen(scenario) && scenario.receipts.has(at) && typeAt(leaves, at) !== "control";
const outcomeOf = (leaves: readonly LeafRow[], intent: number): number =>
  typeAt(leaves, intent) === "intent"
    ? leaves.findIndex((leaf, index) => index > intent && told(leaf).id === told(leaves[intent]!).id)
    : -1;

const edited =
  (sql: (at: number) => string) =>
  (directory: string, at: number): void =>
    edit(directory, "ledger", (db) => db.exec(sql(at)));
const forged =
  (change: (leaves: LeafRow[], at: number, scenario: TamperFixture) => readonly LeafRow[]) =>
  (directory: string, at: number, scenario: TamperFixture): Promise<void> =>
    forgeLog(directory, scenario.instance, (leaves) => change(leaves, at, scenario));

const everyMeans = (...places: readonly Place[]): Tampering["found"] => ({ nothing: places, checkpoints: places, "a receipt": places });

/** Nothing in the log betrays it; who remembers a head knows between which two heads, who holds a receipt knows the leaf. */
const byMemory: Tampering["found"] = { checkpoints: ["range"], "a receipt": ["leaf"] };

const byDatabase: readonly Tampering[] = [
  {
    what: "a leaf is deleted",
    by: "database",
    fits: () => true,
    tamper: edited((at) => `DELETE FROM leaf WHERE leaf_index = ${at}`),
    found: everyMeans("leaf"),
  },
  {
    what: "one byte of a leaf is altered",
    by: "database",
    fits: () => true,
    tamper: (directory, at) =>
      edit(directory, "ledger", (db) =>
        alterRows(db, "UPDATE leaf SET bytes = ? WHERE leaf_index = ?", altered(readLeaves(directory)[at]!).bytes, at),
      ),
    found: everyMeans("leaf", "range"),
  },
  {
    what: "two leaves change places",
    by: "database",
    fits: (leaves, at) => at + 1 < leaves.length,
    tamper: edited(
      (at) =>
        `UPDATE leaf SET leaf_index = -1 WHERE leaf_index = ${at};
         UPDATE leaf SET leaf_index = ${at} WHERE leaf_index = ${at + 1};
         UPDATE leaf SET leaf_index = ${at + 1} WHERE leaf_index = -1`,
    ),
    found: everyMeans("leaf", "range"),
    // In the last, partial tile an intent that moved shows by its outcome, which points to where it was.
    near: (leaves, at) => [at, at + 1, outcomeOf(leaves, at), outcomeOf(leaves, at + 1)],
  },
  {
    what: "an intent is deleted",
    by: "database",
    fits: (leaves, at) => typeAt(leaves, at) === "intent",
    tamper: edited((at) => `DELETE FROM leaf WHERE leaf_index = ${at}`),
    found: everyMeans("leaf"),
  },
  {
    what: "the end is cut off, and the head set back by hand",
    by: "database",
    fits: (_, at) => at > 0,
    tamper: edited(
      (at) =>
        `DELETE FROM leaf WHERE leaf_index >= ${at};
         UPDATE head SET checkpoint = replace(checkpoint, char(10) || size || char(10), char(10) || ${at} || char(10)), size = ${at}`,
    ),
    found: { nothing: ["checkpoint"], checkpoints: ["leaf", "range", "checkpoint"], "a receipt": ["leaf", "checkpoint"] },
  },
  {
    what: "a hash in a published tile is altered",
    by: "database",
    fits: (_, at) => at < 256,
    tamper: (directory, at) =>
      edit(directory, "ledger", (db) =>
        alterRows(
          db,
          `UPDATE tile SET hashes = CAST(substr(hashes, 1, ?1 * 32) || ?2 || substr(hashes, (?1 + 1) * 32 + 1) AS BLOB)
           WHERE level = 0 AND n = 0`,
          at,
          randomBytes(32),
        ),
      ),
    found: everyMeans("leaf"),
  },
];

/** The pack in which the evidence of a leaf is, if there is any. */
const packOf = (at: number): string => `first_leaf = (SELECT max(first_leaf) FROM evidence WHERE first_leaf <= ${at})`;
const isExchange = (leaves: readonly LeafRow[], at: number): boolean => typeAt(leaves, at) !== "control";

const besideTheLog: readonly Tampering[] = [
  {
    what: "the evidence beside a leaf is deleted",
    by: "database",
    fits: isExchange,
    tamper: edited((at) => `DELETE FROM evidence WHERE ${packOf(at)}`),
    found: everyMeans("leaf", "range"),
  },
  {
    what: "the evidence of a month is deleted with its key",
    by: "database",
    fits: isExchange,
    tamper: edited(() => "DELETE FROM evidence; DELETE FROM evidence_bucket"),
    found: everyMeans("range"),
  },
];

const byLogKey: readonly Tampering[] = [
  {
    what: "one byte of a leaf is altered",
    by: "log key",
    fits: isKnown,
    tamper: forged((leaves, at) => leaves.with(at, altered(leaves[at]!))),
    found: byMemory,
  },
  {
    what: "a leaf is deleted",
    by: "log key",
    fits: isKnown,
    tamper: forged((leaves, at) => leaves.filter((leaf) => told(leaf).id !== told(leaves[at]!).id)),
    found: byMemory,
    near: (leaves, at) => [at, intentOf(leaves, at)],
  },
  {
    what: "a leaf is inserted",
    by: "log key",
    fits: isKnown,
    tamper: forged((leaves, at) => leaves.toSpliced(at, 0, invented(leaves[at]!))),
    found: byMemory,
  },
  {
    what: "two leaves change places",
    by: "log key",
    fits: (leaves, at, scenario) =>
      isKnown(leaves, at, scenario) &&
      at + 1 < lastSeen(scenario) &&
      typeAt(leaves, at) === "outcome" &&
      typeAt(leaves, at + 1) === "outcome",
    tamper: forged((leaves, at) => leaves.with(at, leaves[at + 1]!).with(at + 1, leaves[at]!)),
    found: byMemory,
  },
  {
    what: "an intent is deleted, and its outcome denies it",
    by: "log key",
    fits: (leaves, at, scenario) => isKnown(leaves, outcomeOf(leaves, at), scenario),
    tamper: forged((leaves, at) =>
      leaves.with(outcomeOf(leaves, at), rewritten(leaves[outcomeOf(leaves, at)]!, /"intent":\{[^}]*\},/, "")).toSpliced(at, 1),
    ),
    found: byMemory,
    near: (leaves, at) => [at, outcomeOf(leaves, at)],
    held: outcomeOf,
  },
  {
    what: "an intent is deleted, its outcome goes on pointing to it",
    by: "log key",
    fits: (leaves, at, scenario) => isKnown(leaves, outcomeOf(leaves, at), scenario),
    tamper: forged((leaves, at) => leaves.toSpliced(at, 1)),
    found: { nothing: ["leaf"], checkpoints: ["leaf"], "a receipt": ["leaf"] },
    near: (leaves, at) => [outcomeOf(leaves, at) - 1, outcomeOf(leaves, at)],
    held: outcomeOf,
  },
  {
    what: "the end is cut off",
    by: "log key",
    fits: isKnown,
    tamper: forged((leaves, at) => leaves.slice(0, at)),
    found: { checkpoints: ["range", "leaf"], "a receipt": ["leaf"] },
  },
  {
    what: "all exchanges from one on are replaced",
    by: "log key",
    fits: isKnown,
    tamper: forged((leaves, at) => replacedFrom(leaves, at)),
    found: byMemory,
  },
  {
    what: "two readers are shown two logs of one size, and compare",
    by: "log key",
    fits: isKnown,
    tamper: forged((leaves, at, scenario) => replacedFrom(leaves, at).slice(0, lastSeen(scenario))),
    found: byMemory,
  },
  {
    what: "a backup is put back, and the gateway goes on from there",
    by: "log key",
    fits: (_, at, { backup }) => at === backup,
    async tamper(directory, at, scenario) {
      const last = (await readLeavesWithEvidence(scenario.yesterday)).findLast(({ evidence: record }) => record !== undefined)!;
      rmSync(directory, { recursive: true });
      copyTo(scenario.yesterday, directory);
      const ledger = await storesAt(dataDirectory(directory)).openLedger({
        ...scenario.instance,
        clock: Date.now,
        evidenceKeys: loadMasterKeys(join(directory, "evidence.key")),
      });
      for (let size = at; size < scenario.size; size++) {
        const entry = invented(last);
        await ledger.append({ ...asEntry(entry), id: told(entry).id });
      }
      await ledger.close();
    },
    found: byMemory,
    held: (_, at, { receipts }) => Math.min(...[...receipts.keys()].filter((index) => index >= at)),
    near: (_, at) => Array.from({ length: 8 }, (_, i) => at + i),
  },
];

/** What nobody can find before there are witnesses. */
const unfound: readonly Tampering[] = [
  ...(
    [
      ["an exchange is altered", (leaves, at) => leaves.with(at, altered(leaves[at]!))],
      ["an exchange is deleted", (leaves, at) => leaves.filter((leaf) => told(leaf).id !== told(leaves[at]!).id)],
      ["an exchange is invented", (leaves, at) => leaves.toSpliced(at, 0, invented(leaves[at]!))],
      ["the end is cut off", (leaves, at) => leaves.slice(0, at)],
    ] as readonly [string, (leaves: LeafRow[], at: number) => LeafRow[]][]
  ).map(([what, change]): Tampering => ({
    what: `${what} after the last thing that anybody remembers`,
    by: "log key",
    fits: (leaves, at, scenario) => at >= lastSeen(scenario) && typeAt(leaves, at) !== "intent" && intentOf(leaves, at) === -1,
    tamper: forged(change),
    found: {},
    held: (_, __, scenario) => Math.max(...[...scenario.receipts.keys()].filter((index) => index < lastSeen(scenario))),
  })),
  {
    what: "two readers are shown two logs, and never compare",
    by: "log key",
    fits: isKnown,
    tamper: forged((leaves, at) => replacedFrom(leaves, at)),
    found: {},
    held: (_, at, { receipts }) =>
      Math.max(...[...receipts].filter(([index, { size }]) => index < at && size <= at).map(([index]) => index)),
    remembers: (directory) => [headIn(directory)],
  },
  {
    what: "a day's use of a grant is counted anew",
    by: "database",
    fits: (_, at) => at === 0,
    tamper: edited(() => "UPDATE usage SET used = 1"),
    found: {},
    held: (_, __, { receipts }) => Math.min(...receipts.keys()),
  },
];

/** A leaf of the same form about an exchange that never was. */
function invented(leaf: LeafRow): LeafRow {
  const id = uuidv7(Number(leaf.latest_at));
  const another = rewritten(
    rewritten(leaf, /("id":")[0-9a-f-]{36}/, `$1${id}`),
    /("jti":")[^"]+/,
    `$1${randomBytes(16).toString("base64url")}`,
  );
  const text = Buffer.from(another.bytes).toString("utf8");
  return { ...another, exchange: Buffer.from(id.replaceAll("-", ""), "hex"), bytes: Buffer.from(text.replace(/"intent":\{[^}]*\},/, "")) };
}

const replacedFrom = (leaves: readonly LeafRow[], at: number): LeafRow[] =>
  leaves.map((leaf, index) => (index < at || typeAt(leaves, index) === "control" ? leaf : altered(leaf)));

const intentOf = (leaves: readonly LeafRow[], at: number): number =>
  leaves.findIndex((leaf, index) => index < at && told(leaf).id === told(leaves[at]!).id);

export const tamperings: readonly Tampering[] = [...byDatabase, ...besideTheLog, ...byLogKey, ...unfound];
