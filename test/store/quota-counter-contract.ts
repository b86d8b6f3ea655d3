import { describe, expect, it } from "vitest";
import { calendar } from "../../src/exchange/day.ts";
import type { QuotaCounter } from "../../src/exchange/spend.ts";
import type { Grant } from "../../src/registry/snapshot.ts";
import { consumer, stranger as other } from "../support/parties.ts";
import { grant as grantOf } from "../support/snapshots.ts";

const now = Date.UTC(2026, 5, 1, 3);
const dayOf = calendar("Asia/Jakarta");

/** Grants of which a test has its own, so that adapters may keep what earlier tests spent. */
let made = 0;
const newGrant = (over: Partial<Grant>): Grant =>
  grantOf({ id: `${consumer}#uji-${made}`, purpose: `uji-${made++}`, rate: { perSecond: 1000, burst: 1000 }, dailyQuota: 1000, ...over });

/** What every quota counter promises, whatever it is kept in. With `share`, `open` is another process's view of the same counter. */
export function quotaCounterContract(
  name: string,
  open: () => QuotaCounter | Promise<QuotaCounter>,
  share?: (counter: QuotaCounter) => QuotaCounter,
): void {
  const spending =
    (counter: QuotaCounter, grant: Grant, by = consumer) =>
    async (ms: number) =>
      counter.spend(by, grant, ms, dayOf(ms));

  describe(name, () => {
    it("counts down the day's quota, then refuses until the day ends, and begins anew", async () => {
      const at = spending(await open(), newGrant({ dailyQuota: 2 }));
      const { end } = dayOf(now);
      expect([await at(now), await at(now)]).toEqual([{ left: 1 }, { left: 0 }]);
      expect(await at(now)).toEqual({ limit: "quota", retryAfterSeconds: (end - now) / 1000 });
      expect(await at(end - 1)).toEqual({ limit: "quota", retryAfterSeconds: 1 });
      expect(await at(end)).toEqual({ left: 1 });
    });

    it("lets a burst through, then one call at each interval, and says when the next one may come", async () => {
      const at = spending(await open(), newGrant({ rate: { perSecond: 0.5, burst: 3 }, dailyQuota: 100 }));
      expect([await at(now), await at(now), await at(now)]).toEqual([{ left: 99 }, { left: 98 }, { left: 97 }]);
      expect(await at(now)).toEqual({ limit: "rate", retryAfterSeconds: 2 });
      expect(await at(now + 1_999)).toMatchObject({ limit: "rate" });
      expect(await at(now + 2_000)).toEqual({ left: 96 });
      expect(await at(now + 2_000)).toMatchObject({ limit: "rate" });
      // After a rest the whole burst is there again, and no more.
      const rested = [await at(now + 60_000), await at(now + 60_000), await at(now + 60_000), await at(now + 60_000)];
      expect(rested.map((spent) => "left" in spent)).toEqual([true, true, true, false]);
    });

    it("counts nothing of a call that it refuses", async () => {
      const at = spending(await open(), newGrant({ rate: { perSecond: 1, burst: 1 }, dailyQuota: 2 }));
      expect(await at(now)).toEqual({ left: 1 });
      for (let i = 0; i < 5; i++) expect(await at(now)).toEqual({ limit: "rate", retryAfterSeconds: 1 });
      expect(await at(now + 1_000)).toEqual({ left: 0 });
      for (let i = 0; i < 5; i++) expect(await at(now + 2_000)).toMatchObject({ limit: "quota" });
      expect(await at(dayOf(now).end)).toEqual({ left: 1 });
    });

    it("counts for each consumer, service and purpose", async () => {
      const counter = await open();
      const [one, two] = [newGrant({ dailyQuota: 1 }), newGrant({ dailyQuota: 1 })];
      for (const at of [spending(counter, one), spending(counter, two), spending(counter, one, other)]) {
        expect(await at(now)).toEqual({ left: 0 });
        expect(await at(now)).toMatchObject({ limit: "quota" });
      }
    });

    it("goes on with the day's count in a renewal, by the renewal's limits", async () => {
      const counter = await open();
      const grant = newGrant({ dailyQuota: 2 });
      expect([await spending(counter, grant)(now), await spending(counter, grant)(now)]).toEqual([{ left: 1 }, { left: 0 }]);
      const renewal = { ...grant, id: `${grant.id}-2`, dailyQuota: 5 };
      expect(await spending(counter, renewal)(now)).toEqual({ left: 2 });
      expect(await spending(counter, { ...renewal, dailyQuota: 3 })(now)).toMatchObject({ limit: "quota" });
    });

    it("goes by the limits of the grant as it is at the call", async () => {
      const counter = await open();
      const grant = newGrant({ dailyQuota: 1 });
      expect(await spending(counter, grant)(now)).toEqual({ left: 0 });
      expect(await spending(counter, { ...grant, dailyQuota: 3 })(now)).toEqual({ left: 1 });
      expect(await spending(counter, grant)(now)).toMatchObject({ limit: "quota" });
    });

    it("gives the last calls of a day once, to however many ask at the same time", async () => {
      const counter = await open();
      const counters = [counter, share?.(counter) ?? counter];
      const grant = newGrant({ dailyQuota: 7 });
      const spent = await Promise.all(Array.from({ length: 20 }, (_, i) => spending(counters[i % 2]!, grant)(now)));
      const left = spent.flatMap((one) => ("left" in one ? [one.left] : []));
      expect(left.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });
  });
}
