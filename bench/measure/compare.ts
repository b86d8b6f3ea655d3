import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { projectFolder } from "../../src/base/project.ts";
import { checkOut } from "../subjects/checkout.ts";
import { prepareGateway, type PreparedGateway } from "../subjects/gateway.ts";
import { generateKeys } from "../subjects/manifests.ts";
import { startSubject, type Subject } from "../subjects/subject.ts";
import { prepareSubject } from "../subjects/subjects.ts";
import { labelOf, type Cell } from "./cells.ts";
import { measure, prepareCell } from "./measure.ts";
import { median } from "./quantile.ts";

export interface Comparison {
  readonly directory: string;
  readonly commit: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** One figure of this tree beside the commit's: medians, and the median of the rounds' ratios. */
export interface Ratio {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: number;
  /** CPU is what a change costs; the other figures also say what else the machine did. */
  readonly isCpu: boolean;
}

const exchange = { subject: "simpul", method: "GET", size: 1, alg: "RS256", connections: 64 } as const;
const compared: readonly Cell[] = [
  exchange,
  { ...exchange, alg: "ES256" },
  { ...exchange, alg: "Ed25519" },
  { ...exchange, size: 10 },
  { ...exchange, method: "POST" },
];
const starts = 5;

interface Side {
  readonly prepared: PreparedGateway;
  readonly subject: Subject;
}

/**
 * This tree, as it lies on the disk, beside another commit: the same keys, the same provider, cells in turn, so that
 * what else the machine does falls on both sides. Which side is first changes from round to round.
 */
export async function compare({ directory, commit, rounds, seconds, warmUpSeconds }: Comparison): Promise<readonly Ratio[]> {
  const keys = generateKeys();
  const provider = await startSubject((await prepareSubject("provider", { directory, upstream: "", keys }))!.command);
  const stops = [provider.stop];
  try {
    const prepare = (name: string, checkout: string): Promise<PreparedGateway> => {
      const own = join(directory, name);
      mkdirSync(own);
      return prepareGateway({ directory: own, upstream: provider.origin, keys, checkout });
    };
    const gateways = [await prepare("ours", projectFolder), await prepare("theirs", checkOut(commit, join(directory, "commit")))] as const;
    const startMs = await timeStarts(gateways);
    const start = async (prepared: PreparedGateway): Promise<Side> => {
      const subject = await startSubject(prepared.command());
      stops.push(subject.stop);
      return { prepared, subject };
    };
    const sides = [await start(gateways[0]), await start(gateways[1])] as const;
    const run = async (cell: Cell, { prepared, subject }: Side, length: number): Promise<number> => {
      const requests = await prepareCell(cell, keys, subject, length);
      await pause(200);
      return (await measure(cell, requests, subject, { command: prepared.command(), vkey: prepared.vkey }, length)).cpuMicros;
    };
    for (const side of sides) await run(exchange, side, warmUpSeconds);
    const cpu = compared.map((): [number[], number[]] => [[], []]);
    for (let round = 0; round < rounds; round++) {
      console.error(`round ${round + 1} of ${rounds}`);
      for (const [i, cell] of compared.entries()) {
        for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
          cpu[i]![side].push(await run(cell, sides[side], seconds));
      }
    }
    const peaks = sides.map(({ subject }) => subject.tree.peakBytes() / 1e6) as [number, number];
    return [
      ...compared.map((cell, i) => ratioOf(`CPU per exchange, ${cell.alg}, ${labelOf(cell)}`, "µs", cpu[i]!, true)),
      ratioOf("Start to ready", "ms", startMs, false),
      ratioOf("Peak memory after the last cell", "MB", [[peaks[0]], [peaks[1]]], false),
    ];
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function timeStarts(gateways: readonly PreparedGateway[]): Promise<[number[], number[]]> {
  const taken: [number[], number[]] = [[], []];
  for (let i = 0; i < starts; i++) {
    for (const side of [0, 1] as const) {
      const subject = await startSubject(gateways[side]!.command());
      taken[side].push(subject.startMs);
      await subject.stop();
    }
  }
  return taken;
}

function ratioOf(what: string, unit: string, [ours, theirs]: readonly [readonly number[], readonly number[]], isCpu: boolean): Ratio {
  const show = (values: readonly number[]): string => `${median(values).toFixed(0)} ${unit}`;
  return { what, ours: show(ours), theirs: show(theirs), ratio: median(ours.map((value, round) => value / theirs[round]!)), isCpu };
}
