import { ledgerRecovery, type LedgerRecovery } from "../exchange/upkeep/ledger-recovery.ts";
import type { RefusalAggregator } from "../exchange/upkeep/refusal-aggregator.ts";
import { startRemembering } from "../ledger/remembered.ts";
import { startRetentionJob } from "../ledger/sealed/retention.ts";
import { watchRegistry } from "../registry/watch.ts";
import type { Log } from "../telemetry/logs.ts";
import type { DataPlane } from "./data-plane.ts";
import { watchDelay } from "./delay-watch.ts";
import { watchFiles, type Job } from "./file-watch.ts";
import type { GatewayOptions } from "./options.ts";
import type { ServedRegistry } from "./served-registry.ts";
import type { GatewayStores } from "./stores.ts";

export interface Jobs {
  /** Does now what is done every five seconds. */
  runMaintenance(): Promise<void>;
  /** Whether the last commit of the ledger failed. */
  isLedgerRefusing(): boolean;
}

export interface JobParts {
  readonly options: GatewayOptions;
  readonly stores: GatewayStores;
  readonly registry: ServedRegistry;
  readonly data: DataPlane;
  /** Makes a new token when the last one has ended. */
  readonly adminToken: () => unknown;
}

/** Starts all jobs; they are closed in the reverse order. */
export function startJobs(
  { options, stores: { ledger, closedLogs, logKeys, files }, registry, data, adminToken }: JobParts,
  opened: AsyncDisposableStack,
): Jobs {
  const { config, clock, log } = options;
  const { gateway } = data;
  const recovery = ledgerRecovery(ledger, clock, (exchange) => gateway.inFlight.has(exchange));
  ledger.listen(recovery);
  const maintenance = startMaintenance({ refusals: gateway.refusals, recovery, adminToken, log, rotate: logKeys.rotate });
  let stopped = false;
  const jobs: readonly Job[] = [
    watchRegistry({
      publish: registry.publish,
      verify: registry.follower.verify,
      clock,
      intervalMs: config.registryPollMs,
      onFault: (error) => log.registryFailed({ version: registry.current().version, error }),
    }),
    startRetentionJob({
      ledger,
      closedLogs,
      clock,
      onDestroyed: ({ bucket }, origin) => log.evidenceDestroyed({ bucket, log: origin }),
      onFault: (error) => log.evidenceStays({ error }),
    }),
    startRemembering({
      log: ledger,
      vkeys: logKeys.vkeys,
      file: config.remembered,
      everyMs: config.rememberedEveryMs,
      onContradiction() {
        ledger.stop();
        stopped = true;
        log.logElsewhere({ log: ledger.origin, file: config.remembered });
      },
      onFault: (error) => log.notRemembered({ file: config.remembered, error }),
    }),
    watchFiles([files.ledger, files.registry], config.registryPollMs, (file) => {
      if (file === files.ledger) {
        ledger.stop();
        stopped = true;
      }
      log.fileGone({ file });
    }),
    watchDelay(data.load.measure),
    maintenance,
  ];
  for (const job of jobs) opened.defer(() => job.close());
  return { runMaintenance: maintenance.run, isLedgerRefusing: () => stopped || recovery.refusing() };
}

const maintenanceMs = 5_000;

interface MaintenanceParts extends Pick<JobParts, "adminToken"> {
  readonly refusals: RefusalAggregator;
  readonly recovery: LedgerRecovery;
  readonly log: Log;
  readonly rotate: () => Promise<void>;
}

interface MaintenanceJob extends Job {
  run(): Promise<void>;
}

/**
 * Every five seconds, appends the refusals of minutes that are over, recovers what a failing ledger left behind (at the end, all of
 * it), takes over a log key that waits, and sees that the administrator has a token.
 */
function startMaintenance({ refusals, recovery, adminToken, log, rotate }: MaintenanceParts): MaintenanceJob {
  const recover = async (): Promise<void> => {
    const leaves = await recovery.recover();
    if (leaves > 0) log.recovered({ leaves });
  };
  const run = async (): Promise<void> => {
    await refusals.flush();
    await recover();
    await rotate();
    try {
      adminToken();
    } catch (error) {
      log.failed({ exchange: "", error });
    }
  };
  const timer = setInterval(() => void run(), maintenanceMs);
  timer.unref();
  return {
    run,
    async close() {
      clearInterval(timer);
      await refusals.flush(true);
      await recover();
    },
  };
}
