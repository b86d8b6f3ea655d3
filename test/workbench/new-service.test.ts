import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Text } from "../../src/base/text.ts";
import { loadManifests } from "../../src/registry/manifest/load.ts";
import { loadPolicies } from "../../src/registry/manifest/load-policies.ts";
import { evaluateStandard } from "../../src/standard/evaluate.ts";
import { loadStandards } from "../../src/standard/load-standards.ts";
import { readDocument } from "../../src/standard/document.ts";
import { isNewIn, parseServicePlace, existingFiles, writeService, writeServiceOf } from "../../src/workbench/new-service.ts";
import { gatherAnswers, serviceQuestions, type AnswersTo } from "../../src/workbench/questions.ts";
import { readTrial } from "../../src/workbench/trial.ts";

const root = join(import.meta.dirname, "../..");
const policies = join(root, "policies");
const place = { member: "disdukcapil", subsystem: "siak", code: "akta", version: "v2" };
const answers: AnswersTo<typeof serviceQuestions> = {
  title: 'Akta "lahir": daftar',
  description: "Akta kelahiran & kematian # yang diterbitkan",
  kind: "transaksi",
  classification: "terbatas",
  contact: "Meja Layanan",
  email: "tik@example.go.id",
  "member-name": "Dinas Baru",
  "subsystem-name": "Aplikasi Baru",
  upstream: "http://10.0.0.5:8080",
};

let services: string;
beforeEach(() => {
  services = mkdtempSync(join(tmpdir(), "simpul-new-"));
  cpSync(join(root, "services"), services, { recursive: true });
});
afterEach(() => rmSync(services, { recursive: true }));
const load = () => loadManifests({ services, policies });

describe("a new service", () => {
  it.each([
    ["in a subsystem that provides already", place, {}, 2],
    [
      "of a new member",
      { ...place, member: "perpustakaan", subsystem: "katalog", code: "Buku7" },
      { kind: "data", classification: "terbuka" },
      4,
    ],
    ["in a subsystem that only consumed until now", { ...place, member: "diskominfo", subsystem: "portal" }, {}, 2],
  ] as const)("%s is taken by the registry and meets every standard", async (_, where, change, files) => {
    const written = writeService(services, where, { ...answers, ...change });
    expect(written).toHaveLength(files);
    const { desired, faults } = await load();
    expect(faults).toEqual([]);
    const entry = desired!.entries.find(({ id }) => id.endsWith(`/${where.member}/${where.subsystem}/${where.code}/v2`));
    expect(entry).toMatchObject({ kind: "service", content: { title: answers.title, description: answers.description } });
    const text = readFileSync(written.at(-1)!, "utf8");
    const { standards } = loadStandards(policies);
    expect(standards.size).toBeGreaterThan(0);
    for (const standard of standards.values())
      expect(evaluateStandard({ document: readDocument("openapi.yaml", text), text }, standard).findings).toEqual([]);
  });

  it("begins with a contract in Swagger 2.0, of which no byte changes and whose basePath becomes the manifest's", async () => {
    const file = join(root, "test/campaigns/corpus/swagger/italia/daf/dataset-manager/conf/dataset_manager.yaml");
    const { check } = loadPolicies(policies);
    const written = writeServiceOf(readTrial(file, check!).trial!, services, place, answers);
    const { desired, faults } = await load();
    expect(faults).toEqual([]);
    const entry = desired!.entries.find(({ id }) => id.endsWith("/disdukcapil/siak/akta/v2"));
    expect(entry).toMatchObject({ kind: "service", content: { basePath: "/dataset-manager/v1" } });
    expect(readFileSync(written.at(-1)!, "utf8")).toBe(readFileSync(file, "utf8"));
  });

  it("shows the region of its own instance, and the version of its folder", () => {
    writeFileSync(join(services, "instance.yaml"), "instance: ID-35.10\nname: Banyuwangi\ntimeZone: Asia/Jakarta\n");
    const contract = readFileSync(writeService(services, place, answers).at(-1)!, "utf8");
    expect(contract).toContain('kodeWilayah: "35.10.01"');
    expect(contract).toContain('nik: "3510015212979001"');
    expect(contract).toContain("version: 2.0.0");
  });

  it("never overwrites: what stands there is named, and writing over it fails", () => {
    expect(existingFiles(services, place)).toEqual([]);
    const written = writeService(services, place, answers);
    expect(existingFiles(services, place)).toEqual(["disdukcapil/siak/akta/v2/service.yaml", "disdukcapil/siak/akta/v2/openapi.yaml"]);
    expect(() => writeService(services, place, { ...answers, title: "Lain" })).toThrow("EEXIST");
    expect(readFileSync(written[0]!, "utf8")).toContain("lahir");
  });

  it.each(["akta", "a/b/c", "a/bb/cc/v1", "aa/bb/cc/v1/x", "aa/bb/cc/1", "aa/bb/c-c/v1", "aa/bb/keys/v1", "../aa/bb/v1", ""])(
    "has no place at “%s”",
    (path) => {
      expect(parseServicePlace(path)).toBeUndefined();
    },
  );

  it("has its place at member/subsystem/service/version", () => {
    expect(parseServicePlace("disdukcapil/siak/akta/v2")).toEqual(place);
  });
});

