import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { consumer, service } from "../../support/gateway-fixture.ts";
import { consumerMember, dayFrom, dinasMember, officeFixture, ownerMember, seg, type OfficeFixture } from "./office-fixture.ts";
import { letter } from "../../support/letter.ts";

let w: OfficeFixture;
let officer: string;

const file = (): string => join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml");
let sound: string;

beforeAll(async () => {
  w = await officeFixture();
  sound = readFileSync(file(), "utf8");
  writeFileSync(file(), sound.replace(/"x-visibilitas": "terbatas",?/, ""));
  await w.apply();
  officer = await w.officer("penyedia-1", ownerMember, ["pd-officer"]);
  await w.officer("registrar-1", dinasMember, ["registrar"]);
});
afterAll(() => w.close());

const revision = `${service}/r1`;
const guardOf = (judgements: unknown, name: string): Record<string, unknown> | undefined =>
  (judgements as Record<string, unknown>[]).find(({ guard }) => guard === name);

it("refuses to take up an application whose contract breaks the standard in force, naming rule, place and pasal", async () => {
  await w.ask("POST", "/v1/revisions", {
    token: officer,
    body: { service, dossier: { application: "khusus", coordination: letter("800/1/2026") } },
  });
  const { status, body } = await w.act(officer, "revisions", revision, "apply");
  expect([status, body.code]).toEqual([409, "guard-unmet"]);
  const found = guardOf(body["judgements"], "standard")!;
  expect(found).toMatchObject({ verdict: "unmet", key: "standard.conformance", cite: "P28(4), P28(6)a" });
  expect(JSON.stringify(found["detail"])).toMatch(/lid-spl@1\.0\.0.*LID-VIS/);
});

it("says so in the trace as well", async () => {
  const { body } = await w.ask("GET", `/v1/why/service/${seg(service)}`, { token: officer });
  expect(JSON.stringify(body["missing"])).toContain("lid-spl@1.0.0");
});

it("takes the contract that was mended by the report", async () => {
  writeFileSync(file(), sound);
  await w.apply();
  await w.act(officer, "revisions", revision, "withdraw");
  await w.ask("POST", "/v1/revisions", { token: officer, body: { service } });
  const { body } = await w.act(officer, "revisions", `${service}/r2`, "apply");
  expect(guardOf(body["judgements"], "standard")).toMatchObject({ verdict: "met" });
});

it("warns who applies that grants in force name fields which the contract has no more", async () => {
  const asker = await w.officer("konsumen-1", consumerMember, ["pd-officer"]);
  const decider = await w.officer("pemilik-1", ownerMember, ["service-owner"]);
  const [from, until] = [dayFrom(w.clock(), 0), dayFrom(w.clock(), 30)];
  const asked = {
    id: "izin-kolom",
    consumer,
    service,
    operations: ["getCatatan"],
    purpose: "uji-kolom",
    legalBasis: "Perbup Uji 1/2026",
    from,
    until,
    rate: { perSecond: 5, burst: 5 },
    dailyQuota: 100,
    expectedLoad: 10,
    fields: ["/nik", "/keterangan"],
  };
  await w.ask("POST", "/v1/grants", {
    token: asker,
    body: { ...asked, personalData: { ground: "UU 27/2022 Pasal 20", processingRecord: "ROPA-1" } },
  });
  expect((await w.act(decider, "grants", "izin-kolom", "allow")).status).toBe(200);
  writeFileSync(file(), sound.replace(/,\s*"keterangan": \{[^}]*\}/, "").replace('"version": "1.0.0"', '"version": "1.1.0"'));
  await w.apply();
  await w.act(officer, "revisions", `${service}/r2`, "withdraw");
  await w.ask("POST", "/v1/revisions", { token: officer, body: { service } });
  const { body } = await w.act(officer, "revisions", `${service}/r3`, "apply");
  const found = guardOf(body["judgements"], "standard")!;
  expect(found).toMatchObject({ verdict: "met", remedy: { en: expect.stringContaining("grant renew") as string } });
  expect((found["detail"] as { en: string }).en).toContain("izin-kolom (/keterangan).");
});
