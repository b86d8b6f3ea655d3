import { expect, it } from "vitest";
import { dinasMember, officeFixture } from "./office-fixture.ts";

it("One officer has a rate: beyond it 429 with Retry-After; others and open pages go on", async () => {
  const w = await officeFixture({ settings: { "max-officer-requests-per-second": "1" }, stopped: true });
  const other = await w.officer("registrar-1", dinasMember, ["registrar"]);
  let refused;
  for (let i = 0; i < 11; i++) refused = await w.ask("GET", "/v1/officers", { token: w.admin });
  expect(refused).toMatchObject({ status: 429, body: { code: "rate-limited" } });
  expect(refused?.fields.get("retry-after")).toBe("1");
  expect((await w.ask("GET", "/v1/officers", { token: other })).status).toBe(200);
  expect((await w.ask("GET", "/v1/catalogue", {})).status).toBe(200);
  await w.close();
});
