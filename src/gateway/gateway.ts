import { dayMs } from "../base/time.ts";
import { BlockList, isIPv6 } from "node:net";
import type { Clock } from "../base/clock.ts";
import type { Config } from "../config/config.ts";
import { assembleFrom } from "../evidence/assemble.ts";
import { loadOrCreateMasterKeys } from "../ledger/sealed/master-key-file.ts";
import { calendar } from "../exchange/day.ts";
import type { Forward } from "../exchange/forward.ts";
import type { Gateway } from "../exchange/ports.ts";
import { aggregateRefusals } from "../exchange/upkeep/refusal-aggregator.ts";
import { ledgerRecovery, type LedgerRecovery } from "../exchange/upkeep/ledger-recovery.ts";
import { closeOpenIntents, restoreReplays } from "../exchange/upkeep/restore.ts";
import { createControlApp } from "../http/control/control-app.ts";
import { drain } from "../http/public/drain.ts";
import { createForwarder } from "../http/upstream/forward.ts";
import { createPublicApp } from "../http/public/public-app.ts";
import { loadOrCreateAdminToken, type Instance } from "./instance.ts";
import { encodeLeaf, type ControlLeaf } from "../ledger/leaf.ts";
import { LedgerFault } from "../ledger/fault.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { withPublishing } from "./with-publishing.ts";
import { createCommandHandler } from "../policy/acts/command-handler.ts";
import { explanationSources } from "./explanation-sources.ts";
import { startRetentionJob } from "../ledger/sealed/retention.ts";
import { serviceRules } from "../policy/opinions/service-rules.ts";
import { followRegistry } from "../registry/follow.ts";
import { cachePastStates } from "../registry/past-states.ts";
import type { RegistryNotice, RegistryStore } from "../registry/registry-store.ts";
import type { Snapshot } from "../registry/snapshot.ts";
import { watchRegistry } from "../registry/watch.ts";
import { memoryQuotaCounter } from "../store/memory/quota-counter.ts";
import { memoryReplayCache } from "../store/memory/replay-cache.ts";
import { openSqliteLedger } from "../store/sqlite/ledger-open.ts";
import { openRegistryStore, registryFile } from "../store/sqlite/registry.ts";
import type { Log } from "../telemetry/logs.ts";
import { createMetrics } from "../telemetry/metrics.ts";

/** A gateway that is open: it has its stores, its snapshot and its memory, and two apps that have yet to listen. */
export interface OpenGateway {
  readonly gateway: Gateway;
  readonly publicApp: ReturnType<typeof createPublicApp>;
  readonly controlApp: ReturnType<typeof createControlApp>;
  /** Looks at the registry now instead of at the next interval. */
  reconcile(): Promise<void>;
  /** Does now what is done every five seconds: writes what was gathered of refusals, and recovers what a failing ledger left behind. */
  runMaintenance(): Promise<void>;
  /** Lets what is in flight finish, then closes everything in the reverse order of opening. A second call waits for the first. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly config: Config;
  readonly instance: Instance;
  readonly clock: Clock;
  readonly log: Log;
  /** Opens the ledger; given by tests that make it fail. */
  readonly openLedger?: typeof openSqliteLedger;
  /** Opens the registry; given by the same. */
  readonly openRegistry?: typeof openRegistryStore;
  /** Puts itself between an exchange and what it acts through; given by tests that stop at a named step. */
  readonly wrap?: (ports: Ports) => Ports;
}

/** What an exchange acts through, beside the ledger. */
export interface Ports extends Pick<Gateway, "snapshot" | "replays" | "quota"> {
  readonly forward: Forward;
}

/** The composition root: config and stores become one gateway. Nothing here decides anything about an exchange. When it rejects, nothing is left open. */
export async function openGateway(options: GatewayOptions): Promise<OpenGateway> {
  const opened = new AsyncDisposableStack();
  try {
    return await compose(options, opened);
  } catch (fault) {
    await opened.disposeAsync();
    throw fault;
  }
}

