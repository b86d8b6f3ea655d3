import { collectDefaultMetrics, type Counter, Registry } from "prom-client";
import { problems } from "../base/problem.ts";
import type { Config } from "../config/config.ts";
import { Distribution } from "./distribution.ts";
import type { Meter, MeteredExchange, Outcome, Readings, Stage, UpstreamReading } from "./meter.ts";
import { type MetricSample, Series } from "./series.ts";

const seconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const leaves = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const stages: readonly Stage[] = ["caller", "grant", "content", "contract", "forward", "response", "ledger"];

export interface Metrics {
  readonly meter: Meter;
  /** Adds sources of the figures that are read only when the metrics are scraped. */
  watch(readings: Partial<Readings>): void;
  /** The Prometheus text format, of media type `contentType`. */
  render(): Promise<string>;
  readonly contentType: string;
  /** Every metric's name, without the suffixes of histograms. */
  readonly names: readonly string[];
}

/** The limits that bound the metrics or appear in them. */
export type MetricsOptions = Pick<Config, "maxMetricSeries" | "maxReplayEntries" | "maxLedgerQueue" | "maxConnections">;

/**
 * The metrics of one process since its start. The hot path finds its row by one look-up and adds to plain numbers (half
 * a microsecond an exchange); everything expensive happens when Prometheus scrapes.
 */
