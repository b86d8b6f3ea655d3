import { afterAll, beforeAll, expect, it } from "vitest";
import { consumer, purpose, service } from "../../support/gateway-fixture.ts";
import { dinasMember, must, officeFixture, seg, type OfficeFixture } from "./office-fixture.ts";

let w: OfficeFixture;
let token: string;
beforeAll(async () => {
  w = await officeFixture();
  token = await w.officer("auditor-1", dinasMember, ["auditor"]);
});
afterAll(() => w.close());

const ask = (kind: string, id: string) => w.ask("GET", `/v1/why/${kind}/${seg(id)}`, { token });

it.each([
  ["service", service],
  ["grant", `${consumer}#uji-baca-tulis`],
  ["instance", "ID-16.03"],
])("Why is answered for a %s, in both languages", async (kind, id) => {
  expect(await ask(kind, id)).toMatchObject({
    status: 200,
    body: { kind, id, summary: { id: expect.any(String) as string, en: expect.any(String) as string } },
  });
});

it("An exchange is explained from its leaf, by the registry of its moment and not of now", async () => {
  const { fields } = await w.call();
  const exchange = fields["spl-exchange"]!;
  const before = await must(ask("exchange", exchange));
  expect(JSON.stringify(before.body)).toContain(purpose);
  expect(JSON.stringify(before.body)).not.toContain("Registri saat itu tidak dibaca");
  await must(
    w.ask("POST", "/v1/evidence", {
      token: await w.officer("registrar-1", dinasMember, ["registrar"]),
      body: { type: "splp", documents: {} },
    }),
  );
  expect((await must(ask("exchange", exchange))).body["steps"]).toEqual(before.body["steps"]);
});

it.each([
  ["exchange", "tidak-ada", 404, "not-found"],
  ["service", "tidak-ada", 404, "not-found"],
  ["cuaca", "x", 400, "input-invalid"],
])("Of a %s called %s nothing can be said", async (kind, id, status, code) => {
  expect(await ask(kind, id)).toMatchObject({ status, body: { code } });
});
