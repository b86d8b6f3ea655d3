import type { Day } from "./spend.ts";

/** The day of an instant in a time zone. The formatter is slow, so it is used once a day and not once an exchange. */
export function calendar(timeZone: string): (now: number) => Day {
  const name = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  let today: Day & { start: number } = { name: "", start: 0, end: 0 };
  return (now) => {
    if (now >= today.start && now < today.end) return today;
    const day = name.format(now);
    today = { name: day, start: boundary(name, day, now, -1), end: boundary(name, day, now, +1) };
    return today;
  };
}

/** The first millisecond of the day, or the first after it, by bisection: the rules of time zones stay in Intl. */
function boundary(name: Intl.DateTimeFormat, day: string, inside: number, direction: 1 | -1): number {
  let within = inside;
  let beyond = inside + direction * 26 * 3_600_000;
  while (Math.abs(beyond - within) > 1) {
    const middle = Math.floor((within + beyond) / 2);
    if (name.format(middle) === day) within = middle;
    else beyond = middle;
  }
  return direction === 1 ? beyond : within;
}
