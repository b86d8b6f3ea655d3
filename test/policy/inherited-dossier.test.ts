import { describe, expect, it } from "vitest";
import { dossierParts, type DossierPart } from "../../src/policy/dossier-parts.ts";
import { behaviourIn } from "../../src/policy/guards/contract-behaviour.ts";
import type { Dossier, EntryContents } from "../../src/registry/entry.ts";
import { letter } from "../support/letter.ts";
import {
  allOpinions,
  BWI,
  completeDossier,
  entry,
  LLG,
  ME,
  PAS,
  policyFixture,
  populationService,
  profileOf,
  proposal,
  splpProof,
  SRG,
  travel,
  type PolicyFixture,
} from "../support/policy-fixture.ts";

const r1 = `${populationService}/r1`;
const r2 = `${populationService}/r2`;

/** In production, with r1 active and a draft r2 of this content, as its owner proposes it. */
function proposed(over: Partial<EntryContents["service"]>, profile = ME, given: Dossier = {}): PolicyFixture {
  const fixture = policyFixture(profile, { state: "produksi" });
  fixture.put(...allOpinions(), splpProof());
  travel(fixture, "active");
  fixture.put(entry("service", populationService, "active", { ...fixture.get("service", populationService).content, ...over }));
  fixture.act("pd-1", "revision.propose", undefined, { service: populationService, dossier: given });
  return fixture;
}

const partsIn = (fixture: PolicyFixture, id = r2): ReadonlyMap<string, DossierPart> =>
  new Map(dossierParts(fixture.context(), fixture.get("revision", id)).map((part) => [part.part, part]));
const lapsed = (fixture: PolicyFixture): readonly string[] =>
  [...partsIn(fixture).values()].flatMap(({ part, serves }) => (serves ? [] : [part]));

describe("the dossier of a new revision", () => {
  it("is that of the one before, and a corrected word needs none of it anew: four steps lead to production", () => {
    const fixture = proposed({ description: "Data penduduk, dikoreksi" });
    expect(lapsed(fixture)).toEqual([]);
    expect(partsIn(fixture).get("hosting")).toMatchObject({ from: r1, serves: true, why: { en: "unchanged: the provider's host" } });
    expect(partsIn(fixture).get("trial")!.why.id).toContain("kontrak");
    fixture.act("pd-1", "revision.apply", r2);
    fixture.act("registrar-1", "revision.approve", r2);
    fixture.act("operator-1", "revision.try", r2);
    fixture.act("registrar-1", "revision.activate", r2);
    expect(fixture.get("service", populationService).content.description).toBe("Data penduduk, dikoreksi");
    expect(fixture.get("revision", r2).content.decided).toMatchObject({ planEntry: "RI-3", costAnalysis: letter("analisis-biaya") });
  });

  it.each([
    [{ contract: "d".repeat(43) }, ["consent", "trial", "handover"]],
    [{ upstream: "http://10.1.2.4:8080" }, ["hosting", "domainDecree"]],
    [{ upstream: "http://10.1.2.3:9090" }, []],
    [{ classification: "terbuka" }, ["consent", "externalConsent", "trial"]],
    [{ limits: { ...proposal().limits, maxConnections: 20 } }, ["trial"]],
    [{ basePath: "/v1" }, ["trial"]],
    [{ title: "Warga", contact: { name: "Meja", email: "a@example.go.id" } }, []],
  ])("of which %j has changed does not serve in %j", (over, parts) => {
    expect(new Set(lapsed(proposed(over)))).toEqual(new Set(parts));
  });

  it("lacks what no longer serves, and the refusal says of which revision that was and why", () => {
    const fixture = proposed({ contract: "d".repeat(43) });
    fixture.act("pd-1", "revision.apply", r2);
    expect(fixture.lacks("registrar-1", "revision.approve", r2)).toEqual(["cost-analysis unmet P24(3)"]);
    fixture.act("registrar-1", "revision.approve", r2, { costAnalysis: letter("biaya-2") });
    fixture.act("operator-1", "revision.try", r2);
    const { judgements } = fixture.refusal("registrar-1", "revision.activate", r2);
    expect(judgements.find(({ guard }) => guard === "sandbox-trial")).toMatchObject({
      verdict: "unmet",
      detail: { en: `The report of the trial is missing. That of ${r1} no longer serves: changed: the contract; a new one is needed.` },
    });
    fixture.act("owner-1", "revision.consent", r2);
    fixture.act("registrar-1", "revision.activate", r2, {
      trial: letter("berita-acara-2", "2026-03-02"),
      handover: letter("serah-terima-2"),
    });
    expect(fixture.get("revision", r2).state).toBe("active");
  });

  it("is overridden part by part: what is completed is the revision's own, and its origin stays through several revisions", () => {
    const fixture = proposed({ title: "Warga" }, ME, { builder: "pd" });
    expect(partsIn(fixture).get("builder")).toEqual({
      part: "builder",
      serves: true,
      why: expect.objectContaining({ en: "this revision's own" }) as never,
    });
    fixture.act("pd-1", "revision.complete", r2, { dossier: { documents: { "spesifikasi-teknis": letter("baru") } } });
    const parts = partsIn(fixture);
    expect([parts.get("documents.spesifikasi-teknis")!.from, parts.get("documents.fungsi-dan-modul")!.from]).toEqual([undefined, r1]);
    fixture.act("pd-1", "revision.withdraw", r2);
    const r3 = fixture.act("pd-1", "revision.propose", undefined, { service: populationService }).id;
    const third = partsIn(fixture, r3);
    expect([third.get("documents.spesifikasi-teknis")!.from, third.get("documents.fungsi-dan-modul")!.from]).toEqual([r2, r1]);
  });

  it("has a minister's opinion as long as the profile says that opinions last", () => {
    const answers = new Map(PAS.answers);
    answers.set("opinions.validityMonths", { ...answers.get("opinions.validityMonths")!, value: 6 });
    const fixture = proposed({ title: "Warga" }, { ...PAS, answers });
    expect(partsIn(fixture).get("ministerOpinion")!.serves).toBe(true);
    fixture.now = Date.parse("2026-08-01T03:00:00Z");
    expect(partsIn(fixture).get("ministerOpinion")).toMatchObject({
      serves: false,
      why: { en: expect.stringContaining("2026-07-31") as never },
    });
    expect(fixture.refusal("pd-1", "revision.apply", r2).detail.en).toContain(`That of ${r1} no longer serves`);
    fixture.act("pd-1", "revision.complete", r2, { dossier: { ministerOpinion: letter("menteri-2", "2026-07-30") } });
    expect(partsIn(fixture).get("ministerOpinion")!.serves).toBe(true);
  });

  it("serves under every profile for a corrected word", () => {
    for (const profile of [ME, PAS, LLG, SRG, BWI])
      expect([profile.id, lapsed(proposed({ title: "Warga" }, profileOf(profile.id)))]).toEqual([profile.id, []]);
  });
});

