import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { quotaReadings } from "../../src/gateway/quota-readings.ts";
import type { Grant } from "../../src/registry/snapshot.ts";
import { consumer, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { page } from "../support/page.ts";

const labels = `{consumer="${consumer}",grant="${consumer}#uji-baca-tulis"}`;

/** The samples of the quota gauges; the alert SimpulQuotaNearlyUsed divides the one by the other. */
async function quotas({ controlOrigin }: GatewayFixture): Promise<string[]> {
  const { text } = await page(`${controlOrigin}/metrics`);
  return text.split("\n").filter((line) => line.startsWith("simpul_quota_"));
}

describe("the quota gauges", () => {
  let w: GatewayFixture;
  afterEach(() => w.close());

  it("after a restart a used quota has its limit from the registry, not 0 until it is used again", async () => {
    w = await gatewayFixture({ dailyQuota: 60 });
    await w.call();
    await w.open.close();
    const again = await gatewayFixture({ continues: w });
    try {
      expect(await quotas(again)).toEqual([`simpul_quota_used${labels} 1`, `simpul_quota_limit${labels} 60`]);
    } finally {
      await again.close();
    }
  });

  it("a changed limit shows at once, before the grant is used under it", async () => {
    w = await gatewayFixture({ dailyQuota: 60 });
    await w.call();
    const file = join(w.services, "dinsos/bansos/subsystem.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("dailyQuota: 60", "dailyQuota: 500"));
    await w.apply();
    expect(await quotas(w)).toEqual([`simpul_quota_used${labels} 1`, `simpul_quota_limit${labels} 500`]);
  });

  it("a grant that was taken back has no series, nor has one on a day on which it was not used", async () => {
    w = await gatewayFixture({ dailyQuota: 60 });
    await w.call();
    w.turnClock(86_400_000);
    expect(await quotas(w)).toEqual([]);
    w.turnClock(0);
    expect(await quotas(w)).toHaveLength(2);
    const file = join(w.services, "dinsos/bansos/subsystem.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^grants:[^]*/m, ""));
    await w.apply();
    expect(await quotas(w)).toEqual([]);
  });
});

it("a grant outside its period, replaced or suspended has no reading; an open grant has one for each consumer", () => {
  const grant = { id: "g", service: "t", purpose: "uji", from: 1000, until: 2000, dailyQuota: 10, suspensions: [] } as unknown as Grant;
  const openGrant = { ...grant, id: "s#open", service: "s", from: 0, until: undefined };
  const services = new Map([["s", { openGrant }]]) as unknown as Parameters<typeof quotaReadings>[1]["services"];
  const usage = ["t", "s", "gone"].map((service) => ({ consumer, service, purpose: "uji", used: 9 }));
  const readings = (now: number, ...own: readonly Grant[]) =>
    Array.from(quotaReadings(usage, { services, grants: new Map([[consumer, own]]) }, now), (reading) => reading.grant);
  expect(readings(1000, grant)).toEqual(["g", "s#open"]);
  expect(readings(999, grant)).toEqual(["s#open"]);
  expect(readings(2000, grant)).toEqual(["s#open"]);
  const renewal = { ...grant, id: "h", from: 1500 };
  const renewed = { ...grant, replacedBy: { grant: "h", from: 1500 } };
  expect([readings(1499, renewal, renewed), readings(1500, renewal, renewed)]).toEqual([
    ["g", "s#open"],
    ["h", "s#open"],
  ]);
  expect(readings(1000, { ...grant, suspensions: [{ by: "a", at: "b", reason: "c" }] })).toEqual(["s#open"]);
});
