import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { treeLimits } from "../../src/source/limits.ts";
import { here } from "../support/here.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-contract-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const old = `openapi: 3.0.3
info: { title: Berkas, version: 1.0.0 }
paths:
  /berkas/{kode}:
    get:
      parameters: [{ name: kode, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: Ada, content: { application/json: { schema: { type: string, nullable: true } } } } }
`;

describe("simpul contract show", () => {
  it("shows the derived document, what was changed and why, and the digest by which the registry names it", async () => {
    const { status, stdout, stderr } = await here(["contract", "show", file("openapi.yaml", old)]);
    const document = JSON.parse(stdout) as { openapi: string };
    expect(status).toBe(0);
    expect(document).toMatchObject({ openapi: "3.1.0", paths: { "/berkas/{kode}": { get: { operationId: "get_berkas_kode" } } } });
    expect(stdout).toContain('"null"');
    expect(stderr).toMatch(/^openapi\.yaml:1:10 dialect-converted: OpenAPI 3\.0 dibaca/m);
    expect(stderr).toMatch(/^openapi\.yaml:6:7 operation-id-derived: .*get_berkas_kode/m);
    expect(stderr).toContain(`digest  ${sha256(Buffer.from(JSON.stringify(document))).toString("base64url")}`);
  });

  it.each([
    ["contract", "show"],
    ["try", "--once"],
    ["lint", "--profile", "muara-enim-52-2022"],
  ])("%s refuses a byte more than the registry takes, in its words", async (...verb) => {
    const large = await here([...verb, file("besar.yaml", old.padEnd(treeLimits.contractBytes + 1))]);
    expect([large.status === 0, large.stdout]).toEqual([false, ""]);
    expect(large.stderr).toContain("the file is larger than 1048576 bytes");
    const full = await here([...verb, file("penuh.yaml", old.padEnd(treeLimits.contractBytes))]);
    expect(full.stderr).not.toContain("larger than");
  });

  it("refuses what the registry refuses, in its words", async () => {
    const run = await here(["contract", "show", file("buruk.yaml", old.replace("type: string, nullable", "pattern: '(a', nullable"))]);
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toContain("buruk.yaml:7:");
    expect(run.stderr).toContain("(a");
    expect((await here(["contract", "show"])).status).toBe(2);
  });
});