/** `opened` learns of everything that has to be closed again, in the reverse order of opening. */
async function compose(options: GatewayOptions, opened: AsyncDisposableStack): Promise<OpenGateway> {
  const {
    config,
    instance,
    clock,
    log,
    openLedger = openSqliteLedger,
    openRegistry = openRegistryStore,
    wrap = (ports) => ports,
  } = options;
  const metrics = createMetrics(config);
  const { meter } = metrics;
  let recovery: LedgerRecovery | undefined;
  const ledger = await openLedger({
    directory: config.ledger.directory,
    logKey: instance.logKey,
    origin: instance.origin,
    clock,
    evidenceKeys: loadOrCreateMasterKeys(config.evidenceKey, () => log.evidenceKeyMade({ file: config.evidenceKey })),
    thread: config.ledgerThread,
    maxQueued: config.maxLedgerQueue,
    maxBatch: config.maxBatchLeaves,
    onCommit: (commit) => {
      recovery?.committed();
      meter.ledgerCommit(commit);
    },
    onFailure: (leaves, error) => {
      recovery?.failed(leaves);
      meter.ledgerFailure(leaves);
      log.ledgerFailed({ leaves, error });
    },
  });
  opened.defer(() => ledger.close());
  const registry = openRegistry(registryFile(config.registry.directory));
  opened.defer(() => registry.close());
  const forwarder = createForwarder(blockList(config.upstreamNetworks), config.maxUpstreamWaiting);
  opened.defer(() => forwarder.close());

  let snapshot: Snapshot | undefined;
  let today = calendar("UTC");
  const replays = memoryReplayCache(config.maxReplayEntries);
  const readerReplays = memoryReplayCache(config.maxReplayEntries);
  const startedAt = clock();
  const began = await beginning(ledger, registry);
  if (began === "another log") replays.markUncertain(startedAt);
  if (began !== "new") readerReplays.markUncertain(startedAt);

  const follower = followRegistry(registry);
  const watch = await watchRegistry({
    store: registry,
    registry: follower,
    rules: serviceRules(registry),
    clock,
    intervalMs: config.registryPollMs,
    appendControl: (notice) => appendControl(ledger, notice),
    onSnapshot(next) {
      if (next.timeZone !== snapshot?.timeZone) today = calendar(next.timeZone);
      if (next.services !== snapshot?.services) forwarder.prune(next.services.values());
      snapshot = next;
      meter.snapshotSwap();
      log.registrySwapped({ version: next.version });
    },
    onFault: (error) => log.registryFailed({ version: snapshot?.version ?? 0, error }),
  });
  opened.defer(() => watch.close());

  await restoreReplays(replays, ledger, config.gatheredRefusalsPerMinute, clock);
  const quota = memoryQuotaCounter();
  // The neighbours too, for a clock that has yet to be set right; today is restored last, and counts on.
  for (const at of [startedAt - dayMs, startedAt + dayMs, clock()]) quota.restore(today(at).name, await ledger.usage(today(at).name));
  const { closed } = await closeOpenIntents(ledger, clock);
  if (closed > 0) log.recovered({ leaves: closed });
  const retention = startRetentionJob({
    ledger,
    clock,
    onDestroyed: ({ bucket }) => log.evidenceDestroyed({ bucket }),
    onFault: (error) => log.evidenceStays({ error }),
  });
  opened.defer(() => retention.close());

  const refusals = aggregateRefusals(ledger, config.gatheredRefusalsPerMinute, clock);
  const inFlightIntents = new Set<string>();
  const recovering = (recovery = ledgerRecovery(ledger, clock, (exchange) => inFlightIntents.has(exchange)));
  const recover = async (): Promise<void> => {
    const leaves = await recovering.recover();
    if (leaves > 0) log.recovered({ leaves });
  };
  const runMaintenance = async (): Promise<void> => {
    await refusals.flush();
    await recover();
  };
  const maintenance = setInterval(() => void runMaintenance(), 5000);
  maintenance.unref();
  opened.defer(recover);
  opened.defer(() => refusals.flush(true));
  opened.defer(() => clearInterval(maintenance));

  const { host } = new URL(config.publicOrigin);
  const { forward, ...ports } = wrap({ snapshot: () => snapshot!, replays, quota, forward: forwarder.forward });
  let inFlight = 0;
  let draining = false;
  const gateway: Gateway = {
    publicOrigin: config.publicOrigin,
    authority: host,
    maxPathBytes: config.maxPathBytes,
    via: `1.1 ${host}`,
    allowedNetworks: blockList(config.intra),
    ...ports,
    ledger,
    inFlight: inFlightIntents,
    readerReplays,
    refusals,
    meter,
    log,
    clock,
    day: (now) => today(now),
  };
  metrics.watch({
    registryVersion: () => snapshot?.version ?? 0,
    exchangesInFlight: () => inFlight,
    ledgerQueue: () => ledger.queued(),
    replayEntries: () => replays.size(),
    quotas: () => quota.readings(),
  });
  const stateAt = cachePastStates(registry);
  const publicApp = createPublicApp({
    ...config,
    gateway,
    forward,
    assemble: assembleFrom({ ledger, registry, newest: () => follower.newest(), stateAt, logKey: instance.logKey }),
    logList: instance.logList,
    onInFlight: (change) => (inFlight += change),
  });
  const operationsOf = (id: string) => snapshot?.services.get(id)?.operations();
  const commands = withPublishing(createCommandHandler({ store: registry, registry: follower, clock, operationsOf }), () => watch.check());
  opened.defer(() => commands.idle());
  const controlApp = createControlApp({
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.render() }),
    ready: () => snapshot !== undefined && !draining && !recovering.refusing(),
    api: {
      publicOrigin: config.publicOrigin,
      commands,
      newest: () => follower.newest(),
      document: (digest) => registry.document(digest),
      sources: explanationSources(registry, stateAt, ledger, operationsOf),
      adminToken: loadOrCreateAdminToken(config, instance, clock),
      clock,
      log,
      stopping: () => draining,
    },
  });

  opened.defer(() => drain(publicApp, () => inFlight));

  const close = async (): Promise<void> => {
    draining = true;
    log.draining({ exchanges: inFlight });
    await opened.disposeAsync();
    await controlApp.close();
    log.stopped({});
  };
  let closing: Promise<void> | undefined;
  return { gateway, publicApp, controlApp, reconcile: () => watch.check(), runMaintenance, close: () => (closing ??= close()) };
}

