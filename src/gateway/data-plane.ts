import { readFile } from "node:fs/promises";
import type { SubsystemId } from "../base/names.ts";
import { networksOf } from "../base/networks.ts";
import { ratesOf, type Rates } from "../base/rate.ts";
import { assembleFrom } from "../evidence/assemble.ts";
import type { Gateway } from "../exchange/ports.ts";
import type { SubsystemLimit } from "../exchange/rate-limited.ts";
import { aggregateRefusals } from "../exchange/upkeep/refusal-aggregator.ts";
import type { Catalogue } from "../http/catalogue/catalogue.ts";
import { knownCallers } from "../exchange/known-callers.ts";
import { measureLoad, type Load, type Overload } from "../exchange/load.ts";
import { drain } from "../http/public/drain.ts";
import type { ConnectionLimit } from "../http/public/bound-connections.ts";
import { createPublicApp, type PublicApp } from "../http/public/public-app.ts";
import { createForwarder, type Forwarder } from "../http/upstream/forward.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { onceAMinute } from "../telemetry/once-a-minute.ts";
import type { RecentFaults } from "../telemetry/recent-faults.ts";
import type { GatewayMemory } from "./continuity.ts";
import { logListFile } from "./identity.ts";
import { handoversIn } from "./log-key.ts";
import type { GatewayOptions } from "./options.ts";
import { quotaReadings } from "./quota-readings.ts";
import type { ServedRegistry } from "./served-registry.ts";
import type { GatewayStores } from "./stores.ts";

/** What consumers reach: exchanges, their receipts and bundles, the log. */
export interface DataPlane {
  readonly gateway: Gateway;
  readonly publicApp: PublicApp["publicApp"];
  readonly load: Load;
  /** Whether another connection would be turned away. */
  isFull(): boolean;
  /** Requests that are being answered. */
  inFlight(): number;
  /** How the addresses of providers stand. */
  readonly upstreams: Forwarder["upstreams"];
  /** Takes no more connections and resolves when every request has its answer. */
  drain(): Promise<void>;
}

export interface DataPlaneParts {
  readonly options: GatewayOptions;
  readonly metrics: Metrics;
  readonly recentFaults: RecentFaults;
  readonly stores: GatewayStores;
  readonly registry: ServedRegistry;
  readonly catalogue: Catalogue;
  readonly memory: GatewayMemory;
}

const tenSecondsAtOnce = (perSecond: number): Rates<SubsystemId> => ratesOf({ perSecond, burst: 10 * perSecond });

export function dataPlane(
  { options, metrics, recentFaults, stores, registry, catalogue, memory }: DataPlaneParts,
  opened: AsyncDisposableStack,
): DataPlane {
  const { config, clock, log, wrap = (gateway) => gateway } = options;
  const { ledger, closedLogs } = stores;
  const { replays, readerReplays, quota, day } = memory;

  const forwarder = createForwarder({
    networks: networksOf(config.upstreamNetworks),
    maxWaiting: config.maxUpstreamWaiting,
    circuit: { failures: config.upstreamFailures, pauseMs: config.upstreamPauseMs, longestPauseMs: config.upstreamLongestPauseMs },
    clock,
    onState: (upstream, isOut) => (isOut ? log.upstreamOut : log.upstreamBack)({ upstream }),
  });
  opened.defer(() => forwarder.close());
  registry.onServe(({ services }, before) => {
    if (services !== before?.services) forwarder.prune(services.values());
  });

  const tellLimited = onceAMinute(clock, (refused, subsystem: SubsystemId, limit: SubsystemLimit) =>
    log.limited({ subsystem, limit, refused }),
  );
  const load = measureLoad(config);
  let strangerAt = "";
  const tellShed = onceAMinute(clock, (refused, limit: Overload, subsystem: SubsystemId) =>
    log.overloaded({
      limit,
      subsystem: subsystem === "" ? undefined : subsystem,
      source: subsystem === "" ? strangerAt : undefined,
      refused,
    }),
  );
  const { host } = new URL(config.publicOrigin);
  const gateway = wrap({
    publicOrigin: config.publicOrigin,
    authority: host,
    maxPathBytes: config.maxPathBytes,
    maxAnswerFieldBytes: config.maxAnswerFieldBytes,
    via: `1.1 ${host}`,
    allowedNetworks: networksOf(config.intra),
    snapshot: registry.current,
    ledger,
    closedLogs,
    inFlight: new Set(),
    replays,
    readerReplays,
    statements: tenSecondsAtOnce(config.maxStatementsPerSecond),
    readings: tenSecondsAtOnce(config.maxReadingsPerSecond),
    limited(subsystem, limit) {
      metrics.meter.limited(subsystem, limit);
      tellLimited(subsystem, limit);
    },
    load,
    knownCallers: knownCallers(clock, config.knownCallerMs),
    shed(limit, subsystem, address) {
      if (subsystem === undefined) strangerAt = address;
      metrics.meter.shed(subsystem);
      tellShed(limit, subsystem ?? "");
    },
    quota,
    forward: forwarder.forward,
    refusals: aggregateRefusals(ledger, config.gatheredRefusalsPerMinute, clock),
    meter: metrics.meter,
    log,
    recentFaults,
    clock,
    day,
  });

  let inFlight = 0;
  metrics.watch({
    registryVersion: () => registry.current().version,
    exchangesInFlight: () => inFlight,
    ledgerQueue: () => ledger.queued(),
    replayEntries: () => replays.size(),
    quotas: () => quotaReadings(quota.usage(day(clock()).name), registry.current(), clock()),
    lastBackup: registry.lastBackup,
    overload: () => gateway.load.overload,
    upstreams: forwarder.upstreams,
  });
  let lastRefused = "";
  const tellRefused = onceAMinute(clock, (refused, limit: ConnectionLimit) =>
    log.connectionsRefused({ limit, source: lastRefused, refused }),
  );
  const { publicApp, connections } = createPublicApp({
    ...config,
    gateway,
    assemble: assembleFrom({ registry: stores.registry, history: registry.history, logKeyFor: stores.logKeys.sealing }),
    catalogue,
    logList: () => readFile(logListFile(config), "utf8"),
    handovers: () => handoversIn(config.data),
    proxies: { networks: networksOf(config.trustedProxies), field: config.forwardedField },
    onConnectionRefused(limit, address) {
      lastRefused = address;
      metrics.meter.connectionRefused(limit);
      tellRefused(limit);
    },
    onInFlight: (change) => (inFlight += change),
  });
  metrics.watch({ connections });
  const isFull = (): boolean => connections() >= config.maxConnections;
  return {
    gateway,
    load,
    publicApp,
    isFull,
    inFlight: () => inFlight,
    upstreams: forwarder.upstreams,
    drain: () => drain(publicApp, () => inFlight),
  };
}
