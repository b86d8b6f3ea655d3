import { expect, it } from "vitest";
import { aggregateRefusals } from "../../../src/exchange/upkeep/refusal-aggregator.ts";
import { consumer } from "../../support/parties.ts";
import { failingLedger } from "./failing-ledger.ts";

const minute = 60_000;
const usage = { consumer, grant: "g", day: "2026-06-01" };

it("appends what it gathered once, though the ledger took it and reported it lost", async () => {
  const { ledger, landed, failing } = failingLedger();
  let now = Date.UTC(2026, 5, 1, 3);
  const refusals = aggregateRefusals(ledger, 1, () => now);
  expect([1, 2, 3].map(() => refusals.shouldRecord(consumer, "digest-mismatch", now, usage))).toEqual([true, false, false]);
  now += minute;
  for (const how of ["lost", "landed", undefined, undefined] as const) {
    failing.how = how;
    await refusals.flush();
  }
  expect(landed.map(({ type, usage: counted }) => [type, counted])).toEqual([["refusal", [{ ...usage, uses: 2 }]]]);
});

it("ends a minute that the clock went back behind", async () => {
  const { ledger, landed } = failingLedger();
  let now = Date.UTC(2026, 5, 1, 3);
  const refusals = aggregateRefusals(ledger, 1, () => now);
  for (let i = 0; i < 2; i++) refusals.shouldRecord(consumer, "not-granted", now, undefined);
  now -= 60 * minute;
  expect(refusals.shouldRecord(consumer, "not-granted", now, undefined)).toBe(true);
  await refusals.flush();
  expect(landed.length).toBe(1);
});
