import type { ControlLeaf, ExchangeLeaf, Leaf } from "../ledger/leaf.ts";
import { summariseChange, type ChangeSummary } from "./change.ts";
import { keepLongest } from "./longest.ts";

/**
 * What happened in the time that the leaves cover. Times are RFC 3339 in UTC as in the leaves, days are days of UTC.
 * The names of members are those of the audit report (docs/auditor.md).
 */
export interface ActivitySummary {
  readonly first?: string;
  readonly last?: string;
  /** Leaves by hour (`2026-11-22T09`) and type. */
  readonly hours: readonly { readonly hour: string; readonly leaves: Readonly<Record<string, number>> }[];
  /** How exchanges ended, by service and day. Aggregated refusals name no service and are not here. */
  readonly services: readonly { readonly service: string; readonly day: string; readonly delivered: number; readonly refused: number }[];
  /** Refusals and failures by code and consumer; each refusal of an aggregate counts. */
  readonly refusals: readonly { readonly code: string; readonly consumer: string; readonly count: number }[];
  /** Intents without an outcome: in flight, or of a process that died and was not started again. */
  readonly openIntents: readonly { readonly leaf: number; readonly at: string; readonly consumer: string; readonly service: string }[];
  /** The ten longest gaps of an hour or more between leaves; `leaf` is the first one after the gap. */
  readonly silences: readonly { readonly leaf: number; readonly from: string; readonly until: string; readonly seconds: number }[];
  /** The ten greatest clock regressions of a minute or more; `leaf` has a time before that of an earlier leaf. */
  readonly setBack: readonly { readonly leaf: number; readonly at: string; readonly before: string; readonly seconds: number }[];
  /** All control leaves. */
  readonly changes: readonly ({ readonly leaf: number; readonly at: string } & ChangeSummary)[];
  /**
   * By root: the first exchange with a basis that no control leaf before it brought into force. Another gateway of the
   * registry may have recorded it.
   */
  readonly untold: readonly { readonly leaf: number; readonly root: string }[];
}

export interface ActivitySummariser {
  add(index: number, leaf: Leaf): void;
  end(): ActivitySummary;
}

type Row<T> = { -readonly [K in keyof T]: T[K] };
const listed = 10;
const gapSeconds = 3600;
const regressionSeconds = 60;

/** Summarises millions of leaves in little memory: sums, and the few that stand out. */
export function summariseActivity(): ActivitySummariser {
  const hours = new Map<string, Record<string, number>>();
  const days = new Map<string, Map<string, Row<ActivitySummary["services"][number]>>>();
  const refusals = new Map<string, Row<ActivitySummary["refusals"][number]>>();
  const open = new Map<number, ActivitySummary["openIntents"][number]>();
  const gaps = keepLongest<ActivitySummary["silences"][number]>(listed, ({ seconds }) => seconds);
  const clockRegressions = keepLongest<ActivitySummary["setBack"][number]>(listed, ({ seconds }) => seconds);
  const changes: ActivitySummary["changes"][number][] = [];
  const rules = new Set<string>();
  const unexplainedBasis = new Map<string, number>();
  let first: string | undefined;
  /** The latest time so far. */
  let latest = "";
  /** The hour of the leaf before, since neighbours share it. */
  let hour = { name: "?", leaves: {} as Record<string, number>, services: new Map<string, Row<ActivitySummary["services"][number]>>() };

  const enter = (name: string): typeof hour => {
    const leaves = hours.get(name) ?? {};
    hours.set(name, leaves);
    const day = name.slice(0, 10);
    const services = days.get(day) ?? new Map<string, Row<ActivitySummary["services"][number]>>();
    days.set(day, services);
    return { name, leaves, services };
  };

  const time = (leaf: number, at: string): void => {
    if (at < latest) {
      const seconds = (Date.parse(latest) - Date.parse(at)) / 1000;
      if (seconds >= regressionSeconds) clockRegressions.add({ leaf, at, before: latest, seconds });
      return;
    }
    // Only another hour can be an hour later: most leaves need no arithmetic.
    if (latest !== "" && !at.startsWith(latest.slice(0, 13))) {
      const seconds = (Date.parse(at) - Date.parse(latest)) / 1000;
      if (seconds >= gapSeconds) gaps.add({ leaf, from: latest, until: at, seconds });
    }
    latest = at;
  };

  const refuse = (code: string, consumer: string, count: number): void => {
    const key = `${code} ${consumer}`;
    const row = refusals.get(key);
    if (row === undefined) refusals.set(key, { code, consumer, count });
    else row.count += count;
  };

  const conclude = ({ service = "-", consumer, problem }: ExchangeLeaf): void => {
    let row = hour.services.get(service);
    if (row === undefined) hour.services.set(service, (row = { service, day: hour.name.slice(0, 10), delivered: 0, refused: 0 }));
    if (problem === undefined) row.delivered++;
    else {
      row.refused++;
      refuse(problem, consumer, 1);
    }
  };

  const change = (index: number, { at, change: said }: ControlLeaf): void => {
    const { roots, ...summary } = summariseChange(said);
    for (const root of roots) rules.add(root);
    changes.push({ leaf: index, at, ...summary });
  };

  const exchange = (index: number, leaf: ExchangeLeaf): void => {
    if (leaf.type === "intent") open.set(index, { leaf: index, at: leaf.at, consumer: leaf.consumer, service: leaf.service ?? "-" });
    else conclude(leaf);
    if (leaf.intent !== undefined) open.delete(leaf.intent.index);
    if (rules.size === 0) return;
    const { registry, policy } = leaf.basis;
    if (!rules.has(registry) && !unexplainedBasis.has(registry)) unexplainedBasis.set(registry, index);
    if (!rules.has(policy) && !unexplainedBasis.has(policy)) unexplainedBasis.set(policy, index);
  };

  return {
    add(index, leaf) {
      first ??= leaf.at;
      time(index, leaf.at);
      if (!leaf.at.startsWith(hour.name)) hour = enter(leaf.at.slice(0, 13));
      hour.leaves[leaf.type] = (hour.leaves[leaf.type] ?? 0) + 1;
      if (leaf.type === "control") change(index, leaf);
      else if ("counts" in leaf) for (const [code, count] of Object.entries(leaf.counts)) refuse(code, leaf.consumer, count);
      else exchange(index, leaf);
    },
    end: () => ({
      ...(first === undefined ? undefined : { first, last: latest }),
      hours: [...hours].map(([name, leaves]) => ({ hour: name, leaves })).sort((a, b) => (a.hour < b.hour ? -1 : 1)),
      services: [...days.values()].flatMap((rows) => [...rows.values()]),
      refusals: [...refusals.values()].sort((a, b) => b.count - a.count),
      openIntents: [...open.values()],
      silences: gaps.list(),
      setBack: clockRegressions.list(),
      changes,
      untold: [...unexplainedBasis].map(([root, leaf]) => ({ leaf, root })),
    }),
  };
}
