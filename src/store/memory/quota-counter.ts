import type { Grant } from "../../registry/snapshot.ts";
import type { DailyUsage } from "../../ledger/ledger.ts";
import type { SubsystemId } from "../../base/names.ts";
import type { QuotaCounter } from "../../exchange/spend.ts";

interface Counter {
  /** GCRA's theoretical arrival time, milliseconds. */
  tat: number;
  day: string;
  used: number;
  /** Uses on the days before, newest last: a clock that ran ahead may be set back. */
  readonly earlier: Map<string, number>;
  readonly consumer: SubsystemId;
  readonly grant: string;
}

export interface MemoryQuotaCounter extends QuotaCounter {
  /** Goes on from the ledger's counts of a day; a higher count of this counter stays. */
  restore(day: string, usage: readonly DailyUsage[]): void;
  /** What was used on a day, of each consumer and grant that was used on it. */
  usage(day: string): Iterable<DailyUsage>;
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
 * Rate by GCRA (ITU-T I.371: a call conforms if it comes no earlier than its theoretical arrival time less the burst's
 * tolerance), daily quota by count. One counter for each consumer and grant that was ever used; both come from the
 * registry, so there are few.
 */
export function memoryQuotaCounter(): MemoryQuotaCounter {
  const counters = new Map<string, Counter>();
  const counterOf = (consumer: string, grant: string): Counter => {
    const key = `${consumer} ${grant}`;
    let counter = counters.get(key);
    if (counter === undefined) counters.set(key, (counter = { tat: 0, day: "", used: 0, earlier: new Map(), consumer, grant }));
    return counter;
  };

  return {
    spend(consumer, grant: Grant, now, day) {
      const counter = counterOf(consumer, grant.id);
      turnTo(counter, day.name);
      const interval = 1000 / grant.rate.perSecond;
      // A consumer is never ahead by more than a whole burst, unless the clock was.
      const clockWentBack = counter.tat > now + interval * grant.rate.burst + 0.001;
      const tat = clockWentBack ? now : Math.max(counter.tat, now);
      const wait = tat - now - interval * (grant.rate.burst - 1);
      if (wait > 0.001) return { limit: "rate", retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) };
      if (counter.used >= grant.dailyQuota) return { limit: "quota", retryAfterSeconds: Math.max(1, Math.ceil((day.end - now) / 1000)) };
      counter.tat = tat + interval;
      counter.used++;
      return { left: grant.dailyQuota - counter.used };
    },
    restore(day, usage) {
      for (const { consumer, grant, used } of usage) {
        const counter = counterOf(consumer, grant);
        turnTo(counter, day);
        counter.used = Math.max(counter.used, used);
      }
    },
    *usage(day) {
      for (const { consumer, grant, used, ...counter } of counters.values()) if (counter.day === day) yield { consumer, grant, used };
    },
  };
}
