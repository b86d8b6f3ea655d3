import { afterAll, beforeAll, expect, it } from "vitest";
import { gatewayFixture } from "../../support/gateway-fixture.ts";
import { dayFrom, dinasMember, must, officeFixture, type OfficeFixture, type Reply } from "./office-fixture.ts";

let w: OfficeFixture;
beforeAll(async () => void (w = await officeFixture()));
afterAll(() => w.close());

const appoint = (id: string, key: string, over: object = {}): Promise<Reply> =>
  w.ask("POST", "/v1/officers", {
    token: w.admin,
    body: { id, member: dinasMember, position: "Pejabat", roles: ["auditor"], ...over },
    fields: { "Idempotency-Key": key },
  });

/** How often an officer was appointed. */
async function appointments(id: string): Promise<number> {
  const { items } = (await w.ask("GET", "/v1/decisions?limit=200", { token: w.admin })).body;
  return items.filter(({ content }) => content["subject"] === `officer ${id}` && content["action"] === "officer.appoint").length;
}

it("The same request under the same key gives the same decision and acts once", async () => {
  const first = await must(appoint("sekali-1", "kunci-1"));
  const again = await must(appoint("sekali-1", "kunci-1"));
  expect(again.status).toBe(201);
  expect(again.body).toEqual(first.body);
  expect(again.fields.get("location")).toBe(first.fields.get("location"));
  expect([first, again].map(({ fields }) => fields.get("idempotency-replayed"))).toEqual([null, "true"]);
  expect(await appointments("sekali-1")).toBe(1);
});

it("Duplicates that arrive together act once", async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => appoint("serentak-1", "kunci-2")));
  expect(new Set(all.map(({ status, body }) => `${status} ${body.decision.id}`)).size).toBe(1);
  expect(await appointments("serentak-1")).toBe(1);
});

it("Another request under a used key is refused, and does nothing", async () => {
  await must(appoint("lain-1", "kunci-3"));
  expect(await appoint("lain-2", "kunci-3")).toMatchObject({ status: 422, body: { code: "key-reused" } });
  expect((await w.ask("GET", "/v1/officers/lain-2", { token: w.admin })).status).toBe(404);
});

it("A retry is answered though the entity tag has changed by the act itself", async () => {
  await must(appoint("ulang-1", "kunci-4"));
  const { fields } = await w.ask("GET", "/v1/officers/ulang-1", { token: w.admin });
  const remove = () =>
    w.ask("POST", "/v1/officers/ulang-1/remove", {
      token: w.admin,
      fields: { "If-Match": fields.get("etag")!, "Idempotency-Key": "kunci-5" },
    });
  const first = await must(remove());
  expect((await must(remove())).body).toEqual(first.body);
});

it("A key belongs to one officer", async () => {
  await must(appoint("milik-1", "kunci-6"));
  const other = await w.officer("administrator-2", dinasMember, ["administrator"]);
  const body = { id: "milik-2", member: dinasMember, position: "Pejabat", roles: ["auditor"] };
  expect((await w.ask("POST", "/v1/officers", { token: other, body, fields: { "Idempotency-Key": "kunci-6" } })).status).toBe(201);
});

it("A refused request leaves its key free", async () => {
  expect((await appoint("tolak-1", "kunci-7", { member: "ID-16.03/GOV/tidakada" })).status).toBe(404);
  expect((await appoint("tolak-1", "kunci-7")).status).toBe(201);
});

it("The replay of an issued token does not tell its secret again", async () => {
  await must(appoint("token-1", "kunci-8"));
  const issue = () =>
    w.ask("POST", "/v1/tokens", {
      token: w.admin,
      body: { officer: "token-1", until: dayFrom(w.clock(), 5) },
      fields: { "Idempotency-Key": "kunci-9" },
    });
  const { token, ...first } = (await must(issue())).body;
  expect(token).toMatch(/^spl_/);
  expect((await must(issue())).body).toEqual(first);
});

it.each([
  ["", 400],
  ["ada spasi", 400],
  ["x".repeat(65), 400],
  ["x".repeat(64), 201],
])("A key is 1 to 64 visible ASCII characters: %j gives %i", async (key, status) => {
  expect((await appoint("bentuk-1", key)).status).toBe(status);
});

it("A key is remembered for 24 hours and not longer", async () => {
  await must(appoint("sehari-1", "kunci-10"));
  w.turnClock(86_400_000 - 60_000);
  expect((await appoint("sehari-1", "kunci-10")).fields.get("idempotency-replayed")).toBe("true");
  w.turnClock(86_400_000 + 60_000);
  expect(await appoint("sehari-1", "kunci-10")).toMatchObject({ status: 409, body: { code: "already-exists" } });
  w.turnClock(0);
});

it("A key is remembered by a gateway that starts anew", async () => {
  const first = await must(appoint("mulai-1", "kunci-11"));
  await w.open.close();
  const next = await gatewayFixture({ continues: w });
  const body = JSON.stringify({ id: "mulai-1", member: dinasMember, position: "Pejabat", roles: ["auditor"] });
  const headers = { Authorization: `Bearer ${w.admin}`, "Content-Type": "application/json", "Idempotency-Key": "kunci-11" };
  const again = await fetch(`${next.controlOrigin}/v1/officers`, { method: "POST", headers, body });
  expect({ status: again.status, body: await again.json() }).toEqual({ status: 201, body: first.body });
  await next.close();
});
