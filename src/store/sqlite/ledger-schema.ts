import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { LedgerFault } from "../../ledger/fault.ts";

/**
 * `ledger.sqlite`. A leaf costs one row at the end of one table, whether the log has a thousand leaves or a hundred million: there is no index over
 * random keys. Each full segment of 256 leaves gets a row with its exchange ids, and one with its statement hashes, which a look-up scans from the newest.
 */
const schema = `
  CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL, root BLOB NOT NULL, edge BLOB NOT NULL, checkpoint TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  -- latest_at: the latest "at" of this leaf and all before it. It never falls, so it can be searched.
  -- statement: the first 8 bytes of its hash; zeros where it does not count.
  CREATE TABLE leaf (
    leaf_index INTEGER PRIMARY KEY, latest_at INTEGER NOT NULL, exchange BLOB NOT NULL, statement BLOB NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  -- Evidence stands beside the log. A bucket is known by its first leaf; without its row the packs of it are noise for ever, and the log stays whole.
  CREATE TABLE evidence_bucket (from_leaf INTEGER PRIMARY KEY, bucket TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL) STRICT;
  CREATE TABLE evidence (first_leaf INTEGER PRIMARY KEY, members INTEGER NOT NULL, from_leaf INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
  CREATE INDEX evidence_of_bucket ON evidence (from_leaf);
  CREATE TABLE exchange_segment (segment INTEGER PRIMARY KEY, gathered BLOB NOT NULL) STRICT;
  CREATE TABLE statement_segment (segment INTEGER PRIMARY KEY, gathered BLOB NOT NULL) STRICT;
  CREATE TABLE tile (level INTEGER, n INTEGER, hashes BLOB NOT NULL, PRIMARY KEY (level, n)) STRICT;
  CREATE TABLE open_intent (id BLOB PRIMARY KEY, leaf_index INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE usage (day TEXT, consumer TEXT, grant_id TEXT, used INTEGER NOT NULL, PRIMARY KEY (day, consumer, grant_id)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 2;
`;

/** How long a statement waits for a lock of another process. */
export const busyTimeoutMs = 5_000;
/** Leaves in a segment. */
export const segmentLeaves = 256;
/** What the tables know of a statement's hash; the leaf knows it whole. */
export const prefixOf = (statementHash: Buffer): Buffer => statementHash.subarray(0, 8);

/** Opens the file for its one writer, making it if there is none. Throws `LedgerFault` for a file of another kind. */
export function openLedgerFile(directory: string): DatabaseSync {
  const db = new DatabaseSync(join(directory, "ledger.sqlite"), { timeout: busyTimeoutMs });
  // Of pages of 4, 8 and 16 KiB, those of 8 were the cheapest to append to, by a little.
  // FULL: every commit is synced. NORMAL would survive kill -9 but lose the last commits with the power.
  db.exec(`
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -16384;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = 33554432;
  `);
  if (versionOf(db) === 0) db.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
  return expectVersion(db, directory);
}

/** Opens the file beside its writer, or without one, to read. */
export function readLedgerFile(directory: string): DatabaseSync {
  try {
    return expectVersion(new DatabaseSync(join(directory, "ledger.sqlite"), { readOnly: true, timeout: busyTimeoutMs }), directory);
  } catch (cause) {
    if (cause instanceof LedgerFault) throw cause;
    throw new LedgerFault({ id: `Tidak ada log yang dapat dibaca di ${directory}`, en: `There is no readable log in ${directory}` }, cause);
  }
}

const versionOf = (db: DatabaseSync): unknown => db.prepare("PRAGMA user_version").get()?.["user_version"];

function expectVersion(db: DatabaseSync, directory: string): DatabaseSync {
  if (versionOf(db) === 2) return db;
  db.close();
  throw new LedgerFault({
    id: `ledger.sqlite di ${directory} berasal dari versi lain`,
    en: `ledger.sqlite in ${directory} is of another version`,
  });
}

/**
 * Inserts many rows with few calls: one statement takes 64, 16, 4 or 1 rows. Measured at 32 leaves a batch, that takes a tenth off
 * the cost of an append. `before` and `after` stand around the `VALUES`, `columns` is how many values a row has.
 */
export function bulkInsert(db: DatabaseSync, before: string, columns: number, after = ""): (values: readonly SQLInputValue[]) => void {
  const row = `(${Array(columns).fill("?").join(", ")})`;
  const statements = [64, 16, 4, 1].map((rows) => ({
    width: rows * columns,
    statement: db.prepare(`${before} VALUES ${Array(rows).fill(row).join(", ")} ${after}`),
  }));
  return (values) => {
    let used = 0;
    for (const { width, statement } of statements) {
      for (; values.length - used >= width; used += width) statement.run(...values.slice(used, used + width));
    }
  };
}

export const blob = (value: unknown): Buffer => {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
