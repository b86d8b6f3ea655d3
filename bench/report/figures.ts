import type { Algorithm } from "../subjects/manifests.ts";
import { median } from "../measure/quantile.ts";
import type { CellResult, Results } from "./results.ts";
import type { SubjectName } from "../subjects/subjects.ts";

/** A figure that the project promises: what it is, what it may be, what it was. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly bound: { readonly most: number } | { readonly least: number } | undefined;
  readonly holds: boolean | undefined;
}

interface Wanted {
  readonly subject: SubjectName;
  readonly alg?: Algorithm;
  readonly connections?: number;
  readonly request?: string;
}

function find({ cells }: Pick<Results, "cells">, { subject, alg, connections = 64, request = "GET 1 KB" }: Wanted): CellResult | undefined {
  return cells.find((cell) => cell.subject === subject && cell.alg === alg && cell.connections === connections && cell.request === request);
}

/**
 * CPU of a cell over that of the bare proxy for the same request: round by round, since what else the machine does
 * falls on both; then the median.
 */
export function cpuRatio(results: Pick<Results, "cells">, cell: CellResult): number | undefined {
  const bare = find(results, { subject: "proxy", connections: cell.connections, request: cell.request });
  return bare === undefined ? undefined : ratioOf(cell, bare);
}

const ratioOf = (cell: CellResult, base: CellResult): number =>
  median(cell.rounds.map(({ cpuMicros }, round) => cpuMicros / base.rounds[round]!.cpuMicros));

/** The figures in the order in which the project states them; those whose cells did not run are left out. */
export function figuresOf(results: Results): readonly Figure[] {
  const figures: Figure[] = [];
  const add = (what: string, unit: string, measured: number | undefined, bound?: Figure["bound"]): void => {
    if (measured === undefined || Number.isNaN(measured)) return;
    const holds = bound === undefined ? undefined : "most" in bound ? measured <= bound.most : measured >= bound.least;
    figures.push({ what, measured, unit, bound, holds });
  };
  const ratio = (alg: Algorithm, request?: string): number | undefined => {
    const cell = find(results, { subject: "simpul", alg, ...(request === undefined ? {} : { request }) });
    return cell === undefined ? undefined : cpuRatio(results, cell);
  };
  const added = (subject: SubjectName, alg?: Algorithm): number | undefined => {
    const cell = find(results, { subject, connections: 1, ...(alg === undefined ? {} : { alg }) });
    const direct = find(results, { subject: "provider", connections: 1 });
    return cell === undefined || direct === undefined ? undefined : cell.p50Ms - direct.p50Ms;
  };
  const atMany = results.cells.filter(({ subject, connections }) => subject === "simpul" && connections === 64);
  const many = find(results, { subject: "simpul, 1,000 connections", alg: "RS256", connections: 1000 });

  add("CPU per exchange over the bare proxy's, RS256, GET 1 KB", "×", ratio("RS256"), { most: 2 });
  add("CPU per exchange over the bare proxy's, ES256, GET 1 KB", "×", ratio("ES256"), { most: 2.6 });
  add("CPU per exchange over the bare proxy's, Ed25519, GET 1 KB", "×", ratio("Ed25519"));
  add("CPU per exchange over the bare proxy's, RS256, GET 10 KB", "×", ratio("RS256", "GET 10 KB"));
  add("CPU per exchange over the bare proxy's, RS256, POST 1 KB (two leaves)", "×", ratio("RS256", "POST 1 KB"));
  add("Exchanges per second, RS256, GET 1 KB, 64 connections", "/s", find(results, { subject: "simpul", alg: "RS256" })?.perSecond, {
    least: 2500,
  });
  add("Added p50 over the provider, one connection, RS256", "ms", added("simpul", "RS256"), { most: 2 });
  add("Added p50 over the provider, one connection, bare proxy", "ms", added("proxy"));
  add("Peak memory at 64 connections", "MB", atMany.length === 0 ? undefined : Math.max(...atMany.map(({ peakMB }) => peakMB)), {
    most: 250,
  });
  add("Peak memory at 1,000 connections", "MB", many?.peakMB);
  add("p99 at 1,000 connections, no error", "ms", many?.p99Ms);
  add("CPU of judging 10 KB of content by its contract, one direction", "µs", results.validationMicros, { most: 60 });
  add("Start to ready", "ms", results.startMs.median, { most: 1500 });
  return figures;
}
