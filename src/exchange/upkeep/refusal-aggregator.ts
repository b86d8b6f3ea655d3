import type { ProblemCode } from "../../base/problem.ts";
import type { SubsystemId } from "../../base/names.ts";
import { uuidv7 } from "../../base/uuid.ts";
import type { Clock } from "../../base/clock.ts";
import { encodeLeaf } from "../../ledger/leaf.ts";
import type { Ledger, LedgerUsage } from "../../ledger/ledger.ts";
import type { QuotaUse } from "../spend.ts";

/**
 * Keeps a consumer that is refused again and again from filling the ledger (protocol §4). Refusals above a number in
 * one minute are aggregated into one leaf with counts per code, which is appended when the minute is over.
 */
export interface RefusalAggregator {
  /** Whether this refusal gets a leaf of its own. If not, the call has counted it. */
  shouldRecord(consumer: SubsystemId, code: ProblemCode, now: number, usage: QuotaUse | undefined): boolean;
  /**
   * Appends the aggregates of the minutes that are over; with `all`, of the current minute too. The next call retries a
   * failed append.
   */
  flush(all?: boolean): Promise<void>;
}

interface Minute {
  readonly start: number;
  refused: number;
  readonly counts: Map<ProblemCode, number>;
  readonly usage: Map<string, LedgerUsage>;
}

interface Aggregate {
  /** The id of the leaf. */
  readonly id: string;
  readonly consumer: SubsystemId;
  readonly minute: Minute;
}

const minuteMs = 60_000;

/** A minute is also over if the clock was set back to before its start. */
const isOver = ({ start }: Minute, now: number): boolean => now < start || now >= start + minuteMs;

export function aggregateRefusals(ledger: Ledger, perMinute: number, clock: Clock): RefusalAggregator {
  const minutes = new Map<SubsystemId, Minute>();
  /** Minutes that are over and whose append has not succeeded. */
  let pending: Aggregate[] = [];

  const minuteOf = (consumer: SubsystemId, now: number): Minute => {
    const current = minutes.get(consumer);
    if (current !== undefined && !isOver(current, now)) return current;
    close(consumer, current);
    const minute: Minute = { start: now, refused: 0, counts: new Map(), usage: new Map() };
    minutes.set(consumer, minute);
    return minute;
  };
  const close = (consumer: SubsystemId, minute: Minute | undefined): void => {
    if (minute === undefined) return;
    minutes.delete(consumer);
    if (minute.counts.size > 0) pending.push({ id: uuidv7(clock()), consumer, minute });
  };

  return {
    shouldRecord(consumer, code, now, usage) {
      const minute = minuteOf(consumer, now);
      if (++minute.refused <= perMinute) return true;
      minute.counts.set(code, (minute.counts.get(code) ?? 0) + 1);
      if (usage !== undefined) {
        const key = `${usage.day} ${usage.grant}`;
        minute.usage.set(key, { ...usage, uses: (minute.usage.get(key)?.uses ?? 0) + 1 });
      }
      return false;
    },
    async flush(all = false) {
      const now = clock();
      for (const [consumer, minute] of minutes) if (all || isOver(minute, now)) close(consumer, minute);
      const batch = pending;
      pending = [];
      const appends = batch.map(async (aggregate) => {
        const { id, consumer, minute } = aggregate;
        const leaf = encodeLeaf({
          v: 1,
          log: ledger.origin,
          type: "refusal",
          id,
          at: new Date(now).toISOString(),
          consumer,
          since: new Date(minute.start).toISOString(),
          counts: Object.fromEntries(minute.counts),
        });
        try {
          // A rejected append may have landed all the same.
          if ((await ledger.findExchange(id)) === undefined)
            await ledger.append({ type: "refusal", id, at: now, leaf, usage: [...minute.usage.values()] });
        } catch {
          pending.push(aggregate);
        }
      });
      await Promise.all(appends);
    },
  };
}
