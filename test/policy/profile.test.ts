import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { differences } from "../../src/policy/profile/profile-diff.ts";
import { askedKeys } from "../../src/policy/profile/profile-keys.ts";
import { answerTo, type Profile } from "../../src/policy/profile/profile.ts";
import { loadProfiles } from "../../src/policy/profile/load-profiles.ts";

const { profiles, faults } = loadProfiles(join(import.meta.dirname, "../../policies"));
const ids = ["muara-enim-52-2022", "pasuruan-111-2023", "lubuklinggau-43-2021", "serang-51-2022", "banyuwangi-67-2019"] as const;
const [ME, PAS, LLG, SRG, BWI] = ids.map((id) => profiles.get(id)!) as [Profile, Profile, Profile, Profile, Profile];

const five = ["kerahasiaan", "keutuhan", "keaslian", "ketersediaan", "kenirsangkalan"];
const four = ["kebutuhan-perangkat-lunak", "perancangan-aplikasi", "manual-penggunaan", "kode-sumber-dengan-penjelasan"];
const seven = [
  "fungsi-dan-modul",
  "struktur-basis-data",
  "diagram-alir-data",
  "diagram-alir-pseudocode",
  "antarmuka-dan-alurnya",
  "spesifikasi-teknis",
  "manual-instalasi-hingga-penggunaan",
];

/** What each of the five answers, written down from their comparison by hand; null where the regulation is silent. */
const matrix: readonly (readonly [key: string, ...values: unknown[]])[] = [
  ["approvals.spl.operasi.authority", "dinas", "kominfo", "dinas", "kominfo", null],
  ["approvals.spl.operasi.mode", "internal", "external", "internal", "external", null],
  ["approvals.spl.keamanan.authority", "dinas", "bssn", "dinas", "bssn", null],
  ["approvals.spl.keamanan.mode", "internal", "external", "internal", "external", null],
  ["approvals.spl.subject", "instance", "instance", "service", "instance", null],
  ["approvals.jaringanIntra.authority", ["dinas"], ["kominfo", "bssn"], ["dinas"], ["kominfo", "bssn"], null],
  ["approvals.jaringanIntra.kind", "inspection", "opinion", "inspection", "opinion", null],
  ["builders", ["dinas", "pd"], ["dinas"], ["dinas", "pd-mandiri-tik"], ["dinas"], ["pemkab"]],
  ["builders.pd.coordination", "required", null, null, null, null],
  ["pdObligation.mode", "use", "share", "provide", "share", null],
  ["standard.setter", "dinas", "menkominfo", null, "menkominfo", "pemkab"],
  ["splp.required", null, true, null, true, null],
  ["intra.mandatory", true, true, true, true, null],
  ["intra.connectCentral", null, true, null, true, null],
  ["security.properties", five, five, five, five, ["kerahasiaan", "keutuhan", "ketersediaan"]],
  ["nonRepudiation.mechanism", null, null, "signature-and-trusted-third-party", null, null],
  ["security.baseline", "bssn", null, "annex", null, null],
  ["certificates.staffRequired", null, null, null, null, true],
  ["certificates.monitoredBy", null, null, null, null, "dinas"],
  ["classification.required", true, true, true, true, null],
  ["classification.excludeSecret", null, null, null, null, true],
  ["data.satuDataIndonesia", null, true, null, true, null],
  ["hosting.dataCentre", "may", "must", "must", "must", "may"],
  ["hosting.hostSuffixes", ["muaraenimkab.go.id"], null, ["lubuklinggaukota.go.id"], null, null],
  ["ownerConsent.required", true, null, true, null, null],
  ["backup.required", true, null, true, null, true],
  ["incident.reportAtOnce", null, null, null, null, true],
  ["serviceDesk.tiers", 2, null, 2, null, null],
  ["application.rejectionNeedsAdvice", true, null, null, null, null],
  ["dossier.documents", seven, null, four, null, four],
  ["repository.handover", null, null, true, null, true],
  ["audit.everyMonths", 24, 24, 24, 24, null],
  ["audit.by", "dinas-and-oversight", "audit-team", "dinas", "apip", null],
  ["evaluation.everyMonths", null, 12, null, 12, null],
  [
    "evaluation.reportTo",
    ["sekda", "bupati"],
    ["tim-koordinasi", "bupati"],
    ["sekda", "wali-kota"],
    ["tim-koordinasi", "bupati"],
    ["sekda", "bupati"],
  ],
  ["networkDiagram.everyMonths", 12, null, null, null, 12],
  ["mandiriTik.recognised", null, null, true, null, null],
  ["transition.until", null, "until-umum", "2023-11-16", "until-umum", null],
];