/**
 * Whether this log continues the one that the registry was told to: the control leaf of the last settled change stands in it. A log of another
 * origin begins under an old registry, and takes that leaf over first. Throws `LedgerFault` for the same origin without the leaf: an origin is
 * never used again (protocol §4).
 */
async function beginning(ledger: Ledger, registry: RegistryStore): Promise<"new" | "continued" | "another log"> {
  const told = await registry.lastSettled();
  if (told === undefined) return "new";
  if ((await ledger.findExchange(told.notice.id)) !== undefined) return "continued";
  if (told.log === ledger.origin) {
    throw new LedgerFault({
      id: `Buku besar ini bukan yang pernah dipakai sebagai ${ledger.origin}: daun registri versi ${told.notice.version} tidak ada. Pulihkan berkasnya; bila hilang, mulai log baru dengan --log-name lain dalam folder data baru (registri lama tetap dipakai lewat --registry)`,
      en: `This is not the ledger that was in use as ${ledger.origin}: the leaf of registry version ${told.notice.version} is missing. Restore the file; if it is lost, begin a new log under another --log-name in a new data directory (the old registry goes on through --registry)`,
    });
  }
  await registry.settle(told.notice.id, await appendControl(ledger, told.notice));
  return "another log";
}

/** Tells the ledger of a registry change, once: a crash between leaf and outbox brings the same notice again. Gives the log's origin. */
async function appendControl(ledger: Ledger, { id, at, change }: RegistryNotice): Promise<string> {
  if ((await ledger.findExchange(id)) === undefined) {
    const leaf: ControlLeaf = {
      v: 1,
      log: ledger.origin,
      type: "control",
      id,
      at: new Date(at).toISOString(),
      change: JSON.parse(change) as ControlLeaf["change"],
    };
    await ledger.append({ type: "control", id, at, leaf: encodeLeaf(leaf) });
  }
  return ledger.origin;
}

/** Networks in CIDR notation, checked by the configuration. */
function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", prefix] = cidr.split("/");
    list.addSubnet(address, Number(prefix), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return list;
}
