import { existsSync, statSync } from "node:fs";
import { openLedger } from "../../ledger/append.ts";
import { openCommitter } from "../../ledger/committer.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { ReadableLedgerStore } from "../../ledger/store.ts";
import type { OpenLedgerOptions, Stores } from "../stores.ts";
import { ledgerFile, registryFile } from "./files.ts";
import { isLeaseTaken } from "./lease.ts";
import { startCommitterThread } from "./ledger-thread.ts";
import { openSqliteLedgerStore, readSqliteLedgerStore } from "./ledger.ts";
import { readSqliteLog } from "./read-log.ts";
import { openSqliteRegistry } from "./registry.ts";

/** The stores in a directory that exists. */
export function sqliteStores(directory: string): Stores {
  return {
    openLedger: (options) => openSqliteLedger({ directory, ...options }),
    readLog: (masterKeys) => readSqliteLog(directory, masterKeys),
    openRegistry: (options) => openSqliteRegistry(directory, options),
    hasLedger: () => hasContent(ledgerFile(directory)),
    hasRegistry: () => hasContent(registryFile(directory)),
    isLedgerHeld: () => isLeaseTaken(directory),
    // SQLite writes its log into the file and removes it when the last connection closes.
    wasLedgerLeftOpen: () => hasContent(`${ledgerFile(directory)}-wal`),
    inspectLedger: () => inspectLedger(directory),
  };
}

export interface SqliteLedgerOptions extends OpenLedgerOptions {
  /** Of the ledger's file and its lease. */
  readonly directory: string;
}

/** `Stores.openLedger` in a directory. */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<Ledger> {
  const { directory, logKey, origin, clock, evidenceKeys, thread = "main", ...limits } = options;
  const log = { logKey, origin, now: clock(), evidenceKeys };
  if (thread === "worker") return openLedger({ origin, committer: await startCommitterThread({ directory, ...log }), ...limits });
  const store = openSqliteLedgerStore(directory);
  try {
    return openLedger({ origin, committer: await openCommitter({ store, ...log }), ...limits });
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
      return openSqliteLedgerStore(directory);
    } catch {
      // A gateway was quicker, or the file cannot be read at all, which the reader reports.
    }
  }
  return readSqliteLedgerStore(directory);
}
