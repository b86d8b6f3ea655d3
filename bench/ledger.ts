/**
 * What the ledger costs, alone: appends per second and CPU per append for 1, 64 and 512 appenders, in the committer's
 * own thread and in the process's, on an empty log and on a long one; what the event loop suffers; what an audit takes.
 *
 *   npm run bench:ledger -- [--leaves 1000000] [--rounds 3] [--seconds 0.7] [--bare]
 *
 * Empty and long logs are measured in turn, round after round, and medians are shown: what else the machine does falls
 * on both. Every leaf has its evidence: a statement and a provider's signature of a thousand characters each, and three
 * keys; with `--bare` it has none.
 */
import { createSecretKey, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { storesAt } from "../src/store/open.ts";
import { dataDirectory } from "../src/base/store-location.ts";
import { uuidv7 } from "../src/base/uuid.ts";
import { auditLog } from "../src/audit/recompute.ts";
import { encodeLeaf } from "../src/ledger/leaf.ts";
import type { Ledger, LedgerEntry } from "../src/ledger/ledger.ts";
import { generateLogKey, vkeyOf } from "../src/ledger/log-key.ts";
import { publishRows, type Row } from "./report/page.ts";
import { fillLog } from "./subjects/long-log.ts";

const { values } = parseArgs({
  options: {
    leaves: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "0.7" },
    bare: { type: "boolean", default: false },
  },
});
const longLog = Number(values.leaves);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);

const origin = "bench.example/log/a";
const logKey = generateLogKey();
const hash = (): string => randomBytes(32).toString("base64url");
const basis = { registry: hash(), policy: hash() };
const random = randomBytes(1 << 16);
const keys = randomBytes(96);
const masters = { file: "evidence.key", lines: [{ id: "0".repeat(16), line: 1, key: createSecretKey(randomBytes(32)) }] };
const jws = (typ: string): string =>
  [JSON.stringify({ alg: "RS256", kid: basis.registry, typ }), randomBytes(420), randomBytes(256)]
    .map((part) => Buffer.from(part as Buffer).toString("base64url"))
    .join(".");
const evidences = Array.from({ length: 256 }, () => ({ months: 60, keys, statement: jws("spl-req+jwt"), response: jws("spl-res+jwt") }));

/** An outcome of some 800 bytes, as the exchange writes it. Making it is the exchange's cost: `making` is measured and taken off. */
function entry(): LedgerEntry {
  const at = Date.now();
  const id = uuidv7(at);
  const start = (Math.random() * 60_000) | 0;
  const statement = Buffer.from(random.subarray(start, start + 32));
  statement.writeUInt32LE((Math.random() * 2 ** 32) >>> 0);
  const consumer = `ID-16.03/GOV/dinsos/bansos${start % 4}`;
  const leaf = encodeLeaf({
    v: 1,
    log: origin,
    type: "outcome",
    id,
    at: new Date(at).toISOString(),
    consumer,
    service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1",
    operation: "matchPenduduk",
    grant: "grant-bansos-penduduk",
    purpose: "verifikasi-bansos",
    htm: "POST",
    request: {
      statement: statement.toString("base64url"),
      jti: "0123456789abcdefghijkl",
      kid: basis.registry,
      commit: basis.policy,
      bytes: 120,
    },
    response: { delivered: { status: 200, commit: basis.policy, bytes: 1024 } },
    ms: 12,
    basis,
  });
  return {
    leaf,
    type: "outcome",
    id,
    at,
    statement,
    ...(values.bare ? {} : { toSeal: evidences[start % 256]! }),
    usage: [{ consumer, grant: "grant-bansos-penduduk", day: "2025-01-01", uses: 1 }],
  };
}

const figures = ["perSecond", "cpuMicros", "p50Ms", "p99Ms", "loopP99Ms"] as const;
type Figures = Record<(typeof figures)[number], number>;
type Thread = "worker" | "main";

async function measure(ledger: Ledger, appenders: number, forSeconds: number): Promise<Figures> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const waits: number[] = [];
  let appends = 0;
  const end = performance.now() + forSeconds * 1000;
  loop.enable();
  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: appenders }, async () => {
      while (performance.now() < end) {
        const from = performance.now();
        await ledger.append(entry());
        waits.push(performance.now() - from);
        appends++;
      }
    }),
  );
  const took = performance.now() - started;
  const used = process.cpuUsage(cpu);
  loop.disable();
  waits.sort((a, b) => a - b);
  const quantile = (q: number): number => waits[Math.floor(q * (waits.length - 1))] ?? NaN;
  return {
    perSecond: Math.round((appends / took) * 1000),
    cpuMicros: round((used.user + used.system) / appends - making),
    p50Ms: round(quantile(0.5)),
    p99Ms: round(quantile(0.99)),
    loopP99Ms: round(Math.max(0, loop.percentile(99) / 1e6 - 1)),
  };
}

