import { describe, expect, it } from "vitest";
import { calendar } from "../../../src/exchange/day.ts";
import { memoryQuotaCounter } from "../../../src/store/memory/quota-counter.ts";
import { grant } from "../../support/snapshots.ts";
import { consumer } from "../../support/parties.ts";
import { quotaCounterContract } from "../quota-counter-contract.ts";

const now = Date.UTC(2026, 5, 1, 3);
const counted = { consumer, service: grant().service, purpose: grant().purpose };
const [second, day] = [1000, 86_400_000];
const dayOf = calendar("Asia/Jakarta");

quotaCounterContract("a quota counter in memory", memoryQuotaCounter);

function counting(over: Parameters<typeof grant>[0]): { at(ms: number): string; readonly counter: ReturnType<typeof memoryQuotaCounter> } {
  const counter = memoryQuotaCounter();
  const calls = grant({ rate: { perSecond: 1, burst: 5 }, dailyQuota: 3, ...over });
  return {
    counter,
    at(ms) {
      const spent = counter.spend(consumer, calls, ms, dayOf(ms));
      if (spent instanceof Promise) throw new TypeError("this counter is in memory");
      return "left" in spent ? `${spent.left} left` : spent.limit;
    },
  };
}

describe("a quota whose clock jumps", () => {
  it("goes on where the day was left when the clock went ahead a day and came back", () => {
    const { at } = counting({});
    expect([at(now), at(now + second)]).toEqual(["2 left", "1 left"]);
    expect(at(now + day)).toBe("2 left");
    expect([at(now + 10 * second), at(now + 20 * second)]).toEqual(["0 left", "quota"]);
  });

  it("begins anew at local midnight, also when that comes twice, and never more than once a day", () => {
    const midnight = dayOf(now).end;
    const { at } = counting({ dailyQuota: 1 });
    expect([at(midnight - second), at(midnight - 1), at(midnight)]).toEqual(["0 left", "quota", "0 left"]);
    expect([at(midnight - second), at(midnight + second)]).toEqual(["quota", "quota"]);
  });

  it("takes up what the ledger counted, never less than it counted itself", () => {
    const { at, counter } = counting({});
    at(now);
    at(now + second);
    counter.restore(dayOf(now).name, [{ ...counted, used: 1 }]);
    expect(at(now + 2 * second)).toBe("0 left");
    counter.restore(dayOf(now + day).name, [{ ...counted, used: 3 }]);
    expect([at(now + day), at(now + 2 * day)]).toEqual(["quota", "2 left"]);
  });
});

describe("a rate whose clock jumps", () => {
  it("asks nobody to wait for the day that the clock went ahead", () => {
    const { at } = counting({ dailyQuota: 100 });
    at(now + day);
    expect(at(now)).toBe("99 left");
  });

  it("holds its burst and its pace, also just after the clock was set back", () => {
    const { at } = counting({ dailyQuota: 100, rate: { perSecond: 1, burst: 2 } });
    expect([at(now + day), at(now), at(now), at(now)]).toEqual(["99 left", "99 left", "98 left", "rate"]);
    expect([at(now + second), at(now + second)]).toEqual(["97 left", "rate"]);
  });
});
