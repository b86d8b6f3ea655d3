import { afterAll, beforeAll, expect, it } from "vitest";
import { service } from "../../support/gateway-fixture.ts";
import { officeFixture, seg, type OfficeFixture } from "./office-fixture.ts";

let w: OfficeFixture;
beforeAll(async () => void (w = await officeFixture()));
afterAll(() => w.close());

it(
  "Anybody reads what there is to consume: the five fields of the national directory, visibility, " +
    "contact and the way to access, in both languages",
  async () => {
    const { status, body } = await w.ask("GET", "/v1/catalogue");
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        id: service,
        nama: "Warga",
        deskripsi: "Layanan uji",
        alamat: `${w.publicOrigin}/r1/${service}`,
        atribut: ["nomor", "tahun", "Ringkas", "nik", "keterangan"],
        output: { jenis: ["application/json"], atribut: ["nik", "keterangan"] },
        visibility: "terbatas",
        classification: "terbatas",
        state: "trial",
        owner: "Disdukcapil",
        contact: { name: "Meja Layanan", email: "tik@example.go.id", phone: "+62-711-1" },
        operations: [
          { id: "getCatatan", method: "GET", path: "/catatan/{nomor}", summary: "Membaca catatan" },
          { id: "replaceCatatan", method: "PUT", path: "/catatan/{nomor}", summary: "Mengganti catatan" },
          { id: "reviseCatatan", method: "PATCH", path: "/catatan/{nomor}", summary: "Mengubah catatan" },
          { id: "withdrawCatatan", method: "DELETE", path: "/catatan/{nomor}", summary: "Menarik catatan" },
          { id: "createCatatan", method: "POST", path: "/catatan", summary: "Mencatat" },
          { id: "getRahasia", method: "GET", path: "/rahasia", summary: "Membaca yang tidak diizinkan" },
        ],
        access: { id: expect.stringMatching(/izin akses.*uji coba/) as string, en: expect.stringMatching(/grant.*on trial/) as string },
        openapi: `/v1/catalogue/${seg(service)}/openapi.json`,
      },
    ]);
  },
);

it("The contract names the gateway as its server, and where the provider stands is nowhere in the catalogue", async () => {
  const contract = await w.ask("GET", `/v1/catalogue/${seg(service)}/openapi.json`);
  expect(contract).toMatchObject({ status: 200, body: { openapi: "3.1.0", servers: [{ url: `${w.publicOrigin}/r1/${service}` }] } });
  const upstream = (await w.ask("GET", `/v1/services/${seg(service)}`, { token: w.admin })).body["content"] as { upstream: string };
  const shown = JSON.stringify([contract.body, (await w.ask("GET", "/v1/catalogue")).body]);
  expect(shown).not.toContain(new URL(upstream.upstream).host);
});

it("A service that is not known, or not to be consumed, has no contract in it", async () => {
  expect((await w.ask("GET", `/v1/catalogue/${seg(`${service}2`)}/openapi.json`)).status).toBe(404);
});
