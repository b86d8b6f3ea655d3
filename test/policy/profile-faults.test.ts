import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileProfile } from "../../src/policy/profile/profile-compile.ts";
import { loadProfiles } from "../../src/policy/profile/load-profiles.ts";
import { faultLine } from "../support/fault-line.ts";
import { loadPolicies } from "../../src/registry/manifest/load-policies.ts";

const policies = join(import.meta.dirname, "../../policies");
const baseText = readFileSync(join(policies, "regulations/base.yaml"), "utf8");

/** A sixth region, whose regulation says three things. */
const sixth = `profile: lumajang-1-2024
version: 1.0.0
extends: base
region: "35.08"
regulation:
  title: { id: Peraturan Bupati Lumajang, en: Regulation of the Bupati of Lumajang }
  short: Perbup Lumajang 1/2024
  enacted: 2024-02-29
  revokes: { short: Perbup Lumajang 9/2019, cite: P40 }
readings:
  - { cite: P3, id: Dibaca begini., en: Read like this. }
answers:
  approvals.spl.operasi.authority: { value: dinas, cite: "P12(2)a, P13", id: Pertimbangan dari Dinas., en: An opinion of the Dinas. }
  builders: { value: [dinas, pd], cite: P11, id: Dinas dan PD., en: The Dinas and agencies. }
  audit.everyMonths: { value: 12, cite: P20, id: Setiap tahun., en: Every year. }
  hosting.hostSuffixes: { value: [lumajangkab.go.id], cite: P15, id: Akhiran., en: A suffix. }
  transition.until: { value: 2026-02-28, cite: P30, id: Dua tahun., en: Two years. }
  opinions.fourEyes: { value: false, basis: project rule, id: Daerah kecil., en: A small region. }
`;

/** The text with a change; `¶` marks where the fault has to be found. */
function edit(text: string, from: string, to: string): { text: string; place: string } {
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  const marked = text.replace(from, () => to);
  const before = marked.slice(0, marked.indexOf("¶")).split("\n");
  return { text: marked.replace("¶", ""), place: `${before.length}:${before.at(-1)!.length + 1}` };
}

const inProfile: readonly (readonly [string, string, string, string])[] = [
  ["a key that the base does not define", "key-unknown", "  builders: {", "  ¶builder: {"],
  ["a value without a citation", "value-uncited", "audit.everyMonths: { value: 12, cite: P20,", "¶audit.everyMonths: { value: 12,"],
  [
    "a project rule in the place of a citation",
    "value-uncited",
    "audit.everyMonths: { value: 12, cite: P20,",
    "¶audit.everyMonths: { value: 12, basis: project rule,",
  ],
  [
    "a project rule beside a citation",
    "value-uncited",
    "opinions.fourEyes: { value: false,",
    "¶opinions.fourEyes: { value: false, cite: P1,",
  ],
  ["another basis of its own", "schema", "basis: project rule", "basis: ¶Perpres 95/2018"],
  ["a word for a number", "value-type", "value: 12", "value: ¶setahun"],
  ["a fraction for a number", "schema", "value: 12", "value: ¶1.5"],
  ["nought for a number", "value-type", "value: 12", "value: ¶0"],
  ["one word for a list", "value-type", "value: [dinas, pd]", "value: ¶dinas"],
  ["an empty list", "value-type", "value: [dinas, pd]", "value: ¶[]"],
  ["a list for one word", "value-type", "value: dinas", "value: ¶[dinas]"],
  ["a number in a list of words", "value-type", "value: [dinas, pd]", "value: ¶[dinas, 1]"],
  ["a word for yes or no", "value-type", "value: false", "value: ¶tidak"],
  ["silence said aloud", "schema", "value: false", "value: ¶null"],
  ["a word outside the key's list", "word-unknown", "value: dinas", "value: ¶kominfa"],
  ["a word outside the list within a list", "word-unknown", "value: [dinas, pd]", "value: [dinas, ¶desa]"],
  ["a word twice", "word-twice", "value: [dinas, pd]", "value: [dinas, ¶dinas]"],
  ["what is no host name", "value-type", "[lumajangkab.go.id]", "[¶lumajangkab_go_id]"],
  ["a date that does not exist", "date-unknown", "2026-02-28", "¶2026-02-29"],
  ["a date in another form", "date-unknown", "2026-02-28", "¶28-02-2026"],
  ["a word for a date", "word-unknown", "2026-02-28", "¶selamanya"],
  ["an enactment on a day that does not exist", "schema", "2024-02-29", "¶2023-02-29"],
  ["a citation of nothing", "cite-form", "cite: P20", "cite: ¶Pasal 20"],
  ["a citation without its number", "cite-form", "cite: P20", "cite: ¶P(2)"],
  ["a citation with huruf before ayat", "cite-form", '"P12(2)a, P13"', '¶"P12a(2), P13"'],
  ["citations joined otherwise", "cite-form", '"P12(2)a, P13"', '¶"P12(2)a,P13"'],
  ["a reading with a bad citation", "cite-form", "cite: P3,", "cite: ¶ayat 3,"],
  ["a repeal with a bad citation", "cite-form", "cite: P40", "cite: ¶P040"],
  ["a base that is not there", "base-unknown", "extends: base", "extends: ¶dasar"],
  ["a region that is none", "schema", '"35.08"', '¶"35.70"'],
  ["a province for a region", "schema", '"35.08"', '¶"35"'],
  ["a region as a number", "schema", '"35.08"', "¶35.08"],
  ["a version in two parts", "schema", "version: 1.0.0", "version: ¶v1"],
  ["a field that does not exist", "schema", "extends: base", "¶extend: base\nextends: base"],
  ["a paraphrase in one language", "schema", "id: Setiap tahun., en: Every year.", "id: Setiap tahun."],
  ["a name twice", "yaml-invalid", "version: 1.0.0", "version: 1.0.0\n¶version: 2.0.0"],
];

