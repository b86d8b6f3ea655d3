import { Problem, type ProblemOptions } from "../base/problem.ts";
import { keptAfterExpirySeconds, type Statement } from "../trust/statement.ts";
import { messages } from "./messages.ts";

export type ClaimResult = "taken" | "replayed" | "conflict" | "unknown";

/**
 * What remembers the statements that were accepted (protocol §2.3, check 8). Claims may be made at the same time.
 * Processes of one public origin share one cache: a statement that one of them took is replayed at every other.
 */
export interface ReplayCache {
  /**
   * Claims the `jti` of a consumer for as long as its statement can be valid at `now` (ms). Of all claims of one `jti`,
   * exactly one gets `taken`; later ones get `replayed` for the same statement and `conflict` for another one.
   * `unknown` if a claim of it may have been forgotten, or if no more can be remembered: then nothing is claimed. A
   * rejected claim may have been made.
   */
  claim(statement: Statement, now: number): ClaimResult | Promise<ClaimResult>;
}

/** Check 8. */
export async function refuseReplay(replays: ReplayCache, statement: Statement, now: number): Promise<void> {
  const claimed = replays.claim(statement, now);
  switch (typeof claimed === "string" ? claimed : await claimed) {
    case "taken":
      return;
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
