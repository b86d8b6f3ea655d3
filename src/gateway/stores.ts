import { loadOrCreateMasterKeys } from "../ledger/sealed/master-key-file.ts";
import { closedLogAt } from "../base/store-location.ts";
import type { ClosedLog } from "../ledger/closed-log.ts";
import { LedgerFault } from "../ledger/fault.ts";
import { contradiction, readRememberedNotes } from "../ledger/remembered.ts";
import { logNameIn } from "../ledger/log-list.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { storesAt as storesOfEngines } from "../store/open.ts";
import type { FileMigration } from "../store/stores.ts";
import type { Meter } from "../telemetry/meter.ts";
import type { GatewayOptions } from "./options.ts";

/** What a gateway keeps durably. */
export interface GatewayStores {
  readonly ledger: Ledger;
  /** The logs from which this one goes on, the newest first. */
  readonly closedLogs: readonly ClosedLog[];
  readonly registry: RegistryStore;
  /** Whether the process before this one died without closing the log. */
  readonly leftOpen: boolean;
}

/** Opens ledger and registry where the configuration says that they are, and meters the ledger's commits. */
export async function openStores(options: GatewayOptions, meter: Meter, opened: AsyncDisposableStack): Promise<GatewayStores> {
  const { config, instance, clock, log, storesAt = storesOfEngines } = options;
  const at = storesAt(config.ledger);
  const leftOpen = at.wasLedgerLeftOpen();
  const { logKey } = instance;
  const evidenceKeys = loadOrCreateMasterKeys(config.evidenceKey, () => log.evidenceKeyMade({ file: config.evidenceKey }));
  const onMigrated = ({ copy, to }: FileMigration): void => log.dataMigrated({ file: copy, version: to });
  const ledger = await at.openLedger({
    logKey,
    origin: instance.origin,
    clock,
    evidenceKeys,
    thread: config.ledgerThread,
    maxQueued: config.maxLedgerQueue,
    maxBatch: config.maxBatchLeaves,
    onMigrated,
  });
  opened.defer(() => ledger.close());
  let failing = false;
  ledger.listen({
    committed(commit) {
      meter.ledgerCommit(commit);
      if (failing) log.ledgerWritesAgain({});
      failing = false;
    },
    failed(leaves, error) {
      failing = true;
      meter.ledgerFailure(leaves);
      log.ledgerFailed({ leaves, error });
    },
  });
  const fault = await contradiction(ledger, instance.vkeys, await readRememberedNotes(config.remembered), config.remembered);
  if (fault !== undefined) throw new LedgerFault(fault);
  const closedLogs: ClosedLog[] = [];
  for (const origin of instance.closedLogs) {
    const closed = await storesAt(closedLogAt(config.ledger, logNameIn(origin))).openClosedLog({ origin, logKey, evidenceKeys });
    opened.defer(() => closed.close());
    closedLogs.push(closed);
  }
  const registry = storesAt(config.registry).openRegistry({ onMigrated });
  opened.defer(() => registry.close());
  return { ledger, closedLogs, registry, leftOpen };
}
