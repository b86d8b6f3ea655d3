import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { loadPolicies } from "../../src/registry/manifest/load-policies.ts";
import { loadStandards, standardsFor } from "../../src/standard/load-standards.ts";
import { standardPage } from "../../src/standard/page.ts";
import { readStandard } from "../../src/standard/read-standard.ts";
import { standardName } from "../../src/standard/standard.ts";
import { judged, sample, standard } from "./sample.ts";
import { policiesFolder } from "../../src/base/project.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-standards-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = "policies/standards/uji-1.0.0.yaml";
const ruleset = ({
  functions = "[noVerb]",
  given = '"#Paths"',
  then = "{ function: noVerb, functionOptions: { verbs: [ambil] } }",
  about = "",
  aliases = '{ Paths: ["$.paths"] }',
} = {}): string => `x-standard:
  id: uji
  version: 1.0.0
  title: { id: Uji, en: Test }
  setters: [dinas]
  validFrom: "2026-01-01"
${about}functions: ${functions}
aliases: ${aliases}
rules:
  UJI-SATU:
    description: Uji
    message: Salah.
    severity: error
    given: ${given}
    then: ${then}
    extensions: { basis: project rule, title: Test, en: Wrong., remedy: { id: Betulkan., en: Mend it. } }
`;
const faultsOf = (text: string, name = file): readonly string[] =>
  readStandard(name, text).faults.map(({ line, column, code }) => `${line}:${column} ${code}`);

describe("a ruleset", () => {
  it("is read without a fault when nothing is misspelt", () => {
    expect(readStandard(file, ruleset()).faults).toEqual([]);
  });

  it.each([
    ["a misspelt function", ruleset({ then: "{ function: noVerbs }" }), "15:23 function-unknown"],
    ["a misspelt core function", ruleset({ then: "{ field: a, function: truthey }" }), "15:33 function-unknown"],
    ["a function's name that every object has", ruleset({ then: "{ function: constructor }" }), "15:23 function-unknown"],
    ["a misspelt function in the list", ruleset({ functions: "[noVerb, noVerbs]" }), "7:21 function-unknown"],
    ["a function that is not listed", ruleset({ functions: "[]" }), "15:23 function-unlisted"],
    ["a misspelt alias", ruleset({ given: '"#Path"' }), "14:12 alias-unknown"],
    ["an alias that nobody uses, to nowhere", ruleset({ aliases: '{ Paths: ["$.paths"], Lain: ["#Tiada[*]"] }' }), "8:39 alias-unknown"],
    ["aliases in a circle", ruleset({ aliases: '{ Paths: ["#Lain"], Lain: ["#Paths"] }' }), "8:20 alias-circular"],
    ["a path that is not understood", ruleset({ given: "$.paths[?(@.length > 3)]" }), "14:12 path-unknown"],
    ["a path that is cut off", ruleset({ given: "$.paths[*" }), "14:12 path-unknown"],
    ["a missing option", ruleset({ then: "{ function: noVerb }" }), "15:11 function-options"],
    [
      "a misspelt option",
      ruleset({ then: "{ function: noVerb, functionOptions: { verbs: [ambil], verb: [cari] } }" }),
      "15:48 function-options",
    ],
    [
      "an option that is no regular expression",
      ruleset({ then: '{ field: a, function: pattern, functionOptions: { match: "(" } }' }),
      "15:68 function-options",
    ],
    ["a period that ends before it begins", ruleset({ about: '  validUntil: "2026-01-01"\n' }), "7:15 period-empty"],
    ["a rule without a basis", ruleset().replace("basis: project rule, ", ""), "16:17 schema"],
  ])("refuses %s, with its place", (_, text, fault) => {
    expect(faultsOf(text)).toContain(fault);
    expect(readStandard(file, text).standard).toBeUndefined();
  });

  it("is named as it says itself", () => {
    expect(faultsOf(ruleset(), "policies/standards/uji.yaml")).toEqual(["2:7 name-wrong"]);
  });

  it("is a policy, held to its schema when the registry is filled", () => {
    const copy = join(folder, "policies");
    cpSync(policiesFolder, copy, { recursive: true });
    writeFileSync(join(copy, "standards/uji-1.0.0.yaml"), ruleset().replace("severity: error", "severity: fatal"));
    const { desired, faults } = loadPolicies(copy);
    expect(desired.entries.map(({ id }) => id)).toContain("standards/lid-spl-1.0.0.yaml");
    expect(faults.map(({ file: at, line, code }) => `${at}:${line} ${code}`)).toEqual(["policies/standards/uji-1.0.0.yaml:13 schema"]);
  });
});

