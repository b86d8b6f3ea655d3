import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { here } from "../support/here.ts";
import { absent, python } from "../support/python.ts";
import { clients, missing, runClient } from "./clients.ts";
import { realGateway } from "./real-gateway.ts";
import type { RealGateway } from "./real-gateway.ts";

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const bansos = "ID-16.03/GOV/dinsos/bansos";
const match = "/r1/ID-16.03/GOV/disdukcapil/siak/penduduk/v1/pencocokan";
const rates = "/r1/ID-16.03/GOV/bapenda/pajak/pbb/v1/tarif/16.03.02?tahun=2026";
const example = "services/disdukcapil/siak/penduduk/v1/examples/matchPenduduk";

const folder = mkdtempSync(join(tmpdir(), "simpul-stranger-"));
const withShell = missing(clients.find(({ file }) => file === "client.sh")!) === undefined;
let gateway: RealGateway;
let key: string;

beforeAll(async () => {
  key = join(folder, "own");
  if (withShell) execFileSync("bash", [file("docs/clients/key.sh"), bansos, key], { stdio: "ignore" });
  gateway = await realGateway(withShell ? { "dinsos/bansos": `${key}.jwt` } : {});
  if (!withShell) key = join(gateway.keys, "dinsos-bansos");
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

it("publishes the verifier key that its operator hands out", async () => {
  const logs = await fetch(`${gateway.origin}/logs`);
  expect((await logs.text()).split(/\s/)).toContain(gateway.vkey);
});

for (const client of clients)
  describe.skipIf(missing(client) !== undefined)(`a stranger with ${client.file} and the page`, () => {
    it("is answered, can check the receipt alone, and finds a lost answer again by its statement", async () => {
      const request = file(`${example}.request.json`);
      const printed = await runClient(client, [
        gateway.origin,
        bansos,
        `${key}.pem`,
        "POST",
        match,
        "verifikasi-penerima-bansos",
        request,
        "application/json",
      ]);
      expect(printed).toMatchObject({ errors: "", exit: 0 });
      expect(JSON.parse(printed.content.toString())).toEqual(JSON.parse(readFileSync(file(`${example}.response.json`), "utf8")));

      const kept = join(folder, `${client.file}.txt`);
      writeFileSync(kept, printed.transcript);
      if (absent === undefined) {
        expect(python("check.py", ["--vkey", gateway.vkey, "--sent", request, kept]).stdout).toMatch(/\n[1-9][0-9]* passed, 0 failed\n$/);
        expect(python("check.py", ["--vkey", gateway.vkey, kept]).status).toBe(1);
      }

      expect(await here(["verify", "--vkey", gateway.vkey, kept])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining("SAH sejauh diperiksa; 1 hal") as string,
      });

      const claims = Buffer.from(printed.fields.get("spl-signature")!.split(".")[1]!, "base64url");
      const hash = createHash("sha256").update(claims).digest("base64url");
      const asked = await runClient(client, [gateway.origin, bansos, `${key}.pem`, "GET", `/receipts?statement=${hash}`, "-"]);
      expect(asked).toMatchObject({ errors: "", exit: 0 });
      const { receipt } = JSON.parse(asked.content.toString()) as { receipt: string };
      expect(receipt.split(":")[1]).toBe(printed.fields.get("spl-receipt")!.split(":")[1]);
    });

    it("reads a refusal, which has a receipt too", async () => {
      const printed = await runClient(client, [gateway.origin, bansos, `${key}.pem`, "GET", rates, "informasi-tarif-pajak"]);
      expect(printed).toMatchObject({ errors: "", exit: 1 });
      expect(printed.fields.get("spl-problem")).toBe("not-granted");
      writeFileSync(join(folder, "refused.txt"), printed.transcript);
      if (absent === undefined) expect(python("check.py", ["--vkey", gateway.vkey, join(folder, "refused.txt")]).status).toBe(0);
    });
  });

for (const client of clients.filter(({ algorithms }) => algorithms.includes("ES256")))
  describe.skipIf(missing(client) !== undefined)(`${client.file} with ES256`, () => {
    it("reads with a query", async () => {
      const portal = "ID-16.03/GOV/diskominfo/portal";
      const printed = await runClient(client, [
        gateway.origin,
        portal,
        join(gateway.keys, "diskominfo-portal.pem"),
        "GET",
        rates,
        "informasi-tarif-pajak",
      ]);
      expect(printed).toMatchObject({ errors: "", exit: 0 });
      expect(printed.fields.get("status")).toBe("200");
    });
  });