/** How many pasal each of them has. */
const pasal: Readonly<Record<string, number>> = { [ids[0]]: 52, [ids[1]]: 36, [ids[2]]: 51, [ids[3]]: 35, [ids[4]]: 32 };
const cited = (cite: string): readonly number[] =>
  cite.split(", ").map((one) => Number(/^P(\d{1,2})(?:\(\d{1,2}\))?[a-z]?$/.exec(one)?.[1]));

describe("the five regulations", () => {
  it("load without a fault, each for its region", () => {
    expect(faults).toEqual([]);
    expect([...profiles.values()].map(({ id, region }) => [id, region])).toEqual([
      [BWI.id, "35.10"],
      [LLG.id, "16.73"],
      [ME.id, "16.03"],
      [PAS.id, "35.14"],
      [SRG.id, "36.04"],
    ]);
  });

  it.each(matrix.map(([key, ...values]) => ({ key, values })))("answer $key as their comparison says", ({ key, values }) => {
    expect(ids.map((id) => profiles.get(id)!.answers.get(key)!.value)).toEqual(values);
  });

  it.each([ME, PAS, LLG, SRG, BWI])(
    "$id: every value rests on a pasal that the regulation has, silence and our own rules on none",
    ({ id, regulation, answers }) => {
      for (const [key, { value, cite, basis, id: said, en, definition }] of answers) {
        expect({ key, said: said.length > 10 && en.length > 10 }).toEqual({ key, said: true });
        if (cite === null) {
          expect({ key, local: basis === regulation.short, value: definition.ours || value === null }).toEqual({
            key,
            local: false,
            value: true,
          });
          expect(basis).toMatch(/^(project rule|(Perpres|BSSN|UU|Permenkominfo|PermenPANRB) \d+\/\d{4}( P\d+)?)$/);
          continue;
        }
        expect({ key, silent: value === null, basis }).toEqual({ key, silent: false, basis: regulation.short });
        for (const number of cited(cite))
          expect({ key, cite, exists: number >= 1 && number <= pasal[id]! }).toEqual({ key, cite, exists: true });
      }
    },
  );

  it.each([ME, PAS, LLG, SRG, BWI])(
    "$id: every reading and repeal names a pasal that the regulation has",
    ({ id, readings, regulation }) => {
      expect(readings.length).toBeGreaterThan(5);
      for (const { cite } of [...readings, ...(regulation.revokes === undefined ? [] : [regulation.revokes])]) {
        for (const number of cited(cite)) expect({ cite, exists: number >= 1 && number <= pasal[id]! }).toEqual({ cite, exists: true });
      }
    },
  );

  it("let guards act on the rows that block, and on our own rules", () => {
    const rows = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 18, 22, 23, 29, 30, 31, 38, 39, 40, 42, 44]);
    for (const [key, { definition }] of ME.answers) {
      // How long evidence is kept is no officer's act: the data plane reckons with it.
      const blocks = rows.has(definition.row) || (definition.ours && key !== "evidence.retentionMonths") || key === "grants.coordination";
      expect({ key, guard: definition.guard }).toEqual({ key, guard: blocks });
    }
    expect([...ME.answers].filter(([key, { definition }]) => definition.guard && !(key in askedKeys))).toEqual([]);
  });

  it("answer every row of the comparison", () => {
    const rows = [...ME.answers.values()].map(({ definition }) => definition.row);
    expect([...new Set(rows)]).toEqual(Array.from({ length: 48 }, (_, index) => index + 1));
  });

  it("keep the word kelayakan where it is the law's, and kelaikan elsewhere", () => {
    expect([ME, PAS, LLG, SRG, BWI].map(({ labels }) => labels.kelaikan)).toEqual([
      "kelayakan",
      "kelaikan",
      "kelaikan",
      "kelaikan",
      "kelaikan",
    ]);
    expect([ME.labels.head, LLG.labels.head]).toEqual(["bupati", "wali kota"]);
  });

  it("share our own rules, each with its basis", () => {
    expect(answerTo(PAS, "opinions.fourEyes")).toMatchObject({ value: true, cite: null, basis: "project rule" });
    expect(answerTo(PAS, "opinions.validityMonths").value).toBeNull();
    expect(answerTo(PAS, "opinions.freshOn").value).toEqual(["major-version", "upstream-host", "classification"]);
    expect([
      answerTo(PAS, "grants.maximumMonths").value,
      answerTo(PAS, "grants.renewalNoticeDays").value,
      answerTo(PAS, "deprecation.graceDays").value,
      answerTo(PAS, "evidence.retentionMonths").value,
    ]).toEqual([12, 30, 90, 12]);
    expect([
      answerTo(PAS, "sandboxTrial.required").value,
      answerTo(PAS, "standard.conformance").value,
      answerTo(PAS, "owner.tier1Contact").value,
    ]).toEqual([true, true, true]);
    expect(answerTo(PAS, "personalData.legalBasis")).toMatchObject({ value: true, basis: "UU 27/2022 P20" });
    expect(answerTo(PAS, "sangat-rahasia.allowed")).toMatchObject({ value: false, cite: null });
  });

  it("give our own rules a pasal where the regulation has them, too", () => {
    expect(answerTo(ME, "owner.tier1Contact")).toMatchObject({ value: true, cite: "P40(7)a", basis: "Perbup Muara Enim 52/2022" });
    expect(answerTo(BWI, "sangat-rahasia.allowed")).toMatchObject({ value: false, cite: "P7(1)", basis: "Perbup Banyuwangi 67/2019" });
  });
});