describe("versions of a standard", () => {
  const standards = join(folder, "standards");
  mkdirSync(standards);
  const text = readFileSync(join(policiesFolder, "standards/lid-spl-1.0.0.yaml"), "utf8");
  const until = text.replace('validFrom: "2026-01-01"\n', 'validFrom: "2026-01-01"\n  validUntil: "2027-07-01"\n');
  const next = (version: string, from: string): string =>
    text
      .replace("version: 1.0.0\n", `version: ${version}\n`)
      .replace("2026-01-01", from)
      .replace('match: "^(?:0|[1-9]\\\\d', 'match: "^(?:9|[1-9]\\\\d');
  writeFileSync(join(standards, "lid-spl-1.0.0.yaml"), until);
  writeFileSync(join(standards, "lid-spl-1.10.0.yaml"), next("1.10.0", "2027-01-01"));
  writeFileSync(join(standards, "lid-spl-1.9.0.yaml"), next("1.9.0", "2027-01-01"));
  const loaded = loadStandards(folder);
  const inForce = (day: string, setter: string | null = "dinas"): readonly string[] =>
    standardsFor(loaded.standards.values(), setter, day).map(standardName);

  it("are valid side by side until a day, the newest first", () => {
    expect(loaded.faults).toEqual([]);
    expect(inForce("2025-12-31")).toEqual([]);
    expect(inForce("2026-12-31")).toEqual(["lid-spl@1.0.0"]);
    expect(inForce("2027-06-30")).toEqual(["lid-spl@1.10.0", "lid-spl@1.9.0", "lid-spl@1.0.0"]);
    expect(inForce("2027-07-01")).toEqual(["lid-spl@1.10.0", "lid-spl@1.9.0"]);
  });

  it("hold where their setter sets them; where nobody is named, the national one does", () => {
    const only = [{ ...standard, setters: ["menkominfo"] }];
    expect(standardsFor(only, "dinas", "2026-06-01")).toEqual([]);
    expect(standardsFor(only, "menkominfo", "2026-06-01")).toHaveLength(1);
    expect(standardsFor(only, null, "2026-06-01")).toHaveLength(1);
  });

  it("are told apart in the report", () => {
    const [first, second] = ["lid-spl@1.0.0", "lid-spl@1.9.0"].map((name) => judged(sample(), { by: loaded.standards.get(name)! }));
    expect([first!.standard, second!.standard]).toEqual(["lid-spl@1.0.0", "lid-spl@1.9.0"]);
    expect(first!.digest).not.toBe(second!.digest);
    expect(first!.ruleset).not.toBe(second!.ruleset);
  });
});

test("what is in the folder of standards is read whole, without a fault", () => {
  const { standards, faults } = loadStandards(policiesFolder);
  expect(faults).toEqual([]);
  expect([...standards.values()].map(({ file: from }) => from)).toEqual(
    readdirSync(join(policiesFolder, "standards")).map((name) => `policies/standards/${name}`),
  );
});

test("docs/standard.md is the page that the ruleset generates", async () => {
  await expect(standardPage(standard)).toMatchFileSnapshot("../../docs/standard.md");
});
