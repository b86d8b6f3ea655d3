import type { DatabaseSync } from "node:sqlite";
import type { StoredLeaf, Usage } from "../../ledger/ledger.ts";
import { readLeaf } from "../../ledger/leaf.ts";
import type { LeafQuery, LedgerStore, StoredHead } from "../../ledger/store.ts";
import { ledgerWriter } from "./ledger-commit.ts";
import { takeLease } from "./ledger-lease.ts";
import { asBuffer, openLedgerFile, prefixOf, readLedgerFile, segmentOf } from "./ledger-schema.ts";

/** The ledger's store in `ledger.sqlite` of a directory, for its one writer. Throws `LedgerFault` if another process has it. */
export function openSqliteLedgerStore(directory: string): LedgerStore {
  const lease = takeLease(directory);
  try {
    const db = openLedgerFile(directory);
    const write = ledgerWriter(db);
    const close = (): void => {
      db.close();
      lease.release();
    };
    return { ...reader(db, close), commit: async (change) => write(change) };
  } catch (fault) {
    lease.release();
    throw fault;
  }
}

/** The same file for reading, also while its writer runs. */
export function readSqliteLedgerStore(directory: string): Omit<LedgerStore, "commit"> {
  const db = readLedgerFile(directory);
  return reader(db, () => db.close());
}

function reader(db: DatabaseSync, close: () => void): Omit<LedgerStore, "commit"> {
  const head = db.prepare("SELECT * FROM head");
  const tile = db.prepare("SELECT hashes FROM tile WHERE level = ? AND n = ?");
  const usage = db.prepare(`SELECT consumer, grant_id AS "grant", used FROM usage WHERE day = ?`);
  const leaves = leafReader(db);
  return {
    head: async () => toHead(head.get()),
    leaves: async (query) => leaves(query),
    async tile(level, n) {
      const row = tile.get(level, n);
      return row === undefined ? undefined : asBuffer(row["hashes"]);
    },
    usage: async (day) => usage.all(day) as unknown as Usage[],
    close: async () => close(),
  };
}

function toHead(row: Record<string, unknown> | undefined): StoredHead | undefined {
  if (row === undefined) return undefined;
  return {
    size: row["size"] as number,
    root: asBuffer(row["root"]),
    edge: asBuffer(row["edge"]),
    checkpoint: row["checkpoint"] as string,
    createdAt: row["created_at"] as number,
  };
}

function leafReader(db: DatabaseSync): (query: LeafQuery) => StoredLeaf[] {
  const select = "SELECT leaf.leaf_index, bytes, keys FROM leaf LEFT JOIN opening USING (leaf_index)";
  const inRange = db.prepare(`${select} WHERE leaf.leaf_index >= ? AND leaf.leaf_index < ? ORDER BY leaf.leaf_index`);
  const ofExchange = db.prepare(`${select} WHERE leaf.leaf_index = (SELECT leaf_index FROM exchange WHERE id = ?)`);
  const ofOpenIntents = db.prepare(`${select} WHERE leaf.leaf_index IN (SELECT leaf_index FROM open_intent) ORDER BY leaf.leaf_index`);
  // Segment by segment from the newest: whoever asks for a lost answer asks soon.
  const ofStatement = db.prepare(`
    WITH RECURSIVE newest (segment) AS (SELECT ? UNION ALL SELECT segment - 1 FROM newest WHERE segment > 0)
    SELECT leaf_index FROM newest CROSS JOIN statement USING (segment) WHERE prefix = ?`);
  const last = db.prepare("SELECT max(leaf_index) AS leaf_index FROM leaf");
  const latestAt = db.prepare("SELECT latest_at FROM leaf WHERE leaf_index = ?");

  const size = (): number => Number(last.get()?.["leaf_index"] ?? -1) + 1;

  const byStatement = (hash: Buffer): StoredLeaf[] => {
    const wanted = hash.toString("base64url");
    for (const row of ofStatement.iterate(Math.max(0, segmentOf(size() - 1)), prefixOf(hash))) {
      const index = row["leaf_index"] as number;
      const found = inRange.all(index, index + 1).map(toLeaf);
      if (found[0] !== undefined && statementOf(found[0].leaf) === wanted) return found;
    }
    return [];
  };

  const firstSince = (sinceMs: number): number => {
    let [low, high] = [0, size()];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (Number(latestAt.get(middle)?.["latest_at"] ?? 0) < sinceMs) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const since = ({ sinceMs, begin, most }: Extract<LeafQuery, { by: "time" }>): StoredLeaf[] => {
    const first = Math.max(begin, firstSince(sinceMs));
    return inRange.all(first, first + most).map(toLeaf);
  };

  return (query) => {
    switch (query.by) {
      case "index":
        return inRange.all(query.begin, query.end).map(toLeaf);
      case "exchange":
        return ofExchange.all(query.id).map(toLeaf);
      case "statement":
        return byStatement(query.hash);
      case "time":
        return since(query);
      case "open-intent":
        return ofOpenIntents.all().map(toLeaf);
    }
  };
}

function toLeaf(row: Record<string, unknown>): StoredLeaf {
  return { index: row["leaf_index"] as number, leaf: asBuffer(row["bytes"]), keys: row["keys"] === null ? undefined : asBuffer(row["keys"]) };
}

/** What the leaf itself says: the table knows eight bytes of the hash, and others may share them. */
function statementOf(bytes: Buffer): string | undefined {
  const leaf = readLeaf(bytes);
  return leaf !== undefined && "request" in leaf ? leaf.request.statement : undefined;
}
