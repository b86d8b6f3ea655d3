import { hourMs } from "../../base/time.ts";
import type { ActivitySummary } from "../activity-summary.ts";

export interface Period {
  /** `2026-11-22T09`, `2026-11-22` or `2026-11`. */
  readonly name: string;
  readonly leaves: Readonly<Record<string, number>>;
}

export interface Periods {
  readonly unit: "hour" | "day" | "month";
  /** From the first to the last without a gap: an empty period is shown, too. */
  readonly periods: readonly Period[];
}

/** The most periods of a unit that fit the figure. */
const widest = { hour: 72, day: 120 };
/** A log whose clock went wrong may cover a thousand years: its figure is cut off. */
const most = 600;

/** The leaves by the smallest unit that fits a figure: hours up to three days, days up to four months, else months. */
export function periodsOf(hours: ActivitySummary["hours"]): Periods {
  const [first, last] = [hours[0]?.hour, hours.at(-1)?.hour];
  if (first === undefined || last === undefined) return { unit: "hour", periods: [] };
  const [from, to] = [momentOf(first), momentOf(last)];
  const spanned = (to - from) / hourMs + 1;
  const unit = spanned <= widest.hour ? "hour" : spanned <= widest.day * 24 ? "day" : "month";
  const nameOf = (hour: string): string => hour.slice(0, { hour: 13, day: 10, month: 7 }[unit]);

  const sums = new Map<string, Record<string, number>>();
  for (let ms = from; ms <= to && sums.size < most; ms = nextOf(ms, unit)) sums.set(nameOf(new Date(ms).toISOString()), {});
  for (const { hour, leaves } of hours) {
    const sum = sums.get(nameOf(hour));
    if (sum !== undefined) for (const [type, count] of Object.entries(leaves)) sum[type] = (sum[type] ?? 0) + count;
  }
  return { unit, periods: [...sums].map(([name, leaves]) => ({ name, leaves })) };
}

const momentOf = (hour: string): number => Date.parse(`${hour}:00:00.000Z`);

function nextOf(ms: number, unit: Periods["unit"]): number {
  if (unit !== "month") return ms + (unit === "hour" ? hourMs : 24 * hourMs);
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
