import { DatabaseSync } from "node:sqlite";
import { LedgerFault } from "../../ledger/fault.ts";
import type { Text } from "../../base/text.ts";
import { busyTimeoutMs } from "./database.ts";
import { ledgerFile } from "./files.ts";
import { bringForward, expectKnown, keepPrivate, type WriterOptions } from "./format.ts";
import { messages } from "./messages.ts";
import { ledgerFormat } from "./schema.ts";

/**
 * Opens the file for its one writer, making it if there is none and bringing an older one forward. Throws `LedgerFault` for a file of
 * another kind.
 */
export function openLedgerFile(directory: string, options: WriterOptions = {}): DatabaseSync {
  const file = ledgerFile(directory);
  keepPrivate(file);
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
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
  try {
    bringForward(db, file, ledgerFormat, { ...options, fault: unknownFormat });
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/** Opens the file to read, whether its writer runs or not. Throws `LedgerFault` if there is none that can be read. */
export function readLedgerFile(directory: string): DatabaseSync {
  const file = ledgerFile(directory);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
    expectKnown(db, file, ledgerFormat, unknownFormat);
    return db;
  } catch (cause) {
    db?.close();
    if (cause instanceof LedgerFault) throw cause;
    throw new LedgerFault(messages.noReadableLog(directory), cause);
  }
}

const unknownFormat = (detail: Text): LedgerFault => new LedgerFault(detail);
