import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { treeLimits } from "../../src/source/limits.ts";
import { here } from "../support/here.ts";
import type { Run } from "../support/simpul.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-lint-"));
afterAll(() => rmSync(folder, { recursive: true }));

const good = join(import.meta.dirname, "../../services/bapenda/pajak/pbb/v1/openapi.yaml");
const profile = ["--profile", "muara-enim-52-2022"];
const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const bad = file(
  "buruk.yaml",
  readFileSync(good, "utf8").replace("operationId: getTarif\n", "operationId: listTarif\n").replace("  contact: {", "  x-contact: {"),
);
const lint = (...args: readonly string[]): Promise<Run> => here(["lint", ...args]);

describe("simpul lint", () => {
  it("0: a contract that meets the standard, with who sets it under the profile", async () => {
    const { status, stdout, stderr } = await lint(good, ...profile);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("Memenuhi standar.\n(Meets the standard.)\nlid-spl@1.0.0  ");
    expect(stdout).toContain("ditetapkan oleh Dinas. (Perbup Muara Enim 52/2022 P28(7))");
    const [serang, lubuklinggau] = await Promise.all([
      lint(good, "--profile", "serang-51-2022"),
      lint(good, "--profile", "lubuklinggau-43-2021"),
    ]);
    expect(serang.stdout).toContain("(Perbup Serang 51/2022 P15(2)b)");
    expect(lubuklinggau.stdout).toContain("standar nasional yang dipakai. (Permenkominfo 1/2023)");
  });

  it("1: faults, each with its place, its basis and how to mend it, in both languages", async () => {
    const { status, stdout } = await lint(bad, ...profile);
    expect(status).toBe(1);
    expect(stdout).toContain(`${bad}:5:3 salah OAS-KONTAK [project rule]\n    info.contact belum lengkap`.replace(":5:3", ":2:1"));
    expect(stdout).toMatch(
      /buruk\.yaml:\d+:20 salah OAS-OPERASI \[project rule\] \(apply: operation-duplicate\)\n.*sudah dipakai.*\n {4}\(This/,
    );
    expect(stdout).toContain("Belum memenuhi standar: 2 kesalahan, 0 peringatan.");
  });

  it("--json prints exactly the document that machines read", async () => {
    const { status, stdout, stderr } = await lint(bad, ...profile, "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const printed = JSON.parse(stdout) as { findings: object[] };
    expect(Object.keys(printed)).toEqual(["passed", "standard", "digest", "findings"]);
    for (const finding of printed.findings)
      expect(Object.keys(finding).slice(0, 8)).toEqual(["rule", "severity", "line", "column", "pointer", "basis", "id", "en"]);
    expect(printed).toMatchObject({
      passed: false,
      standard: "lid-spl@1.0.0",
      findings: [{ rule: "OAS-KONTAK" }, { rule: "OAS-OPERASI", refused: "operation-duplicate" }],
    });
    expect(JSON.parse((await lint(good, ...profile, "--json")).stdout)).toMatchObject({ passed: true, findings: [] });
  });

  it("--sarif and --html give the same findings", async () => {
    const sarif = JSON.parse((await lint(bad, ...profile, "--sarif")).stdout) as { runs: { results: { ruleId: string }[] }[] };
    expect(sarif.runs[0]!.results.map(({ ruleId }) => ruleId)).toEqual(["OAS-KONTAK", "OAS-OPERASI"]);
    const page = join(folder, "laporan.html");
    const written = await lint(bad, ...profile, "--html", page);
    expect(written).toMatchObject({ status: 1, stderr: "" });
    expect(written.stdout).toContain(`${bad}: Belum memenuhi standar: 2`);
    expect(written.stdout).toContain(`Laporan ditulis ke ${page}.`);
    expect(readFileSync(page, "utf8")).toContain('id="OAS-OPERASI"');
  });

  it("--previous names the changes that break consumers", async () => {
    const next = file(
      "baru.yaml",
      readFileSync(good, "utf8")
        .replace("      operationId: getTarif\n", "      operationId: readTarif\n")
        .replace("version: 1.0.0", "version: 1.1.0"),
    );
    const { status, stdout } = await lint(next, ...profile, "--previous", good);
    expect(status).toBe(1);
    expect(stdout).toContain("UBAH-SEARAH");
    expect(stdout).toContain("the operationId “getTarif” has another name; grants name the old one");
    expect((await lint(good, ...profile, "--previous", good, "--standard", "lid-spl@1.0.0")).status).toBe(0);
  });

  it.each([
    ["a file that is not there", join(folder, "tiada.yaml"), "tiada.yaml: tidak ada.", "does not exist."],
    ["a folder", folder, "sebuah folder, bukan berkas.", "is a directory and no file."],
    ["another kind of document", file("lain.yaml", "halo: dunia\n"), "lain.yaml:1:1 bukan dokumen OpenAPI", "no OpenAPI document"],
    ["broken YAML", file("rusak.yaml", "a: [\n"), "rusak.yaml:", "the YAML is wrong"],
    [
      "bytes that are not UTF-8",
      file("latin.yaml", Buffer.from([0x61, 0x3a, 0x20, 0xe9])),
      "berkas harus UTF-8 tanpa BOM",
      "the file must be UTF-8",
    ],
    [
      "a byte more than the registry takes",
      file("besar.yaml", Buffer.alloc(treeLimits.contractBytes + 1, 0x61)),
      "besar.yaml:1:1 berkas lebih besar dari 1048576 byte",
      "the file is larger than 1048576 bytes",
    ],
  ])("2: %s cannot be judged", async (_, path, id, en) => {
    const run = await lint(path, ...profile, "--json");
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toContain(id);
    expect(run.stderr).toContain(en);
    expect(run.stderr).not.toMatch(/^\s+at |node:internal/m);
  });

  it.each([
    [[good], "Sebutkan --profile; yang ada: banyuwangi-67-2019", "Name --profile"],
    [[good, "--profile", "lumajang"], "Profil lumajang tidak ada", "There is no profile lumajang"],
    [[good, ...profile, "--standard", "lid-spl@9.0.0"], "Standar lid-spl@9.0.0 tidak ada; yang ada: lid-spl@1.0.0", "There is no standard"],
    [[good, good, ...profile], "Sebutkan satu berkas.", "Name one file."],
    [[good, ...profile, "--json", "--sarif"], "Pilih salah satu", "Choose one of"],
  ])("%j is misunderstood in words", async (args, id, en) => {
    const run = await lint(...args);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toContain(id);
    expect(run.stderr).toContain(en);
    expect(run.stderr).toContain("./simpul lint FILE --profile ID");
  });
});
