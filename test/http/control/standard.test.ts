import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { service } from "../../world.ts";
import { dinas, letter, officeWorld, ownerMember, seg, type OfficeWorld } from "./office-world.ts";

let w: OfficeWorld;
let officer: string;

const file = (): string => join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml");
let sound: string;

beforeAll(async () => {
  w = await officeWorld();
  sound = readFileSync(file(), "utf8");
  writeFileSync(file(), sound.replace(/"x-visibilitas": "terbatas",?/, ""));
  await w.apply();
  officer = await w.officer("penyedia-1", ownerMember, ["pd-officer"]);
  await w.officer("registrar-1", dinas, ["registrar"]);
});
afterAll(() => w.close());

const revision = `${service}/r1`;
const guardOf = (judgements: unknown, name: string): Record<string, unknown> | undefined => (judgements as Record<string, unknown>[]).find(({ guard }) => guard === name);

it("refuses to take up an application whose contract breaks the standard in force, naming rule, place and pasal", async () => {
  await w.ask("POST", "/v1/revisions", { token: officer, body: { service, dossier: { application: "khusus", coordination: letter("800/1/2026") } } });
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
