import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { policyReader } from "../../../src/policy/profile/policies-in-force.ts";
import { serviceRules } from "../../../src/policy/opinions/service-rules.ts";
import { compileRegistry } from "../../../src/registry/compile.ts";
import { findFormat } from "../../../src/contract/formats/formats.ts";
import {
  validateListed,
  noLists,
  readLists,
  type ReferenceList,
  type ReferenceLists,
} from "../../../src/contract/formats/reference-list.ts";
import { followRegistry } from "../../../src/registry/follow.ts";
import { loadPolicies } from "../../../src/registry/manifest/load-policies.ts";
import { faultLine } from "../../support/fault-line.ts";
import { loadManifests } from "../../../src/registry/manifest/load.ts";
import { applyTo, registryFile } from "../../support/registry-store.ts";
import { taxService, writeTree } from "../../support/manifest-tree.ts";
import { policiesFolder } from "../../../src/base/project.ts";

const textOf = (name: string): string => readFileSync(join(policiesFolder, "reference", `${name}.yaml`), "utf8");
const lists = readLists(["kode-wilayah", "ral", "rad"].map(textOf));
const regions = lists.get("kode-wilayah")!;
const severity = (format: string, value: string, by: ReferenceLists = lists): string | undefined =>
  validateListed(format, value, by)?.severity;
const withUse = (use: ReferenceList["use"]): ReferenceLists => new Map([...lists].map(([name, list]) => [name, { ...list, use }]));

describe("the list of region codes", () => {
  const codes = Object.keys(regions.codes);
  const ofLength = (length: number): readonly string[] => codes.filter((code) => code.length === length);

  it("has all 38 provinces, 416 kabupaten and 98 kota, each below its province and named as what it is", () => {
    expect(ofLength(2)).toHaveLength(38);
    const regencies = ofLength(5);
    expect(regencies.filter((code) => code.slice(3) < "70")).toHaveLength(416);
    expect(regencies.filter((code) => code.slice(3) > "70")).toHaveLength(98);
    for (const code of regencies)
      expect([code, regions.codes[code]]).toEqual([code, expect.stringMatching(code.slice(3) < "70" ? /^Kabupaten / : /^Kota /)]);
  });

  it("has every kecamatan of the five regions, and says so", () => {
    const counts = Object.fromEntries(
      (regions.complete.below ?? []).map((region) => [region, ofLength(8).filter((code) => code.startsWith(`${region}.`)).length]),
    );
    expect(counts).toEqual({ "16.03": 22, "16.73": 8, "35.10": 25, "35.14": 24, "36.04": 29 });
    expect(ofLength(8)).toHaveLength(108);
  });

  it("knows the five regions and their traps by code", () => {
    expect(["16.03", "16.73", "16.74", "35.14", "36.04", "35.10", "11.10"].map((code) => regions.codes[code])).toEqual([
      "Kabupaten Muara Enim",
      "Kota Lubuk Linggau",
      "Kota Prabumulih",
      "Kabupaten Pasuruan",
      "Kabupaten Serang",
      "Kabupaten Banyuwangi",
      "Kabupaten Aceh Singkil",
    ]);
    expect(regions.codes["11.1"]).toBeUndefined();
  });

  it("keeps codes as strings even where somebody forgets the quotes", () => {
    const list = readLists([textOf("kode-wilayah").replace('"11.10":', "11.10:")]).get("kode-wilayah")!;
    expect(list.codes["11.10"]).toBe("Kabupaten Aceh Singkil");
  });

  it("consists of codes of the right form, withdrawn ones included", () => {
    const format = findFormat("kode-wilayah") as { judge: (value: string) => unknown };
    for (const code of [...codes, ...Object.keys(regions.former ?? {})]) expect([code, format.judge(code)]).toEqual([code, undefined]);
    expect(Object.keys(regions.former ?? {})).toHaveLength(26);
  });
});

