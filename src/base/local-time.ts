/** Times as the people of a region read them. */

/** A formatter is slow to make, so each zone has one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `2026-01-31 08:00:05`: what the clocks of a time zone show at an instant in milliseconds. */
export function clockIn(timeZone: string, ms: number): string {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined)
    formatters.set(timeZone, (formatter = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" })));
  return formatter.format(ms);
}

const zoneNames: Readonly<Record<string, string>> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Jayapura": "WIT",
};

/** What people call a time zone: WIB, WITA or WIT; another one by its IANA name. */
export const zoneName = (timeZone: string): string => zoneNames[timeZone] ?? timeZone;

/** `2026-01-31 08:00:05 WIB`. What is no time comes back as it is. */
export function localTime(at: number | string, timeZone: string): string {
  const ms = typeof at === "number" ? at : Date.parse(at);
  return Number.isNaN(ms) ? String(at) : `${clockIn(timeZone, ms)} ${zoneName(timeZone)}`;
}

/** `2026-01-31 08:00:05 WIB (UTC+07:00)`, for who may know neither the region nor its zone. */
export function localTimeWithOffset(ms: number, timeZone: string): string {
  const minutes = Math.round((Date.parse(`${clockIn(timeZone, ms).replace(" ", "T")}Z`) - ms) / 60_000);
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, "0"));
  return `${localTime(ms, timeZone)} (UTC${minutes < 0 ? "-" : "+"}${hours}:${rest})`;
}

/** Whether the platform knows an IANA time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const midnight = " 00:00:00";
const lastSecond = " 23:59:59";

/** The day with which something begins in a time zone; the second where it does not begin with a day. */
export function firstDayIn(timeZone: string, from: number): string {
  const clock = clockIn(timeZone, from);
  return clock.endsWith(midnight) ? clock.slice(0, -midnight.length) : clock;
}

/** The last day of what ends before `until`, that day included, as letters write it; the last second where it does not end with a day. */
export function lastDayIn(timeZone: string, until: number): string {
  const clock = clockIn(timeZone, until - 1);
  return clock.endsWith(lastSecond) ? clock.slice(0, -lastSecond.length) : clock;
}

/** Codes of provinces (Kepmendagri) by time zone (Keppres 41/1987); all others are in the western one. */
const provinces = {
  "Asia/Makassar": /^(?:5[1-3]|6[3-5]|7[1-6])/,
  "Asia/Jayapura": /^(?:8[12]|9[1-6])/,
} as const;

/** The time zone of an instance by its id (`ID-16.03`), for who does not have its registry. */
export function zoneOfInstance(id: string): string {
  const region = id.replace(/^ID-/, "");
  return Object.entries(provinces).find(([, codes]) => codes.test(region))?.[0] ?? "Asia/Jakarta";
}
