import { createControlApp } from "../http/control/control-app.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { createCommandHandler, type CommandHandler } from "../policy/acts/command-handler.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { loadOrCreateAdminToken } from "./identity.ts";
import { dueReadings } from "./due-readings.ts";
import type { Jobs } from "./jobs.ts";
import type { GatewayOptions } from "./options.ts";
import type { ServedRegistry } from "./served-registry.ts";
import type { GatewayStores } from "./stores.ts";

/** What officers and operators reach: the control API, metrics, health. */
export interface ControlPlane {
  readonly controlApp: ReturnType<typeof createControlApp>;
}

export interface ControlPlaneParts {
  readonly options: GatewayOptions;
  readonly metrics: Metrics;
  readonly stores: GatewayStores;
  readonly registry: ServedRegistry;
  readonly jobs: Jobs;
  /** Aborted when the gateway begins to drain. */
  readonly stopping: AbortSignal;
}

export function controlPlane({ options, metrics, stores, registry, jobs, stopping }: ControlPlaneParts): ControlPlane {
  const { config, instance, clock, log } = options;
  const { follower, policies, history } = registry;
  const operationsOf = (service: string) => registry.current().services.get(service)?.operations();
  const handler = createCommandHandler({ store: stores.registry, registry: follower, policies, clock, operationsOf });
  const commands: CommandHandler = { ...handler, execute: (command) => registry.commit(() => handler.execute(command)) };
  const adminToken = loadOrCreateAdminToken(config, instance, clock);
  metrics.watch({ due: dueReadings(registry, adminToken.until, clock) });
  const controlApp = createControlApp({
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.render() }),
    ready: () => !stopping.aborted && !jobs.isLedgerRefusing(),
    api: {
      publicOrigin: config.publicOrigin,
      commands,
      newest: follower.newest,
      document: (digest) => stores.registry.document(digest),
      sources: {
        operationsOf,
        history,
        async leafOf(id) {
          const stored = await stores.ledger.findExchange(id);
          return stored && readLeaf(stored.leaf);
        },
      },
      adminToken,
      clock,
      log,
      stopping: () => stopping.aborted,
    },
  });
  return { controlApp };
}
