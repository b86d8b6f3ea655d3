import type { SubsystemId } from "../base/names.ts";
import { Problem, type ProblemOptions } from "../base/problem.ts";
import type { Rates } from "../base/rate.ts";
import { keptAfterExpirySeconds, maxLifetimeSeconds, type Statement } from "../trust/statement.ts";
import { messages } from "./messages.ts";
import { limitReached, policyOf, type SubsystemLimit } from "./rate-limited.ts";

export type ClaimResult = "taken" | "replayed" | "conflict" | "unknown" | FullShare;

/** A consumer has as many statements in the memory as it may now; more once the first of them are forgotten. */
export interface FullShare {
  readonly share: number;
  readonly retryAfterSeconds: number;
}

/**
 * What remembers the statements that were accepted (protocol §2.3, check 8). Claims may be made at the same time.
 * Processes of one public origin share one cache: a statement that one of them took is replayed at every other.
 */
export interface ReplayCache {
  /**
   * Claims the `jti` of a consumer for as long as its statement can be valid at `now` (ms). Of all claims of one `jti`,
   * exactly one gets `taken`; later ones get `replayed` for the same statement and `conflict` for another one.
   * `unknown` if a claim of it may have been forgotten, or if no more can be remembered, and `FullShare` if no more of this
   * consumer: then nothing is claimed. A consumer that fills its share takes no room that another one needs. A rejected
   * claim may have been made.
   */
  claim(statement: Statement, now: number): ClaimResult | Promise<ClaimResult>;
}

/** What remembers statements of exchanges and of readings (protocol §5), and how many of each a subsystem may send. */
export interface ReplayGuard {
  readonly replays: ReplayCache;
  /** The same for requests that only read receipts and entries. These leave no leaf, so a restart cannot rebuild it. */
  readonly readerReplays: ReplayCache;
  readonly statements: Rates<SubsystemId>;
  readonly readings: Rates<SubsystemId>;
  /** Tells the operator that a subsystem has reached a limit. */
  readonly limited: (subsystem: SubsystemId, limit: SubsystemLimit) => void;
}

/**
 * Check 8. The rate is spent by statements that are taken, not by replays: whoever has seen one statement of a consumer could
 * otherwise stop it. `weight`: how many readings this one counts as.
 */
export async function refuseReplay(
  guard: ReplayGuard,
  kind: "statements" | "readings",
  statement: Statement,
  now: number,
  weight = 1,
): Promise<void> {
  const { iss } = statement.claims;
  const rates = guard[kind];
  const wait = rates.wait(iss, now, weight);
  if (wait > 0) {
    guard.limited(iss, kind);
    const { perSecond, burst } = rates.rate;
    throw limitReached("rate-limited", kind, Math.ceil(wait / 1000), policyOf(kind, rates.rate), messages.tooMany[kind](perSecond, burst));
  }
  const asked = guard[kind === "statements" ? "replays" : "readerReplays"].claim(statement, now);
  const claimed = asked instanceof Promise ? await asked : asked;
  if (typeof claimed === "object") {
    guard.limited(iss, "replay-share");
    const { share, retryAfterSeconds } = claimed;
    const policy = `"replay-share";q=${share};w=${maxLifetimeSeconds}`;
    throw limitReached("rate-limited", "replay-share", retryAfterSeconds, policy, messages.shareFull(share));
  }
  switch (claimed) {
    case "taken":
      return rates.count(iss, now, weight);
    case "replayed":
      throw new Replay(statement, false);
    case "conflict":
      throw new Replay(statement, true);
    case "unknown":
      throw new Problem("replay-unknown", {
        detail: messages.replayUnknown,
        fields: { "Retry-After": String(keptAfterExpirySeconds + 1) },
      });
  }
}

/**
 * A replay: refused, never executed or appended again. A `conflict` is another statement under a used `jti`, which
 * raises an alarm.
 */
export class Replay extends Problem {
  readonly conflict: boolean;

  constructor(statement: Statement, conflict: boolean) {
    super("replayed", conflict ? { detail: messages.jtiConflict } : repeated(statement));
    this.conflict = conflict;
  }
}

/** A statement without purpose only reads (check 4), and a reading leaves no leaf that a receipt could be about. */
function repeated({ claims, hash }: Statement): ProblemOptions {
  if (claims.purpose === undefined) return { detail: messages.readAgain };
  const link = `</receipts?statement=${hash.toString("base64url")}>; rel="https://simpul.id/rel/receipt"`;
  return { detail: messages.replayed, fields: { Link: link } };
}
