export interface CircuitLimits {
  /** So many failures one after the other take an address out. */
  readonly failures: number;
  /** For how long at first, and at most; each time that it fails its trial the pause doubles. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

/** `closed`: requests go there. `open`: none do, until the pause is over. `half-open`: one does, and decides. */
export type CircuitState = "closed" | "open" | "half-open";

/** Whether requests go to one address, by how the last ones fared (Nygard, Release It!, 2018, ch. 5: circuit breaker). */
export interface Circuit {
  state(now: number): CircuitState;
  /** Milliseconds until a request may go there; 0 if one may now. */
  wait(now: number): number;
  /** A request goes there: of a half-open circuit it is the trial. */
  begin(now: number): void;
  succeeded(): void;
  failed(now: number): void;
  /** It neither failed nor succeeded, as one whose caller has gone. */
  undecided(): void;
}

export function circuit({ failures, pauseMs, longestPauseMs }: CircuitLimits): Circuit {
  let failed = 0;
  let pauses = 0;
  let openUntil: number | undefined;
  let trial = false;
  const open = (now: number): void => {
    openUntil = now + Math.min(pauseMs * 2 ** pauses, longestPauseMs);
    pauses++;
    trial = false;
  };
  return {
    state: (now) => (openUntil === undefined ? "closed" : now < openUntil ? "open" : "half-open"),
    wait: (now) => (openUntil === undefined ? 0 : trial ? pauseMs : Math.max(0, openUntil - now)),
    begin(now) {
      if (openUntil !== undefined && now >= openUntil) trial = true;
    },
    succeeded() {
      failed = pauses = 0;
      openUntil = undefined;
      trial = false;
    },
    failed(now) {
      failed++;
      // What was under way when the circuit opened says nothing new.
      if (openUntil === undefined ? failed >= failures : trial) open(now);
    },
    undecided: () => void (trial = false),
  };
}
