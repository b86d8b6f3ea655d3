import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { figure, leafOf } from "../support/wire.ts";
import { record, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";

describe("answers that break their contract", () => {
  let w: GatewayFixture;
  beforeAll(async () => {
    w = await gatewayFixture({
      serviceManifest:
        "validation: { responses: report, operations: { createCatatan: { responses: enforce }, replaceCatatan: { responses: off } } }\n",
    });
    w.respondWith(
      (_, __, response) =>
        void response.writeHead(200, { "Content-Type": "application/json" }).end('{"nik":"16030101019090011","1603010101909001":1}'),
    );
  });
  afterAll(() => w.close());

  const counted = (operation: string) => figure(w, "simpul_response_faults_total", `{service="${service}",operation="${operation}"}`);
  const [get, post, put] = [
    { method: "GET", target: `/r1/${service}/catatan/1` },
    { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" },
    { method: "PUT", target: `/r1/${service}/catatan/1`, content: record, contentType: "application/json" },
  ];

  it("are delivered and counted by service and operation where the service only wants reports", async () => {
    const told = vi.spyOn(w.open.gateway.log, "responseFault");
    const before = await counted("getCatatan");
    const { status, fields } = await w.call(get);
    expect([status, fields["spl-problem"], (await counted("getCatatan")) - before]).toEqual([200, undefined, 1]);
    expect(told.mock.calls).toEqual([
      [{ exchange: fields["spl-exchange"], service, operation: "getCatatan", code: "response-invalid", pointers: ["", "/nik"] }],
    ]);
    told.mockRestore();
  });

  it("are refused where the operation is enforced, and counted and logged just the same", async () => {
    const told = vi.spyOn(w.open.gateway.log, "responseFault");
    const { status, fields, answer } = await w.call(post);
    expect([status, fields["spl-problem"], await counted("createCatatan")]).toEqual([502, "response-invalid", 1]);
    const where = { exchange: fields["spl-exchange"], service, operation: "createCatatan" };
    expect(told.mock.calls).toEqual([[{ ...where, code: "response-invalid", pointers: [""] }]]);
    told.mockRestore();
    expect(JSON.parse(answer.toString())).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ in: "content" })]) as unknown,
    });
    expect((await leafOf(w, fields["spl-exchange"]!))!.response).toHaveProperty("provider");
  });

  it("are delivered and not looked for where the operation is off", async () => {
    const { status } = await w.call(put);
    expect([status, await counted("replaceCatatan")]).toEqual([200, 0]);
  });

  it("never come back to anybody in part, nor into the log", async () => {
    const told = vi.spyOn(w.open.gateway.log, "responseFault");
    await w.call(get);
    const { answer } = await w.call(post);
    expect(answer.toString() + JSON.stringify(told.mock.calls)).not.toMatch(/\d{16}/);
    told.mockRestore();
  });
});

describe("content that an operation does not take", () => {
  let w: GatewayFixture;
  beforeAll(async () => (w = await gatewayFixture()));
  afterAll(() => w.close());

  it.each([
    [
      "of another type",
      { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "text/xml" },
      "Content-Type harus salah satu dari: application/json (charset hanya utf-8).",
    ],
    [
      "in another charset",
      { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json; charset=iso-8859-1" },
      "Content-Type harus salah satu dari: application/json (charset hanya utf-8).",
    ],
    [
      "that is missing",
      { method: "POST", target: `/r1/${service}/catatan` },
      "Operasi ini menuntut isi, dengan Content-Type: application/json.",
    ],
    [
      "where it takes none",
      { method: "DELETE", target: `/r1/${service}/catatan/1`, content: record, contentType: "application/json" },
      "Operasi ini tidak menerima isi; kirimlah tanpa isi dan tanpa Content-Type.",
    ],
  ])("is refused with what would be right: %s", async (_, request, detail) => {
    const { status, answer } = await w.call(request);
    expect(status).toBe(415);
    expect(JSON.parse(answer.toString())).toMatchObject({ code: "content-type-unsupported", detail });
  });
});
