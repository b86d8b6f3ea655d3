/**
 * What a backup of a long log costs those who exchange meanwhile: `npm run bench:backup -- [--leaves 2000000]`. Fills a log up, sends
 * 1,000 exchanges a second whether they are answered or not, runs `simpul backup` as docs/operations/backup.md has it, and prints what
 * the callers noticed before, during and after. Then every exchange is looked for in the log, those before the backup in its copy, too,
 * and the copy is verified. Some five minutes with two million leaves, and 15 GB of disk for as long.
 */
import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { dataDirectory } from "../src/base/store-location.ts";
import { projectFolder } from "../src/base/project.ts";
import { storesAt } from "../src/store/open.ts";
import { startOpenLoop, waitsBetween, type Answer } from "./measure/open-loop.ts";
import { requireReceipt, withReceipt, type Sampled } from "./measure/receipts.ts";
import { signedAsItLeaves } from "./measure/requests.ts";
import { publishRows, type Row } from "./report/page.ts";
import { nodeFlags } from "./subjects/flags.ts";
import { fillInstance } from "./subjects/long-log.ts";
import { consumerOf, generateKeys } from "./subjects/manifests.ts";
import { startSubject, type Subject } from "./subjects/subject.ts";
import { prepareSubject } from "./subjects/subjects.ts";

const usual = 2_000_000;
const { values } = parseArgs({ options: { leaves: { type: "string", default: String(usual) } } });
const leaves = Number(values.leaves);
const perSecond = 1_000;
const connections = 64;
/** V8 goes on compiling for some eight seconds under load. */
const warmUpMs = 8_000;
const besideMs = 20_000;
/** Above this before the backup, requests are piling up, and what follows would not be the backup's doing. */
const steadyMs = 500;
/** A verb that takes longer is ended, and the run fails. */
const patienceMs = 15 * 60_000;
/** One receipt of so many is checked. */
const sampleEvery = 500;
const cell = { subject: "simpul", method: "GET", size: 1, alg: "ES256", connections } as const;

const directory = mkdtempSync(join(tmpdir(), "simpul-bench-backup-"));
const data = join(directory, "simpul", "data");
const copy = join(directory, "copy");
const started: Subject[] = [];

