import { DatabaseSync } from "node:sqlite";
import { LedgerFault } from "../../ledger/fault.ts";
import { busyTimeoutMs, transact } from "./database.ts";
import { ledgerFile } from "./files.ts";
import { messages } from "./messages.ts";
import { ledgerSchema, ledgerVersion } from "./schema.ts";

/** Opens the file for its one writer, making it if there is none. Throws `LedgerFault` for a file of another kind. */
export function openLedgerFile(directory: string): DatabaseSync {
  const db = new DatabaseSync(ledgerFile(directory), { timeout: busyTimeoutMs });
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
  if (versionOf(db) === 0) transact(db, "IMMEDIATE", () => db.exec(ledgerSchema));
  return expectVersion(db, directory);
}

/** Opens the file to read, whether its writer runs or not. Throws `LedgerFault` if there is none that can be read. */
export function readLedgerFile(directory: string): DatabaseSync {
  try {
    return expectVersion(new DatabaseSync(ledgerFile(directory), { readOnly: true, timeout: busyTimeoutMs }), directory);
  } catch (cause) {
    if (cause instanceof LedgerFault) throw cause;
    throw new LedgerFault(messages.noReadableLog(directory), cause);
  }
}

const versionOf = (db: DatabaseSync): unknown => db.prepare("PRAGMA user_version").get()?.["user_version"];

function expectVersion(db: DatabaseSync, directory: string): DatabaseSync {
  if (versionOf(db) === ledgerVersion) return db;
  db.close();
  throw new LedgerFault(messages.ledgerOfOtherVersion(directory));
}
