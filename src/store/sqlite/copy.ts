import { chmodSync, closeSync, fsyncSync, openSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { LedgerFault } from "../../ledger/fault.ts";
import { RegistryUnusable } from "../../registry/registry-unusable.ts";
import type { CopyOptions } from "../stores.ts";
import { busyTimeoutMs } from "./database.ts";
import { ledgerFile, registryFile } from "./files.ts";
import { messages } from "./messages.ts";
import { diskFault } from "./translate-errors.ts";

/** Pages of one step; between two steps the process does its other work. */
const pagesAtOnce = 256;

type UnusableFile = typeof LedgerFault | typeof RegistryUnusable;

/** A file with an open read transaction: what it reads does not change, whatever others write. */
interface Held {
  readonly db: DatabaseSync;
  readonly pageBytes: number;
  readonly bytes: number;
}

/** A log by its directory, and the directory that exists where its copy goes. */
export interface LogCopy {
  readonly from: string;
  readonly to: string;
}

/**
 * Copies a registry and a log, both as they are at one moment, into a directory that exists, while any number of processes use them; then
 * `closed`, to which nothing is appended. Rejects with `RegistryUnusable` or `LedgerFault` when a disk or a file cannot be used.
 */
export async function copySqliteStores(
  from: { readonly registry: string; readonly ledger: string },
  to: string,
  closed: readonly LogCopy[],
  { progress }: CopyOptions = {},
): Promise<void> {
  const [registry, ledger] = [registryFile(from.registry), ledgerFile(from.ledger)];
  const held = holdBoth(registry, ledger);
  const others = closed.map((log) => ({ held: hold(new DatabaseSync(ledgerFile(log.from), { timeout: busyTimeoutMs })), to: log.to }));
  const total = [held.registry, held.ledger, ...others.map((other) => other.held)].reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  const copy = async ({ db, bytes, pageBytes }: Held, file: string, Unusable: UnusableFile): Promise<void> => {
    try {
      await backup(db, file, {
        rate: pagesAtOnce,
        progress: ({ totalPages, remainingPages }) => progress?.(before + (totalPages - remainingPages) * pageBytes, total),
      });
      makeSelfContained(file);
    } catch (cause) {
      const detail = diskFault(cause);
      throw detail === undefined ? cause : new Unusable(messages.copyFailed(file, detail), cause);
    }
    before += bytes;
    progress?.(before, total);
  };
  try {
    await copy(held.ledger, ledgerFile(to), LedgerFault);
    await copy(held.registry, registryFile(to), RegistryUnusable);
    for (const other of others) await copy(other.held, ledgerFile(other.to), LedgerFault);
  } finally {
    for (const other of others) other.held.db.close();
    held.ledger.db.close();
    held.registry.db.close();
  }
}

/**
 * Begins to read both files at one moment. Nobody writes to the registry between the two: its write lock is held for these few
 * microseconds. So each change that the registry says is in the log has its leaf, and each leaf's basis is a version of the registry.
 */
function holdBoth(registryFile: string, ledgerFile: string): { readonly registry: Held; readonly ledger: Held } {
  const [lock, registryDb] = [new DatabaseSync(registryFile, { timeout: busyTimeoutMs }), new DatabaseSync(registryFile)];
  const ledgerDb = new DatabaseSync(ledgerFile, { timeout: busyTimeoutMs });
  lock.exec("BEGIN IMMEDIATE");
  try {
    return { registry: hold(registryDb), ledger: hold(ledgerDb) };
  } finally {
    lock.exec("ROLLBACK");
    lock.close();
  }
}

/** A write-ahead log lets others write meanwhile; it grows until the reader is done. */
function hold(db: DatabaseSync): Held {
  db.exec("BEGIN");
  const one = (pragma: string): number => Number(Object.values(db.prepare(`PRAGMA ${pragma}`).get()!)[0]);
  db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get();
  const pageBytes = one("page_size");
  return { db, pageBytes, bytes: one("page_count") * pageBytes };
}

/** One file, without a `-wal` beside it, whole on the disk, for its owner alone. */
function makeSelfContained(file: string): void {
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = DELETE");
  db.close();
  const written = openSync(file, "r");
  fsyncSync(written);
  closeSync(written);
}
