import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { here } from "../support/here.ts";
import { baseText, subsystemYaml, taxService, writeTree } from "../support/manifest-tree.ts";
import { consumer } from "../support/parties.ts";
import type { Run } from "../support/simpul.ts";

let tree: ReturnType<typeof writeTree>;
let data: string;
beforeEach(() => {
  tree = writeTree();
  data = mkdtempSync(join(tmpdir(), "simpul-apply-"));
});
afterEach(() => {
  tree.remove();
  rmSync(data, { recursive: true });
});

const apply = (...more: readonly string[]): Promise<Run> => here(["apply", "--services", tree.services, "--data", data, ...more]);
const write = (path: string, text: string): void => writeFileSync(join(tree.services, path), text);
const rename = (member: string, name: string): void =>
  write(`${member}/member.yaml`, baseText(`${member}/member.yaml`).replace(/^name: .*$/m, `name: ${name}`));

it("applies what is sound although another member's files have a fault, names what it keeps back, and ends with 3", async () => {
  expect(await apply()).toMatchObject({ status: 0, stderr: "" });
  rename("dinsos", "Dinas Sosial dan Tenaga Kerja");
  write("bapenda/pajak/subsystem.yaml", "nama: Pajak\n");
  write(subsystemYaml, baseText(subsystemYaml).replace("dailyQuota: 1000", "dailyQuota: 2000"));
  const dry = await apply("--dry-run");
  const { status, stdout, stderr } = await apply();
  expect({ status, lines: stdout.trimEnd().split("\n") }).toEqual({
    status: 3,
    lines: ["  ~ member ID-16.03/GOV/dinsos", "Registri versi 2. (Registry version 2.)"],
  });
  expect(stderr).toMatch(/^services\/bapenda\/pajak\/subsystem\.yaml:1:1 schema: /);
  expect(stderr).toContain(`  … grant ${consumer}#cek-objek (`);
  expect(stderr).toContain(`Tetap seperti semula: services/bapenda, grant ${consumer}#cek-objek.`);
  expect([dry.status, dry.stderr]).toEqual([3, stderr]);
  expect(dry.stdout).toContain("  ~ member ID-16.03/GOV/dinsos\nBelum diterapkan");

  const again = await apply();
  expect([again.status, again.stdout]).toEqual([1, "Tidak ada perubahan. (Nothing to do.)\n"]);
});

it("tells in a dry run what the next step will be refused for: every finding of the standard", async () => {
  const { status, stdout, stderr } = await apply("--dry-run");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(`! service ${taxService}: belum akan diterima pada langkah berikutnya, revision.apply`);
  expect(stdout).toMatch(/✗ standard · Perbup Muara Enim 52\/2022 P28/);
  for (const rule of ["LID-CAT-DESKRIPSI /info", "LID-VIS /info", "SDI-JENIS /info"]) expect(stdout).toContain(`      · ${rule}: `);
  // A real run says what it did, and the road judges.
  expect((await apply()).stdout).not.toContain("!");
});

it("applies nothing where a fault lies outside the members' folders", async () => {
  await apply();
  rename("dinsos", "Dinas Sosial dan Tenaga Kerja");
  write("catatan.txt", "x");
  const { status, stdout, stderr } = await apply();
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("1 kesalahan; tidak ada yang diterapkan.");
});

it("refuses an address outside the networks that a provider may have, and leaves its service as it is", async () => {
  await apply();
  write("bapenda/pajak/subsystem.yaml", baseText("bapenda/pajak/subsystem.yaml").replace("127.0.0.1", "10.1.2.3"));
  const refused = await apply();
  expect([refused.status, refused.stdout]).toEqual([1, "Tidak ada perubahan. (Nothing to do.)\n"]);
  expect(refused.stderr).toContain("services/bapenda/pajak/subsystem.yaml:2:11 upstream-outside: ");
  expect(refused.stderr).toContain("127.0.0.0/8, ::1/128");
  const { status, stdout } = await apply("--upstream-networks", "127.0.0.0/8,10.1.0.0/16");
  expect(status).toBe(0);
  expect(stdout).toContain(`  ~ service ${taxService}\n`);
});
