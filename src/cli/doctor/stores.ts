import type { Config } from "../../config/config.ts";
import type { ReadableLedgerStore } from "../../ledger/store.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import { storesAt } from "../../store/open.ts";

/** Whether a process holds the log. */
export const isHeld = ({ ledger }: Config): boolean => storesAt(ledger).isLedgerHeld();

/** Gives `undefined` where there is no registry: opening would begin one. */
export async function withRegistry<T>({ registry }: Config, look: (store: RegistryStore) => Promise<T>): Promise<T | undefined> {
  const stores = storesAt(registry);
  return stores.hasRegistry() ? closing(stores.openRegistry({ asItIs: true }), look) : undefined;
}

/** `look` also gets whether a process holds the log. Gives `undefined` where there is no log. */
export async function withLedger<T>(
  { ledger }: Config,
  look: (store: ReadableLedgerStore, isHeld: boolean) => Promise<T>,
): Promise<T | undefined> {
  const stores = storesAt(ledger);
  if (!stores.hasLedger()) return undefined;
  const held = stores.isLedgerHeld();
  return closing(stores.inspectLedger(), (store) => look(store, held));
}

async function closing<Store extends { close(): Promise<void> }, T>(store: Store, look: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}
