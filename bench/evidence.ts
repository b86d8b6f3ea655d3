/**
 * What evidence costs to make, to keep, to hand out and to audit: `npm run bench:evidence -- [--leaves 2000000]`. A
 * gateway whose provider signs is compared with one that keeps no evidence and whose provider signs in vain, in turn
 * and at one rate, so that commits are shared alike. Then a log is filled up, exchanges are weighed part by part, their
 * evidence bundles are asked for over HTTP, and the whole log is audited. About six minutes with two million leaves,
 * and some 6 GB of disk for as long.
 */
import { storesAt } from "../src/store/open.ts";
import { dataDirectory } from "../src/base/store-location.ts";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { send } from "../src/agent/consumer.ts";
import { auditLog } from "../src/audit/recompute.ts";
import type { Cell } from "./measure/cells.ts";
import { applyLoad } from "./measure/load.ts";
import { fillInstance } from "./subjects/long-log.ts";
import { consumerOf, generateKeys } from "./subjects/manifests.ts";
import { measure, prepareCell } from "./measure/measure.ts";
import { median, quantile } from "./measure/quantile.ts";
import { signedRequests } from "./measure/requests.ts";
import type { Sampled } from "./measure/receipts.ts";
import { publishRows, type Row } from "./report/page.ts";
import { startSubject } from "./subjects/subject.ts";
import { prepareSubject } from "./subjects/subjects.ts";

const { values } = parseArgs({ options: { leaves: { type: "string", default: "2000000" } } });
const longLog = Number(values.leaves);
const exchanges = 4096;
const connections = 64;
const bundles = 300;

/** What a provider that signs with RSA on the same cores can answer with ease. */
const steadyRate = 1200;
const subject = "simpul, signed answers";
const alg = "RS256";

const directory = mkdtempSync(join(tmpdir(), "simpul-bench-evidence-"));
const keys = generateKeys();
const stops: (() => Promise<void>)[] = [];

async function start(command: Parameters<typeof startSubject>[0]): Promise<string> {
  const started = await startSubject(command);
  stops.push(started.stop);
  return started.origin;
}

/** Exchanges of one method; gives a sample of them, and what they left behind on the average, part by part. */
async function weigh(origin: string, method: Cell["method"]): Promise<{ readonly sampled: readonly Sampled[]; readonly bytes: Parts }> {
  const { lists, sampled } = await signedRequests({ subject, method, size: 1, alg, connections }, alg, keys, origin, exchanges);
  const before = readParts();
  await applyLoad({ origin, connections, seconds: 60, requests: lists, onStart: () => undefined });
  const after = readParts();
  return {
    sampled,
    bytes: Object.fromEntries(
      Object.entries(after).map(([part, bytes]) => [part, (bytes - before[part as keyof Parts]) / exchanges]),
    ) as unknown as Parts,
  };
}

const data = join(directory, subject.replaceAll(/[^a-z]+/g, "-"), "data");
const parts = {
  leaves: "SELECT sum(length(bytes)) FROM leaf",
  evidence: "SELECT sum(length(sealed)) FROM evidence",
  hashes: "SELECT sum(length(hashes)) FROM tile",
  "look-up": "SELECT sum(length(gathered)) FROM (SELECT gathered FROM exchange_segment UNION ALL SELECT gathered FROM statement_segment)",
} as const;
type Parts = Readonly<Record<keyof typeof parts | "whole file", number>>;

/** Bytes of the ledger's file; the whole is what its pages take. */
function readParts(): Parts {
  const db = new DatabaseSync(join(data, "ledger.sqlite"), { readOnly: true });
  try {
    const one = (query: string): number => Number(Object.values(db.prepare(query).get() ?? {})[0] ?? 0);
    return {
      ...(Object.fromEntries(Object.entries(parts).map(([part, query]) => [part, one(query)])) as unknown as Record<
        keyof typeof parts,
        number
      >),
      "whole file": one("PRAGMA page_count") * one("PRAGMA page_size"),
    };
  } finally {
    db.close();
  }
}

