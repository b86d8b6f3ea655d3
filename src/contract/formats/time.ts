import type { Text } from "../../base/text.ts";
import { dayExists } from "./calendar.ts";
import { digitsAt } from "./digits.ts";

const dateForm: Text = { id: "harus tanggal TTTT-BB-HH (RFC 3339)", en: "must be a date YYYY-MM-DD (RFC 3339)" };
const noSuchDay: Text = { id: "tanggal ini tidak ada dalam kalender", en: "this day is not in the calendar" };

const hyphen = 0x2d;

/** RFC 3339 `full-date`. */
export function validateDate(value: string): Text | undefined {
  const year = digitsAt(value, 0, 4);
  const month = digitsAt(value, 5, 2);
  const day = digitsAt(value, 8, 2);
  if (value.length !== 10 || value.charCodeAt(4) !== hyphen || value.charCodeAt(7) !== hyphen || Number.isNaN(year + month + day))
    return dateForm;
  return dayExists(year, month, day) ? undefined : noSuchDay;
}

const dateTimeForm: Text = {
  id: "harus tanggal dan jam dengan selisih zona, seperti 2026-01-31T08:00:00+07:00 (RFC 3339; WIB = +07:00)",
  en: "must be a date and time with its offset, such as 2026-01-31T08:00:00+07:00 (RFC 3339; WIB is +07:00)",
};
const noSuchTime: Text = {
  id: "jam ini tidak ada (00:00:00–23:59:59, selisih zona sampai ±23:59)",
  en: "this time does not exist (00:00:00–23:59:59, offset up to ±23:59)",
};

/** RFC 3339 `date-time`, with `T` and the offset; a time without one means another moment in each of three time zones. */
export function validateDateTime(value: string): Text | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/.exec(value);
  if (parts === null) return dateTimeForm;
  const [, date, hour, minute, second, offsetHour = "00", offsetMinute = "00"] = parts as unknown as string[];
  if (hour! > "23" || minute! > "59" || second! > "59" || offsetHour > "23" || offsetMinute > "59") return noSuchTime;
  return validateDate(date!);
}
