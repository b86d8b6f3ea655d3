/**
 * What an exchange costs beside what it replaces: `npm run bench`, or `npm run bench -- --quick` for four cells in under two minutes.
 *
 *   --quick            the four cells that the ratios need; writes results/exchange-quick.json and .svg, and leaves the pages alone
 *   --seconds N        of each cell
 *   --profile          instead: where each microsecond goes (results/profile.md)
 *   --against COMMIT   instead: this tree beside another commit, in one run; --rounds N, and --most X fails above that ratio
 *
 * Needs Linux, which counts CPU and memory by process. The rounds are interleaved: what else the machine does falls on all cells alike.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { cells, idOf } from "./measure/cells.ts";
import { figuresOf } from "./report/figures.ts";
import { resolveCommit } from "./subjects/checkout.ts";
import { compare } from "./measure/compare.ts";
import { nodeFlags } from "./subjects/flags.ts";
import { prepareGateway } from "./subjects/gateway.ts";
import { generateKeys } from "./subjects/manifests.ts";
import { measure, prepareCell, type Run } from "./measure/measure.ts";
import { plot } from "./report/plot.ts";
import { profile } from "./measure/profile.ts";
import { median } from "./measure/quantile.ts";
import { printRows, circumstancesNow, writeBlock } from "./report/page.ts";
import { headlineOf, markdown, showFigure } from "./report/report.ts";
import { machine, summarise, type Results } from "./report/results.ts";
import { startSubject, type Subject } from "./subjects/subject.ts";
import { prepareSubject, subjects, type SubjectName } from "./subjects/subjects.ts";
import type { PreparedSubject } from "./subjects/prepared.ts";
import { timeValidation } from "./measure/validation.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    seconds: { type: "string" },
    profile: { type: "boolean", default: false },
    against: { type: "string" },
    rounds: { type: "string", default: "5" },
    most: { type: "string" },
  },
});
const { quick } = values;
const rounds = 3;
const seconds = Number(values.seconds ?? (quick ? 2.5 : 4.5));

/**
 * The first round is not counted. Under load V8 goes on compiling for some eight seconds, which doubles the CPU of a
 * request at first; both of Simpul's quick cells warm one process.
 */
const warmUpSeconds = quick ? 5 : 8;
const starts = 5;

interface Running {
  readonly subject: Subject;
  readonly prepared: PreparedSubject;
}

/** Medians of what stands in the cells of every round; the log of the run goes to standard error. */
async function run(directory: string): Promise<Results> {
  const keys = generateKeys();
  const running = new Map<SubjectName, Running>();
  const notRun: string[] = [];
  const chosen = cells.filter((cell) => !quick || cell.quick === true);
  const validationMicros = timeValidation();
  try {
    const upstreamOf = (name: SubjectName): string => running.get(subjects[name].before ?? "provider")?.subject.origin ?? "";
    const wanted = chosen.map(({ subject }) => subject);
    for (const name of new Set(["provider" as const, ...wanted.flatMap((subject) => subjects[subject].before ?? []), ...wanted])) {
      const prepared = await prepareSubject(name, { directory, upstream: upstreamOf(name), keys });
      if (prepared === undefined) {
        notRun.push(name);
        continue;
      }
      const subject = await startSubject(prepared.command);
      running.set(name, { subject, prepared });
    }
    const startMs = await timeStarts(directory, upstreamOf("simpul"), keys);

    const present = chosen.filter(({ subject }) => running.has(subject));
    const runs = new Map<string, Run[]>(present.map((cell) => [idOf(cell), []]));
    for (let round = 0; round <= rounds; round++) {
      const length = round === 0 ? warmUpSeconds : seconds;
      console.error(round === 0 ? "warming up" : `round ${round} of ${rounds}`);
      const preparedCells = [];
      for (const cell of present) preparedCells.push(await prepareCell(cell, keys, running.get(cell.subject)!.subject, length));
      for (const [i, cell] of present.entries()) {
        const { subject, prepared } = running.get(cell.subject)!;
        await pause(200);
        const result = await measure(cell, preparedCells[i]!, subject, prepared, length);
        if (round > 0) runs.get(idOf(cell))!.push(result);
        console.error(
          `  ${idOf(cell).padEnd(64)} ${result.perSecond.toFixed(0).padStart(6)}/s ` +
            `${result.cpuMicros.toFixed(0).padStart(5)} µs ${result.p99Ms.toFixed(1).padStart(7)} ms p99`,
        );
      }
    }
    const measured = present.map((cell) => summarise(cell, runs.get(idOf(cell))!));
    return {
      at: new Date().toISOString(),
      command: `npm run bench${quick ? " -- --quick" : ""}`,
      machine: machine(),
      nodeFlags,
      rounds,
      secondsPerCell: seconds,
      cells: measured,
      notRun,
      receiptsChecked: measured.flatMap((cell) => cell.rounds).reduce((sum, { receipts }) => sum + receipts, 0),
      startMs,
      validationMicros,
    };
  } finally {
    for (const { subject } of [...running.values()].reverse()) await subject.stop();
  }
}

