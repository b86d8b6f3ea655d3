import { describe, expect, it } from "vitest";
import { cells, idOf } from "../../bench/measure/cells.ts";
import { cpuRatio, figuresOf } from "../../bench/report/figures.ts";
import type { Run } from "../../bench/measure/measure.ts";
import { plot } from "../../bench/report/plot.ts";
import { median, quantile } from "../../bench/measure/quantile.ts";
import { replaceBlock } from "../../bench/report/page.ts";
import { headlineOf, markdown } from "../../bench/report/report.ts";
import { machine, summarise, type Results } from "../../bench/report/results.ts";

const run = (cpuMicros: number, over: Partial<Run> = {}): Run => ({
  requests: 1000,
  perSecond: 3000,
  p50Ms: 1,
  p99Ms: 9,
  cpuMicros,
  peakMB: 100,
  receipts: 20,
  ...over,
});

/** Round by round the bare proxy takes 50, 100 and 60 µs, everything else as given. */
function results(other: readonly [number, number, number]): Results {
  return {
    at: "2026-01-01T00:00:00.000Z",
    command: "npm run bench",
    machine: machine(),
    nodeFlags: ["--max-semi-space-size=8"],
    rounds: 3,
    secondsPerCell: 1,
    cells: cells.map((cell) =>
      summarise(
        cell,
        (cell.subject === "proxy" ? [50, 100, 60] : other).map((cpu, i) => run(cpu, { peakMB: 100 + i })),
      ),
    ),
    notRun: ["nginx"],
    receiptsChecked: 60,
    startMs: { median: 400, runs: [400] },
    validationMicros: 50,
  };
}

describe("the figures of a benchmark", () => {
  it("are ratios taken round by round, so that a slow round falls on both sides", () => {
    const found = results([100, 200, 120]);
    const simpul = found.cells.find(({ subject, alg, connections }) => subject === "simpul" && alg === "RS256" && connections === 64)!;
    expect(cpuRatio(found, simpul)).toBe(2);
    expect(simpul).toMatchObject({ cpuMicros: 120, peakMB: 102 });
  });

  it("say of each bound whether it holds", () => {
    const holds = (found: Results): Record<string, boolean | undefined> =>
      Object.fromEntries(figuresOf(found).map((figure) => [figure.what, figure.holds]));
    expect(holds(results([100, 200, 120]))).toMatchObject({
      "CPU per exchange over the bare proxy's, RS256, GET 1 KB": true,
      "Start to ready": true,
    });
    expect(holds(results([110, 220, 130]))).toMatchObject({
      "CPU per exchange over the bare proxy's, RS256, GET 1 KB": false,
      "Peak memory at 1,000 connections": undefined,
    });
  });

  it("leave out what did not run", () => {
    const found = results([1, 1, 1]);
    const figures = figuresOf({ ...found, cells: found.cells.filter(({ subject }) => subject === "provider") });
    expect(figures.map(({ what }) => what)).toEqual(["CPU of judging 10 KB of content by its contract, one direction", "Start to ready"]);
  });

  it("have nearest-rank quantiles and medians", () => {
    expect([quantile([1, 2, 3, 4], 0.5), quantile([1, 2, 3, 4], 0.99), quantile([7], 0.5), quantile([], 0.5)]).toEqual([2, 4, 7, NaN]);
    expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
  });
});

describe("the report", () => {
  it("replaces the block between its markers and nothing else, and fails where a page has lost them", () => {
    const page = "before\n<!-- a:begin -->\nold\n<!-- a:end -->\n<!-- b:begin -->\n<!-- b:end -->\n";
    expect(replaceBlock(page, "a", "new")).toBe("before\n<!-- a:begin -->\nnew\n<!-- a:end -->\n<!-- b:begin -->\n<!-- b:end -->\n");
    expect(() => replaceBlock(page, "c", "new")).toThrow("the page has no block c");
  });

  it("gives the README its five figures in one order", () => {
    const rows = headlineOf(results([100, 200, 120])).split("\n");
    expect(rows).toHaveLength(2 + 5);
    expect(rows[2]).toContain("RS256");
    expect(rows.at(-1)).toContain("Start to ready");
  });

  it("names machine, date, command, flags and what was absent", () => {
    const text = markdown(results([100, 200, 120]));
    for (const part of ["`npm run bench`", "2026-01-01", "`--max-semi-space-size=8`", "60 receipts", "nginx"]) expect(text).toContain(part);
  });

  it("plots every cell at 64 connections, in well-formed XML without a stray angle bracket", () => {
    const svg = plot(results([100, 200, 120]));
    const shown = cells.filter(({ connections }) => connections === 64).length;
    expect(svg.match(/<rect class="(?:simpul|bare|other)"/g)).toHaveLength(2 * shown);
    expect(svg).toContain("(2.0×)");
    const open = svg.match(/<[a-z]+[^>]*[^/]>/g)!.length;
    expect(svg.match(/<\/[a-z]+>/g)).toHaveLength(open);
  });
});

describe("the table of cells", () => {
  it("names every cell once, and those as quick that the ratios need, the bare proxy among them", () => {
    expect(new Set(cells.map(idOf)).size).toBe(cells.length);
    expect(cells.filter(({ quick }) => quick).map(({ subject, method, alg }) => `${subject} ${method} ${alg ?? "-"}`)).toEqual([
      "provider GET -",
      "proxy GET -",
      "simpul GET RS256",
      "simpul GET ES256",
    ]);
  });
});