describe("a value of the right form", () => {
  it.each([
    ["kode-wilayah", "16", undefined],
    ["kode-wilayah", "16.73", undefined],
    ["kode-wilayah", "16.03.07", undefined],
    ["kode-wilayah", "16.03.07.1001", undefined],
    ["kode-wilayah", "10", "error"],
    ["kode-wilayah", "16.69", "error"],
    ["kode-wilayah", "16.69.01", "error"],
    ["kode-wilayah", "97.01", "error"],
    ["kode-wilayah", "16.03.99", "warn"],
    ["kode-wilayah", "16.03.99.2001", "warn"],
    ["kode-wilayah", "16.04.99", undefined],
    ["kode-wilayah", "91.01", "warn"],
    ["nik", "1603071212979001", undefined],
    ["nik", "1669071212979001", "warn"],
    ["nik", "1603991212979001", undefined],
    ["nik", "9101011212979001", undefined],
    ["ral", "RAL.01.99", undefined],
    ["ral", "RAL.03", "warn"],
    ["rad", "RAD.10.04", undefined],
    ["rad", "RAD.11", "warn"],
    ["nip", "199001012015031001", undefined],
  ])("of %s %s is, where a contract is judged: %s", (format, value, expected) => {
    expect(severity(format, value)).toBe(expected);
  });

  it("is not judged without a list, nor if it has not the form", () => {
    expect(severity("kode-wilayah", "10", noLists)).toBeUndefined();
    expect(severity("kode-wilayah", "11.1")).toBeUndefined();
    expect(severity("kode-wilayah", "1674")).toBeUndefined();
  });

  it("is told what list it is not in and as of when, or what followed it, and never repeated", () => {
    expect(validateListed("kode-wilayah", "16.69", lists)?.detail).toEqual({
      id: "tidak ada dalam kode wilayah Kemendagri (Kepmendagri 300.2.2-2138 Tahun 2025, per 2025-04-25)",
      en: "not in Kemendagri region codes (Kepmendagri 300.2.2-2138 Tahun 2025, as of 2025-04-25)",
    });
    expect(validateListed("kode-wilayah", "91.01", lists)?.detail.en).toContain("93.01 followed it");
  });
});

describe("policies with reference lists", () => {
  const folder = mkdtempSync(join(tmpdir(), "simpul-lists-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const copied = (changes: Readonly<Record<string, string>>): string => {
    const copy = mkdtempSync(join(folder, "policies-"));
    cpSync(policiesFolder, copy, { recursive: true });
    for (const [path, text] of Object.entries(changes)) writeFileSync(join(copy, path), text);
    return copy;
  };
  const changed = (name: string, from: string, to: string): Record<string, string> => {
    expect(textOf(name)).toContain(from);
    return { [`reference/${name}.yaml`]: textOf(name).replace(from, () => to) };
  };

  it.each([
    [
      "a code that is no string of its form",
      changed("kode-wilayah", '"11.10": Kabupaten Aceh Singkil', '"11.1": Kabupaten Aceh Singkil'),
      "kode-wilayah.yaml:27:3 schema",
    ],
    ["a severity that is none", changed("ral", "use: warn", "use: mostly"), "ral.yaml:11:6 schema"],
    ["a code below nothing", changed("rad", "RAD.10: Pendukung Umum", "RAD.11.02: Pendukung Umum"), "rad.yaml:22:3 code-unlisted"],
    [
      "completeness below a code that is not there",
      changed("kode-wilayah", '["16.03",', '["16.99",'),
      "kode-wilayah.yaml:11:32 code-unlisted",
    ],
    ["a withdrawn code that is in force", changed("kode-wilayah", '"91.01": "93.01"', '"91.03": "93.01"'), "code-in-force"],
    ["a withdrawn code that nothing followed", changed("kode-wilayah", '"91.01": "93.01"', '"91.01": "93.99"'), "code-unlisted"],
    ["the same list twice", { "reference/ral-2.yaml": textOf("ral") }, "ral.yaml:3:7 list-duplicate"],
  ])("are refused for %s", (_, changes, expected) => {
    expect(loadPolicies(copied(changes)).faults.map(faultLine).join("\n")).toContain(expected);
  });

  it(
    "that let unlisted codes pass in exchanges are a gateway's as they stand; those that refuse " +
      "do so from the next version of the registry on",
    async () => {
      const place = registryFile();
      const tree = writeTree();
      try {
        const store = place.open();
        const registry = followRegistry(store);
        const judged = async (query: string, changes: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
          const { desired } = await loadManifests({ services: tree.services, policies: copied(changes) });
          await applyTo(store, desired!);
          const { snapshot } = await compileRegistry(await registry.newest(), { store, rules: serviceRules(policyReader(store)) });
          const { operation } = snapshot.services.get(taxService)!.findOperation("GET", "/objek")!;
          return operation.contract.judgeRequest({
            pathParameters: [],
            rawQuery: `kelas=1&wilayah=${query}`,
            hdr: {},
            contentType: undefined,
            content: Buffer.alloc(0),
          });
        };
        expect(await judged("16.69", {})).toEqual([]);
        const strict = changed("kode-wilayah", "use: warn", "use: error");
        expect(await judged("16.69", strict)).toEqual([
          expect.objectContaining({
            in: "query",
            detail: { id: "kode ini tidak ada dalam daftar rujukan yang berlaku di gerbang ini", en: expect.any(String) as string },
          }),
        ]);
        for (const passes of ["16.73", "16.03.99", "91.01"]) expect(await judged(passes, strict)).toEqual([]);
        expect(await judged("16.69", {})).toEqual([]);
      } finally {
        tree.remove();
        await place.remove();
      }
    },
  );

  it("never refuse a NIK for its region", () => {
    expect(severity("nik", "1669071212979001", withUse("error"))).toBe("warn");
  });
});
