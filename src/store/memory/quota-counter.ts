import type { Grant } from "../../registry/snapshot.ts";
import type { Usage } from "../../ledger/ledger.ts";
import type { SubsystemId } from "../../base/names.ts";
import type { QuotaReading } from "../../telemetry/meter.ts";
import type { QuotaCounter } from "../../exchange/spend.ts";

interface Counter {
  /** GCRA's theoretical arrival time, milliseconds. */
  tat: number;
  day: string;
  used: number;
  readonly consumer: SubsystemId;
  readonly grant: string;
  limit: number;
}

export interface MemoryQuotaCounter extends QuotaCounter {
  /** Takes up the counts of a day where the ledger left them. */
  restore(day: string, usage: readonly Usage[]): void;
  /** For the metrics. */
  readings(): Iterable<QuotaReading>;
}

/**
 * Rate by GCRA (ITU-T I.371: a call conforms if it comes no earlier than its theoretical arrival time less the burst's tolerance), daily quota by
 * count. One counter for each consumer and grant that was ever used; both come from the registry, so there are few.
 */
export function memoryQuotaCounter(): MemoryQuotaCounter {
  const counters = new Map<string, Counter>();
  const counterOf = (consumer: string, grant: string): Counter => {
    const key = `${consumer} ${grant}`;
    let counter = counters.get(key);
    if (counter === undefined) counters.set(key, (counter = { tat: 0, day: "", used: 0, consumer, grant, limit: 0 }));
    return counter;
  };

  return {
    spend(consumer, grant: Grant, now, day) {
      const counter = counterOf(consumer, grant.id);
      counter.limit = grant.dailyQuota;
      if (counter.day !== day.name) {
        counter.day = day.name;
        counter.used = 0;
      }
      const interval = 1000 / grant.rate.perSecond;
      const tat = Math.max(counter.tat, now);
      const wait = tat - now - interval * (grant.rate.burst - 1);
      if (wait > 0.001) return { limit: "rate", retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) };
      if (counter.used >= grant.dailyQuota) return { limit: "quota", retryAfterSeconds: Math.max(1, Math.ceil((day.end - now) / 1000)) };
      counter.tat = tat + interval;
      counter.used++;
      return { left: grant.dailyQuota - counter.used };
    },
    restore(day, usage) {
      for (const { consumer, grant, used } of usage) Object.assign(counterOf(consumer, grant), { day, used });
    },
    readings: () => counters.values(),
  };
}
