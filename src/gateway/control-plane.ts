import { ratesOf } from "../base/rate.ts";
import type { Catalogue } from "../http/catalogue/catalogue.ts";
import { existsSync, readFileSync } from "node:fs";
import type { AdminToken } from "../http/control/bearer.ts";
import { createControlApp } from "../http/control/control-app.ts";
import { findInLogs } from "../ledger/closed-log.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { createCommandHandler, type CommandHandler } from "../policy/acts/command-handler.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { RecentFaults } from "../telemetry/recent-faults.ts";
import type { DataPlane } from "./data-plane.ts";
import { diskReadings } from "./disk-readings.ts";
import { dueReadings } from "./due-readings.ts";
import type { Jobs } from "./jobs.ts";
import type { GatewayOptions } from "./options.ts";
import type { ServedRegistry } from "./served-registry.ts";
import type { GatewayStores } from "./stores.ts";
import { waitingReadings } from "./waiting-readings.ts";

/** What officers and operators reach: the control API, metrics, health. */
export interface ControlPlane {
  readonly controlApp: ReturnType<typeof createControlApp>;
}

export interface ControlPlaneParts {
  readonly options: GatewayOptions;
  readonly metrics: Metrics;
  readonly recentFaults: RecentFaults;
  readonly stores: GatewayStores;
  readonly registry: ServedRegistry;
  readonly catalogue: Catalogue;
  readonly jobs: Jobs;
  readonly adminToken: () => AdminToken;
  readonly data: Pick<DataPlane, "isFull" | "gateway" | "upstreams">;
  /** Aborted when the gateway begins to drain. */
  readonly stopping: AbortSignal;
}

export function controlPlane({
  options,
  metrics,
  recentFaults,
  stores,
  registry,
  catalogue,
  jobs,
  data,
  adminToken,
  stopping,
}: ControlPlaneParts): ControlPlane {
  const { config, clock, log } = options;
  const { follower, policies, history } = registry;
  const operationsOf = (service: string) => registry.current().services.get(service)?.operations();
  const handler = createCommandHandler({
    store: stores.registry,
    registry: follower,
    policies,
    clock,
    operationsOf,
    upstreamNetworks: config.upstreamNetworks,
  });
  const commands: CommandHandler = {
    ...handler,
    async execute(command) {
      const done = await registry.commit(() => handler.execute(command));
      const { id, content } = done.decision;
      if (done.replayed !== true) log.acted({ officer: content.by, act: content.action, subject: content.subject, decision: id });
      return done;
    },
  };
  metrics.watch({ due: dueReadings(registry, clock), waiting: waitingReadings(registry, clock), disks: diskReadings(config), clock });
  const controlApp = createControlApp({
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.render() }),
    pace: config,
    names: [config.controlHost, ...config.controlNames],
    metricsToken: () => (existsSync(config.metricsToken) ? readFileSync(config.metricsToken, "utf8").trim() : undefined),
    obstacles: () => [
      ...(stopping.aborted ? (["stopping"] as const) : []),
      ...(jobs.isLedgerRefusing() ? (["ledger"] as const) : []),
      ...(data.gateway.load.overload === undefined ? [] : (["overloaded"] as const)),
      ...(data.isFull() ? (["connections"] as const) : []),
    ],
    api: {
      publicOrigin: config.publicOrigin,
      commands,
      officers: ratesOf({ perSecond: config.maxOfficerRequestsPerSecond, burst: 10 * config.maxOfficerRequestsPerSecond }),
      newest: follower.newest,
      catalogue,
      document: (digest) => stores.registry.document(digest),
      sources: {
        operationsOf,
        history,
        usageOn: (day) => stores.ledger.usage(day),
        async leafOf(id) {
          const found = await findInLogs([stores.ledger, ...stores.closedLogs], (log) => log.findExchange(id));
          return found && readLeaf(found.stored.leaf);
        },
      },
      recentFaults,
      upstreams: data.upstreams,
      logs: [stores.ledger, ...stores.closedLogs],
      adminToken,
      clock,
      log,
      stopping: () => stopping.aborted,
    },
  });
  return { controlApp };
}
