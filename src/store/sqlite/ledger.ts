import { firstIndex } from "../../base/first-index.ts";
import type { DatabaseSync } from "node:sqlite";
import { LedgerFault } from "../../ledger/fault.ts";
import type { StoredLeaf, DailyUsage } from "../../ledger/ledger.ts";
import { readLeaf } from "../../ledger/read-leaf.ts";
import type { LeafQuery, LedgerStore, ReadableLedgerStore, StoredHead } from "../../ledger/store.ts";
import { blob } from "./database.ts";
import { ledgerFile } from "./files.ts";
import type { WriterOptions } from "./format.ts";
import { ledgerWriter } from "./ledger-commit.ts";
import { openLedgerFile, readLedgerFile } from "./ledger-file.ts";
import { takeLease } from "./lease.ts";
import { prefixOf, segmentLeaves } from "./schema.ts";
import { sealedPackReader, sealedPackWriter } from "./sealed-packs.ts";
import { openTranslated } from "./translate-errors.ts";

/**
 * The ledger's store in a directory, for its one writer. Throws `LedgerFault` if another process holds the log, and,
 * now or later, if disk or file cannot be used.
 */
export const openSqliteLedgerStore = (directory: string, options?: WriterOptions): LedgerStore =>
  openTranslated(
    ledgerFile(directory),
    () => openStore(directory, options),
    (detail, cause) => new LedgerFault(detail, cause),
  );

function openStore(directory: string, options?: WriterOptions): LedgerStore {
  const lease = takeLease(directory);
  try {
    const db = openLedgerFile(directory, options);
    const { writeKeys, ...evidence } = sealedPackWriter(db);
    const write = ledgerWriter(db, writeKeys);
    const close = (): void => {
      db.close();
      lease.release();
    };
    return { ...reader(db, close), ...evidence, commit: async (change) => write(change) };
  } catch (fault) {
    lease.release();
    throw fault;
  }
}

/** The same store to read, also while its writer runs. */
export function readSqliteLedgerStore(directory: string): ReadableLedgerStore {
  const db = readLedgerFile(directory);
  return reader(db, () => db.close());
}

function reader(db: DatabaseSync, close: () => void): ReadableLedgerStore {
  const head = db.prepare("SELECT * FROM head");
  const tile = db.prepare("SELECT hashes FROM tile WHERE level = ? AND n = ?");
  const usage = db.prepare(`SELECT consumer, grant_id AS "grant", used FROM usage WHERE day = ?`);
  const leaves = leafReader(db);
  return {
    head: async () => toHead(head.get()),
    leaves: async (query) => leaves(query),
    async tile(level, n) {
      const row = tile.get(level, n);
      return row === undefined ? undefined : blob(row["hashes"]);
    },
    ...sealedPackReader(db),
    usage: async (day) => usage.all(day) as unknown as DailyUsage[],
    close: async () => close(),
  };
}

function toHead(row: Record<string, unknown> | undefined): StoredHead | undefined {
  if (row === undefined) return undefined;
  return {
    size: row["size"] as number,
    root: blob(row["root"]),
    edge: blob(row["edge"]),
    checkpoint: row["checkpoint"] as string,
    createdAt: row["created_at"] as number,
  };
}

function leafReader(db: DatabaseSync): (query: LeafQuery) => StoredLeaf[] {
  const select = "SELECT leaf_index, bytes FROM leaf";
  const inRange = db.prepare(`${select} WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index`);
  const ofOpenIntents = db.prepare(`${select} WHERE leaf_index IN (SELECT leaf_index FROM open_intent) ORDER BY leaf_index`);
  const newestBy = {
    exchange: newestFirst(db, "exchange"),
    statement: newestFirst(db, "statement"),
  };
  const openIntentOf = db.prepare(`${select} WHERE leaf_index = (SELECT leaf_index FROM open_intent WHERE id = ?)`);
  const last = db.prepare("SELECT max(leaf_index) AS leaf_index FROM leaf");
  const latestAt = db.prepare("SELECT latest_at FROM leaf WHERE leaf_index = ?");

  const size = (): number => Number(last.get()?.["leaf_index"] ?? -1) + 1;

  const byStatement = (hash: Buffer): StoredLeaf[] => {
    const wanted = hash.toString("base64url");
    for (const found of newestBy.statement(0, size(), prefixOf(hash))) if (statementOf(found.leaf) === wanted) return [found];
    return [];
  };

  const firstSince = (sinceMs: number): number => firstIndex(size(), (index) => Number(latestAt.get(index)?.["latest_at"] ?? 0) >= sinceMs);

  /**
   * Most exchanges end within seconds of their id: the search covers four seconds of the log first, then sixteen times
   * as much, and so on.
   */
  const byExchange = (id: Buffer): StoredLeaf[] => {
    const open = openIntentOf.get(id);
    if (open !== undefined) return [toLeaf(open)];
    const [made, end] = [madeAt(id), size()];
    const first = firstSince(made);
    for (let [begin, spanMs] = [first, 4_000]; begin < end; spanMs *= 16) {
      const until = firstSince(made + spanMs);
      // An intent that is not open has an outcome after it.
      for (const found of newestBy.exchange(begin, until, id)) if (readLeaf(found.leaf)?.type !== "intent") return [found];
      begin = until;
    }
    return newestBy
      .exchange(firstSince(made - clockSlackMs), first, id)
      .take(1)
      .toArray();
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
        return byExchange(query.id);
      case "statement":
        return byStatement(query.hash);
      case "time":
        return since(query);
      case "open-intent":
        return ofOpenIntents.all().map(toLeaf);
    }
  };
}

/**
 * Leaves by a column that segments gather, newest first: a lost answer is asked for soon, and an outcome comes after
 * its intent. Leaves before `begin` may be among them, as far as they are in its segment.
 */
function newestFirst(
  db: DatabaseSync,
  column: "exchange" | "statement",
): (begin: number, end: number, value: Buffer) => Generator<StoredLeaf> {
  const segments = db.prepare(
    `SELECT segment FROM ${column}_segment WHERE segment >= ? AND segment < ? AND instr(gathered, ?) > 0 ORDER BY segment DESC`,
  );
  const within = db.prepare(
    `SELECT leaf_index, bytes FROM leaf WHERE leaf_index >= ? AND leaf_index < ? AND ${column} = ? ORDER BY leaf_index DESC`,
  );
  return function* (begin, end, value) {
    const last = Math.floor(end / segmentLeaves);
    yield* within.all(last * segmentLeaves, end, value).map(toLeaf);
    for (const { segment } of segments.iterate(Math.floor(begin / segmentLeaves), last, value)) {
      const first = (segment as number) * segmentLeaves;
      yield* within.all(first, first + segmentLeaves, value).map(toLeaf);
    }
  };
}

/** How far a clock may have been set back between an exchange's arrival and its leaf. */
const clockSlackMs = 3_600_000;

/** The milliseconds in a UUIDv7: no leaf of the exchange is older. */
const madeAt = (id: Buffer): number => id.readUIntBE(0, 6);

function toLeaf(row: Record<string, unknown>): StoredLeaf {
  return { index: row["leaf_index"] as number, leaf: blob(row["bytes"]) };
}

/** The whole hash is in the leaf only: the table has eight bytes of it, which others may share. */
function statementOf(bytes: Buffer): string | undefined {
  const leaf = readLeaf(bytes);
  return leaf !== undefined && "request" in leaf ? leaf.request.statement : undefined;
}
