import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { LedgerUsage } from "../../ledger/ledger.ts";
import type { LedgerChange, StoreEntry } from "../../ledger/store.ts";
import { bulkInsert, transact } from "./database.ts";
import { prefixOf, segmentLeaves } from "./schema.ts";
import type { WriteKeys } from "./sealed-packs.ts";

/** Writes one change of a log in one transaction; gives false, and writes nothing, when the head is not the expected one. */
export function ledgerWriter(db: DatabaseSync, writeKeys: WriteKeys): (change: LedgerChange) => boolean {
  const beginHead = db.prepare("INSERT INTO head VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const moveHead = db.prepare("UPDATE head SET size = ?, root = ?, edge = ?, checkpoint = ? WHERE size = ? AND root = ?");
  const isHead = db.prepare("SELECT 1 FROM head WHERE size = ? AND root = ?");
  const hasHead = db.prepare("SELECT 1 FROM head");
  const writeRows = rowWriter(db, writeKeys);

  const moved = ({ expected, next, seal }: LedgerChange): boolean => {
    const held = expected === undefined ? hasHead.get() === undefined : isHead.get(expected.size, expected.root) !== undefined;
    if (!held) return false;
    const { changes } =
      expected === undefined
        ? beginHead.run(next.size, next.root, next.edge, seal(), next.createdAt)
        : moveHead.run(next.size, next.root, next.edge, seal(), expected.size, expected.root);
    return changes === 1;
  };

  return (change) =>
    transact(db, "IMMEDIATE", () => {
      if (!moved(change)) return false;
      writeRows(change);
      return true;
    });
}

function rowWriter(db: DatabaseSync, writeKeys: WriteKeys): (change: LedgerChange) => void {
  const insertLeaves = bulkInsert(db, "leaf", 5);
  const gatherSegment = (["exchange", "statement"] as const).map((column) =>
    db.prepare(
      `INSERT INTO ${column}_segment SELECT ?1, CAST(group_concat(${column}, '') AS BLOB)
        FROM leaf WHERE leaf_index >= ?1 * ${segmentLeaves} AND leaf_index < (?1 + 1) * ${segmentLeaves}`,
    ),
  );
  const insertIntents = bulkInsert(db, "open_intent", 2);
  const closeIntent = db.prepare("DELETE FROM open_intent WHERE id = ?");
  const hasIntents = db.prepare("SELECT 1 FROM open_intent LIMIT 1");
  const insertPacks = bulkInsert(db, "evidence", 4);
  const insertTile = db.prepare("INSERT INTO tile VALUES (?, ?, ?)");
  const addUsage = db.prepare("INSERT INTO usage VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET used = used + excluded.used");
  const lastAt = db.prepare("SELECT latest_at FROM leaf ORDER BY leaf_index DESC LIMIT 1");
  let latestAt = Number(lastAt.get()?.["latest_at"] ?? 0);

  return ({ entries, next, tiles, keys, packs }) => {
    const leaves: SQLInputValue[] = [];
    const intents: SQLInputValue[] = [];
    const first = next.size - entries.length;
    let index = first;
    for (const { leaf, type, id, at, statement } of entries) {
      latestAt = Math.max(latestAt, at);
      leaves.push(index, latestAt, id, statement === undefined || type === "intent" ? noStatement : prefixOf(statement), leaf);
      if (type === "intent") intents.push(id, index);
      index++;
    }
    insertLeaves(leaves);
    for (let segment = Math.floor(first / segmentLeaves); (segment + 1) * segmentLeaves <= next.size; segment++) {
      for (const gather of gatherSegment) gather.run(segment);
    }
    insertIntents(intents);
    if (hasIntents.get() !== undefined) for (const { type, id } of entries) if (type === "outcome") closeIntent.run(id);
    writeKeys(destroyedBy(entries), keys);
    insertPacks(packs.flatMap(({ first: leaf, membership, from, sealed }) => [leaf, membership, from, sealed]));
    for (const { level, n, hashes } of tiles) insertTile.run(level, n, hashes);
    for (const { day, consumer, grant, uses } of sumUsage(entries)) addUsage.run(day, consumer, grant, uses);
  };
}

const destroyedBy = (entries: readonly StoreEntry[]): string[] => entries.flatMap(({ destroys }) => destroys ?? []);

/** In the column of a leaf that is not found by a statement. */
const noStatement = Buffer.alloc(8);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A batch has few consumers and grants: the uses of each are summed, then written once. */
function sumUsage(entries: readonly StoreEntry[]): Iterable<LedgerUsage> {
  const sums = new Map<string, Writable<LedgerUsage>>();
  for (const { usage } of entries) {
    for (const use of usage ?? []) {
      const key = `${use.day} ${use.consumer} ${use.grant}`;
      const sum = sums.get(key);
      if (sum === undefined) sums.set(key, { ...use });
      else sum.uses += use.uses;
    }
  }
  return sums.values();
}
