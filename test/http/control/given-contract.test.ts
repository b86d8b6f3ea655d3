import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256 } from "../../../src/base/bytes.ts";
import { here } from "../../support/here.ts";
import { service } from "../../support/gateway-fixture.ts";
import { consumerMember, officeFixture, seg, type OfficeFixture } from "./office-fixture.ts";

let w: OfficeFixture;
let token: string;
const tokenFile = (): string => join(w.config.data, "petugas.token");
const digest = (text: string): string => sha256(Buffer.from(text)).toString("base64url");
const beside = '{ "Kode":   { "type": "string", "maxLength": 9 } } ';
let given: string;
beforeAll(async () => {
  w = await officeFixture();
  const home = join(w.services, "disdukcapil/siak/warga/v1");
  const document = JSON.parse(readFileSync(join(home, "openapi.yaml"), "utf8")) as { components: { schemas: object } };
  document.components.schemas = { ...document.components.schemas, Kode: { $ref: "skema/kode.json#/Kode" } };
  // What no reader keeps: a remark, white space, the order of members, an address of the provider, CRLF.
  given = `# dibuat oleh kerangka kerja\r\n${JSON.stringify({ servers: [{ url: "http://10.1.2.3/api" }], ...document }, null, 3)}\r\n\r\n`;
  writeFileSync(join(home, "openapi.yaml"), given);
  mkdirSync(join(home, "skema"));
  writeFileSync(join(home, "skema/kode.json"), beside);
  await w.apply();
  token = await w.officer("konsumen-1", consumerMember, ["pd-officer"]);
  writeFileSync(tokenFile(), `${token}\n`, { mode: 0o600 });
});
afterAll(() => w.close());

const simpul = (...args: readonly string[]) =>
  here([...args, "--control", w.controlOrigin, "--data", w.config.data, "--token-file", tokenFile()]);

it("is what the provider gave, byte for byte, with the files beside it, under digests that are in the registry's entry", async () => {
  const { status, body } = await w.ask("GET", `/v1/services/${seg(service)}/contract`, { token });
  expect([status, body]).toEqual([
    200,
    {
      contract: expect.any(String) as string,
      given: [
        { path: "openapi.yaml", digest: digest(given), text: given },
        { path: "skema/kode.json", digest: digest(beside), text: beside },
      ],
    },
  ]);
  const entry = await w.ask("GET", `/v1/services/${seg(service)}`, { token });
  expect(JSON.stringify(entry.body)).toContain(digest(given));
});

it("is printed as it is, and written into a folder with what it names", async () => {
  expect(await simpul("service", "contract", service)).toEqual({ status: 0, stderr: "", stdout: given });
  const folder = join(w.config.data, "keluar");
  const written = await simpul("service", "contract", service, "--out", folder);
  expect(written).toMatchObject({ status: 0, stderr: "" });
  expect(written.stdout).toContain(digest(beside));
  expect(readFileSync(join(folder, "openapi.yaml"), "utf8")).toBe(given);
  expect(readFileSync(join(folder, "skema/kode.json"), "utf8")).toBe(beside);
  expect((await simpul("service", "contract", service, "--out", folder)).status).not.toBe(0);
  rmSync(folder, { recursive: true });
});

it("is for those who have a token: it may name the provider's address, which the catalogue never does", async () => {
  expect((await w.ask("GET", `/v1/services/${seg(service)}/contract`)).status).toBe(401);
  expect((await w.ask("GET", `/v1/services/${seg("ID-16.03/GOV/x/y/z/v1")}/contract`, { token })).status).toBe(404);
  const shown = await fetch(`${w.publicOrigin}/catalogue/${encodeURIComponent(service)}/openapi.json`);
  expect([shown.status, await shown.text()]).toEqual([200, expect.not.stringContaining("10.1.2.3")]);
});
