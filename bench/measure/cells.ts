import type { Algorithm } from "../subjects/manifests.ts";
import type { Size } from "../subjects/records.ts";
import type { SubjectName } from "../subjects/subjects.ts";

/** One row of the benchmark: what is asked of whom, over how many connections. */
export interface Cell {
  readonly subject: SubjectName;
  readonly method: "GET" | "POST";
  /** Of the answer, in kilobytes; a POST sends one kilobyte and gets one. */
  readonly size: Size;
  /** The consumer's algorithm, where there is a signature at all. */
  readonly alg?: Algorithm;
  readonly connections: number;
  /** At most so many requests a second; as many as are answered without it. */
  readonly perSecond?: number;
  readonly quick?: true;
}

const many = 64;
const get1 = { method: "GET", size: 1, connections: many } as const;
const get10 = { ...get1, size: 10 } as const;
const post1 = { ...get1, method: "POST" } as const;
const alone = { ...get1, connections: 1 } as const;

/** In the order in which every round runs them: what is compared stands side by side. */
export const cells: readonly Cell[] = [
  { subject: "provider", ...get1, quick: true },
  { subject: "proxy", ...get1, quick: true },
  { subject: "simpul", ...get1, alg: "RS256", quick: true },
  { subject: "simpul", ...get1, alg: "ES256", quick: true },
  { subject: "simpul", ...get1, alg: "Ed25519" },
  { subject: "simpul, ledger in a worker", ...get1, alg: "RS256" },
  { subject: "floor", ...get1 },
  { subject: "nginx", ...get1 },
  { subject: "haproxy", ...get1, alg: "RS256" },
  { subject: "haproxy", ...get1, alg: "ES256" },
  { subject: "proxy", ...get10 },
  { subject: "simpul", ...get10, alg: "RS256" },
  { subject: "proxy", ...post1 },
  { subject: "simpul", ...post1, alg: "RS256" },
  { subject: "simpul", ...post1, alg: "ES256" },
  { subject: "provider", ...alone },
  { subject: "proxy", ...alone },
  { subject: "simpul", ...alone, alg: "RS256" },
  { subject: "simpul", ...alone, alg: "ES256" },
  { subject: "simpul, 1,000 connections", ...get1, alg: "RS256", connections: 1000 },
];

export const labelOf = ({ method, size }: Pick<Cell, "method" | "size">): string => `${method} ${size} KB`;

/** What tells a cell from every other one. */
export const idOf = (cell: Cell): string =>
  [cell.subject, cell.alg, labelOf(cell), `${cell.connections} c`].filter((part) => part !== undefined).join(" · ");

/** Statements that a cell of so many seconds can use up; a cell that is faster ends when its lists do. */
export function statementsFor({ alg, connections, perSecond: most }: Cell, seconds: number): number {
  const perSecond = most !== undefined ? 1.2 * most : connections === 1 ? 1500 : alg === "RS256" ? 3200 : 4000;
  return Math.max(1, Math.ceil((perSecond * seconds) / connections)) * connections;
}