async function run(): Promise<void> {
  const keys = generateKeys();
  const provider = (await prepareSubject("provider", { directory, upstream: "", keys }))!.command;
  const gateway = (await prepareSubject("simpul", { directory, upstream: provider.origin, keys }))!;
  const { origin } = gateway.command;
  console.error(`filling the log with ${leaves} leaves`);
  const filled = await fillInstance(data, origin, consumerOf(cell.alg), leaves);
  for (const command of [provider, gateway.command]) started.push(await startSubject(command));

  const sampled: Sampled[] = [];
  const load = startOpenLoop(origin, perSecond, connections, (count) =>
    signedAsItLeaves(cell, keys, origin, count % sampleEvery === 0 ? (sample) => void sampled.push(sample) : undefined),
  );
  console.error(
    `${perSecond} exchanges a second, for ${(warmUpMs + besideMs) / 1000} s before the backup and ${besideMs / 1000} s after it`,
  );
  await pause(warmUpMs);
  const began = performance.now();
  await pause(besideMs);
  const backupBegan = performance.now();
  const { p50 } = waitsBetween(load.answers, began, backupBegan);
  if (!(p50 < steadyMs)) {
    await load.stop();
    throw new Error(
      `${perSecond} exchanges a second are too many for this machine without a backup (p50 ${p50.toFixed(0)} ms): nothing is measured`,
    );
  }
  const wal = watchSize(join(data, "ledger.sqlite-wal"));
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  writeFileSync(join(directory, "recipient.pem"), publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(join(directory, "identity.pem"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  await simpul("backup", copy, "--recipient", join(directory, "recipient.pem"), "--data", data, "--public-origin", origin);
  const backupEnded = performance.now();
  await pause(besideMs);
  const ended = performance.now();
  await load.stop();
  const walBytes = wal.stop();
  for (const exchange of sampled) requireReceipt(await withReceipt(exchange, origin), gateway.vkey!);
  await started.pop()!.stop();

  const verifyBegan = performance.now();
  await simpul("backup", "verify", copy, "--keys", `${copy}.keys`, "--identity", join(directory, "identity.pem"));
  const verified = (performance.now() - verifyBegan) / 1000;
  const { answers } = load;
  const before = answers.filter(({ dueAt, ms }) => dueAt + ms < backupBegan);
  const lost = [await countLost(data, answers), await countLost(copy, before)] as const;

  const spans = [
    ["before the backup", waitsBetween(answers, began, backupBegan)],
    ["while it is made", waitsBetween(answers, backupBegan, backupEnded)],
    ["after it", waitsBetween(answers, backupEnded, ended)],
  ] as const;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
  const seconds = (backupEnded - backupBegan) / 1000;
  const bytes = readdirSync(copy).reduce((sum, name) => sum + statSync(join(copy, name)).size, 0);
  const rows: readonly Row[] = [
    ...spans.map(([when, { p50, p99, slowest, count }]): Row => [
      `Exchanges ${when} (${count}): p50, p99, slowest`,
      [p50, p99, slowest].map(ms).join(", "),
      "",
    ]),
    ["Exchanges that were lost: not answered 2xx, or answered and not in the log", `${lost[0]} of ${answers.length}`, "0"],
    ["Exchanges answered before the backup began that are not in it", `${lost[1]} of ${before.length}`, "0"],
    ["The backup takes, with its check", `${seconds.toFixed(1)} s`, ""],
    ["The copy", `${gigabytes(bytes)}, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s`, ""],
    ["The gateway's write-ahead log, largest", gigabytes(walBytes), ""],
    ["`backup verify` of the copy, which is whole", `${verified.toFixed(1)} s`, ""],
    [`Filling the log`, `${filled.toFixed(0)} s`, ""],
  ];
  publishRows(
    "backup",
    `npm run bench:backup${leaves === usual ? "" : ` -- --leaves ${leaves}`}`,
    `${leaves} leaves with evidence; ${perSecond} exchanges/s of ${cell.alg}, open loop over ${connections} connections, ` +
      `each from when it was due; ${sampled.length} receipts were checked`,
    rows,
  );
  if (lost.some((count) => count > 0)) process.exitCode = 1;
}

/** Runs a verb at the lowest priority, as a nightly backup does. Its progress is shown; rejects when it fails or takes too long. */
async function simpul(...args: readonly string[]): Promise<void> {
  const program = [...nodeFlags, join(projectFolder, "src/simpul.mjs")];
  const child = spawn("nice", ["-n", "19", process.execPath, ...program, ...args], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
    timeout: patienceMs,
  });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error(`simpul ${args.slice(0, 2).join(" ")} ended with ${status}`);
}

/** The exchanges that were not answered 2xx, or that the log of a data directory or of a copy does not have. */
async function countLost(folder: string, answers: readonly Answer[]): Promise<number> {
  const log = storesAt(dataDirectory(folder)).readLog();
  let lost = 0;
  for (const { status, exchange } of answers)
    if (status < 200 || status > 299 || exchange === undefined || (await log.findExchange(exchange)) === undefined) lost++;
  await log.close();
  return lost;
}

/** The largest size that a file is seen to have. */
function watchSize(file: string): { stop(): number } {
  let largest = 0;
  const timer = setInterval(() => (largest = Math.max(largest, statSync(file, { throwIfNoEntry: false })?.size ?? 0)), 100);
  return {
    stop() {
      clearInterval(timer);
      return largest;
    },
  };
}

try {
  await run();
} finally {
  for (const subject of started.reverse()) await subject.stop();
  rmSync(directory, { recursive: true, force: true });
}
