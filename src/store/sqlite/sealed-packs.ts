import type { DatabaseSync } from "node:sqlite";
import type { LedgerStore, SealedPack, StoredBucket } from "../../ledger/store.ts";
import { maxLeavesPerPack } from "../../ledger/sealed/seal-records.ts";
import { blob, busyTimeoutMs, transact } from "./database.ts";

/** Reads the tables of sealed records. */
export function sealedPackReader(db: DatabaseSync): Pick<LedgerStore, "buckets" | "pack" | "packs"> {
  const buckets = db.prepare("SELECT * FROM evidence_bucket ORDER BY from_leaf");
  const newest = db.prepare("SELECT first_leaf, members FROM evidence WHERE from_leaf = ? ORDER BY first_leaf DESC LIMIT 1");
  const holding = db.prepare(
    `SELECT * FROM evidence WHERE first_leaf > ?1 - ${maxLeavesPerPack} AND first_leaf <= ?1 AND (members >> (?1 - first_leaf)) & 1`,
  );
  const within = db.prepare(
    "SELECT first_leaf, members, from_leaf FROM evidence WHERE first_leaf >= ? AND first_leaf < ? ORDER BY first_leaf",
  );

  return {
    async buckets() {
      return buckets.all().map((row) => {
        const from = row["from_leaf"] as number;
        const last = newest.get(from);
        const to = last === undefined ? from : (last["first_leaf"] as number) + Math.floor(Math.log2(last["members"] as number));
        return { bucket: row["bucket"] as string, from, to, wrapped: blob(row["wrapped"]) };
      });
    },
    async pack(index) {
      const row = holding.get(index);
      return row && { ...toPack(row), sealed: blob(row["sealed"]) };
    },
    packs: async (begin, end) => within.all(begin, end).map(toPack),
  };
}

const toPack = (row: Record<string, unknown>): Omit<SealedPack, "sealed"> => ({
  first: row["first_leaf"] as number,
  membership: row["members"] as number,
  from: row["from_leaf"] as number,
});

type Key = Omit<StoredBucket, "to">;

/** Writes the keys of buckets, inside a transaction: deletes those of destroyed buckets, inserts new ones. */
export type WriteKeys = (destroyed: readonly string[], keys: readonly Key[]) => void;

/** Writes to the tables of sealed records what is more than a new row. */
export function sealedPackWriter(db: DatabaseSync): Pick<LedgerStore, "rewrap" | "destroy" | "purge"> & { readonly writeKeys: WriteKeys } {
  const all = db.prepare(`SELECT from_leaf AS "from", bucket, wrapped FROM evidence_bucket`);
  const insert = db.prepare("INSERT INTO evidence_bucket VALUES (?, ?, ?)");
  const remains = db.prepare(`
    WITH RECURSIVE held(bucket) AS (
      SELECT min(from_leaf) FROM evidence
      UNION ALL SELECT (SELECT min(from_leaf) FROM evidence WHERE from_leaf > bucket) FROM held WHERE bucket IS NOT NULL
    )
    SELECT bucket FROM held WHERE bucket NOT IN (SELECT from_leaf FROM evidence_bucket) LIMIT 1`);
  const clear = db.prepare("DELETE FROM evidence WHERE first_leaf IN (SELECT first_leaf FROM evidence WHERE from_leaf = ? LIMIT ?)");
  /** Whether the write-ahead log may still hold a page with a deleted key: a process that died may have left one. */
  let walRemembers = true;

  /** To delete keys, the whole table is overwritten and written again: no deleted key stays in the unused part of a page. */
  const writeKeys: WriteKeys = (destroyed, keys) => {
    let written = keys;
    if (destroyed.length > 0) {
      const remaining = (all.all() as unknown as Key[]).filter(({ bucket }) => !destroyed.includes(bucket));
      db.exec("PRAGMA secure_delete = ON; DELETE FROM evidence_bucket; PRAGMA secure_delete = OFF");
      written = [...remaining, ...keys];
      walRemembers = true;
    }
    for (const { from, bucket, wrapped } of written) insert.run(from, bucket, wrapped);
  };

  /** Impossible while another process reads; the next purge tries again. */
  const emptyWal = (): void => {
    if (!walRemembers) return;
    db.exec("PRAGMA busy_timeout = 0");
    walRemembers = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"] !== 0;
    db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  };

  return {
    writeKeys,
    async rewrap(keys) {
      const buckets = keys.map(({ bucket }) => bucket);
      transact(db, "IMMEDIATE", () => writeKeys(buckets, keys));
    },
    async destroy(bucket) {
      transact(db, "IMMEDIATE", () => writeKeys([bucket], []));
    },
    async purge(most) {
      emptyWal();
      const bucket = remains.get()?.["bucket"];
      return bucket === undefined ? 0 : Number(clear.run(bucket as number, most).changes);
    },
  };
}
