import type { SubsystemId } from "../base/names.ts";

export interface LoadLimits {
  /** Answers to authenticated callers that have not left yet, of all subsystems together. */
  readonly maxInFlight: number;
  /** How many of them one subsystem may have, in percent of what is still free. */
  readonly maxInFlightShare: number;
  /** How late (ms) the process may be with all that it has to do, measured again and again over a second. */
  readonly maxDelayMs: number;
}

/** What there is too much of: work that waits for the process, or answers that have not left. */
export type Overload = "delay" | "in-flight";

/** A subsystem has as many answers under way as it may now. */
export interface FullLane {
  readonly share: number;
}

/** How much the gateway has to do, and for whom. */
export interface Load {
  /** `undefined` while the gateway is not overloaded. */
  readonly overload: Overload | undefined;
  /**
   * Takes a place for one request of an authenticated subsystem; the function that comes back gives it free. `Overload` if the gateway
   * takes no more of this subsystem while it has too much to do, `FullLane` if the subsystem has its share.
   */
  enter(subsystem: SubsystemId): (() => void) | Overload | FullLane;
  /** Tells how late (ms) the process is, several times a second; `now` (ms) is of a clock that begins at 0 and only goes on. */
  measure(delayMs: number, now: number): void;
}

const judgedEveryMs = 1000;
const fewestMeasurements = 3;

/**
 * The gateway is overloaded when the *shortest* delay of a whole second is too long, so that no single long task counts (CoDel, RFC 8289
 * §3), or when three quarters of the places are taken; it is so until the figure has fallen to half. Then strangers are refused, and if
 * that does not help within a second, those subsystems that have most under way: what each may have is halved every second, and doubled
 * again every second when it is over. One at a time is left to everybody.
 *
 * A subsystem's share is a part of what is still free, as in the replay memory: whoever comes next finds room, though many are greedy.
 */
export function measureLoad({ maxInFlight, maxInFlightShare, maxDelayMs }: LoadLimits): Load {
  const held = new Map<SubsystemId, number>();
  let inFlight = 0;
  let overload: Overload | undefined;
  /** What one subsystem may have at a time. */
  let most = Infinity;
  /** The most that one had since the last judgement. */
  let peak = 0;
  let shortest = Infinity;
  let measurements = 0;
  let judgedAt = 0;

  const judge = (): Overload | undefined => {
    const already = overload !== undefined;
    if (shortest >= maxDelayMs / (already ? 2 : 1)) return "delay";
    return inFlight >= maxInFlight * (already ? 0.5 : 0.75) ? "in-flight" : undefined;
  };

  return {
    get overload() {
      return overload;
    },
    enter(subsystem) {
      const own = held.get(subsystem) ?? 0;
      if (own >= most) return overload ?? "delay";
      const share = Math.ceil(((maxInFlight - inFlight) * maxInFlightShare) / 100);
      if (own >= share) return own === 0 ? "in-flight" : { share };
      held.set(subsystem, own + 1);
      inFlight++;
      if (own >= peak) peak = own + 1;
      return () => {
        inFlight--;
        const left = held.get(subsystem)! - 1;
        if (left === 0) held.delete(subsystem);
        else held.set(subsystem, left);
      };
    },
    measure(delayMs, now) {
      shortest = Math.min(shortest, delayMs);
      if (++measurements < fewestMeasurements || now - judgedAt < judgedEveryMs) return;
      const found = judge();
      if (found === undefined) most = most * 2 < maxInFlight ? most * 2 : Infinity;
      else if (overload !== undefined) most = Math.max(1, Math.floor(Math.min(most, peak) / 2));
      overload = found;
      peak = Math.max(0, ...held.values());
      shortest = Infinity;
      measurements = 0;
      judgedAt = now;
    },
  };
}
