import { afterAll, beforeAll, expect, it } from "vitest";
import { dinasMember, must, officeFixture, type OfficeFixture } from "./office-fixture.ts";
import { letter } from "../../support/letter.ts";

let w: OfficeFixture;
let registrar: string;
let second: string;
beforeAll(async () => {
  w = await officeFixture({ profile: "pasuruan-111-2023" });
  registrar = await w.officer("registrar-1", dinasMember, ["registrar"]);
  second = await w.officer("verifikator-1", dinasMember, ["security-verifier"]);
});
afterAll(() => w.close());

const record = async (type: string, authority: string, number: string): Promise<string> =>
  (
    await must(
      w.ask("POST", "/v1/opinions", {
        token: registrar,
        body: { types: [type], authority, outcome: "diberikan", letter: letter(number, "2026-02-28") },
      }),
    )
  ).body.entry.id;
const exported = (id: string) => w.ask("GET", `/v1/opinions/${id}/kelaikan-keamanan`, { token: registrar });

it("A confirmed security opinion is given as the architecture portal's object, and says when it was revoked", async () => {
  const id = await record("keamanan", "bssn", "B-12/BSSN/2026");
  expect(await exported(id)).toMatchObject({ status: 404, body: { code: "not-found" } });
  await must(w.act(second, "opinions", id, "confirm"));
  const object = {
    objek: "Kelaikan Keamanan",
    id,
    tanggal: "2026-02-28",
    pemberi: "bssn",
    subjek: "ID-16.03",
    nomor: "B-12/BSSN/2026",
    sha256: letter("B-12/BSSN/2026").sha256,
    berlakuSejak: "2026-02-28",
    berlakuSampai: null,
    status: "berlaku",
  };
  expect(await exported(id)).toMatchObject({ status: 200, body: object });
  await must(w.act(second, "opinions", id, "revoke", { reason: "temuan baru" }));
  expect((await exported(id)).body).toEqual({ ...object, status: "dicabut" });
});

it("Another opinion is none", async () => {
  const id = await record("operasi", "kominfo", "B-13/KOMINFO/2026");
  await must(w.act(second, "opinions", id, "confirm"));
  expect(await exported(id)).toMatchObject({ status: 404, body: { code: "not-found" } });
});
