import type { KeyObject } from "node:crypto";
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
import { keepLogKeys, nextLogKey, type LogKeys } from "./log-key.ts";
import type { GatewayOptions } from "./options.ts";

/** What a gateway keeps durably. */
export interface GatewayStores {
  readonly ledger: Ledger;
  readonly logKeys: LogKeys;
  /** The logs from which this one goes on, the newest first. */
  readonly closedLogs: readonly ClosedLog[];
  readonly registry: RegistryStore;
  /** Where ledger and registry are. */
  readonly files: { readonly ledger: string; readonly registry: string };
  /** Whether the process before this one died without closing the log. */
  readonly leftOpen: boolean;
}

/** Opens ledger and registry where the configuration says that they are, and meters the ledger's commits. */
export async function openStores(options: GatewayOptions, meter: Meter, opened: AsyncDisposableStack): Promise<GatewayStores> {
  const { config, instance, clock, log, storesAt = storesOfEngines } = options;
  const at = storesAt(config.ledger);
  const leftOpen = at.wasLedgerLeftOpen();
  const evidenceKeys = loadOrCreateMasterKeys(config.evidenceKey, () => log.evidenceKeyMade({ file: config.evidenceKey }));
  const onMigrated = ({ copy, to }: FileMigration): void => log.dataMigrated({ file: copy, version: to });
  const ledger = await at.openLedger({
    logKey: instance.logKey,
    nextLogKey: keyThatWaits(config.data, (error) => log.logKeyStays({ error })),
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
  const logKeys = keepLogKeys({
    ...{ config, instance, ledger, clock },
    onRotated: (vkey) => log.logKeyRotated({ log: ledger.origin, vkey }),
    onFault: (error) => log.logKeyStays({ error }),
  });
  const fault = await contradiction(ledger, logKeys.vkeys(), await readRememberedNotes(config.remembered), config.remembered);
  if (fault !== undefined) throw new LedgerFault(fault);
  await logKeys.rotate();
  const logKey = logKeys.sealing(ledger.origin, ledger.checkpoint());
  const closedLogs: ClosedLog[] = [];
  for (const origin of instance.closedLogs) {
    const closed = await storesAt(closedLogAt(config.ledger, logNameIn(origin))).openClosedLog({ origin, logKey, evidenceKeys });
    opened.defer(() => closed.close());
    closedLogs.push(closed);
  }
  const registryAt = storesAt(config.registry);
  const registry = registryAt.openRegistry({ onMigrated });
  opened.defer(() => registry.close());
  return { ledger, logKeys, closedLogs, registry, files: { ledger: at.ledgerFile, registry: registryAt.registryFile }, leftOpen };
}

/** A key that waits and cannot be read does not keep a gateway from starting under the one that it has. */
function keyThatWaits(data: string, onFault: (fault: unknown) => void): KeyObject | undefined {
  try {
    return nextLogKey(data)?.key;
  } catch (fault) {
    onFault(fault);
    return undefined;
  }
}
