import { beforeEach, describe, expect, test } from "vitest";
import { problems } from "../../src/base/problem.ts";
import type { ServiceVersion } from "../../src/registry/snapshot.ts";
import type { Operation } from "../../src/contract/contract.ts";
import type { MeteredExchange } from "../../src/telemetry/meter.ts";
import { createMetrics, type Metrics, type MetricsOptions } from "../../src/telemetry/metrics.ts";

const options: MetricsOptions = { maxMetricSeries: 100, maxReplayEntries: 1_000_000, maxLedgerQueue: 16_384, maxConnections: 4096 };
const consumer = "ID-16.03/GOV/dinsos/bansos";
const provider = "ID-16.03/GOV/disdukcapil/siak";
const service = { id: `${provider}/penduduk/v1`, provider } as ServiceVersion;
const operation = { id: "matchPenduduk" } as Operation;
const done: MeteredExchange = { consumer, service, operation, code: "delivered", seconds: 0.004, stages: {}, bytesIn: 10, bytesOut: 20 };

let metrics: Metrics;
beforeEach(() => (metrics = createMetrics(options)));

/** The lines of one metric, comments left out. */
async function lines(name: string): Promise<string[]> {
  return (await metrics.render()).split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

async function total(name: string): Promise<number> {
  return (await lines(name)).reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

describe("an exchange", () => {
  test("is counted once, by consumer, provider, service, operation and outcome", async () => {
    metrics.meter.exchange(done);
    metrics.meter.exchange(done);
    metrics.meter.exchange({ ...done, code: "quota-exceeded" });
    const labels = `consumer="${consumer}",provider="${provider}",service="${service.id}",operation="matchPenduduk"`;
    expect(await lines("simpul_exchanges_total")).toEqual([
      `simpul_exchanges_total{${labels},code="delivered"} 2`,
      `simpul_exchanges_total{${labels},code="quota-exceeded"} 1`,
    ]);
  });

  test("that got nowhere has a dash for what is not known", async () => {
    metrics.meter.exchange({ ...done, consumer: undefined, service: undefined, operation: undefined, code: "service-unknown" });
    expect(await lines("simpul_exchanges_total")).toEqual([
      'simpul_exchanges_total{consumer="-",provider="-",service="-",operation="-",code="service-unknown"} 1',
    ]);
    expect(await lines("simpul_exchange_duration_seconds_count")).toEqual([
      'simpul_exchange_duration_seconds_count{service="-",code_class="consumer"} 1',
    ]);
  });

  test("adds its duration to the cumulative buckets from its own upward", async () => {
    for (const seconds of [0.004, 0.005, 31]) metrics.meter.exchange({ ...done, seconds });
    const bucket = async (le: string) =>
      (await lines("simpul_exchange_duration_seconds_bucket"))
        .find((line) => line.includes(`le="${le}"`))
        ?.split(" ")
        .at(-1);
    expect([await bucket("0.0025"), await bucket("0.005"), await bucket("30"), await bucket("+Inf")]).toEqual(["0", "2", "2", "3"]);
    expect(await lines("simpul_exchange_duration_seconds_sum")).toEqual([
      `simpul_exchange_duration_seconds_sum{service="${service.id}",code_class="delivered"} 31.009`,
    ]);
  });

  test.each([
    ["delivered", "delivered"],
    ["not-granted", "consumer"],
    ["upstream-timeout", "provider"],
    ["ledger-unavailable", "gateway"],
  ] as const)("%s is of the class %s", async (code, codeClass) => {
    metrics.meter.exchange({ ...done, code });
    expect(await lines("simpul_exchange_duration_seconds_count")).toEqual([expect.stringContaining(`code_class="${codeClass}"} 1`)]);
  });

  test("adds only the stages that it reached", async () => {
    metrics.meter.exchange({ ...done, stages: { caller: 0.001, ledger: 0.002 } });
    const counts = (await lines("simpul_stage_duration_seconds_count")).map((line) =>
      line.replace("simpul_stage_duration_seconds_count", ""),
    );
    expect(counts.filter((line) => !line.endsWith(" 0"))).toEqual(['{stage="caller"} 1', '{stage="ledger"} 1']);
    expect(counts).toHaveLength(7);
  });

  test("adds its content in both directions", async () => {
    metrics.meter.exchange(done);
    metrics.meter.exchange({ ...done, consumer: "ID-16.03/GOV/bapenda/pbb" });
    expect(await lines("simpul_content_bytes_total")).toEqual([
      `simpul_content_bytes_total{service="${service.id}",direction="in"} 20`,
      `simpul_content_bytes_total{service="${service.id}",direction="out"} 40`,
    ]);
  });
});

test("every outcome stands at zero from the start, so that a rate sees the first one", async () => {
  expect(await lines("simpul_outcomes_total")).toHaveLength(1 + Object.keys(problems).length);
  expect(await total("simpul_outcomes_total")).toBe(0);
  metrics.meter.exchange({ ...done, code: "ledger-unavailable" });
  expect(await lines("simpul_outcomes_total")).toContain('simpul_outcomes_total{code="ledger-unavailable"} 1');
  expect(await total("simpul_outcomes_total")).toBe(1);
});

test("beyond the cap label sets fall together under `other`, each with its code, and the sums stay right", async () => {
  metrics = createMetrics({ ...options, maxMetricSeries: 10 });
  for (let member = 0; member < 50; member++) {
    const one = { ...done, service: { id: `${provider}/s${member}/v1`, provider } as ServiceVersion };
    metrics.meter.exchange(one);
    metrics.meter.exchange({ ...one, code: "replayed" });
  }
  const counted = await lines("simpul_exchanges_total");
  expect(counted).toHaveLength(12);
  expect(counted.slice(-2)).toEqual([
    'simpul_exchanges_total{consumer="other",provider="other",service="other",operation="other",code="delivered"} 45',
    'simpul_exchanges_total{consumer="other",provider="other",service="other",operation="other",code="replayed"} 45',
  ]);
  expect(await total("simpul_exchanges_total")).toBe(100);
  expect(await total("simpul_outcomes_total")).toBe(100);
  expect(await total("simpul_exchange_duration_seconds_count")).toBe(100);
  expect(await total("simpul_content_bytes_total")).toBe(3000);
});

test("the ledger's commits, its size and what it could not take", async () => {
  metrics.meter.ledgerCommit({ leaves: 3, seconds: 0.0004, size: 17 });
  metrics.meter.ledgerCommit({ leaves: 40, seconds: 0.002, size: 57 });
  metrics.meter.ledgerFailure(2);
  expect(await total("simpul_ledger_batch_leaves_sum")).toBe(43);
  expect(await total("simpul_ledger_commit_seconds_count")).toBe(2);
  expect(await total("simpul_ledger_size")).toBe(57);
  expect(await total("simpul_ledger_append_failures_total")).toBe(2);
});

test("alarms, reported contract faults and snapshot swaps are counted", async () => {
  expect(await lines("simpul_replay_alarms_total")).toEqual(["simpul_replay_alarms_total 0"]);
  metrics.meter.replayAlarm();
  metrics.meter.responseFault(service, operation);
  metrics.meter.snapshotSwap();
  expect(await total("simpul_replay_alarms_total")).toBe(1);
  expect(await lines("simpul_response_faults_total")).toEqual([
    `simpul_response_faults_total{service="${service.id}",operation="matchPenduduk"} 1`,
  ]);
  expect(await total("simpul_registry_swaps_total")).toBe(1);
});

test("readings are asked for when the metrics are read, and absent before there are any", async () => {
  expect(await lines("simpul_registry_version")).toEqual([]);
  let version = 7;
  const backups: number[] = [];
  metrics.watch({
    registryVersion: () => version,
    exchangesInFlight: () => 3,
    ledgerQueue: () => 4,
    replayEntries: () => 5,
    quotas: () => [{ consumer, grant: "g1", used: 90, limit: 100 }],
    lastBackup: () => backups.at(-1),
  });
  version = 8;
  expect(await total("simpul_registry_version")).toBe(8);
  expect(await total("simpul_exchanges_in_flight")).toBe(3);
  expect(await lines("simpul_backup_timestamp_seconds")).toEqual([]);
  backups.push(1_796_113_826_206);
  expect(await total("simpul_backup_timestamp_seconds")).toBe(1_796_113_826.206);
  expect(await total("simpul_ledger_queue")).toBe(4);
  expect(await total("simpul_replay_entries")).toBe(5);
  expect(await lines("simpul_quota_used")).toEqual([`simpul_quota_used{consumer="${consumer}",grant="g1"} 90`]);
  expect(await lines("simpul_quota_limit")).toEqual([`simpul_quota_limit{consumer="${consumer}",grant="g1"} 100`]);
});

test("the page is the Prometheus text format: every sample belongs to a metric that is announced once with help and type", async () => {
  metrics.meter.exchange({ ...done, stages: { caller: 0.1 } });
  const text = await metrics.render();
  expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  const announced = [...text.matchAll(/^# TYPE (\S+) (counter|gauge|histogram)$/gm)].map(([, name]) => name!);
  expect(new Set(announced).size).toBe(announced.length);
  expect(announced.sort()).toEqual([...metrics.names].sort());
  for (const line of text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))) {
    const [, name = ""] = /^([a-z_0-9]+)(?:\{(?:[a-z_]+="[^"\\]*",?)+\})? \S+$/.exec(line) ?? [];
    expect(announced, line).toContain(announced.includes(name) ? name : name.replace(/_(bucket|sum|count)$/, ""));
  }
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});
