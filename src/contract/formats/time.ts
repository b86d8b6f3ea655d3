import type { Text } from "../../base/text.ts";
import { dayExists, daysOf } from "./calendar.ts";
import { digitsAt } from "./digits.ts";
import { messages } from "./messages.ts";

const hyphen = 0x2d;

/** Validates a `full-date` of RFC 3339. */
export function validateDate(value: string): Text | undefined {
  const year = digitsAt(value, 0, 4);
  const month = digitsAt(value, 5, 2);
  const day = digitsAt(value, 8, 2);
  if (value.length !== 10 || value.charCodeAt(4) !== hyphen || value.charCodeAt(7) !== hyphen || Number.isNaN(year + month + day))
    return messages.dateForm;
  return dayExists(year, month, day) ? undefined : messages.noSuchDay;
}

const timeForm = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const lastMinute = 23 * 60 + 59;

/**
 * The second 60 is a leap second: the last one of a day of UTC (RFC 3339 §5.6, §5.7). Gives by how many days that day of
 * UTC is away from the written one; `undefined` for a time that does not exist.
 */
function daysToUtc([, hours, minutes, seconds, sign, offsetHours = "00", offsetMinutes = "00"]: readonly (string | undefined)[]):
  number | undefined {
  if (hours! > "23" || minutes! > "59" || seconds! > "60" || offsetHours > "23" || offsetMinutes > "59") return undefined;
  if (seconds !== "60") return 0;
  const offset = Number(offsetHours) * 60 + Number(offsetMinutes);
  const utc = Number(hours) * 60 + Number(minutes) - (sign === "-" ? -offset : offset);
  const days = Math.floor(utc / 1440);
  return utc - days * 1440 === lastMinute ? days : undefined;
}

/** Validates a `full-time` of RFC 3339. */
export function validateTime(value: string): Text | undefined {
  const parts = timeForm.exec(value);
  if (parts === null) return messages.timeForm;
  return daysToUtc(parts) === undefined ? messages.noSuchTime : undefined;
}

/**
 * Validates a `date-time` of RFC 3339, with `T` and the offset: without one it would be three moments in the three time
 * zones of Indonesia. Leap seconds come at the end of a month of UTC only (§5.7).
 */
export function validateDateTime(value: string): Text | undefined {
  const parts = /^[Tt]$/.test(value[10] ?? "") ? timeForm.exec(value.slice(11)) : null;
  const wrong = validateDate(value.slice(0, 10));
  if (parts === null || wrong === messages.dateForm) return messages.dateTimeForm;
  const days = daysToUtc(parts);
  if (days === undefined) return messages.noSuchTime;
  if (wrong !== undefined || parts[3] !== "60") return wrong;
  const [year, month, day] = [digitsAt(value, 0, 4), digitsAt(value, 5, 2), digitsAt(value, 8, 2)];
  const last = days === 0 ? day === daysOf(year, month) : days === 1 ? day === daysOf(year, month) - 1 : day === 1;
  return last ? undefined : messages.noSuchTime;
}

/** `duration` of RFC 3339 Appendix A: units follow each other without a gap, and weeks stand alone. */
export const isDuration = (value: string): boolean =>
  /^P(?=[\dT])(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/.test(value);
