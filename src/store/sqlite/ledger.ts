import { firstIndex } from "../../base/first-index.ts";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Text } from "../../base/text.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import type { StoredLeaf, DailyUsage } from "../../ledger/ledger.ts";
import { readLeaf } from "../../ledger/read-leaf.ts";
import type { LeafQuery, LedgerStore, StoredHead } from "../../ledger/store.ts";
import { ledgerWriter } from "./ledger-commit.ts";
import { sealedPackReader, sealedPackWriter } from "./ledger-sealed.ts";
import { translateErrors } from "./translate-errors.ts";
import { takeLease } from "./ledger-lease.ts";
import { blob, openLedgerFile, prefixOf, readLedgerFile, segmentLeaves } from "./ledger-schema.ts";

/** What can be done with a log without being its writer. */
export type ReadableLedgerStore = Omit<LedgerStore, "commit" | "rewrap" | "purge">;

/** The ledger's store in `ledger.sqlite` of a directory, for its one writer. Throws `LedgerFault` if another process has it, or if disk or file cannot be used. */
export function openSqliteLedgerStore(directory: string): LedgerStore {
  const say = (meaning: Text, cause: unknown): LedgerFault => {
    const file = join(directory, "ledger.sqlite");
    return new LedgerFault({ id: `${file} ${meaning.id}`, en: `${file} ${meaning.en}` }, cause);
  };
  return translateErrors(translateErrors({ open: () => openStore(directory) }, say).open(), say);
}

function openStore(directory: string): LedgerStore {
  const lease = takeLease(directory);
  try {
    const db = openLedgerFile(directory);
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

/** The same file for reading, also while its writer runs. */
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

  /** Mostly it has ended within seconds of its id: so much of the log is looked at first, then sixteen times as much, and so on to the end. */
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
 * Leaves by a column that segments gather, newest first: whoever asks for a lost answer asks soon, and an outcome comes after its intent. Before `begin`, what
 * stands in the same segment may be among them.
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

/** What the leaf itself says: the table knows eight bytes of the hash, and others may share them. */
function statementOf(bytes: Buffer): string | undefined {
  const leaf = readLeaf(bytes);
  return leaf !== undefined && "request" in leaf ? leaf.request.statement : undefined;
}
