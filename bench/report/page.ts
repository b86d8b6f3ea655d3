import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../src/base/project.ts";
import { machine } from "./results.ts";

/** One line of a table: what was measured, what came, and what the project promises of it (empty for nothing). */
export type Row = readonly [what: string, measured: string, bound: string];

/** A Markdown table; columns from `right` on are figures. */
export const table = (header: readonly string[], right: number, rows: readonly (readonly string[])[]): string =>
  [header, header.map((_, i) => (i >= right ? "--:" : "---")), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** The same on a terminal. */
export function printRows(rows: readonly Row[]): void {
  const [what, measured] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length))) as [number, number];
  for (const row of rows) console.log(`  ${row[0].padEnd(what)}  ${row[1].padStart(measured)}   ${row[2]}`);
}

/** The machine and the day of a run; without them no figure means anything. */
export function circumstancesNow(): string {
  const { cores, cpu, memoryGB, kernel, node } = machine();
  return `${cores} × ${cpu}, ${memoryGB} GB, Linux ${kernel}, Node ${node.slice(1)}, ${new Date().toISOString().slice(0, 10)}`;
}

/** The page with what stands between the markers of a block replaced. Throws if it has none: a run may not lose its figures silently. */
export function replaceBlock(page: string, name: string, block: string): string {
  const [opening, closing] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [begin, end] = [page.indexOf(opening), page.indexOf(closing)];
  if (begin < 0 || end < begin) throw new Error(`the page has no block ${name}`);
  return `${page.slice(0, begin + opening.length)}\n${block}\n${page.slice(end)}`;
}

/** Writes a block of a page of the project, such as `docs/benchmarks.md`. */
export function writeBlock(path: string, name: string, block: string): void {
  const file = join(projectFolder, path);
  writeFileSync(file, replaceBlock(readFileSync(file, "utf8"), name, block));
}

/**
 * A run that is one list of rows: printed, kept as `bench/results/<name>.json`, and shown in `docs/benchmarks.md` as
 * the command's block.
 */
export function publishRows(name: string, command: string, setting: string, rows: readonly Row[]): void {
  console.log(`${setting}; ${circumstancesNow()}`);
  printRows(rows);
  const kept = { at: new Date().toISOString(), command, machine: machine(), setting, rows };
  writeFileSync(join(projectFolder, "bench/results", `${name}.json`), `${JSON.stringify(kept, undefined, 2)}\n`);
  const block = `${table(["", "measured", "bound"], 1, rows)}\n\n${setting}; ${circumstancesNow()}: \`${command}\`.`;
  writeBlock("docs/benchmarks.md", name, block);
}