describe("the questions of a new service", () => {
  const known = () => false;
  const enough = { title: "Akta", description: "Akta yang diterbitkan.", email: "a@example.go.id" };

  it("need no terminal if the flags say enough; the rest is preset, and nothing is asked of what is there already", async () => {
    expect(await gatherAnswers(serviceQuestions, enough, known)).toMatchObject({
      answers: { kind: "transaksi", classification: "terbatas", contact: "Meja Layanan TIK", upstream: "http://127.0.0.1:8081" },
      faults: [],
    });
  });

  it("take no answer that the standard would refuse, and every one of the shortest length that it takes", async () => {
    const { faults } = await gatherAnswers(
      serviceQuestions,
      { title: "AB", description: "Pengumuman PPDB", email: "a@example.go.id", contact: "TI" },
      known,
    );
    expect(faults.map(({ name, detail }) => `${name}: ${detail.id}`)).toEqual([
      "title: --title harus 3–200 huruf",
      "description: --description harus 20–200 huruf",
      "contact: --contact harus 3–200 huruf",
    ]);
    const shortest = { ...answers, title: "ABC", description: "x".repeat(20), contact: "TIK" };
    expect((await gatherAnswers(serviceQuestions, shortest, known)).faults).toEqual([]);
    const text = readFileSync(writeService(services, place, shortest).at(-1)!, "utf8");
    for (const standard of loadStandards(policies).standards.values())
      expect(evaluateStandard({ document: readDocument("openapi.yaml", text), text }, standard).findings).toEqual([]);
  });

  it("name every flag that is missing or wrong, at once", async () => {
    const { faults } = await gatherAnswers(
      serviceQuestions,
      { ...enough, email: "tik", kind: "rahasia", title: "" },
      isNewIn(services, { ...place, member: "baru", subsystem: "baru" }),
    );
    expect(faults.map(({ name }) => name)).toEqual(["title", "kind", "email", "member-name", "subsystem-name"]);
    expect(faults[1]!.detail.en).toBe("--kind must be one of data, transaksi");
  });

  it("are asked on a terminal until the answer can be used; an empty one is the preset", async () => {
    const typed: Record<string, string[]> = {
      "Nama layanan": ["", "Akta"],
      "Surel meja layanan": ["tik", " tik@example.go.id "],
      "Uraian satu kalimat: data apa, bagi siapa": ["Akta", "Akta yang diterbitkan."],
    };
    const heard: (readonly [string, string | undefined])[] = [];
    const ask = async ({ id }: Text, _: string | undefined, wrong: Text | undefined): Promise<string> => {
      heard.push([id, wrong?.en]);
      return typed[id]?.shift() ?? "";
    };
    const { answers: given, faults } = await gatherAnswers(serviceQuestions, { kind: "data" }, known, ask);
    expect(faults).toEqual([]);
    expect(given).toMatchObject({ title: "Akta", email: "tik@example.go.id", kind: "data", classification: "terbatas" });
    expect(heard.filter(([id]) => id === "Surel meja layanan")).toEqual([
      ["Surel meja layanan", undefined],
      ["Surel meja layanan", "must be an e-mail address"],
    ]);
    expect(heard.map(([id]) => id)).not.toContain(serviceQuestions["member-name"].asks.id);
  });
});