const inBase: readonly (readonly [string, string, string, string])[] = [
  ["a row that has no question", "row-unknown", "row: 47,", "row: ¶49,"],
  [
    "a key that the program asks for and does not find",
    "key-missing",
    "\nkeys:\n  approvals.spl.operasi.authority:",
    "\n¶keys:\n  approvals.spl.operasi.autority:",
  ],
  [
    "a word that the program does not know",
    "key-shape",
    "type: word, words: [may, must], guard: true",
    "type: ¶word, words: [may, must, always], guard: true",
  ],
  [
    "another type than the program knows",
    "key-shape",
    "deprecation.graceDays:\n    { row: 47, type: count",
    "deprecation.graceDays:\n    { row: 47, type: ¶flag",
  ],
  [
    "a guard that the program does not have",
    "guard-unknown",
    "words: [as-needed, yearly, mid-term-and-last-year], guard: false",
    "words: [as-needed, yearly, mid-term-and-last-year], guard: ¶true",
  ],
  ["a value put into a silent regulation's mouth", "value-silent", "silent: { value: null", "silent: { value: ¶dinas"],
  ["a rule of ours with a value of another type", "value-type", "value: 90", "value: ¶sembilan-puluh"],
  [
    "words for a number",
    "schema",
    "type: count, ours: true, guard: true, semantics: warn",
    "type: count, words: ¶[a], ours: true, guard: true, semantics: warn",
  ],
  ["a type of one word without its words", "schema", "type: word, words: [required],", "type: word,"],
  ["a basis in nobody's law", "schema", 'basis: "UU 27/2022 P20"', 'basis: ¶"kebiasaan"'],
];

describe("compiling a profile finds", () => {
  it.each(inProfile)("%s: %s, at its place", (_, code, from, to) => {
    const { text, place } = edit(sixth, from, to);
    const { profile, faults } = compileProfile(baseText, text, { base: "base.yaml", profile: "p.yaml" });
    expect(profile).toBeUndefined();
    expect(faults.map(faultLine)).toContainEqual(
      to.includes("¶") ? `p.yaml:${place} ${code}` : expect.stringMatching(new RegExp(` ${code}$`)),
    );
  });

  it.each(inBase)("%s in the base: %s, at its place", (_, code, from, to) => {
    const { text, place } = edit(baseText, from, to);
    const { profile, faults } = compileProfile(text, sixth, { base: "base.yaml", profile: "p.yaml" });
    expect(profile).toBeUndefined();
    expect(faults.map(faultLine)).toContainEqual(
      to.includes("¶") ? `base.yaml:${place} ${code}` : expect.stringMatching(new RegExp(` ${code}$`)),
    );
  });

  it("all faults at once, in both languages and without the value", () => {
    const text = sixth
      .replace("value: dinas", "value: kominfa")
      .replace("cite: P20", "cite: Pasal 20")
      .replace("  builders:", "  builder:");
    const { faults } = compileProfile(baseText, text);
    expect(faults.map(({ code }) => code).sort()).toEqual(["cite-form", "key-unknown", "word-unknown"]);
    const unknown = faults.find(({ code }) => code === "word-unknown")!;
    expect(unknown.detail).toEqual({ id: "harus salah satu dari: dinas, kominfo", en: "must be one of: dinas, kominfo" });
    expect(unknown.file).toBe("policies/regulations/profile.yaml");
  });
});

