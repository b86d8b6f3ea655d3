import type { Text } from "../../base/text.ts";
import { dayExists } from "./calendar.ts";
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

/**
 * Validates a `date-time` of RFC 3339, with `T` and the offset: without one it would be three moments in the three time
 * zones of Indonesia.
 */
export function validateDateTime(value: string): Text | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/.exec(value);
  if (parts === null) return messages.dateTimeForm;
  const [, date, hour, minute, second, offsetHour = "00", offsetMinute = "00"] = parts as unknown as string[];
  if (hour! > "23" || minute! > "59" || second! > "59" || offsetHour > "23" || offsetMinute > "59") return messages.noSuchTime;
  return validateDate(date!);
}