const round = (n: number): number => Math.round(n * 100) / 100;

function costOfMaking(): number {
  for (let i = 0; i < 20_000; i++) entry();
  const cpu = process.cpuUsage();
  for (let i = 0; i < 50_000; i++) entry();
  const used = process.cpuUsage(cpu);
  return (used.user + used.system) / 50_000;
}

function median(runs: readonly Figures[]): Figures {
  const middle = (figure: keyof Figures): number =>
    runs.map((run) => run[figure]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? NaN;
  return Object.fromEntries(figures.map((figure) => [figure, middle(figure)])) as Figures;
}

const open = (directory: string, thread: Thread): Promise<Ledger> =>
  storesAt(dataDirectory(directory)).openLedger({ logKey, origin, clock: Date.now, thread, evidenceKeys: masters });

async function onEmptyLog(thread: Thread, appenders: number): Promise<Figures> {
  const directory = mkdtempSync(join(tmpdir(), "simpul-bench-"));
  const ledger = await open(directory, thread);
  await measure(ledger, 64, 0.3);
  const run = await measure(ledger, appenders, seconds);
  await ledger.close();
  rmSync(directory, { recursive: true });
  return run;
}

async function onLongLog(thread: Thread, appenders: number): Promise<Figures> {
  const ledger = await open(long, thread);
  await measure(ledger, 64, 0.3);
  const run = await measure(ledger, appenders, seconds);
  await ledger.close();
  return run;
}

const making = costOfMaking();
const long = mkdtempSync(join(tmpdir(), "simpul-bench-"));
const rows: Row[] = [];
const shown = (value: number, unit: string): string => `${value.toLocaleString("en-US")} ${unit}`;
const showAppends = (appenders: number, thread: Thread, log: "empty" | "long", run: Figures): Row => [
  `${appenders} appenders, ledger thread ${thread}, ${log} log`,
  `${shown(run.perSecond, "/s")}, ${shown(run.cpuMicros, "µs CPU")}, ` +
    `p50 ${run.p50Ms} ms, p99 ${run.p99Ms} ms, event loop p99 ${run.loopP99Ms} ms`,
  "",
];
try {
  const seed = await open(long, "worker");
  rows.push(["Filling the long log", shown(round(await fillLog(seed, longLog, entry)), "s"), ""]);
  await seed.close();

  for (const appenders of [1, 64, 512]) {
    const runs = { worker: { empty: [] as Figures[], long: [] as Figures[] }, main: { empty: [] as Figures[], long: [] as Figures[] } };
    for (let turn = 0; turn < rounds; turn++) {
      for (const thread of ["worker", "main"] as const) {
        runs[thread].empty.push(await onEmptyLog(thread, appenders));
        runs[thread].long.push(await onLongLog(thread, appenders));
      }
    }
    for (const thread of ["worker", "main"] as const) {
      for (const log of ["empty", "long"] as const) rows.push(showAppends(appenders, thread, log, median(runs[thread][log])));
    }
  }

  const opening = performance.now();
  const ledger = await open(long, "main");
  rows.push(["Opening the long log", shown(round(performance.now() - opening), "ms"), ""]);
  const looking = performance.now();
  await ledger.findStatement(randomBytes(32));
  rows.push(["Looking an unknown statement up", shown(round(performance.now() - looking), "ms"), ""]);
  await ledger.close();

  const log = storesAt(dataDirectory(long)).readLog();
  const auditing = performance.now();
  const report = await auditLog(log, { vkey: vkeyOf(origin, logKey) });
  const audited = round((performance.now() - auditing) / 1000);
  if (report.findings.length > 0) throw new Error(JSON.stringify(report.findings));
  rows.push([`Audit of ${report.size.toLocaleString("en-US")} leaves`, shown(audited, "s"), ""]);
  await log.close();
} finally {
  rmSync(long, { recursive: true });
}
publishRows(
  "ledger",
  `npm run bench:ledger -- --leaves ${longLog} --rounds ${rounds}${values.bare ? " --bare" : ""}`,
  `${longLog} leaves in the long log, medians of ${rounds} rounds of ${seconds} s`,
  rows,
);
