import { chmodSync, copyFileSync, existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openLedger } from "../../ledger/append.ts";
import { openClosedLog, type ClosedLog, type ClosedLogOptions } from "../../ledger/closed-log.ts";
import { openCommitter } from "../../ledger/committer.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { ReadableLedgerStore } from "../../ledger/store.ts";
import type { OpenLedgerOptions, Stores } from "../stores.ts";
import { ledgerFile, registryFile } from "./files.ts";
import { isLeaseTaken } from "./lease.ts";
import { startCommitterThread } from "./ledger-thread.ts";
import { openSqliteLedgerStore, readSqliteLedgerStore } from "./ledger.ts";
import { messages } from "./messages.ts";
import { readSqliteLog } from "./read-log.ts";
import { openSqliteRegistry } from "./registry.ts";

/** The stores in a directory that exists. */
export function sqliteStores(directory: string): Stores {
  return {
    openLedger: (options) => openSqliteLedger({ directory, ...options }),
    openClosedLog: (options) => openClosed(directory, options),
    readLog: (masterKeys) => readSqliteLog(directory, masterKeys),
    openRegistry: (options) => openSqliteRegistry(directory, options),
    ledgerFile: ledgerFile(directory),
    registryFile: registryFile(directory),
    hasLedger: () => hasContent(ledgerFile(directory)),
    hasRegistry: () => hasContent(registryFile(directory)),
    isLedgerHeld: () => isLeaseTaken(directory),
    // SQLite writes its log into the file and removes it when the last connection closes.
    wasLedgerLeftOpen: () => hasContent(`${ledgerFile(directory)}-wal`),
    copyLedgerTo: (to) => copyDatabase(ledgerFile(directory), ledgerFile(to.directory)),
    copyRegistryTo: (to) => copyDatabase(registryFile(directory), registryFile(to.directory)),
    findDamage: () => [registryFile, ledgerFile].flatMap((fileIn) => findDamageIn(fileIn(directory))),
    inspectLedger: () => inspectLedger(directory),
  };
}

export interface SqliteLedgerOptions extends OpenLedgerOptions {
  /** Of the ledger's file and its lease. */
  readonly directory: string;
}

/** `Stores.openLedger` in a directory. */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<Ledger> {
  const { directory, logKey, nextLogKey, origin, clock, evidenceKeys, thread = "main", onMigrated, ...limits } = options;
  const log = { logKey, nextLogKey, origin, now: clock(), evidenceKeys };
  // A function does not go to another thread: an older file is brought forward before.
  if (thread === "worker") await openSqliteLedgerStore(directory, { onMigrated }).close();
  if (thread === "worker") return openLedger({ origin, committer: await startCommitterThread({ directory, ...log }), ...limits });
  const store = openSqliteLedgerStore(directory, { onMigrated });
  try {
    return openLedger({ origin, committer: await openCommitter({ store, ...log }), ...limits });
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** With the write-ahead log that a killed process leaves; its `-shm` is made anew. */
function copyDatabase(from: string, to: string): void {
  for (const part of ["", "-wal"]) if (part === "" || existsSync(from + part)) copyFileSync(from + part, to + part);
  chmodSync(to, 0o600);
}

async function openClosed(directory: string, options: Omit<ClosedLogOptions, "store">): Promise<ClosedLog> {
  // Opening a file that is not there would begin one.
  if (!hasContent(ledgerFile(directory))) throw new LedgerFault(messages.noReadableLog(directory));
  const store = openSqliteLedgerStore(directory);
  try {
    return await openClosedLog({ store, ...options });
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** Opening an empty file would begin a store in it. */
const hasContent = (file: string): boolean => existsSync(file) && statSync(file).size > 0;

/**
 * A reader of a log that no process holds would leave `-wal` and `-shm` behind, owned by its own user; a writer removes
 * them when it closes.
 */
function inspectLedger(directory: string): ReadableLedgerStore {
  if (!isLeaseTaken(directory) && !existsSync(`${ledgerFile(directory)}-wal`)) {
    try {
      return openSqliteLedgerStore(directory, { asItIs: true });
    } catch {
      // A gateway was quicker, or the file cannot be read at all, which the reader reports.
    }
  }
  return readSqliteLedgerStore(directory);
}

/** SQLite lists up to a hundred problems, and throws where it cannot even read. */
function findDamageIn(file: string): readonly string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const found = db
      .prepare("PRAGMA integrity_check")
      .all()
      .map((row) => String(row["integrity_check"]));
    return found.filter((problem) => problem !== "ok").map((problem) => `${basename(file)}: ${problem}`);
  } catch (fault) {
    return [`${basename(file)}: ${(fault as Error).message}`];
  } finally {
    db.close();
  }
}