async function timeStarts(directory: string, upstream: string, keys: ReturnType<typeof generateKeys>): Promise<Results["startMs"]> {
  const own = join(directory, "starts");
  mkdirSync(own);
  const gateway = await prepareGateway({ directory: own, upstream, keys });
  const taken: number[] = [];
  for (let i = 0; i < starts; i++) {
    const subject = await startSubject(gateway.command());
    taken.push(subject.startMs);
    await subject.stop();
  }
  return { median: median(taken), runs: taken };
}

function write(results: Results): void {
  const name = quick ? "exchange-quick" : "exchange";
  const folder = join(import.meta.dirname, "results");
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ ...results, figures: figuresOf(results) }, undefined, 2)}\n`);
  writeFileSync(join(folder, `${name}.svg`), plot(results));
  if (!quick) {
    writeBlock("docs/benchmarks.md", "exchange", markdown(results));
    writeBlock("README.md", "figures", headlineOf(results));
  }
  console.table(
    results.cells.map(({ id, perSecond, p50Ms, p99Ms, cpuMicros, peakMB }) => ({
      id,
      "req/s": Math.round(perSecond),
      p50Ms: round2(p50Ms),
      p99Ms: round2(p99Ms),
      cpuMicros: round2(cpuMicros),
      peakMB: Math.round(peakMB),
    })),
  );
  console.table(figuresOf(results).map(showFigure));
  for (const subject of results.notRun) console.log(`not run: ${subject} (${subjects[subject as SubjectName].title}: not on the PATH)`);
  console.log(`bench/results/${name}.json, bench/results/${name}.svg`);
}

/** Prints this tree beside the commit; 1 where a ratio of CPU is above `--most`. */
async function compareWith(name: string): Promise<0 | 1> {
  const ratios = await compare({ directory, commit: resolveCommit(name), seconds, warmUpSeconds, rounds: Number(values.rounds) });
  console.log(`this tree over ${name}, medians of ${values.rounds} interleaved rounds of ${seconds} s; ${circumstancesNow()}`);
  printRows(ratios.map(({ what, ours, theirs, ratio }) => [what, `${ours} : ${theirs}`, `${ratio.toFixed(2)} ×`]));
  const most = Number(values.most ?? Infinity);
  return ratios.some(({ isCpu, ratio }) => isCpu && ratio > most) ? 1 : 0;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

if (process.platform !== "linux") {
  console.error("The benchmark needs Linux: CPU time and peak memory of a process come from /proc.");
  process.exit(1);
}
const directory = mkdtempSync(join(tmpdir(), "simpul-bench-"));
try {
  if (values.against !== undefined) process.exitCode = await compareWith(values.against);
  else if (values.profile) writeFileSync(join(import.meta.dirname, "results/profile.md"), await profile(directory));
  else write(await run(directory));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