/** CPU of GET and POST with evidence and signed answers, over that of a GET without: a ratio of medians each, of rounds taken in turn. */
async function compareCpu(): Promise<Readonly<Record<Cell["method"], number>>> {
  const sides = [];
  for (const [name, before] of [
    ["simpul, nothing kept", "provider, signing in vain"],
    [subject, "provider, signing"],
  ] as const) {
    const own = join(directory, name.replaceAll(/[^a-z]+/g, "-"), "cpu");
    mkdirSync(own, { recursive: true });
    const upstream = await start((await prepareSubject(before, { directory: own, upstream: "", keys }))!.command);
    const prepared = (await prepareSubject(name, { directory: own, upstream, keys }))!;
    const started = await startSubject(prepared.command);
    stops.push(started.stop);
    sides.push(async (method: Cell["method"], seconds: number): Promise<number> => {
      const cell: Cell = { subject: name, method, size: 1, alg, connections, perSecond: steadyRate };
      return (await measure(cell, await prepareCell(cell, keys, started, seconds), started, prepared, seconds)).cpuMicros;
    });
  }
  const [without, withIt] = sides as [(typeof sides)[0], (typeof sides)[0]];
  for (const method of ["GET", "POST"] as const) for (const side of sides) await side(method, 8);
  const ratios = { GET: [] as number[], POST: [] as number[] };
  for (let round = 0; round < 6; round++) {
    const base = await without("GET", 4);
    ratios.GET.push((await withIt("GET", 4)) / base);
    ratios.POST.push((await withIt("POST", 4)) / base);
    // Both processes are to be as warm.
    await without("POST", 4);
  }
  while (stops.length > 0) await stops.pop()!();
  return { GET: median(ratios.GET), POST: median(ratios.POST) };
}

async function run(): Promise<void> {
  const cpu = await compareCpu();
  const provider = await prepareSubject("provider, signing", { directory, upstream: "", keys });
  const upstream = await start(provider!.command);
  const gateway = (await prepareSubject(subject, { directory, upstream, keys }))!;
  const { origin } = gateway.command;

  const filled = await fillInstance(data, origin, consumerOf(alg), longLog);

  await start(gateway.command);
  const get = await weigh(origin, "GET");
  const post = await weigh(origin, "POST");
  const waits: number[] = [];
  let bundleBytes = 0;
  const asked = [...get.sampled, ...post.sampled];
  for (let i = 0; i < bundles; i++) {
    const target = `/evidence/${String(asked[i % asked.length]!.fields["Spl-Exchange"])}`;
    const began = performance.now();
    const { status, answer } = await send({ iss: consumerOf(alg), aud: origin, method: "GET", target, key: keys[alg] });
    waits.push(performance.now() - began);
    if (status !== 200) throw new Error(`${target}: ${status} ${answer.toString()}`);
    bundleBytes = Math.max(bundleBytes, answer.length);
  }
  await stops.pop()!();
  waits.sort((a, b) => a - b);

  const log = storesAt(dataDirectory(data)).readLog();
  const auditing = performance.now();
  const audit = await auditLog(log, { vkey: gateway.vkey! });
  const audited = (performance.now() - auditing) / 1000;
  await log.close();
  if (audit.findings.length > 0) throw new Error(JSON.stringify(audit.findings));

  const rows: readonly Row[] = [
    [`CPU of a GET with evidence and provider's signature over a GET with neither`, `${cpu.GET.toFixed(2)} ×`, "≤ 1.25 ×"],
    [`CPU of a POST with evidence, signature and intent over the same GET`, `${cpu.POST.toFixed(2)} ×`, "≤ 1.6 ×"],
    ...(["GET", "POST"] as const).flatMap((method) => {
      const bytes = method === "GET" ? get.bytes : post.bytes;
      return Object.entries(bytes).map(
        ([part, value]) =>
          [
            `Bytes kept per ${method}, ${part}`,
            value.toFixed(0),
            part !== "whole file" ? "" : method === "GET" ? "≤ 3,072" : "≤ 4,096",
          ] as const,
      );
    }),
    [
      `Bundle of ${(bundleBytes / 1024).toFixed(0)} KB over HTTP, signed and new connection each, p50 of ${bundles}`,
      `${quantile(waits, 0.5).toFixed(1)} ms`,
      "≤ 20 ms",
    ],
    ["The same, p99", `${quantile(waits, 0.99).toFixed(1)} ms`, ""],
    ["Audit", `${Math.round(audit.size / audited)} leaves/s`, "≥ 100,000"],
    [
      "Size of the log",
      `${audit.size} leaves, ${(statSync(join(data, "ledger.sqlite")).size / 1e9).toFixed(1)} GB, filled in ${filled.toFixed(0)} s`,
      "",
    ],
  ];
  publishRows(
    "evidence",
    `npm run bench:evidence${longLog === 2_000_000 ? "" : ` -- --leaves ${longLog}`}`,
    `Consumers and provider sign ${alg}; ${exchanges} exchanges of each method over ${connections} connections; ` +
      `CPU at ${steadyRate} a second`,
    rows,
  );
}

try {
  await run();
} finally {
  for (const stop of stops.reverse()) await stop();
  rmSync(directory, { recursive: true, force: true });
}
