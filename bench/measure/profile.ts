import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { areaOf } from "./areas.ts";
import { cells } from "./cells.ts";
import { timeByArea, type CpuProfile } from "./cpu-profile.ts";
import { prepareGateway } from "../subjects/gateway.ts";
import { generateKeys } from "../subjects/manifests.ts";
import { measure, prepareCell } from "./measure.ts";
import { circumstancesNow } from "../report/page.ts";
import { startSubject } from "../subjects/subject.ts";
import { prepareSubject } from "../subjects/subjects.ts";

const warmUpSeconds = 3;
const seconds = 6;
/** Microseconds between samples; finer ones cost more than they show. */
const interval = 250;

/**
 * Runs Simpul under V8's profiler for RS256, GET 1 KB, 64 connections, and says where each microsecond goes, as
 * Markdown. Shares come from the profiles of both threads; they are scaled to the CPU time that the kernel counted for
 * the process while it was measured without a profiler.
 */
export async function profile(directory: string): Promise<string> {
  const keys = generateKeys();
  const provider = await startSubject((await prepareSubject("provider", { directory, upstream: "", keys }))!.command);
  const folder = join(directory, "profiles");
  try {
    const plain = await load([]);
    const profiled = await load(["--cpu-prof", `--cpu-prof-interval=${interval}`, `--cpu-prof-dir=${folder}`]);
    const threads = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile);
    return page(
      threads.map((thread) => timeByArea(thread, areaOf, profiled.from, profiled.to)),
      plain.cpuMicros,
    );
  } finally {
    await provider.stop();
  }

  /** `from` and `to` on the clock of the profiles, which is the machine's monotonic one. */
  async function load(nodeOptions: readonly string[]): Promise<{ cpuMicros: number; from: number; to: number }> {
    const gateway = await prepareGateway({
      directory: join(directory, nodeOptions.length === 0 ? "plain" : "profiled"),
      upstream: provider.origin,
      keys,
    });
    const prepared = { command: gateway.command(nodeOptions), vkey: gateway.vkey };
    const subject = await startSubject(prepared.command);
    const cell = cells.find(({ subject: name, alg }) => name === "simpul" && alg === "RS256")!;
    await measure(cell, await prepareCell(cell, keys, subject, warmUpSeconds), subject, prepared, warmUpSeconds);
    const preparedRequests = await prepareCell(cell, keys, subject, seconds);
    await pause(200);
    const from = Number(process.hrtime.bigint() / 1000n);
    const { cpuMicros } = await measure(cell, preparedRequests, subject, prepared, seconds);
    const to = Number(process.hrtime.bigint() / 1000n);
    await subject.stop();
    return { cpuMicros, from, to };
  }
}

function page(threads: readonly ReadonlyMap<string, number>[], cpuMicros: number): string {
  const rows = threads.flatMap((areas, thread) =>
    [...areas].map(([area, time]) => ({ thread: thread === 0 ? "event loop" : "ledger", area, time })),
  );
  const total = rows.reduce((sum, { time }) => sum + time, 0);
  rows.sort((a, b) => b.time - a.time);
  const row = ({ thread, area, time }: (typeof rows)[number]): string => {
    const share = time / total;
    return `| ${thread} | ${area} | ${(share * cpuMicros).toFixed(1)} | ${(share * 100).toFixed(1)} % |`;
  };
  return `# Where each microsecond goes

One exchange, RS256, GET 1 KB, 64 connections, full receipt: **${cpuMicros.toFixed(0)} µs of CPU** in all threads.
A line is the time of the code named and of whatever it calls that no other line names.
${circumstancesNow()}: \`npm run bench -- --profile\`.

| thread | work | µs | share |
| --- | --- | --: | --: |
${rows.map(row).join("\n")}
`;
}
