import { spawn } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { projectFolder } from "../src/base/project.ts";
import { seeded } from "../test/support/random.ts";
import { mutationsOf, type Mutation } from "./mutations.ts";

/**
 * A folder of sources, and the tests that are to notice a change there: the nearest, and those that are asked only about what these let
 * pass.
 */
export interface Target {
  readonly sources: string;
  readonly nearest: readonly string[];
  readonly further: readonly string[];
}

export interface Mutant extends Mutation {
  readonly file: string;
  readonly before: string;
}

export type Verdict = "killed" | "survived" | "hung";

export interface Judged {
  readonly target: Target;
  readonly mutant: Mutant;
  readonly verdict: Verdict;
}

export interface MutationOptions {
  /** The folder of the project; it is copied, and never changed. */
  readonly project: string;
  readonly targets: readonly Target[];
  readonly seed: number;
  /** After the first run of the tests, on what is as it should be. */
  readonly minutes: number;
  readonly progress?: (judged: readonly Judged[], of: { readonly total: number; readonly seconds: number }) => void;
}

export interface MutationResult {
  readonly judged: readonly Judged[];
  /** Mutants that there are, by folder of sources. */
  readonly total: ReadonlyMap<string, number>;
}

/** A run of tests takes at most so many times as long on a mutant as without: what takes longer hangs. */
const hangsAfter = 5;
const atLeastMs = 60_000;

/**
 * Changes one place after another in a copy of the project, in an order that the seed gives and each folder in its turn, until all are
 * tried or the time is over, and asks the tests each time. Throws if the tests do not pass before anything is changed.
 */
export async function mutationRun({ project, targets, seed, minutes, progress }: MutationOptions): Promise<MutationResult> {
  const copy = mkdtempSync(join(tmpdir(), "simpul-mutate-"));
  try {
    cpSync(project, copy, { recursive: true, filter: (path) => !["node_modules", ".git"].includes(basename(path)) });
    symlinkSync(join(projectFolder, "node_modules"), join(copy, "node_modules"));
    const limits = new Map<readonly string[], number>();
    for (const { nearest, further } of targets) {
      for (const tests of [nearest, further].filter(({ length }) => length > 0)) {
        const begin = performance.now();
        if ((await passes(copy, tests, Infinity)) !== true) throw new Error(`the tests of ${tests.join(", ")} do not pass as they are`);
        limits.set(tests, Math.max(atLeastMs, hangsAfter * (performance.now() - begin)));
      }
    }
    const random = seeded(seed);
    const queues = targets.map((target) => ({ target, mutants: shuffled(mutantsIn(copy, target.sources), random) }));
    const total = new Map(queues.map(({ target, mutants }) => [target.sources, mutants.length]));
    const all = queues.reduce((sum, { mutants }) => sum + mutants.length, 0);
    const judged: Judged[] = [];
    const begin = performance.now();
    const end = begin + minutes * 60_000;
    while (judged.length < all && performance.now() < end) {
      for (const { target, mutants } of queues) {
        const mutant = mutants.pop();
        if (mutant === undefined || performance.now() >= end) continue;
        judged.push({ target, mutant, verdict: await judge(copy, target, mutant, limits) });
        progress?.(judged, { total: all, seconds: (performance.now() - begin) / 1000 });
      }
    }
    return { judged, total };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function judge(
  copy: string,
  { nearest, further }: Target,
  mutant: Mutant,
  limits: ReadonlyMap<readonly string[], number>,
): Promise<Verdict> {
  const file = join(copy, mutant.file);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end));
  try {
    for (const tests of [nearest, further].filter(({ length }) => length > 0)) {
      const passed = await passes(copy, tests, limits.get(tests)!);
      if (passed !== true) return passed === "hangs" ? "hung" : "killed";
    }
    return "survived";
  } finally {
    writeFileSync(file, text);
  }
}

/** Runs tests to their first failure. */
function passes(root: string, tests: readonly string[], limitMs: number): Promise<boolean | "hangs"> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--bail", "1", "--root", root, ...tests], {
    cwd: root,
    stdio: "ignore",
    // A group of its own, so that what a hanging test has started ends with it.
    detached: true,
    env: { ...process.env, CI: "true" },
  });
  const kill = (): void => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGKILL");
  };
  process.once("exit", kill);
  return new Promise((resolve, reject) => {
    let hangs = false;
    const late = Number.isFinite(limitMs) ? setTimeout(() => ((hangs = true), kill()), limitMs) : undefined;
    child.once("error", reject);
    child.once("exit", (status) => {
      clearTimeout(late);
      process.off("exit", kill);
      resolve(hangs ? "hangs" : status === 0);
    });
  });
}

function mutantsIn(copy: string, sources: string): Mutant[] {
  return globSync(`${sources}/**/*.ts`, { cwd: copy })
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(join(copy, file), "utf8");
      return mutationsOf(text).map((mutation) => ({ ...mutation, file, before: text.slice(mutation.start, mutation.end) }));
    });
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
