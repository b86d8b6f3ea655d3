import { dayMs } from "../../base/time.ts";
import { validateDate, validateDateTime } from "../../contract/formats/time.ts";

/** How far local time is ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - moment;
}

/**
 * The moment at which clocks in the zone show what a clock in UTC shows at `clock`, in milliseconds. The second guess settles days whose
 * offset changes.
 */
export function momentOfClock(clock: number, timeZone: string): number {
  return clock - offsetAt(clock - offsetAt(clock, timeZone), timeZone);
}

/**
 * A moment of a manifest in milliseconds. A date means that day in the instance's time zone: its beginning for `from`,
 * its end for `until`. Manifests mean both ends inclusively, so the result for `until` is the first millisecond after
 * it. `undefined` if there is no such moment.
 */
export function readMoment(text: string, end: "from" | "until", timeZone: string): number | undefined {
  if (text.includes("T")) {
    if (validateDateTime(text) !== undefined) return undefined;
    return Date.parse(text) + (end === "until" ? 1 : 0);
  }
  if (validateDate(text) !== undefined) return undefined;
  return momentOfClock(Date.parse(text) + (end === "until" ? dayMs : 0), timeZone);
}
