/**
 * `npm run bench:lint -- --against COMMIT`: what `lint` takes from its start to its report for a contract of 20,000 lines, here and at
 * another commit. The two run in turn, so that whatever else the machine does befalls both; the ratio of the medians is the figure.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { largeContract } from "./large-contract.ts";

const { values } = parseArgs({
  options: {
    against: { type: "string", default: "HEAD" },
    lines: { type: "string", default: "20000" },
    runs: { type: "string", default: "7" },
  },
});
const here = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "simpul-lint-"));
const other = join(folder, "other");
const git = (...words: readonly string[]): void => {
  const { status, stderr } = spawnSync("git", ["-C", here, ...words], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
};

interface Cost {
  /** Milliseconds from the start of the process to its end. */
  readonly took: number;
  /** Milliseconds of CPU, all threads together: what a busy machine changes least. */
  readonly cpu: number;
}

const tellCpu =
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); fs.writeSync(2, "\\ncpu " + (user + system) + "\\n"); })';

/** One run, with nothing kept from a run before. */
function costOf(project: string, file: string, tries = 3): Cost {
  const begun = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...["--import", `data:text/javascript,import fs from "node:fs";${encodeURIComponent(tellCpu)}`],
      ...[join(project, "src/simpul.mjs"), "lint", file, "--profile", "muara-enim-52-2022", "--json"],
    ],
    { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" } },
  );
  const took = performance.now() - begun;
  // Judging is broken off after a time, which a busy machine may need: that run is made again.
  if (status === 2 && tries > 1) return costOf(project, file, tries - 1);
  if (status === null || status > 1) throw new Error(stderr);
  return { took, cpu: Math.max(...Array.from(stderr.matchAll(/^cpu (\d+)$/gm), ([, micros]) => Number(micros))) / 1000 };
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1]!;

try {
  git("worktree", "add", "--quiet", "--detach", other, values.against);
  if (!existsSync(join(other, "node_modules"))) symlinkSync(join(here, "node_modules"), join(other, "node_modules"));
  const file = join(folder, "openapi.yaml");
  const text = stringify(largeContract(Number(values.lines)), { lineWidth: 0, aliasDuplicateObjects: false });
  writeFileSync(file, text);
  const costs: Record<"here" | "other", Cost[]> = { here: [], other: [] };
  for (let run = 0; run < Number(values.runs); run++) {
    costs.other.push(costOf(other, file));
    costs.here.push(costOf(here, file));
  }
  console.log(`${text.split("\n").length} lines, ${(text.length / 1024).toFixed(0)} KiB, ${values.runs} runs of each in turn, cold`);
  for (const what of ["took", "cpu"] as const) {
    const [then, now] = [costs.other, costs.here].map((list) => list.map((cost) => Math.round(cost[what]))) as [number[], number[]];
    console.log(`${what}  ${values.against} ${median(then)} ms (${then.join(" ")}), here ${median(now)} ms (${now.join(" ")})`);
    console.log(`${what}  ratio of the medians ${(median(now) / median(then)).toFixed(2)}`);
  }
} finally {
  git("worktree", "remove", "--force", other);
  rmSync(folder, { recursive: true });
}
