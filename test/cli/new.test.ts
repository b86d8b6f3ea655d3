import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { loadManifests } from "../../src/registry/manifest/load.ts";
import { here } from "../support/here.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "simpul-new-"));
afterAll(() => rmSync(folder, { recursive: true }));

let services: string;
beforeEach(() => void (services = join(mkdtempSync(join(folder, "tree-")), "services")));
const make = (...words: readonly string[]) => here(["new", ...words, "--services", services]);
const done = async (...words: readonly string[]): Promise<string> => {
  const made = await make(...words);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  return made.stdout;
};
const loaded = () => loadManifests({ services, policies: join(root, "policies") });
const read = (path: string): string => readFileSync(join(services, path), "utf8");

const instance = ["instance", "ID-35.14", "--name", "Kabupaten Pasuruan"];
const email = ["--email", "tik@example.go.id"];

describe("simpul new", () => {
  it("makes a tree that loads, from an empty folder to a mere consumer and a service, each file with comments", async () => {
    await done(...instance);
    await done("member", "disdik", "--name", "Dinas Pendidikan", ...email, "--phone", "+62-343-421000");
    await done("member", "dinsos", "--name", "Dinas Sosial: bantuan & # lain", ...email, "--test", "ya");
    const consumer = await done("subsystem", "dinsos/bansos", "--name", "Bansos");
    await done("subsystem", "disdik/ppdb", "--name", "PPDB", "--upstream", "http://10.0.0.5:8080");
    await done("service", "disdik/ppdb/info/v1", "--title", "Info", "--description", "Pengumuman penerimaan peserta didik", ...email);
    const { desired, ...faults } = await loaded();
    expect(faults).toEqual({ faults: [] });
    expect(desired!.entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "instance", id: "ID-35.14" }),
        expect.objectContaining({ kind: "member", id: "ID-35.14/GOV/dinsos" }),
        expect.objectContaining({ kind: "subsystem", id: "ID-35.14/GOV/dinsos/bansos" }),
        expect.objectContaining({ kind: "service", id: "ID-35.14/GOV/disdik/ppdb/info/v1" }),
      ]),
    );
    // The region's own regulation is the preset, and the mere consumer learns of its key.
    expect(read("instance.yaml")).toContain("profile: pasuruan-111-2023\n");
    expect(read("dinsos/bansos/subsystem.yaml")).toContain("# upstream: ");
    expect(read("dinsos/member.yaml")).toMatch(/^test: true$/m);
    expect(read("disdik/member.yaml")).toMatch(/^# test: true$/m);
    expect(consumer).toContain("keygen --subsystem ID-35.14/GOV/dinsos/bansos --alg ES256 --out rahasia\n");
    for (const file of ["instance.yaml", "dinsos/member.yaml", "dinsos/bansos/subsystem.yaml", "disdik/ppdb/info/v1/service.yaml"])
      expect(read(file)).toMatch(/^# .*\(.*\)$/m);
  });

  it("leads from an empty folder to the instance, and from an unknown agency to the member", async () => {
    const early = await make("member", "dinsos", "--name", "Dinas Sosial", ...email);
    expect(early).toMatchObject({ status: 1, stdout: "" });
    expect(early.stderr).toContain("./simpul new instance ID-35.14");
    expect((await make("service", "disdik/ppdb/info/v1")).stderr).toContain("./simpul new instance ID-35.14");
    await done(...instance);
    expect((await make("subsystem", "dinsos/bansos", "--name", "Bansos")).stderr).toContain("./simpul new member dinsos");
    expect(readdirSync(services)).toEqual(["instance.yaml"]);
  });

  it("takes no second agency that differs by upper and lower case", async () => {
    await done(...instance);
    await done("member", "disdik", "--name", "Dinas Pendidikan", ...email);
    for (const words of [
      ["member", "Disdik"],
      ["subsystem", "DISDIK/ppdb"],
      ["service", "Disdik/ppdb/info/v1"],
    ])
      expect(await make(...words, "--name", "X")).toMatchObject({ status: words[0] === "service" ? 2 : 1, stdout: "" });
    expect((await make("member", "Disdik")).stderr).toContain("disdik sudah ada dengan ejaan lain");
    expect((await make("service", "Disdik/ppdb/info/v1")).stderr).toContain("write disdik, not Disdik");
    expect(readdirSync(services).sort()).toEqual(["disdik", "instance.yaml"]);
  });

  it.each([
    [[], 2, "Sebutkan apa yang dibuat (instance, member, subsystem, service)"],
    [["kantor", "x"], 2, "Sebutkan apa yang dibuat"],
    [["member"], 2, "Sebutkan tempatnya: new member MEMBER."],
    [["member", "dinas-sosial"], 2, "Kode anggota hanya huruf dan angka"],
    [["subsystem", "dinsos"], 2, "anggota/subsistem"],
    [["instance", "35.14"], 2, "Kode instansi seperti ID-35.14"],
    [["member", "dinsos", "--upstream", "http://10.0.0.5"], 2, "Opsi --upstream tidak dikenal."],
    [["instance", "ID-35.14", "--name", "P", "--profile", "pasuruan"], 2, "--profile harus salah satu dari banyuwangi-67-2019"],
    [["instance", "ID-99.99", "--name", "P"], 2, "--profile wajib"],
  ] as const)("%j is refused in words, and nothing is written", async (words, status, told) => {
    const run = await make(...words);
    expect(run).toMatchObject({ status, stdout: "" });
    expect(run.stderr).toContain(told);
    expect(existsSync(services)).toBe(false);
  });

  it("--help shows the values of each option, of all kinds or of one", async () => {
    const { stdout } = await here(["new", "--help"]);
    for (const line of [
      "new instance ID-35.14",
      "--profile banyuwangi-67-2019|",
      "--class GOV|NAT|ORG",
      "--test ya|tidak",
      "--kind data|transaksi",
    ])
      expect(stdout).toContain(line);
    const { stdout: one } = await here(["new", "member", "--help"]);
    expect(one).toContain("new member MEMBER");
    expect(one).not.toContain("new instance ID-35.14");
  });
});
