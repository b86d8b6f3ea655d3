import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { pageShell, shellBlocks, type PageShell } from "../support/page-shell.ts";

const root = join(import.meta.dirname, "../..");
const service = "ID-16.03/GOV/disdukcapil/siak/penduduk/v1";
const folder = mkdtempSync(join(tmpdir(), "simpul-road-"));
const place = join(folder, "muara-enim");
let shell: PageShell;
let blocks: readonly string[];

beforeAll(async () => {
  shell = await pageShell(folder);
  symlinkSync(root, join(folder, "simpul"));
  // The page's ports may be taken on this machine. The manifests name that of the provider.
  const ports = new Map<string, string>();
  for (const port of ["8080", "9090", "4101"]) ports.set(port, String(await freePort()));
  const moved = `cp -r ~/simpul/services .\nsed -i s/4101/${ports.get("4101")}/ services/disdukcapil/siak/subsystem.yaml`;
  blocks = shellBlocks(readFileSync(join(root, "docs/road.md"), "utf8")).map((block) =>
    block.replaceAll(/8080|9090|4101/g, (port) => ports.get(port)!).replace("cp -r ~/simpul/services .", moved),
  );
  await shell.run(blocks[0]!);
});
afterAll(async () => {
  await shell.close();
  rmSync(folder, { recursive: true, force: true });
});

it("the page's officers are appointed, and their tokens lie in files that only they can read", async () => {
  const listed = await shell.run(blocks[1]!);
  for (const officer of ["registrar-1", "pemilik-1", "konsumen-1"])
    expect(listed).toMatch(new RegExp(`^${officer} +active \\(aktif\\)`, "m"));
  expect(statSync(join(place, "rahasia/registrar-1.token")).mode & 0o777).toBe(0o600);
});

it("the instance goes into production once its opinions are confirmed, and `why` names before what is missing", async () => {
  const published = await shell.run(blocks[2]!);
  expect(published).toContain("P28(6)b");
  expect(published).toContain("persiapan → produksi");
  // What was so at the decision and is so now is said once.
  const said = (await shell.run("simpul why instance\n")).split(/^ {2}(?=[•✓✗–~] )/m).map((step) => step.split("\n")[0]);
  expect(said.length).toBeGreaterThan(10);
  expect(said.filter((step, index) => said.indexOf(step) !== index)).toEqual([]);
});

it("the service goes from a proposal to production", async () => {
  expect(await shell.run(blocks[3]!)).toContain(`${service}/r1  approved → trial\n`);
  expect(await shell.run(blocks[4]!)).toMatch(new RegExp(`^${service}/r1 {2}active \\(aktif\\)$`, "m"));
});

it("the grant is asked for and decided, and the first call under it is served", async () => {
  expect(await shell.run(blocks[5]!)).toMatch(/^penelusuran-bansos +active/m);
  expect(await shell.run(blocks[6]!)).toContain("HTTP 200\n");
});

it("apply in the live instance proposes: the changed service waits as a draft, and what is in force goes on", async () => {
  const manifest = join(place, "services/disdukcapil/siak/penduduk/v1/service.yaml");
  const before = readFileSync(manifest, "utf8");
  writeFileSync(manifest, before.replace("title: Data Kependudukan", "title: Data Penduduk"));
  expect(await shell.run("simpul apply\n")).toMatch(new RegExp(`^ {2}\\? revision ${service}/r2 \\(diusulkan`, "m"));
  expect(await shell.run(`simpul service show ${service}/r2\n`)).toMatch(new RegExp(`^${service}/r2 {2}draft \\(rancangan\\)$`, "m"));
});

it("the page's last commands explain, suspend and resume, and let an officer go", async () => {
  const why = await shell.run(blocks[7]!);
  for (const word of ["penelusuran-bansos", "ID-16.03/GOV/dinsos/bansos", "pemilik-1", "muara-enim-52-2022"]) expect(why).toContain(word);
  expect(await shell.run(blocks[8]!)).toContain("verifikator-operasi-1  active → removed\n");
  expect(blocks).toHaveLength(9);
});