describe("a compiled profile", () => {
  const digestOf = (base: string, profile: string): string => compileProfile(base, profile).profile!.digest;

  it("lays the regulation's answers over the base", () => {
    const { profile } = compileProfile(baseText, sixth);
    expect(profile).toMatchObject({
      id: "lumajang-1-2024",
      version: "1.0.0",
      base: "1.0.0",
      region: "35.08",
      labels: { kelaikan: "kelaikan", pd: "Perangkat Daerah" },
    });
    expect(profile!.answers.get("approvals.spl.operasi.authority")).toMatchObject({
      value: "dinas",
      cite: "P12(2)a, P13",
      basis: "Perbup Lumajang 1/2024",
      id: "Pertimbangan dari Dinas.",
    });
    expect(profile!.answers.get("splp.required")).toMatchObject({ value: null, cite: null, basis: "Perpres 95/2018 P33" });
    expect(profile!.answers.get("opinions.fourEyes")).toMatchObject({
      value: false,
      cite: null,
      basis: "project rule",
      en: "A small region.",
    });
    expect(profile!.answers.get("transition.until")!.value).toBe("2026-02-28");
  });

  it("has a digest of what it says, and not of how that is written", () => {
    const digest = digestOf(baseText, sixth);
    expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(
      digestOf(`# komentar\n${baseText}`, sixth.replace("version: 1.0.0\nextends: base", "extends: base\nversion: 1.0.0 # ganti")),
    ).toBe(digest);
    const other = [
      digestOf(baseText, sixth.replace("cite: P20", "cite: P21")),
      digestOf(baseText, sixth.replace("Setiap tahun.", "Tiap tahun.")),
      digestOf(baseText, sixth.replace("Read like this.", "Read like that.")),
      digestOf(baseText.replace("value: 90", "value: 60"), sixth),
      digestOf(baseText.replace("semantics: warn", "semantics: deny"), sixth),
    ];
    expect(new Set([digest, ...other]).size).toBe(6);
  });
});

describe("a folder of policies", () => {
  let folder: string;
  const write = (name: string, text: string): void => writeFileSync(join(folder, "regulations", name), text);
  const faultsOf = (): readonly string[] => loadProfiles(folder).faults.map(faultLine);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simpul-policies-"));
    cpSync(policies, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("takes a sixth region as one file, and registers it with the others under the policy root", () => {
    write("lumajang-1-2024.yaml", sixth);
    const { profiles, faults } = loadProfiles(folder);
    expect(faults).toEqual([]);
    expect([...profiles.keys()]).toEqual([
      "banyuwangi-67-2019",
      "lubuklinggau-43-2021",
      "lumajang-1-2024",
      "muara-enim-52-2022",
      "pasuruan-111-2023",
      "serang-51-2022",
    ]);
    const { desired, faults: broken } = loadPolicies(folder);
    expect(broken).toEqual([]);
    const entry = desired.entries.find(({ id }) => id === "regulations/lumajang-1-2024.yaml")!;
    expect(entry).toMatchObject({ kind: "policy", state: "active" });
    // What the registry keeps is enough for a running gateway.
    const documentOf = (id: string): string =>
      desired.documents.get((desired.entries.find((one) => one.id === id)!.content as { digest: string }).digest)!.toString();
    const { profile } = compileProfile(documentOf("regulations/base.yaml"), documentOf(entry.id));
    expect(profile).toEqual(profiles.get("lumajang-1-2024"));
  });

  it("leaves out what has a fault, and keeps the rest", () => {
    write("lumajang-1-2024.yaml", sixth.replace("value: dinas", "value: kominfa"));
    const { profiles } = loadProfiles(folder);
    expect(faultsOf()).toEqual(["policies/regulations/lumajang-1-2024.yaml:13:45 word-unknown"]);
    expect(profiles.has("lumajang-1-2024")).toBe(false);
    expect(profiles.size).toBe(5);
  });

  it("knows a profile by one file, named after it", () => {
    write("a-lumajang.yaml", sixth);
    expect(faultsOf()).toEqual(["policies/regulations/a-lumajang.yaml:1:10 id-file"]);
    write("lumajang-1-2024.yaml", sixth);
    expect(faultsOf()).toEqual([
      "policies/regulations/a-lumajang.yaml:1:10 id-file",
      "policies/regulations/lumajang-1-2024.yaml:1:10 id-duplicate",
    ]);
  });

  it("has no profiles without the base, or with a broken one", () => {
    write("base.yaml", baseText.replace("row: 47,", "row: 49,"));
    expect(faultsOf()).toEqual([expect.stringMatching(/^policies\/regulations\/base\.yaml:\d+:\d+ row-unknown$/)]);
    expect(loadProfiles(folder).profiles.size).toBe(0);
    rmSync(join(folder, "regulations/base.yaml"));
    expect(faultsOf()).toEqual(["policies/regulations:1:1 file-missing"]);
    expect(loadPolicies(folder).faults.map(({ detail }) => detail.en)).toEqual(["regulations/base.yaml is required"]);
  });

  it("takes nothing but YAML among the regulations", () => {
    write("lumajang.json", "{}");
    expect(faultsOf()).toEqual(["policies/regulations/lumajang.json:1:1 file-unknown"]);
  });

  it("is refused by apply where a regulation does not have its structure", () => {
    write("lumajang-1-2024.yaml", sixth.replace('region: "35.08"', "region: 35.08"));
    expect(loadPolicies(folder).faults.map(faultLine)).toEqual(["policies/regulations/lumajang-1-2024.yaml:4:9 schema"]);
  });
});
