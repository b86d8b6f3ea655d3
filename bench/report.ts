import { cpuRatio, figuresOf, type Figure } from "./figures.ts";
import type { CellResult, Results } from "./results.ts";

const markers = { begin: "<!-- bench:begin -->", end: "<!-- bench:end -->" } as const;

/** Where, when and how; without it no figure means anything. */
export function circumstances({ machine, at, command, rounds, secondsPerCell, nodeFlags, notRun, receiptsChecked }: Results): string {
  const absent = notRun.length === 0 ? "" : ` Not run (not on the PATH): ${notRun.join(", ")}.`;
  return (
    `${machine.cores} × ${machine.cpu}, ${machine.memoryGB} GB, Linux ${machine.kernel}, Node ${machine.node.slice(1)}, ${at.slice(0, 10)}: \`${command}\`, ` +
    `load generator on the same cores, medians of ${rounds} interleaved rounds of ${secondsPerCell} s a cell. Every subject written for Node runs with \`${nodeFlags.join(" ")}\`; ` +
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

const table = (header: readonly string[], right: number, rows: readonly (readonly string[])[]): string =>
  [header, header.map((_, i) => (i >= right ? "--:" : "---")), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** Tables and circumstances in Markdown. */
export function markdown(results: Results): string {
  const figures = figuresOf(results).map(showFigure);
  return [
    "![CPU per request and requests per second of Simpul and what it replaces](bench/results.svg)",
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
    `${circumstances(results)} Where each microsecond goes: [bench/profile.md](bench/profile.md).`,
  ].join("\n\n");
}

/** The page with what stands between the markers replaced; as it is if it has none. */
export function replaceBetweenMarkers(page: string, block: string): string {
  const [begin, end] = [page.indexOf(markers.begin), page.indexOf(markers.end)];
  if (begin < 0 || end < begin) return page;
  return `${page.slice(0, begin + markers.begin.length)}\n${block}\n${page.slice(end)}`;
}
