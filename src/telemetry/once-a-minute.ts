import type { Clock } from "../base/clock.ts";

const minuteMs = 60_000;

/**
 * For what may happen thousands of times a second: tells of it when it first happens, and then at most once a minute for each key, with
 * how often it happened since it was told of. Keys have to be few.
 */
export function onceAMinute<Key extends readonly string[]>(
  clock: Clock,
  tell: (times: number, ...key: Key) => void,
): (...key: Key) => void {
  const since = new Map<string, { told: number; times: number }>();
  return (...key) => {
    const now = clock();
    const name = key.join("\n");
    let one = since.get(name);
    if (one === undefined) since.set(name, (one = { told: -Infinity, times: 0 }));
    one.times++;
    if (now - one.told < minuteMs && now >= one.told) return;
    tell(one.times, ...key);
    one.told = now;
    one.times = 0;
  };
}
