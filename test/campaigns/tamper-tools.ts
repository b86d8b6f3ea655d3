import { cpSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import type { KnownHead } from "../../src/audit/heads.ts";
import type { Instance } from "../../src/gateway/identity.ts";
import { loadMasterKeys, type MasterKeys } from "../../src/ledger/sealed/master-key.ts";
import type { RetainedRecord } from "../../src/ledger/sealed/sealed-record.ts";
import { signCheckpoint } from "../../src/ledger/checkpoint.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import { emptyRange, encodeRange, appendToRange } from "../../src/ledger/compact-range.ts";
import { hashBytes, hashLeafInto } from "../../src/ledger/merkle.ts";
import { signerOf } from "../../src/ledger/note.ts";
import { fillTiles } from "../../src/ledger/frontier.ts";
import { recordSealer } from "../../src/ledger/sealed/seal-records.ts";
import type { StoreEntry } from "../../src/ledger/store.ts";

/** What somebody can do to a gateway's files who is root on its machine; with the log's key, if he has it. */

/** A leaf as the database holds it, but for its place, and what is kept beside it. */
export interface LeafRow {
  readonly latest_at: number;
  readonly exchange: Uint8Array;
  readonly statement: Uint8Array;
  readonly bytes: Uint8Array;
  readonly evidence?: RetainedRecord | undefined;
}

/** Works on one of the databases of a data directory. */
export function edit<T>(directory: string, file: "ledger" | "registry", work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(directory, `${file}.sqlite`));
  try {
    db.exec("PRAGMA foreign_keys = OFF");
    return work(db);
  } finally {
    db.close();
  }
}

/** Changes rows as told, and insists that there were some. */
export function alterRows(db: DatabaseSync, sql: string, ...values: readonly SQLInputValue[]): void {
  if (db.prepare(sql).run(...values).changes === 0) throw new Error(`nothing to tamper with: ${sql}`);
}

export const readLeaves = (directory: string): LeafRow[] =>
  edit(
    directory,
    "ledger",
    (db) => db.prepare("SELECT latest_at, exchange, statement, bytes FROM leaf ORDER BY leaf_index").all() as unknown as LeafRow[],
  );

const evidenceKeysIn = (directory: string): MasterKeys => loadMasterKeys(join(directory, "evidence.key"));

/** The same with what is beside them: the key for it lies in the same directory. */
export async function readLeavesWithEvidence(directory: string): Promise<LeafRow[]> {
  const log = storesAt(dataDirectory(directory)).readLog(evidenceKeysIn(directory));
  try {
    const leaves: LeafRow[] = [];
    for (const [index, leaf] of readLeaves(directory).entries()) leaves.push({ ...leaf, evidence: await log.sealedRecord(index) });
    return leaves;
  } finally {
    await log.close();
  }
}

/**
 * Rewrites a log as he wants it and covers it up: leaves renumbered, outcomes pointed to where their intents are now, every tile, node and
 * root computed anew, the head signed with the real key, the evidence of each leaf sealed beside its new place. Nothing in the file
 * disagrees with anything else in it.
 */
export async function forgeLog(
  directory: string,
  { logKey, origin }: Pick<Instance, "logKey" | "origin">,
  change: (leaves: LeafRow[]) => readonly LeafRow[],
): Promise<void> {
  const leaves = pointedToIntents(change(await readLeavesWithEvidence(directory)));
  const hashes = Buffer.alloc(leaves.length * hashBytes);
  leaves.forEach(({ bytes }, index) => hashLeafInto(bytes, hashes, index * hashBytes));
  const appended = appendToRange(emptyRange, hashes);
  const { packs, wrapped } = recordSealer(origin, evidenceKeysIn(directory))(leaves.map(asEntry), 0, undefined);
  edit(directory, "ledger", (db) => {
    db.exec("BEGIN");
    for (const table of ["leaf", "tile", "exchange_segment", "statement_segment", "evidence", "evidence_bucket"])
      db.exec(`DELETE FROM ${table}`);
    const insert = db.prepare("INSERT INTO leaf VALUES (?, ?, ?, ?, ?)");
    leaves.forEach(({ latest_at, exchange, statement, bytes }, index) => insert.run(index, latest_at, exchange, statement, bytes));
    for (const { level, n, hashes } of fillTiles([], appended, 0).tiles)
      db.prepare("INSERT INTO tile VALUES (?, ?, ?)").run(level, n, hashes);
    for (const { from, bucket, wrapped: key } of wrapped) db.prepare("INSERT INTO evidence_bucket VALUES (?, ?, ?)").run(from, bucket, key);
    for (const { first, membership, from, sealed } of packs)
      db.prepare("INSERT INTO evidence VALUES (?, ?, ?, ?)").run(first, membership, from, sealed);
    for (const column of ["exchange", "statement"]) {
      db.exec(
        `INSERT INTO ${column}_segment SELECT leaf_index / 256, CAST(group_concat(${column}, '') AS BLOB)
         FROM leaf WHERE leaf_index < ${leaves.length - (leaves.length % 256)} GROUP BY leaf_index / 256`,
      );
    }
    const checkpoint = signCheckpoint(leaves.length, appended.root, signerOf(origin, logKey));
    alterRows(
      db,
      "UPDATE head SET size = ?, root = ?, edge = ?, checkpoint = ?",
      leaves.length,
      appended.root,
      encodeRange(appended.range),
      checkpoint,
    );
    db.exec("COMMIT");
  });
}

/** As a gateway would hand it to its log. */
export function asEntry(leaf: LeafRow): StoreEntry {
  const { type, at } = told(leaf);
  return {
    leaf: Buffer.from(leaf.bytes),
    type,
    id: Buffer.from(leaf.exchange),
    at: Date.parse(at),
    ...(leaf.evidence !== undefined && { toSeal: leaf.evidence }),
  };
}

function pointedToIntents(leaves: readonly LeafRow[]): LeafRow[] {
  const intents = new Map<string, number>();
  return leaves.map((leaf, index) => {
    const { type, id, intent } = told(leaf);
    if (type === "intent") intents.set(id, index);
    const at = intents.get(id);
    return intent === undefined || at === undefined || at === intent.index
      ? leaf
      : rewritten(leaf, /("intent":\{[^}]*"index":)\d+/, `$1${at}`);
  });
}

/** What it says of itself. */
export const told = ({ bytes }: LeafRow): Pick<ExchangeLeaf, "type" | "id" | "at" | "intent"> =>
  JSON.parse(Buffer.from(bytes).toString("utf8")) as ExchangeLeaf;

/** The head as an auditor would keep it. */
export function headIn(directory: string): KnownHead {
  const note = edit(directory, "ledger", (db) => db.prepare("SELECT checkpoint FROM head").get()!["checkpoint"] as string);
  return { note, file: "checkpoint" };
}

/** The same leaf with something in its text replaced. */
export function rewritten(leaf: LeafRow, pattern: RegExp, by: string): LeafRow {
  const text = Buffer.from(leaf.bytes).toString("utf8");
  const changed = text.replace(pattern, by);
  if (changed === text) throw new Error(`${String(pattern)} is not in ${text}`);
  return { ...leaf, bytes: Buffer.from(changed) };
}

/** The same exchange for a purpose with another letter; a registry change by somebody else. */
export const altered = (leaf: LeafRow): LeafRow => rewritten(leaf, /("(?:purpose|by)":"[^"]*)[^"](?=")/, "$1o");

/** A copy of a data directory of a gateway that stands still. */
export const copyTo = (from: string, to: string): void => cpSync(from, to, { recursive: true });
