import type { Peer } from "../base/message.ts";
import type { SubsystemId } from "../base/names.ts";
import { Problem } from "../base/problem.ts";
import type { KnownCallers } from "./known-callers.ts";
import type { Load, Overload } from "./load.ts";
import { messages } from "./messages.ts";
import { limitReached, type SubsystemLimit } from "./rate-limited.ts";

/** What keeps the gateway from having more to do than it can, for whom it matters most. */
export interface LoadGuard {
  readonly load: Load;
  readonly knownCallers: KnownCallers;
  /** Tells the operator whom the overloaded gateway refused: a subsystem, or else a caller at this address that is not known. */
  readonly shed: (limit: Overload, subsystem: SubsystemId | undefined, address: string) => void;
  readonly limited: (subsystem: SubsystemId, limit: SubsystemLimit) => void;
}

/** Whether this request is refused before all checks: the gateway is overloaded, and nobody at this address authenticated lately. */
export const refusesStranger = ({ load, knownCallers }: LoadGuard, { address }: Peer): boolean =>
  load.overload !== undefined && !knownCallers.knows(address);

/**
 * Check 8, at its beginning: the caller's address is known from now on, and its request takes a place until its answer has left. Throws
 * `overloaded` or `rate-limited` where there is none; the statement is not taken then.
 */
export function takePlace({ load, knownCallers, limited, shed }: LoadGuard, subsystem: SubsystemId, { address }: Peer): () => void {
  knownCallers.see(address);
  const entered = load.enter(subsystem);
  if (typeof entered === "function") return entered;
  if (typeof entered === "string") {
    shed(entered, subsystem, address);
    throw new Problem("overloaded");
  }
  limited(subsystem, "in-flight");
  const policy = `"in-flight";q=${entered.share};qu="concurrent-requests"`;
  throw limitReached("rate-limited", "in-flight", 1, policy, messages.inFlight(entered.share));
}
