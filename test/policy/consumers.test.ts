import { expect, it } from "vitest";
import { consumersOf, usedWithinDays, type UsageOn } from "../../src/policy/consumers.ts";
import type { Entry } from "../../src/registry/entry.ts";
import { askedGrant, done, entry, ME, outsider, owner, policyFixture, populationService, proposal } from "../support/policy-fixture.ts";
import { consumer } from "../support/parties.ts";

const grant = (id: string, over: object = {}, state: Entry["state"] = "active"): Entry<"grant"> => {
  const { id: _, ...content } = askedGrant({ from: "2026-03-01T17:00:00.000Z", until: "2026-12-31T17:00:00.000Z", ...over });
  return entry("grant", id, state, { ...content, decided: done("owner-1") } as unknown as Entry<"grant">["content"]);
};
const usage =
  (days: Readonly<Record<string, readonly (readonly [grant: string, consumer: string, used: number])[]>>, asked: string[] = []): UsageOn =>
  (day) => {
    asked.push(day);
    return Promise.resolve((days[day] ?? []).map(([id, who, used]) => ({ grant: id, consumer: who, used })));
  };

it("gives each grant that has not ended, with the last day on which it was used", async () => {
  const fixture = policyFixture(ME, { state: "produksi" });
  fixture.put(
    grant("b-aktif"),
    grant("a-dihentikan", { consumer: `${outsider}/sensus` }, "suspended"),
    grant("c-berakhir", { until: "2026-03-01T17:00:00.000Z" }),
    grant("d-dicabut", {}, "revoked"),
    grant("e-lain", { service: `${owner}/siak/lain/v1` }),
  );
  const days = { "2026-03-01": [["b-aktif", consumer, 7]], "2026-02-27": [["b-aktif", consumer, 9]] } as const;
  const { items } = await consumersOf(fixture.context(), populationService, usage(days));
  expect(items.map((item) => [item.grant, item.state, item.lastUsed])).toEqual([
    ["a-dihentikan", "suspended", undefined],
    ["b-aktif", "active", { day: "2026-03-01", calls: 7 }],
  ]);
});

it("looks back no further than it has to, and never beyond its days", async () => {
  const fixture = policyFixture(ME, { state: "produksi" });
  fixture.put(grant("izin"));
  const asked: string[] = [];
  await consumersOf(fixture.context(), populationService, usage({ "2026-03-01": [["izin", consumer, 1]] }, asked));
  expect(asked).toEqual(["2026-03-02", "2026-03-01"]);
  asked.length = 0;
  await consumersOf(fixture.context(), populationService, usage({}, asked));
  expect(asked).toHaveLength(usedWithinDays);
});

it("gives the users of an open service by their calls", async () => {
  const fixture = policyFixture(ME, { state: "produksi" });
  const open = { purpose: "terbuka", legalBasis: "-", rate: { perSecond: 1, burst: 1 }, dailyQuota: 1 };
  fixture.put(entry("service", populationService, "active", proposal({ open, classification: "terbuka" })));
  const days = {
    "2026-03-02": [[`${populationService}#open`, consumer, 3]],
    "2026-02-01": [
      [`${populationService}#open`, consumer, 4],
      [`${populationService}#open`, `${outsider}/sensus`, 5],
    ],
  } as const;
  const { items } = await consumersOf(fixture.context(), populationService, usage(days));
  expect(items.map((item) => [item.consumer, item.purpose, item.lastUsed])).toEqual([
    [consumer, "terbuka", { day: "2026-03-02", calls: 3 }],
    [`${outsider}/sensus`, "terbuka", { day: "2026-02-01", calls: 5 }],
  ]);
});

it("knows nothing of a version that is not registered", async () => {
  await expect(consumersOf(policyFixture(ME).context(), `${populationService}9`, usage({}))).rejects.toMatchObject({ code: "not-found" });
});
