import type { FileFormat } from "./format.ts";

/**
 * A leaf costs one row at the end of one table, whether the log has a thousand leaves or a hundred million: there is no
 * index over random keys. Each full segment of 256 leaves gets a row with its exchange ids and one with its statement
 * hashes, which a look-up scans from the newest.
 */
const ledgerSchema = `
  CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL, root BLOB NOT NULL, edge BLOB NOT NULL, checkpoint TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  -- latest_at: the latest "at" of this leaf and all before it. It never falls, so it can be searched.
  -- statement: the first 8 bytes of its hash; zeros where it does not count.
  CREATE TABLE leaf (
    leaf_index INTEGER PRIMARY KEY, latest_at INTEGER NOT NULL, exchange BLOB NOT NULL, statement BLOB NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  -- Sealed records, next to the log. A bucket is known by its first leaf.
  -- Without its row, its packs are noise for ever, and the log stays whole.
  CREATE TABLE evidence_bucket (from_leaf INTEGER PRIMARY KEY, bucket TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL) STRICT;
  CREATE TABLE evidence (
    first_leaf INTEGER PRIMARY KEY, members INTEGER NOT NULL, from_leaf INTEGER NOT NULL, sealed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX evidence_of_bucket ON evidence (from_leaf);
  CREATE TABLE exchange_segment (segment INTEGER PRIMARY KEY, gathered BLOB NOT NULL) STRICT;
  CREATE TABLE statement_segment (segment INTEGER PRIMARY KEY, gathered BLOB NOT NULL) STRICT;
  CREATE TABLE tile (level INTEGER, n INTEGER, hashes BLOB NOT NULL, PRIMARY KEY (level, n)) STRICT;
  CREATE TABLE open_intent (id BLOB PRIMARY KEY, leaf_index INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE usage (
    day TEXT, consumer TEXT, grant_id TEXT, used INTEGER NOT NULL, PRIMARY KEY (day, consumer, grant_id)
  ) STRICT, WITHOUT ROWID;
`;

/** A new format is a step from the one before and a higher version; `schema` is always the newest. */
export const ledgerFormat: FileFormat = { version: 2, readsFrom: 2, table: "head", schema: ledgerSchema, steps: {} };

/** Leaves in a segment. */
export const segmentLeaves = 256;

/** What the tables know of a statement's hash; the leaf knows it whole. */
export const prefixOf = (statementHash: Buffer): Buffer => statementHash.subarray(0, 8);

/** An entry's rows are its history: each holds from version `since` until before `until`, and none is deleted. */
const registrySchema = `
  CREATE TABLE IF NOT EXISTS versions (
    version INTEGER PRIMARY KEY,
    notice TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    change TEXT NOT NULL,
    registry_root TEXT NOT NULL,
    policy_root TEXT NOT NULL,
    -- The origin of the log that has the notice; NULL while it is pending.
    settled TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS versions_pending ON versions (version) WHERE settled IS NULL;
  CREATE TABLE IF NOT EXISTS documents (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    since INTEGER NOT NULL REFERENCES versions (version),
    until INTEGER REFERENCES versions (version),
    state TEXT NOT NULL,
    salt BLOB NOT NULL,
    content TEXT NOT NULL,
    document TEXT REFERENCES documents (digest),
    PRIMARY KEY (kind, id, since)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS versions_of_backups ON versions (version) WHERE json_type(change, '$.backup') IS NOT NULL;
  CREATE INDEX IF NOT EXISTS versions_by_root ON versions (registry_root);
  CREATE INDEX IF NOT EXISTS entries_replaced ON entries (until) WHERE until IS NOT NULL;
  CREATE UNIQUE INDEX IF NOT EXISTS entries_in_force ON entries (kind, id) WHERE until IS NULL;
  CREATE INDEX IF NOT EXISTS entries_since ON entries (since);
`;

/** The files of 0.1.0 are of format 0: their tables are those of format 1, and an index is missing. */
export const registryFormat: FileFormat = {
  version: 1,
  readsFrom: 0,
  table: "versions",
  schema: registrySchema,
  steps: { 0: registrySchema },
};
