import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { pageShell, shellBlocks, type PageShell } from "../support/page-shell.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/start.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "simpul-start-"));
let shell: PageShell;
let blocks: readonly string[];

beforeAll(async () => {
  shell = await pageShell(folder);
  // The page's ports may be taken on this machine.
  const ports = new Map<string, string>();
  for (const port of ["8080", "9090", "8081"]) ports.set(port, String(await freePort()));
  blocks = shellBlocks(page).map((block) => block.replaceAll(/8080|9090|8081/g, (port) => ports.get(port)!));
});
afterAll(async () => {
  await shell.close();
  rmSync(folder, { recursive: true, force: true });
});

it("docs/start.md goes from an empty folder to a receipted call, line by line", async () => {
  const [clone, settings, manifests, key, gateway, call, ...more] = blocks;
  expect(more).toEqual([]);
  // The clone is this one; `simpul` is called from another folder in test/cli.
  expect(clone).toMatch(/^git clone .*\nnpm --prefix ~\/simpul ci\nsimpul\(\) \{ ~\/simpul\/simpul "\$@"; \}\n$/);
  await shell.run(settings!);
  const made = await shell.run(manifests!);
  for (const file of ["instance.yaml", "disdik/ppdb/subsystem.yaml", "disdik/ppdb/info/v1/openapi.yaml"])
    expect(made).toContain(`  + services/${file}\n`);
  await shell.run(key!);
  const served = await shell.run(gateway!);
  expect(served).toContain("+ service ID-35.14/GOV/disdik/ppdb/info/v1\n");
  // Policies are counted, so that what is the reader's own is seen.
  expect(served).toMatch(/^ {2}\+ policy … \(\d\d\)$/m);
  expect(served).toContain("+ grant ID-35.14/GOV/dinsos/bansos#bansos-info-ppdb\n");
  const called = await shell.run(call!);
  expect(called).toContain("HTTP 200\n");
  expect(called).toContain('"operation":"listInfo"');
  // `call` gives a verdict as `verify` does, and compares what it was told.
  expect(called.match(/Tanda terima ini SAH\. \(The receipt is VERIFIED\.\)/g)).toHaveLength(2);
  expect(called).not.toContain("tidak diperiksa, pembanding tidak diberikan");
  expect(called).toMatch(/UTUH/);
});
