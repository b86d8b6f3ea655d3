import type { SubsystemId } from "../base/names.ts";
import type { Grant } from "../registry/snapshot.ts";
import { messages } from "./messages.ts";
import { limitReached, policyOf } from "./rate-limited.ts";

/**
 * Rate and daily quota per consumer, service and purpose, by the limits of the grant that covers the call: a renewal goes on with the
 * day's count of the grant that it replaces. Calls may be spent at the same time: of those that ask for the last call
 * that is left, one gets it. Processes that share a counter share the limits; with a counter each, the limits hold for
 * each process.
 */
export interface QuotaCounter {
  /**
   * Asks for one call at `now` (ms) on `day`. Either it is counted against both limits and `left` is the number of
   * calls left on that day; or nothing is counted, `limit` is the one that was reached and `retryAfterSeconds` is when
   * to try again. The grant's limits are those of this call: a changed grant holds at once.
   */
  spend(consumer: SubsystemId, grant: Grant, now: number, day: Day): Spent | Promise<Spent>;
}

export type Spent = { readonly left: number } | { readonly limit: "rate" | "quota"; readonly retryAfterSeconds: number };

/** A day in the region's time zone; `end` in milliseconds. */
export interface Day {
  readonly name: string;
  readonly end: number;
}

/** One use of a grant on a day, which the ledger counts together with the leaf. */
export interface QuotaUse {
  readonly consumer: SubsystemId;
  readonly grant: string;
  readonly day: string;
}

/** Check 10. `RateLimit` and `RateLimit-Policy` follow draft-ietf-httpapi-ratelimit-headers-10. */
export async function spend(quota: QuotaCounter, consumer: SubsystemId, grant: Grant, now: number, day: Day): Promise<QuotaUse> {
  const asked = quota.spend(consumer, grant, now, day);
  const spent = asked instanceof Promise ? await asked : asked;
  if ("left" in spent) return { consumer, grant: grant.id, day: day.name };
  const byRate = spent.limit === "rate";
  const { rate, dailyQuota } = grant;
  throw limitReached(
    byRate ? "rate-limited" : "quota-exceeded",
    spent.limit,
    spent.retryAfterSeconds,
    `${policyOf("rate", rate)}, "quota";q=${dailyQuota};w=86400`,
    byRate ? messages.rateLimited(rate.perSecond, rate.burst) : messages.quotaExceeded(dailyQuota),
  );
}
