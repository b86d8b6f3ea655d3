import { cpuRatio, figuresOf, type Figure } from "./figures.ts";
import { table } from "./page.ts";
import type { CellResult, Results } from "./results.ts";

/** Where, when and how; without it no figure means anything. */
export function circumstances({ machine, at, command, rounds, secondsPerCell, nodeFlags, notRun, receiptsChecked }: Results): string {
  const absent = notRun.length === 0 ? "" : ` Not run (not on the PATH): ${notRun.join(", ")}.`;
  return (
    `${machine.cores} × ${machine.cpu}, ${machine.memoryGB} GB, Linux ${machine.kernel}, Node ${machine.node.slice(1)}, ` +
    `${at.slice(0, 10)}: \`${command}\`, ` +
    `load generator on the same cores, medians of ${rounds} interleaved rounds of ${secondsPerCell} s a cell. ` +
    `Every subject written for Node runs with \`${nodeFlags.join(" ")}\`; ` +
    `those that are not Simpul get the same request without a statement. Memory is the kernel's peak of resident pages. ` +
    `Every answer was 2xx; ${receiptsChecked} receipts were checked with the log's key.${absent}`
  );
}

const number = (value: number, digits: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function showFigure({ what, measured, unit, bound, holds }: Figure): {
  what: string;
  measured: string;
  bound: string;
  holds: string;
} {
  const digits = unit === "×" || (unit === "ms" && measured < 100) ? 2 : 0;
  const show = (value: number, precise: number): string => `${number(value, precise)}${unit === "×" || unit === "/s" ? "" : " "}${unit}`;
  return {
    what,
    measured: show(measured, digits),
    bound:
      bound === undefined
        ? ""
        : "most" in bound
          ? `≤ ${show(bound.most, unit === "×" ? (Number.isInteger(bound.most * 10) ? 1 : 2) : 0)}`
          : `≥ ${show(bound.least, 0)}`,
    holds: holds === undefined ? "" : holds ? "yes" : "no",
  };
}

function row(results: Results, cell: CellResult): readonly string[] {
  const ratio = cpuRatio(results, cell);
  return [
    cell.title,
    cell.request,
    String(cell.connections),
    number(cell.perSecond, 0),
    number(cell.p50Ms, 2),
    number(cell.p99Ms, 1),
    number(cell.cpuMicros, 0),
    ratio === undefined || cell.subject === "provider" ? "" : number(ratio, 2),
    number(cell.peakMB, 0),
  ];
}

/** The figures that the README shows, in its order. */
const headline = [
  "CPU per exchange over the bare proxy's, RS256, GET 1 KB",
  "Exchanges per second, RS256, GET 1 KB, 64 connections",
  "Added p50 over the provider, one connection, RS256",
  "Peak memory at 64 connections",
  "Start to ready",
];

/** Five figures for the README; a run without one of their cells shows the others. */
export function headlineOf(results: Results): string {
  const figures = figuresOf(results)
    .filter(({ what }) => headline.includes(what))
    .sort((a, b) => headline.indexOf(a.what) - headline.indexOf(b.what))
    .map(showFigure);
  return table(
    ["", "measured", "bound", "holds"],
    1,
    figures.map(({ what, measured, bound, holds }) => [what, measured, bound, holds]),
  );
}

/** Tables and circumstances in Markdown, for `docs/benchmarks.md`. */
export function markdown(results: Results): string {
  const figures = figuresOf(results).map(showFigure);
  return [
    "![CPU per request and requests per second of Simpul and what it replaces](../bench/results/exchange.svg)",
    table(
      ["", "measured", "bound", "holds"],
      1,
      figures.map(({ what, measured, bound, holds }) => [what, measured, bound, holds]),
    ),
    table(
      ["", "request", "conn.", "req/s", "p50 ms", "p99 ms", "CPU µs/req", "× bare proxy", "peak MB"],
      2,
      results.cells.map((cell) => row(results, cell)),
    ),
    circumstances(results),
  ].join("\n\n");
}