describe("the report of a trial", () => {
  const withReport = (date: string, over: Partial<EntryContents["service"]>): readonly string[] => {
    const fixture = proposed(over);
    fixture.act("pd-1", "revision.apply", r2);
    fixture.act("registrar-1", "revision.approve", r2, { costAnalysis: letter("biaya-2") });
    fixture.act("operator-1", "revision.try", r2);
    fixture.act("owner-1", "revision.consent", r2);
    return fixture.lacks("registrar-1", "revision.activate", r2, { trial: letter("lama", date), handover: letter("s") });
  };

  it("of before the revision was proposed is of something else, unless nothing that it judged has changed", () => {
    expect(withReport("2026-03-01", { contract: "d".repeat(43) })).toEqual(["sandbox-trial unmet"]);
    expect(withReport("2026-03-02", { contract: "d".repeat(43) })).toEqual([]);
    expect(withReport("2026-03-01", { title: "Warga" })).toEqual([]);
  });

  it("of before the first revision was proposed does not count", () => {
    const fixture = policyFixture(ME, { state: "produksi" });
    fixture.put(...allOpinions());
    travel(fixture, "trial", completeDossier(ME));
    fixture.act("owner-1", "revision.consent", r1);
    const refusal = fixture.refusal("registrar-1", "revision.activate", r1, { trial: letter("lama", "2026-02-25"), handover: letter("s") });
    expect(refusal.detail.id).toContain("sebelum revisi ini diusulkan (2026-03-02)");
  });
});

describe("what a contract does", () => {
  const contract = (description: string, over: object = {}): object => ({
    openapi: "3.1.0",
    info: { title: "Warga", version: "1.0.0", description },
    paths: { "/warga": { get: { operationId: "a", summary: description, responses: { "200": { description } } } } },
    components: {
      schemas: { Warga: { title: description, properties: { description: { type: "string" }, kelas: { enum: ["a"] } }, ...over } },
    },
  });

  it("is the same in other words for its readers, and another with another property, value or rule", () => {
    const one = behaviourIn(contract("satu"));
    expect(behaviourIn(contract("dua"))).toBe(one);
    for (const over of [
      { properties: { kelas: { enum: ["a"] } } },
      { properties: { description: { type: "string" }, kelas: { enum: ["b"] } } },
      { required: ["kelas"] },
      { const: { title: "a" } },
    ])
      expect(behaviourIn(contract("satu", over))).not.toBe(one);
    expect(behaviourIn(contract("satu", { const: { title: "a" } }))).not.toBe(behaviourIn(contract("satu", { const: { title: "b" } })));
  });
});
