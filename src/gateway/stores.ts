import { loadOrCreateMasterKeys } from "../ledger/sealed/master-key-file.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { storesAt as storesOfEngines } from "../store/open.ts";
import type { Meter } from "../telemetry/meter.ts";
import type { GatewayOptions } from "./options.ts";

/** What a gateway keeps durably. */
export interface GatewayStores {
  readonly ledger: Ledger;
  readonly registry: RegistryStore;
  /** Whether the process before this one died without closing the log. */
  readonly leftOpen: boolean;
}

/** Opens ledger and registry where the configuration says that they are, and meters the ledger's commits. */
export async function openStores(options: GatewayOptions, meter: Meter, opened: AsyncDisposableStack): Promise<GatewayStores> {
  const { config, instance, clock, log, storesAt = storesOfEngines } = options;
  const at = storesAt(config.ledger);
  const leftOpen = at.wasLedgerLeftOpen();
  const ledger = await at.openLedger({
    logKey: instance.logKey,
    origin: instance.origin,
    clock,
    evidenceKeys: loadOrCreateMasterKeys(config.evidenceKey, () => log.evidenceKeyMade({ file: config.evidenceKey })),
    thread: config.ledgerThread,
    maxQueued: config.maxLedgerQueue,
    maxBatch: config.maxBatchLeaves,
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
  const registry = storesAt(config.registry).openRegistry();
  opened.defer(() => registry.close());
  return { ledger, registry, leftOpen };
}
