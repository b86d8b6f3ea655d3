import { type Cell, statementsFor } from "./cells.ts";
import { applyLoad, type Load } from "./load.ts";
import type { Keys } from "../subjects/manifests.ts";
import { requireReceipt, withReceipt, type Sampled } from "./receipts.ts";
import { plainRequest, signedRequests } from "./requests.ts";
import type { Subject } from "../subjects/subject.ts";
import { subjects } from "../subjects/subjects.ts";
import type { PreparedSubject } from "../subjects/prepared.ts";

/** One cell in one round. */
export interface Run {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the subject's process tree, user and system, for one request. */
  readonly cpuMicros: number;
  /** Peak resident memory of the process tree while the cell ran, in MB of 10⁶ bytes. */
  readonly peakMB: number;
  /** Receipts that were checked, and held. */
  readonly receipts: number;
}

/** What a cell will send; made before the round, since signing takes the machine. */
export interface PreparedRequests {
  readonly requests: Load["requests"];
  readonly sampled: Sampled[];
}

export async function prepareCell(cell: Cell, keys: Keys, subject: Subject, seconds: number): Promise<PreparedRequests> {
  if (cell.alg === undefined || subjects[cell.subject].exchanges !== true) return { requests: await plainRequest(cell, keys), sampled: [] };
  const { lists, sampled } = await signedRequests(cell, cell.alg, keys, subject.origin, statementsFor(cell, seconds));
  return { requests: lists, sampled };
}

/** Runs one cell. Throws when an answer is not 2xx or a receipt does not hold. */
export async function measure(
  cell: Cell,
  { requests, sampled }: PreparedRequests,
  subject: Subject,
  prepared: PreparedSubject,
  seconds: number,
): Promise<Run> {
  const { tree } = subject;
  let before = 0;
  tree.resetPeak();
  const load = await applyLoad({
    origin: subject.origin,
    connections: cell.connections,
    seconds,
    requests,
    ...(cell.perSecond === undefined ? {} : { perSecond: cell.perSecond }),
    onStart: () => void (before = tree.cpuSeconds()),
  });
  const cpuSeconds = tree.cpuSeconds() - before;
  const peakMB = tree.peakBytes() / 1e6;
  if (prepared.vkey !== undefined) {
    if (sampled.length === 0) throw new Error("no receipt came to be checked");
    for (const exchange of sampled) requireReceipt(await withReceipt(exchange, subject.origin), prepared.vkey);
  }
  return {
    requests: load.requests,
    perSecond: load.requests / load.seconds,
    p50Ms: load.p50Ms,
    p99Ms: load.p99Ms,
    cpuMicros: (cpuSeconds * 1e6) / load.requests,
    peakMB,
    receipts: sampled.length,
  };
}
