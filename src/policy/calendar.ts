import { clockIn } from "../base/local-time.ts";
import { dayMs } from "../base/time.ts";
import { momentOfClock, readMoment } from "../registry/manifest/period.ts";

/** Calendar days are written `2026-01-31`; they compare as text. */

/** The day at an instant in a time zone. */
export const dayIn = (timeZone: string, now: number): string => clockIn(timeZone, now).slice(0, "2026-01-31".length);

/** The day's first instant in a time zone, in milliseconds. */
export const startOfDay = (day: string, timeZone: string): number => readMoment(day, "from", timeZone)!;

/**
 * A moment as an officer writes it, in milliseconds: a day (`2026-01-31`, its first instant), a local time (`2026-01-31T21:30`), or a
 * time with its offset. `undefined` if there is no such moment.
 */
export function momentIn(timeZone: string, text: string): number | undefined {
  const local = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?$/.exec(text);
  if (local === null) return readMoment(text, "from", timeZone);
  const clock = readMoment(`${local[1]}${local[2] ?? ":00"}Z`, "from", timeZone);
  return clock === undefined ? undefined : momentOfClock(clock, timeZone);
}

/** The first instant after a calendar day that is included, in milliseconds. */
export const endOfDay = (lastDay: string, timeZone: string): number => readMoment(lastDay, "until", timeZone)!;

export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** The same day of a later month, or its last day: a month after 31 January is 28 February. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
