/** So many a second, and so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * GCRA (ITU-T I.371): an event conforms if it comes no earlier than its theoretical arrival time less the burst's tolerance. All that is
 * kept of the past is `kept`, the theoretical arrival time (ms) of the next event; 0 at the beginning. Gives it as of `now`; an event
 * that is counted adds its interval.
 */
export function arrivalTime(kept: number, { perSecond, burst }: Rate, now: number): number {
  // Nobody is ever ahead by more than a whole burst, unless the clock was.
  const clockWentBack = kept > now + (1000 / perSecond) * burst + 0.001;
  return clockWentBack ? now : Math.max(kept, now);
}

/** How many milliseconds too early an event is that weighs as much as `weight`; 0 if it conforms. */
export function tooEarly(arrival: number, { perSecond, burst }: Rate, now: number, weight = 1): number {
  const wait = arrival - now - (1000 / perSecond) * (burst - weight);
  return wait > 0.001 ? wait : 0;
}

/** A rate for each key: its keys have to be few, such as those of the registry. */
export interface Rates<Key> {
  readonly rate: Rate;
  /** Milliseconds until this key may again, 0 if it may now. Nothing is counted. */
  wait(key: Key, now: number, weight?: number): number;
  /** Counts it, also where it had to wait. */
  count(key: Key, now: number, weight?: number): void;
}

/** The same rate for each key, in this process. */
export function ratesOf<Key>(rate: Rate): Rates<Key> {
  const arrivals = new Map<Key, number>();
  const arrivalOf = (key: Key, now: number): number => arrivalTime(arrivals.get(key) ?? 0, rate, now);
  return {
    rate,
    wait: (key, now, weight = 1) => tooEarly(arrivalOf(key, now), rate, now, weight),
    count: (key, now, weight = 1) => void arrivals.set(key, arrivalOf(key, now) + (weight * 1000) / rate.perSecond),
  };
}
