import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import { openSqliteLedgerStore, readSqliteLedgerStore, type ReadableLedgerStore } from "../../store/sqlite/ledger.ts";
import { takeLease } from "../../store/sqlite/ledger-lease.ts";
import { openRegistryStore, registryFile } from "../../store/sqlite/registry.ts";

export type DiagnosedLedger = ReadableLedgerStore;

/** Whether a process holds the lease of the log. */
export function isHeld({ ledger: { directory } }: Config): boolean {
  if (!existsSync(join(directory, "ledger.lease"))) return false;
  try {
    takeLease(directory).release();
    return false;
  } catch {
    return true;
  }
}

/** A store that is opened is created if it is absent or empty; a check must create nothing. */
const isThere = (file: string): boolean => existsSync(file) && statSync(file).size > 0;

export async function withRegistry<T>({ registry }: Config, look: (store: RegistryStore) => Promise<T>): Promise<T | undefined> {
  const file = registryFile(registry.directory);
  return isThere(file) ? closing(openRegistryStore(file), look) : undefined;
}

/** `look` also receives whether a process holds the log. */
export async function withLedger<T>(config: Config, look: (store: DiagnosedLedger, isHeld: boolean) => Promise<T>): Promise<T | undefined> {
  const { directory } = config.ledger;
  if (!isThere(join(directory, "ledger.sqlite"))) return undefined;
  const held = isHeld(config);
  return closing(openToRead(directory, held), (store) => look(store, held));
}

/**
 * A reader of a log that no process holds would leave -wal and -shm files behind, owned by the user who runs `doctor`; a writer
 * removes them when it closes.
 */
function openToRead(directory: string, held: boolean): DiagnosedLedger {
  if (!held && !existsSync(join(directory, "ledger.sqlite-wal"))) {
    try {
      return openSqliteLedgerStore(directory);
    } catch {
      // A gateway took the lease in between, or the file cannot be read at all, which the reader below reports.
    }
  }
  return readSqliteLedgerStore(directory);
}

async function closing<Store extends { close(): Promise<void> }, T>(store: Store, look: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}
