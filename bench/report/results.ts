import { cpus, release, totalmem } from "node:os";
import { idOf, labelOf, type Cell } from "../measure/cells.ts";
import type { Run } from "../measure/measure.ts";
import { median } from "../measure/quantile.ts";
import { subjects } from "../subjects/subjects.ts";

/** What one run of the benchmark found: `bench/results/exchange.json`. */
export interface Results {
  readonly at: string;
  readonly command: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGB: number;
    readonly kernel: string;
    readonly node: string;
  };
  /** V8 flags of every subject written for Node. */
  readonly nodeFlags: readonly string[];
  readonly rounds: number;
  readonly secondsPerCell: number;
  readonly cells: readonly CellResult[];
  /** Subjects whose program the machine does not have. */
  readonly notRun: readonly string[];
  readonly receiptsChecked: number;
  /** From spawn to `/readyz` 200, of one gateway started again and again. */
  readonly startMs: { readonly median: number; readonly runs: readonly number[] };
  /** CPU of judging 10 KB of content by its contract, in one direction. */
  readonly validationMicros: number;
}

/** Medians over the rounds (memory: the highest), and the rounds. */
export interface CellResult extends Pick<Cell, "subject" | "alg" | "connections"> {
  readonly id: string;
  readonly title: string;
  readonly request: string;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicros: number;
  readonly peakMB: number;
  readonly rounds: readonly Run[];
}

export function summarise(cell: Cell, rounds: readonly Run[]): CellResult {
  const middle = (figure: keyof Run): number => median(rounds.map((run) => run[figure]));
  return {
    id: idOf(cell),
    title: titleOf(cell),
    subject: cell.subject,
    ...(cell.alg === undefined ? {} : { alg: cell.alg }),
    request: labelOf(cell),
    connections: cell.connections,
    perSecond: middle("perSecond"),
    p50Ms: middle("p50Ms"),
    p99Ms: middle("p99Ms"),
    cpuMicros: middle("cpuMicros"),
    peakMB: Math.max(...rounds.map(({ peakMB }) => peakMB)),
    rounds,
  };
}

export const titleOf = ({ subject, alg }: Cell): string =>
  alg === undefined ? subjects[subject].title : `${subjects[subject].title}, ${alg}`;

export function machine(): Results["machine"] {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    kernel: release().split("-")[0]!,
    node: process.version,
  };
}
