import { arrivalTime, tooEarly } from "../../base/rate.ts";
import type { Grant } from "../../registry/snapshot.ts";
import type { ServiceId, SubsystemId } from "../../base/names.ts";
import type { QuotaCounter } from "../../exchange/spend.ts";

/** The calls of a consumer to a service for a purpose on one day, under whatever grants. */
export interface PurposeUsage {
  readonly consumer: SubsystemId;
  readonly service: ServiceId;
  readonly purpose: string;
  readonly used: number;
}

type Counted = Omit<PurposeUsage, "used">;

interface Counter extends Counted {
  /** As `arrivalTime` keeps it. */
  arrival: number;
  day: string;
  used: number;
  /** Uses on the days before, newest last: a clock that ran ahead may be set back. */
  readonly earlier: Map<string, number>;
}

export interface MemoryQuotaCounter extends QuotaCounter {
  /** Goes on from the ledger's counts of a day; a higher count of this counter stays. */
  restore(day: string, usage: readonly PurposeUsage[]): void;
  /** What was used on a day, of everything that was used on it. */
  usage(day: string): Iterable<PurposeUsage>;
}

const daysKept = 3;

function turnTo(counter: Counter, day: string): void {
  if (counter.day === day) return;
  const { earlier } = counter;
  earlier.set(counter.day, counter.used);
  counter.day = day;
  counter.used = earlier.get(day) ?? 0;
  earlier.delete(day);
  for (const oldest of earlier.keys()) if (earlier.size > daysKept) earlier.delete(oldest);
}

/**
 * Rate by GCRA (`src/base/rate.ts`), daily quota by count. One counter for each consumer, service and purpose that was ever used; all
 * come from the registry, so there are few.
 */
export function memoryQuotaCounter(): MemoryQuotaCounter {
  const counters = new Map<string, Counter>();
  const counterOf = (consumer: SubsystemId, { service, purpose }: Pick<Counted, "service" | "purpose">): Counter => {
    const key = `${consumer} ${service} ${purpose}`;
    let counter = counters.get(key);
    if (counter === undefined)
      counters.set(key, (counter = { arrival: 0, day: "", used: 0, earlier: new Map(), consumer, service, purpose }));
    return counter;
  };

  return {
    spend(consumer, grant: Grant, now, day) {
      const counter = counterOf(consumer, grant);
      turnTo(counter, day.name);
      const arrival = arrivalTime(counter.arrival, grant.rate, now);
      const wait = tooEarly(arrival, grant.rate, now);
      if (wait > 0) return { limit: "rate", retryAfterSeconds: Math.ceil(wait / 1000) };
      if (counter.used >= grant.dailyQuota) return { limit: "quota", retryAfterSeconds: Math.max(1, Math.ceil((day.end - now) / 1000)) };
      counter.arrival = arrival + 1000 / grant.rate.perSecond;
      counter.used++;
      return { left: grant.dailyQuota - counter.used };
    },
    restore(day, usage) {
      for (const { used, ...counted } of usage) {
        const counter = counterOf(counted.consumer, counted);
        turnTo(counter, day);
        counter.used = Math.max(counter.used, used);
      }
    },
    *usage(day) {
      for (const { consumer, service, purpose, used, ...counter } of counters.values())
        if (counter.day === day) yield { consumer, service, purpose, used };
    },
  };
}