export function createMetrics({ maxMetricSeries, maxReplayEntries, maxLedgerQueue, maxConnections }: MetricsOptions): Metrics {
  const registry = new Registry();
  const readings: Partial<Readings> = {};

  const durations = new Series(maxMetricSeries, ["code_class"], () => new Distribution(seconds));
  const contents = new Series(maxMetricSeries, [], () => ({ in: 0, out: 0 }));
  // Every code is present from the start: `rate()` cannot see a series step from absent to one.
  const outcomes = new Map(["delivered", ...Object.keys(problems)].map((code) => [code, { count: 0 }]));
  const exchanges = new Series(maxMetricSeries, ["code"], ({ service = "-", code = "" }) => ({
    count: 0,
    outcome: outcomes.get(code)!,
    duration: durations.at(`${service}\n${classOf(code as Outcome)}`, () => ({ service, code_class: classOf(code as Outcome) })),
    content: contents.at(service, () => ({ service })),
  }));
  const responseFaults = new Series(maxMetricSeries, [], () => ({ count: 0 }));
  const readingCounts = new Series(maxMetricSeries, [], () => ({ count: 0 }));
  const limited = new Series(maxMetricSeries, [], () => ({ count: 0 }));
  const shed = new Series(maxMetricSeries, [], () => ({ count: 0 }));
  const stageDurations = stages.map((stage) => ({ stage, duration: new Distribution(seconds) }));
  const commitSeconds = new Distribution(seconds);
  const batchLeaves = new Distribution(leaves);
  const connectionsRefused = { all: 0, address: 0, strangers: 0 };
  const totals = { replayAlarms: 0, appendFailures: 0, swaps: 0, ledgerSize: undefined as number | undefined };

  const meter: Meter = {
    exchange(finished) {
      const { consumer = "-", service, operation, code } = finished;
      const row = exchanges.at(`${consumer}\n${service?.id ?? "-"}\n${operation?.id ?? "-"}\n${code}`, () => labelsOf(finished));
      row.count += 1;
      row.outcome.count += 1;
      row.duration.add(finished.seconds);
      row.content.in += finished.bytesIn;
      row.content.out += finished.bytesOut;
      for (const { stage, duration } of stageDurations) {
        const spent = finished.stages[stage];
        if (spent !== undefined) duration.add(spent);
      }
    },
    responseFault({ id }, operation) {
      responseFaults.at(`${id}\n${operation.id}`, () => ({ service: id, operation: operation.id })).count += 1;
    },
    replayAlarm() {
      totals.replayAlarms += 1;
    },
    reading(subsystem = "-", what, code) {
      readingCounts.at(`${subsystem}\n${what}\n${code}`, () => ({ subsystem, what, code })).count += 1;
    },
    limited(subsystem, limit) {
      limited.at(`${subsystem}\n${limit}`, () => ({ subsystem, limit })).count += 1;
    },
    shed(subsystem = "-") {
      shed.at(subsystem, () => ({ subsystem })).count += 1;
    },
    connectionRefused(limit) {
      connectionsRefused[limit] += 1;
    },
    ledgerCommit(commit) {
      batchLeaves.add(commit.leaves);
      commitSeconds.add(commit.seconds);
      totals.ledgerSize = commit.size;
    },
    ledgerFailure(count) {
      totals.appendFailures += count;
    },
    snapshotSwap() {
      totals.swaps += 1;
    },
  };

  /** prom-client's registry renders any object with a name and a `get`, but its types only allow its own classes. */
  const metric = (type: "counter" | "gauge" | "histogram", name: string, help: string, read: () => Samples | Promise<Samples>): void => {
    const get = async (): Promise<object> => ({ name, help, type, aggregator: "sum", values: [...(await read())] });
    const family = { name, help, type, aggregator: "sum", get };
    registry.registerMetric(family as unknown as Counter);
  };
  const single = (value: number | undefined): readonly MetricSample[] => (value === undefined ? [] : [{ labels: {}, value }]);
  const distribution = (name: string, help: string, figures: Distribution) => metric("histogram", name, help, () => figures.samples(name));
  /** The readings of each grant; beyond the cap they are summed like every other series. */
  const quotas = (figure: "used" | "limit"): Iterable<MetricSample> => {
    const rows = new Series(maxMetricSeries, [], () => ({ value: 0 }));
    for (const quota of readings.quotas?.() ?? []) {
      rows.at(`${quota.consumer}\n${quota.grant}`, () => ({ consumer: quota.consumer, grant: quota.grant })).value += quota[figure];
    }
    return rows.samples(({ value }) => single(value));
  };

  metric("counter", "simpul_exchanges_total", "Exchanges by who, what and outcome: delivered, or the problem code", () =>
    exchanges.samples(({ count }) => single(count)),
  );
  metric("counter", "simpul_outcomes_total", "Exchanges by outcome alone, for alerts", () =>
    [...outcomes].map(([code, { count }]) => ({ labels: { code }, value: count })),
  );
  metric("histogram", "simpul_exchange_duration_seconds", "From arrival to the durable leaf, by whose doing the outcome is", () =>
    durations.samples((duration) => duration.samples("simpul_exchange_duration_seconds")),
  );
  metric("histogram", "simpul_stage_duration_seconds", "Time in each stage that an exchange reached", function* () {
    for (const { stage, duration } of stageDurations) {
      for (const sample of duration.samples("simpul_stage_duration_seconds")) yield { ...sample, labels: { stage, ...sample.labels } };
    }
  });
  metric("counter", "simpul_content_bytes_total", "Content taken from consumers (in) and delivered to them (out)", () =>
    contents.samples((bytes) => (["in", "out"] as const).map((direction) => ({ labels: { direction }, value: bytes[direction] }))),
  );
  metric("gauge", "simpul_exchanges_in_flight", "Exchanges that have arrived and are not answered yet", () =>
    single(readings.exchangesInFlight?.()),
  );
  metric("gauge", "simpul_connections", "Consumers' connections that are open", () => single(readings.connections?.()));
  metric("gauge", "simpul_connections_limit", "Consumers' connections that may be open", () => single(maxConnections));
  metric(
    "counter",
    "simpul_connections_refused_total",
    "Connections turned away, by the limit of all, of their address, or of strangers",
    () => (["all", "address", "strangers"] as const).map((limit) => ({ labels: { limit }, value: connectionsRefused[limit] })),
  );
  metric("counter", "simpul_response_faults_total", "Answers that broke their contract or were not signed, refused or only reported", () =>
    responseFaults.samples(({ count }) => single(count)),
  );
  metric("counter", "simpul_replay_alarms_total", "A jti that came again in another statement", () => single(totals.replayAlarms));
  metric("counter", "simpul_readings_total", "Receipts, evidence and entries that were asked for, by who and outcome", () =>
    readingCounts.samples(({ count }) => single(count)),
  );
  metric("counter", "simpul_limited_total", "Requests refused by a limit that holds for each subsystem, whatever its grants", () =>
    limited.samples(({ count }) => single(count)),
  );
  metric("gauge", "simpul_overloaded", "1 while requests are refused because there is too much of it: delay, or answers in flight", () =>
    ["delay", "in-flight"].map((limit) => ({ labels: { limit }, value: readings.overload?.() === limit ? 1 : 0 })),
  );
  metric("counter", "simpul_shed_total", "Requests that the overloaded gateway refused, by subsystem; - is unknown callers", () =>
    shed.samples(({ count }) => single(count)),
  );
  metric("gauge", "simpul_replay_entries", "Statement ids remembered against replay", () => single(readings.replayEntries?.()));
  metric("gauge", "simpul_replay_entries_limit", "Statement ids that can be remembered", () => single(maxReplayEntries));
  metric("gauge", "simpul_quota_used", "Uses of a grant today", () => quotas("used"));
  metric("gauge", "simpul_quota_limit", "Uses of a grant that a day allows", () => quotas("limit"));
  metric(
    "gauge",
    "simpul_due",
    "What ends within so many days or has ended: grants, keys, opinions, tokens, exemptions, sunsets, corrections",
    async () =>
      ((await readings.due?.()) ?? []).map(({ kind, within, count }) => ({ labels: { kind, within: String(within) }, value: count })),
  );
  const upstreams = (figure: (before: number, reading: UpstreamReading) => number) => (): Samples => {
    const rows = new Series(maxMetricSeries, [], () => ({ value: 0 }));
    for (const reading of readings.upstreams?.() ?? []) {
      const row = rows.at(reading.upstream, () => ({ upstream: reading.upstream }));
      row.value = figure(row.value, reading);
    }
    return rows.samples(({ value }) => single(value));
  };
  metric(
    "gauge",
    "simpul_upstream_out",
    "Addresses of providers that are not called, because they failed again and again: 1, else 0",
    upstreams((before, { state }) => Math.max(before, state === "closed" ? 0 : 1)),
  );
  metric(
    "gauge",
    "simpul_upstream_pending",
    "Requests that are at an address of a provider, or wait for a connection to it",
    upstreams((before, { pending }) => before + pending),
  );
  const waiting = (figure: "count" | "longestSeconds") => async () =>
    ((await readings.waiting?.()) ?? []).map(({ kind, ...figures }) => ({ labels: { kind }, value: figures[figure] }));
  metric("gauge", "simpul_waiting_decisions", "What waits for an officer's decision, by kind", waiting("count"));
  metric("gauge", "simpul_waiting_longest_seconds", "For how long the oldest of them has waited", waiting("longestSeconds"));
  metric("gauge", "simpul_disk_free_bytes", "Room that is left where the gateway writes", async () =>
    ((await readings.disks?.()) ?? []).map(({ store, freeBytes }) => ({ labels: { store }, value: freeBytes })),
  );
  metric("gauge", "simpul_clock_seconds", "The gateway's clock (Unix time), to be compared with Prometheus's own", () =>
    single(readings.clock === undefined ? undefined : readings.clock() / 1000),
  );
  distribution("simpul_ledger_batch_leaves", "Leaves in one commit of the ledger", batchLeaves);
  distribution("simpul_ledger_commit_seconds", "Time of one commit of the ledger until it is durable", commitSeconds);
  metric("gauge", "simpul_ledger_size", "Leaves in the ledger's tree", () => single(totals.ledgerSize));
  metric("counter", "simpul_ledger_append_failures_total", "Leaves that the ledger could not take", () => single(totals.appendFailures));
  metric("gauge", "simpul_ledger_queue", "Leaves waiting for a commit", () => single(readings.ledgerQueue?.()));
  metric("gauge", "simpul_ledger_queue_limit", "Leaves that may wait for a commit", () => single(maxLedgerQueue));
  metric("gauge", "simpul_registry_version", "Version of the registry that serves", () => single(readings.registryVersion?.()));
  metric("counter", "simpul_registry_swaps_total", "Registry snapshots that came to serve", () => single(totals.swaps));
  metric("gauge", "simpul_backup_timestamp_seconds", "When the newest backup was recorded, in Unix time; absent if none was", () => {
    const at = readings.lastBackup?.();
    return single(at === undefined ? undefined : at / 1000);
  });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });

  return {
    meter,
    watch: (source) => void Object.assign(readings, source),
    render: () => registry.metrics(),
    contentType: registry.contentType,
    names: registry.getMetricsAsArray().map(({ name }) => name),
  };
}

type Samples = Iterable<MetricSample>;

/** The party that has to act. */
const classOf = (code: Outcome): string => (code === "delivered" ? "delivered" : problems[code].by);

const labelsOf = ({ consumer, service, operation, code }: MeteredExchange) => ({
  consumer: consumer ?? "-",
  provider: service?.provider ?? "-",
  service: service?.id ?? "-",
  operation: operation?.id ?? "-",
  code,
});
