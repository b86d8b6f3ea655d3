import { closedLogAt } from "../../base/store-location.ts";
import type { Config } from "../../config/config.ts";
import { closedLogsIn } from "../../gateway/identity.ts";
import { logNameIn } from "../../ledger/log-list.ts";
import type { StoredBucket } from "../../ledger/store.ts";
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
  { ledger }: Pick<Config, "ledger">,
  look: (store: ReadableLedgerStore, isHeld: boolean) => Promise<T>,
): Promise<T | undefined> {
  const stores = storesAt(ledger);
  if (!stores.hasLedger()) return undefined;
  const held = stores.isLedgerHeld();
  return closing(stores.inspectLedger(), (store) => look(store, held));
}

/** The buckets of sealed records beside all logs of the instance, the closed ones too. */
export async function bucketsOfAllLogs(config: Config): Promise<readonly StoredBucket[]> {
  const closed = closedLogsIn(config.data).map((origin) => closedLogAt(config.ledger, logNameIn(origin)));
  const buckets: StoredBucket[] = [];
  for (const ledger of [config.ledger, ...closed]) buckets.push(...((await withLedger({ ledger }, (store) => store.buckets())) ?? []));
  return buckets;
}

async function closing<Store extends { close(): Promise<void> }, T>(store: Store, look: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}
