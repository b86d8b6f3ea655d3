import { storesAt } from "../../src/store/open.ts";
import type { SqliteLedgerOptions } from "../../src/store/sqlite/open.ts";
import { openLedger } from "../../src/ledger/append.ts";
import { openCommitter } from "../../src/ledger/committer.ts";
import { loadMasterKeys } from "../../src/ledger/sealed/master-key.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import type { ReadableLog } from "../../src/ledger/readable-log.ts";
import type { LedgerStore } from "../../src/ledger/store.ts";
import { openSqliteLedgerStore } from "../../src/store/sqlite/ledger.ts";
import type { Environment } from "../support/gateway-fixture.ts";

/** The ledger of `openSqliteLedger`, in this thread, over a store that a campaign puts itself in front of. */
export async function openLedgerOver(
  { directory, logKey, origin, clock, evidenceKeys, thread: _, ...rest }: SqliteLedgerOptions,
  wrap: (store: LedgerStore) => LedgerStore,
): Promise<Ledger> {
  const store = openSqliteLedgerStore(directory);
  try {
    return openLedger({
      origin,
      committer: await openCommitter({ store: wrap(store), logKey, origin, now: clock(), evidenceKeys }),
      ...rest,
    });
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** An instance's ledger as it stands in its files, with its evidence. */
export const readLedger = ({ config }: Pick<Environment, "config">): ReadableLog =>
  storesAt(config.ledger).readLog(loadMasterKeys(config.evidenceKey));