describe("an answer", () => {
  it("is asked for by a key that exists, and has the type of its key", () => {
    const authority: "dinas" | "kominfo" | null = answerTo(ME, "approvals.spl.operasi.authority").value;
    const builders: readonly string[] | null = answerTo(ME, "builders").value;
    const months: number | null = answerTo(ME, "audit.everyMonths").value;
    expect([authority, builders, months]).toEqual(["dinas", ["dinas", "pd"], 24]);
    // @ts-expect-error a misspelt key does not compile
    expect(answerTo(ME, "approvals.spl.operasi.autority")).toBeUndefined();
    // @ts-expect-error nor does a comparison with a word that the key does not have
    expect(answerTo(ME, "hosting.dataCentre").value === "always").toBe(false);
  });
});

describe("the difference of two profiles", () => {
  it("is the same from both sides", () => {
    const there = differences(ME, BWI);
    expect(there.length).toBeGreaterThan(20);
    expect(differences(BWI, ME)).toEqual(there.map(({ key, a, b }) => ({ key, a: b, b: a })));
  });

  it("shows twins apart by nothing but their auditors", () => {
    const found = differences(PAS, SRG).map(({ key, a, b }) => [key, a.cite, b.cite]);
    expect(found).toEqual([
      ["audit.by", "P31(1), P31(2)", "P31(1), P31(2)"],
      ["audit.coordinatesWith", "P31(1)", "P31(1)"],
    ]);
    expect(differences(ME, ME)).toEqual([]);
  });
});
