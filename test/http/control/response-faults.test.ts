import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { here } from "../../support/here.ts";
import { faithful, record, service } from "../../support/gateway-fixture.ts";
import { consumerMember, dinasMember, officeFixture, ownerMember, seg, type OfficeFixture } from "./office-fixture.ts";

let w: OfficeFixture;
let tokens: Record<"owner" | "registrar" | "auditor" | "consumer", string>;
const tokenFile = (): string => join(w.config.data, "petugas.token");
beforeAll(async () => {
  w = await officeFixture({
    serviceManifest: "validation: { responses: report, operations: { createCatatan: { responses: enforce } } }\n",
  });
  tokens = {
    owner: await w.officer("pemilik-1", ownerMember, ["service-owner"]),
    registrar: await w.officer("registrar-1", dinasMember, ["registrar"]),
    auditor: await w.officer("auditor-1", dinasMember, ["auditor"]),
    consumer: await w.officer("konsumen-1", consumerMember, ["pd-officer"]),
  };
  writeFileSync(tokenFile(), `${tokens.owner}\n`, { mode: 0o600 });
});
afterAll(async () => {
  rmSync(tokenFile());
  await w.close();
});

const faults = (by: keyof typeof tokens, id = service) => w.ask("GET", `/v1/services/${seg(id)}/faults`, { token: tokens[by] });
const simpul = (...args: readonly string[]) =>
  here([...args, "--control", w.controlOrigin, "--data", w.config.data, "--token-file", tokenFile()]);

it("is empty before anything went wrong", async () => {
  expect((await faults("owner")).body).toEqual({ service, items: [] });
  expect((await simpul("service", "faults", service)).stdout).toContain("(no wrong answers since the gateway started)");
});

it("tells the owner's officers of each wrong answer where it was wrong, newest first, and nothing of what it said", async () => {
  w.respondWith(
    (_, __, response) => void response.writeHead(200, { "Content-Type": "application/json" }).end('{"nik":"16030101010909x1"}'),
  );
  const reported = await w.call();
  const refused = await w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
  expect([reported.status, refused.status]).toEqual([200, 502]);
  w.respondWith(faithful);
  expect((await w.call()).status).toBe(200);

  const { status, body } = await faults("owner", `${service}/r1`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    service,
    items: [
      { exchange: refused.fields["spl-exchange"], operation: "createCatatan", code: "response-invalid", delivered: false },
      { exchange: reported.fields["spl-exchange"], operation: "getCatatan", code: "response-invalid", delivered: true, pointers: ["/nik"] },
    ],
  });
  expect(JSON.stringify(body)).not.toContain("16030101010909");
  const shown = await simpul("service", "faults", service);
  expect(shown).toMatchObject({ status: 0, stderr: "" });
  expect(shown.stdout).toContain(`${reported.fields["spl-exchange"]!}  getCatatan  response-invalid · disampaikan (delivered) · /nik`);
  expect(JSON.parse((await simpul("service", "faults", service, "--json")).stdout)).toEqual(body);
});

it("is read by registrars and auditors too, and by no other agency", async () => {
  expect([(await faults("registrar")).status, (await faults("auditor")).status]).toEqual([200, 200]);
  const { status, body } = await faults("consumer");
  expect([status, body.code]).toEqual([403, "not-your-member"]);
  expect((await faults("owner", `${service}x`)).status).toBe(404);
  expect((await simpul("service", "faults")).stderr).toContain("Name its ID.");
});
