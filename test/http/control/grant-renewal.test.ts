import { afterAll, beforeAll, expect, it } from "vitest";
import { consumer, service } from "../../support/gateway-fixture.ts";
import { consumerMember, dayFrom, must, officeFixture, ownerMember, type OfficeFixture } from "./office-fixture.ts";

let w: OfficeFixture;
let asker: string;
let decider: string;
beforeAll(async () => {
  w = await officeFixture({ stopped: true });
  asker = await w.officer("dinsos-1", consumerMember, ["pd-officer"]);
  decider = await w.officer("pemilik-1", ownerMember, ["service-owner"]);
});
afterAll(() => w.close());

const purpose = "cek-peserta";

async function called(): Promise<string> {
  const { status, fields } = await w.call({ purpose });
  return status === 200 ? "200" : `${status} ${fields["spl-problem"]}`;
}

it("a renewal takes over calls, quota and rate at once, and its revocation stops them, whatever the ids are called", async () => {
  const [from, until] = [dayFrom(w.clock(), -1), dayFrom(w.clock(), 100)];
  const body = {
    id: "cek",
    consumer,
    service,
    operations: ["getCatatan"],
    purpose,
    legalBasis: "Uji",
    from,
    until,
    rate: { perSecond: 1, burst: 2 },
    dailyQuota: 2,
    expectedLoad: 2,
    personalData: { ground: "Uji", processingRecord: "ROPA-1" },
  };
  await must(w.ask("POST", "/v1/grants", { token: asker, body }));
  await must(w.act(decider, "grants", "cek", "allow"));
  expect([await called(), await called()]).toEqual(["200", "200"]);
  w.turnClock(60_000);
  expect(await called()).toBe("429 quota-exceeded");

  const renewed = await must(w.act(asker, "grants", "cek", "renew", { from, until, dailyQuota: 4, rate: { perSecond: 1, burst: 1 } }));
  expect(renewed.body.entry).toMatchObject({ id: "cek-2", state: "requested", content: { previous: "cek" } });
  expect(renewed.body.decision.content).not.toHaveProperty("from");
  expect(await called()).toBe("429 quota-exceeded");
  await must(w.act(decider, "grants", "cek-2", "allow"));
  expect([await called(), await called()]).toEqual(["200", "429 rate-limited"]);
  w.turnClock(120_000);
  expect(await called()).toBe("200");
  w.turnClock(180_000);
  expect(await called()).toBe("429 quota-exceeded");

  expect(await w.act(decider, "grants", "cek", "revoke", { reason: "selesai" })).toMatchObject({
    status: 422,
    body: { code: "rule-broken", detail: expect.stringContaining("cek-2") as string },
  });
  await must(w.act(decider, "grants", "cek-2", "revoke", { reason: "selesai" }));
  expect(await called()).toBe("403 not-granted");
});
