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

/**
 * So much goes to the disk at once. A commit of the gateway waits until the disk is free: behind a copy of a gigabyte that was handed over
 * whole it waited 130 to 200 ms, behind 32 MiB 17.
 */
const bytesAtOnce = 1 << 25;

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
    let synced = 0;
    let out: number | undefined;
    try {
      // Open until all is done: a process that closes a file loses the locks that SQLite has on it.
      const written = (out = openSync(file, "ax", 0o600));
      await backup(db, file, {
        rate: pagesAtOnce,
        progress({ totalPages, remainingPages }) {
          const copied = (totalPages - remainingPages) * pageBytes;
          if (copied - synced >= bytesAtOnce) {
            synced = copied;
            fsyncSync(written);
          }
          progress?.(before + copied, total);
        },
      });
      letGo(db);
      makeSelfContained(file);
      fsyncSync(written);
    } catch (cause) {
      const detail = diskFault(cause);
      throw detail === undefined ? cause : new Unusable(messages.copyFailed(file, detail), cause);
    } finally {
      if (out !== undefined) closeSync(out);
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

/** As many pages of a write-ahead log as a writer leaves there on purpose (`wal_autocheckpoint`). */
const fewPages = 1_000;
/** What is written while pages are brought into the file is less each time. */
const mostRounds = 5;

/**
 * Ends the reading, and brings what others wrote meanwhile into the file at once. The writer's next commit would do it otherwise, on the
 * thread on which exchanges run, and all of them would wait for what a long copy let pile up. Whoever writes meanwhile does not wait.
 */
function letGo(db: DatabaseSync): void {
  db.exec("ROLLBACK");
  const bringIn = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  for (let round = 0; round < mostRounds; round++) {
    const { busy, log, checkpointed } = bringIn.get() as Readonly<Record<"busy" | "log" | "checkpointed", number>>;
    if (busy !== 0 || log - checkpointed <= fewPages) return;
  }
}

/** One file, without a `-wal` beside it, for its owner alone. */
function makeSelfContained(file: string): void {
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = DELETE");
  db.close();
}
