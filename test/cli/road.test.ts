import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { consumer, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/road.md"), "utf8");
const [officers = [], instance = [], road = [], grant = [], stopping = []] = Array.from(
  page.matchAll(/^```sh\n([^]*?)^```$/gm),
  ([, block]) => block!.trim().split("\n"),
);

const folder = mkdtempSync(join(tmpdir(), "simpul-road-"));
let w: GatewayFixture;
let id = "";

beforeAll(async () => {
  w = await gatewayFixture();
  // The page's dates are of January 2026.
  w.turnClock(Date.parse("2026-01-15T03:00:00Z") - Date.now());
  const words = [
    "fungsi-dan-modul",
    "struktur-basis-data",
    "diagram-alir-data",
    "diagram-alir-pseudocode",
    "antarmuka-dan-alurnya",
    "manual-instalasi-hingga-penggunaan",
    "analisis-kebutuhan",
    "analisis-manfaat",
  ];
  const documents = Object.fromEntries(
    words.map((word, i) => [word, { number: `600/1${i}/2026`, date: "2026-01-09", sha256: i.toString(16).padStart(64, "0") }]),
  );
  writeFileSync(join(folder, "berkas.json"), JSON.stringify({ dossier: { documents } }));
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

/** A line of the page as it stands there: files lie in the folder, `$ID` is what the line before has printed. */
async function run(line: string): Promise<string> {
  const words = line.match(/'[^']*'|\S+/g)!.map((word) => word.replace(/^'(.*)'$/, "$1"));
  const args = words.slice(1).map((word) => {
    if (word === "$ID") return id;
    const [, slot = "", file, rest = ""] = /^([a-z-]+=)?([a-z0-9-]+\.(?:pdf|json|token))(:.*)?$/.exec(word) ?? [];
    if (file === undefined) return word;
    if (file.endsWith(".pdf")) writeFileSync(join(folder, file), file);
    return `${slot}${join(folder, file)}${rest}`;
  });
  const done = await here([...args, "--control", w.controlOrigin, "--data", w.config.data]);
  expect({ line, status: done.status, stderr: done.stderr }).toEqual({ line, status: 0, stderr: "" });
  id = /^ {2}(\S+) {2}/m.exec(done.stdout)?.[1] ?? id;
  return done.stdout;
}

const runAll = async (lines: readonly string[]): Promise<string> => {
  let last = "";
  for (const line of lines) last = await run(line);
  return last;
};

it("the page's officers are appointed, and their tokens lie in files that only they can read", async () => {
  const listed = await runAll(officers);
  for (const officer of ["registrar-1", "pemilik-1", "konsumen-1"]) expect(listed).toContain(`${officer} `);
  expect(listed).toContain("active (aktif)");
  expect(statSync(join(folder, "registrar-1.token")).mode & 0o777).toBe(0o600);
});

it("the instance goes into production once its opinions stand, and `why` names before what is missing", async () => {
  expect(await run(instance[0]!)).toContain("P28(6)b");
  const published = await runAll(instance.slice(1));
  expect(published).toContain("persiapan → produksi");
  expect(published).toContain("Perbup Muara Enim 52/2022 P28(6)");
});

it("the service goes from a proposal to production", async () => {
  expect(await runAll(road)).toMatch(new RegExp(`^${service}/r1 {2}active \\(aktif\\)$`, "m"));
});

it("the grant is asked for and decided, and the first call under it is served and explained", async () => {
  await w.open.reconcile();
  expect((await w.call({ purpose: "verifikasi-warga" })).fields["spl-problem"]).toBe("not-granted");
  expect(await runAll(grant)).toContain("verifikasi-warga");
  await w.open.reconcile();
  const { status, fields } = await w.call({ purpose: "verifikasi-warga" });
  expect(status).toBe(200);
  const why = await run(`simpul why ${fields["spl-exchange"]!}`);
  for (const word of ["verifikasi-warga", consumer, "pemilik-1", "muara-enim-52-2022"]) expect(why).toContain(word);
});

it("apply in the live instance proposes: the changed service waits as a draft, and what is in force goes on", async () => {
  const manifest = join(w.services, "disdukcapil/siak/warga/v1/service.yaml");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace("title: Warga", "title: Warga dan Keluarga"));
  const applied = await here(["apply", "--services", w.services, "--data", w.config.data]);
  expect(applied).toMatchObject({ status: 0, stderr: "" });
  expect(applied.stdout).toMatch(new RegExp(`^ {2}\\? revision ${service}/r2 \\(diusulkan`, "m"));
  expect(await run(`simpul service show ${service}/r2`)).toMatch(new RegExp(`^${service}/r2 {2}draft \\(rancangan\\)$`, "m"));
  expect((await w.call({ purpose: "verifikasi-warga" })).status).toBe(200);
});

it("the page's last commands explain, suspend and resume; a suspended service is refused", async () => {
  await runAll(stopping);
  await w.open.reconcile();
  const { fields, answer } = await w.call({ purpose: "verifikasi-warga" });
  expect(fields["spl-problem"]).toBe("service-suspended");
  expect(answer.toString()).toContain("dihentikan sementara sejak");
  expect(answer.toString()).not.toContain("Gangguan di penyedia");
});
