import { describe, expect, it } from "vitest";
import { answerTo, type Profile } from "../../src/policy/profile/profile.ts";
import type { Dossier, Entry, EntryState } from "../../src/registry/entry.ts";
import {
  allOpinions,
  BWI,
  completeDossier,
  policyFixture,
  dayMs,
  entry,
  home,
  lettersFor,
  LLG,
  ME,
  outsider,
  owner,
  PAS,
  proposal,
  populationService,
  splpProof,
  SRG,
  monday,
  successor,
  travel,
  type PolicyFixture,
} from "../support/policy-fixture.ts";
import { letter } from "../support/letter.ts";
import { consumer } from "../support/parties.ts";

const r1 = `${populationService}/r1`;
const r2 = `${populationService}/r2`;
const routedIn = (fixture: PolicyFixture): string => fixture.get("service", populationService).state;

/** In production, with a first revision that is active. */
function liveLand(profile: Profile = ME): PolicyFixture {
  const fixture = policyFixture(profile, { state: "produksi" });
  fixture.put(...allOpinions(), splpProof());
  travel(fixture, "active");
  return fixture;
}

describe("a revision", () => {
  it("goes from proposal to production in an instance that meets everything, and what it proposed is routed", () => {
    const fixture = liveLand();
    expect(fixture.get("revision", r1).state).toBe("active");
    expect(fixture.get("service", populationService)).toMatchObject({
      state: "active",
      content: fixture.get("revision", r1).content.proposal,
    });
    expect(fixture.decisions().map(({ content }) => content.action)).toEqual([
      "revision.propose",
      "revision.apply",
      "revision.approve",
      "revision.try",
      "revision.consent",
      "revision.activate",
    ]);
  });

  it("that was rejected stays as it is; the advice is taken up in r2, which names r1 and leaves its consent and trial behind", () => {
    const fixture = policyFixture(ME);
    travel(fixture, "applied");
    fixture.act("owner-1", "revision.consent", r1);
    fixture.act("registrar-1", "revision.reject", r1, { advice: "Lengkapi manual." });
    const rejected = fixture.get("revision", r1);
    expect(fixture.act("pd-1", "revision.revise", r1, { dossier: { builder: "pd" } }).id).toBe(r2);
    expect(fixture.get("revision", r1)).toEqual(rejected);
    const { content } = fixture.get("revision", r2);
    expect(content).toMatchObject({ number: 2, previous: r1, dossier: { builder: "pd", documents: rejected.content.dossier.documents } });
    expect(content.dossier).not.toHaveProperty("consent");
    expect(rejected.content.decided!.advice).toBe("Lengkapi manual.");
  });

  it("that was rejected in production is revised from what it proposed, for no manifest is in force there", () => {
    const fixture = policyFixture(ME, { state: "produksi" });
    const proposed = proposal({ upstream: "http://10.7.7.7:1" });
    fixture.put(entry("service", populationService, "retired", proposal()));
    fixture.put(
      entry("revision", r1, "rejected", {
        service: populationService,
        number: 1,
        proposal: proposed,
        dossier: {},
        proposed: { by: "pd-1", at: "2026-02-01T00:00:00.000Z" },
      }),
    );
    fixture.act("pd-1", "revision.revise", r1);
    expect(fixture.get("revision", r2).content.proposal).toEqual(proposed);
  });

  it("that is on its way keeps another from beginning, be it suspended for now", () => {
    const fixture = policyFixture(ME);
    travel(fixture, "trial");
    expect(fixture.refused("pd-2", "revision.propose", undefined, { service: populationService })).toBe("already-exists");
    fixture.act("registrar-1", "revision.suspend", r1, { reason: "-" });
    expect(fixture.refused("pd-2", "revision.propose", undefined, { service: populationService })).toBe("already-exists");
  });

  it("is not decided after it was withdrawn", () => {
    const fixture = policyFixture(ME);
    travel(fixture, "applied");
    fixture.act("pd-1", "revision.withdraw", r1);
    for (const action of ["revision.approve", "revision.reject"])
      expect(fixture.refused("registrar-1", action, r1, action === "revision.reject" ? { advice: "-" } : {})).toBe("illegal-transition");
  });

  it("is withdrawn by its owner from every place before production, and then the next one begins", () => {
    for (const place of ["draft", "applied", "approved", "trial"] as const) {
      const fixture = policyFixture(ME, { state: "produksi" });
      fixture.put(...allOpinions());
      travel(fixture, place);
      expect(fixture.refused("registrar-1", "revision.withdraw", r1)).toBe("role-missing");
      expect(fixture.refused("dinsos-1", "revision.withdraw", r1)).toBe("not-your-member");
      expect(fixture.act("pd-1", "revision.withdraw", r1).state).toBe("withdrawn");
      expect(fixture.decisions().at(-1)!.content).toMatchObject({ action: "revision.withdraw", from: place, to: "withdrawn", by: "pd-1" });
      expect(fixture.refused("pd-1", "revision.propose", undefined, { service: populationService })).toBeUndefined();
    }
  });

  it("that is withdrawn on trial is routed no more in production, and by its manifest alone in preparation", () => {
    const routedAfter = (state: "persiapan" | "produksi", suspended: boolean): string => {
      const fixture = policyFixture(ME, { state });
      fixture.put(...allOpinions());
      travel(fixture, "trial");
      if (suspended) fixture.act("registrar-1", "revision.suspend", r1, { reason: "-" });
      fixture.act("pd-1", "revision.withdraw", r1);
      return routedIn(fixture);
    };
    expect([routedAfter("produksi", false), routedAfter("produksi", true)]).toEqual(["retired", "retired"]);
    expect([routedAfter("persiapan", false), routedAfter("persiapan", true)]).toEqual(["active", "active"]);
  });

  it("that is withdrawn leaves alone what another one serves, and one that was in production is not withdrawn", () => {
    const fixture = liveLand();
    const serving = fixture.get("service", populationService);
    fixture.put(
      entry("revision", r2, "trial", { ...fixture.get("revision", r1).content, number: 2, proposal: proposal({ title: "Warga" }) }),
    );
    fixture.act("pd-1", "revision.withdraw", r2);
    expect(fixture.get("service", populationService)).toEqual(serving);
    expect(fixture.refused("pd-1", "revision.withdraw", r1)).toBe("illegal-transition");
    fixture.act("owner-1", "revision.suspend", r1, { reason: "-" });
    expect(fixture.refused("pd-1", "revision.withdraw", r1)).toBe("rule-broken");
  });

  it("that keeps another from beginning says what can be done about it, and that can be done", () => {
    for (const place of ["draft", "applied", "approved", "trial"] as const) {
      const fixture = policyFixture(ME);
      travel(fixture, place);
      const { detail } = fixture.refusal("pd-2", "revision.propose", undefined, { service: populationService });
      expect(detail.id).toContain(`masih berjalan (${place})`);
      expect(detail.en).toContain("service withdraw");
      fixture.act("pd-2", "revision.withdraw", r1);
    }
  });

  it("on trial leaves alone what another one serves, also when it is suspended or given up", () => {
    const fixture = liveLand();
    const serving = fixture.get("service", populationService);
    fixture.put(
      entry("revision", r2, "trial", {
        ...fixture.get("revision", r1).content,
        number: 2,
        proposal: proposal({ upstream: "http://10.7.7.7:1" }),
      }),
    );
    fixture.act("owner-1", "revision.suspend", r2, { reason: "-" });
    fixture.act("registrar-1", "revision.resume", r2);
    fixture.act("owner-1", "revision.retire", r2);
    expect(fixture.get("service", populationService)).toEqual(serving);
  });

  it("that becomes active retires the one before, also one that is suspended and could else come back over it", () => {
    const fixture = liveLand();
    fixture.act("registrar-1", "revision.suspend", r1, { reason: "kebocoran" });
    const upstream = "http://10.7.7.7:1";
    fixture.put(entry("revision", r2, "trial", { ...fixture.get("revision", r1).content, number: 2, proposal: proposal({ upstream }) }));
    fixture.act("registrar-1", "revision.activate", r2);
    expect(fixture.get("revision", r1).state).toBe("retired");
    expect(fixture.get("service", populationService)).toMatchObject({ state: "active", content: { upstream } });
  });

  it("on trial in preparation is routed as it was approved, not as the manifest says meanwhile", () => {
    const fixture = policyFixture(ME);
    travel(fixture, "approved");
    fixture.put(entry("service", populationService, "active", proposal({ upstream: "http://10.7.7.7:1" })));
    fixture.act("operator-1", "revision.try", r1);
    expect(fixture.get("service", populationService)).toMatchObject({ state: "trial", content: { upstream: proposal().upstream } });
  });

  it("that was suspended on trial is resumed without the opinions that production needs", () => {
    const fixture = policyFixture(LLG);
    travel(fixture, "trial");
    fixture.act("registrar-1", "revision.suspend", r1, { reason: "-" });
    expect(fixture.act("registrar-1", "revision.resume", r1).state).toBe("trial");
    expect(routedIn(fixture)).toBe("trial");
  });
});

describe("the dossier", () => {
  it("takes one file for one document", () => {
    const fixture = policyFixture(ME);
    travel(fixture, "draft", {});
    const same = { ...letter("a"), number: "lain" };
    expect(
      fixture.refused("pd-1", "revision.complete", r1, {
        dossier: { documents: { "fungsi-dan-modul": letter("a"), "spesifikasi-teknis": same } },
      }),
    ).toBe("rule-broken");
    fixture.act("pd-1", "revision.complete", r1, { dossier: { documents: { "fungsi-dan-modul": letter("a") } } });
    expect(fixture.refused("pd-1", "revision.complete", r1, { dossier: { documents: { "spesifikasi-teknis": same } } })).toBe(
      "rule-broken",
    );
  });

  it("takes no letter whose date lies ahead, wherever it stands", () => {
    const fixture = policyFixture(ME);
    travel(fixture, "draft", {});
    for (const dossier of [{ coordination: letter("k", "2026-03-03") }, { hosting: { place: "pd", advice: letter("h", "2027-01-01") } }]) {
      expect(fixture.refused("pd-1", "revision.complete", r1, { dossier })).toBe("rule-broken");
    }
    fixture.act("pd-1", "revision.complete", r1, { dossier: { coordination: letter("k", "2026-03-02") } });
  });

  it("names all that is missing at once, each with its pasal and what to do", () => {
    const fixture = policyFixture(ME);
    travel(fixture, "draft", {});
    const { code, judgements } = fixture.refusal("pd-1", "revision.apply", r1);
    expect(code).toBe("guard-unmet");
    expect(judgements.filter(({ verdict }) => verdict === "unmet").map(({ guard, cite }) => `${guard} ${cite}`)).toEqual([
      "needs-analysis P23(2)a, P23(2)b",
      "dossier P27(2)a, P27(2)b, P27(2)c, P27(2)d, P27(2)e, P27(2)f, P27(2)g",
      "builder P28(3)",
      "hosting P15(3)",
      "umum-khusus P25(2)",
    ]);
  });

  it("of a PD that builds asks for coordination in Muara Enim, and is no builder in Pasuruan", () => {
    const built = (profile: Profile, over: Dossier): string | undefined => {
      const fixture = policyFixture(profile);
      travel(fixture, "draft", { ...completeDossier(profile), ...over });
      return fixture.refused("pd-1", "revision.apply", r1);
    };
    expect([built(ME, { builder: "pd" }), built(PAS, { builder: "pd" }), built(PAS, { builder: "dinas" })]).toEqual([
      undefined,
      "guard-unmet",
      undefined,
    ]);
    const { coordination: _, ...without } = completeDossier(ME);
    const fixture = policyFixture(ME);
    travel(fixture, "draft", { ...without, builder: "pd" });
    expect(fixture.refusal("pd-1", "revision.apply", r1).judgements.find(({ guard }) => guard === "builder")).toMatchObject({
      verdict: "unmet",
      cite: "P28(5)",
    });
  });
});

describe("classified data", () => {
  /** What keeps a service of this class from being applied for, or else from production. */
  function lacks(profile: Profile, classification: string): readonly string[] {
    const fixture = policyFixture(profile, { state: "produksi" });
    fixture.put(...allOpinions(), splpProof(), entry("service", populationService, "active", proposal({ classification })));
    travel(fixture, "draft");
    const unapplied = fixture.lacks("pd-1", "revision.apply", r1);
    if (unapplied.length > 0) return unapplied;
    fixture.act("registrar-1", "revision.approve", r1, { planEntry: "RI-3", costAnalysis: letter("biaya") });
    fixture.act("operator-1", "revision.try", r1);
    fixture.act("owner-1", "revision.consent", r1);
    return fixture.lacks("registrar-1", "revision.activate", r1, { trial: letter("u", "2026-03-02") });
  }

  it("terbuka and terbatas go into production", () => {
    expect([lacks(ME, "terbuka"), lacks(ME, "terbatas")]).toEqual([[], []]);
  });

  it("rahasia stays on trial, for measures that nobody can give yet", () => {
    expect(lacks(ME, "rahasia")).toEqual(["measures later"]);
    const fixture = policyFixture(ME, { state: "produksi" });
    fixture.put(...allOpinions(), entry("service", populationService, "active", proposal({ classification: "rahasia" })));
    travel(fixture, "trial");
    const { judgements } = fixture.refusal("registrar-1", "revision.activate", r1, { trial: letter("u", "2026-03-02") });
    expect(judgements.find(({ verdict }) => verdict === "later")!.detail.en).toBe("The class rahasia asks for mutual TLS.");
  });

  it("whose provider has to sign goes into production once the provider has a key that is active", () => {
    const signing = proposal({ providerSignature: "required" });
    const key = (state: EntryState, keyOwner = signing.provider): Entry =>
      entry("key", "k".repeat(43), state, { owner: keyOwner, alg: "ES256", jwk: {}, proof: "-" });
    const lacking = (...keys: readonly Entry[]): readonly string[] => {
      const fixture = policyFixture(ME, { state: "produksi" });
      fixture.put(...allOpinions(), entry("service", populationService, "active", signing), ...keys);
      travel(fixture, "trial");
      fixture.act("owner-1", "revision.consent", r1);
      return fixture.lacks("registrar-1", "revision.activate", r1, { trial: letter("u", "2026-03-02"), handover: letter("s") });
    };
    expect([lacking(), lacking(key("revoked")), lacking(key("active", consumer)), lacking(key("active"))]).toEqual([
      ["measures unmet"],
      ["measures unmet"],
      ["measures unmet"],
      [],
    ]);
  });

  it("sangat-rahasia needs an entry of its own in the profile", () => {
    expect(lacks(PAS, "sangat-rahasia")).toEqual(["classification unmet"]);
  });

  it("that are secret are outside the data of SPBE in Banyuwangi", () => {
    expect([lacks(BWI, "rahasia"), lacks(BWI, "sangat-rahasia")]).toEqual([["classification unmet P7(1)"], ["classification unmet P7(1)"]]);
  });
});

describe("deprecation", () => {
  it("names a successor that serves, and leaves the grace period of the profile", () => {
    const fixture = liveLand();
    const deprecate = (sunset: string, to = successor): string | undefined =>
      fixture.refused("owner-1", "revision.deprecate", r1, { sunset, successor: to });
    expect([
      deprecate("2026-05-30"),
      deprecate("2026-09-01", populationService),
      deprecate("2026-09-01", `${owner}/siak/tiada/v1`),
    ]).toEqual(["guard-unmet", "guard-unmet", "guard-unmet"]);
    fixture.put(entry("service", successor, "retired", proposal()));
    expect(deprecate("2026-05-31")).toBe("guard-unmet");
    fixture.put(entry("service", successor, "active", proposal()));
    expect(deprecate("2026-05-31")).toBeUndefined();
    expect(routedIn(fixture)).toBe("deprecated");
  });

  it("ends with the grace period and not before, also by way of a suspension", () => {
    const fixture = liveLand();
    fixture.act("owner-1", "revision.deprecate", r1, { sunset: "2026-05-31", successor });
    expect(fixture.refused("owner-1", "revision.retire", r1)).toBe("guard-unmet");
    fixture.act("owner-1", "revision.suspend", r1, { reason: "-" });
    expect(fixture.refused("registrar-1", "revision.retire", r1)).toBe("guard-unmet");
    fixture.now = monday + 90 * dayMs;
    fixture.act("registrar-1", "revision.retire", r1);
    expect(routedIn(fixture)).toBe("retired");
  });

  it("cannot be left out by the owner: a suspended service of production is retired by the Dinas alone", () => {
    const fixture = liveLand();
    fixture.act("owner-1", "revision.suspend", r1, { reason: "-" });
    expect(fixture.refused("owner-1", "revision.retire", r1)).toBe("rule-broken");
    expect(fixture.refused("registrar-1", "revision.retire", r1)).toBeUndefined();
  });
});

describe("a transition", () => {
  const record = (fixture: PolicyFixture, guard: string, until: string): string | undefined =>
    fixture.refused("registrar-1", "exemption.record", undefined, { guard, subject: populationService, until, letter: letter("bebas") });

  it("has passed in Lubuklinggau, is unknown in Muara Enim and Banyuwangi, exempts in Pasuruan and Serang what is like an umum", () => {
    expect([ME, LLG, BWI].map((profile) => record(policyFixture(profile), "umum-khusus", "2026-12-31"))).toEqual([
      "guard-unmet",
      "guard-unmet",
      "guard-unmet",
    ]);
    expect([PAS, SRG].map((profile) => record(policyFixture(profile), "umum-khusus", "2026-12-31"))).toEqual([undefined, undefined]);
    expect(record(policyFixture(PAS), "splp", "2026-12-31")).toBe("guard-unmet");
    expect(record(policyFixture(PAS), "umum-khusus", "2026-03-01")).toBe("guard-unmet");
    expect(
      policyFixture(LLG).refusal("registrar-1", "exemption.record", undefined, {
        guard: "hosting",
        subject: populationService,
        until: "2026-12-31",
        letter: letter("b"),
      }).judgements[0],
    ).toMatchObject({ guard: "transition", cite: "P49" });
  });

  it("was open in Lubuklinggau until its last day, 16 November 2023", () => {
    const fixture = policyFixture(LLG);
    fixture.now = Date.parse("2023-11-16T05:00:00Z");
    const old = { guard: "hosting", subject: populationService, letter: letter("b", "2023-01-01") };
    expect(fixture.refused("registrar-1", "exemption.record", undefined, { ...old, until: "2023-11-17" })).toBe("guard-unmet");
    expect(fixture.refused("registrar-1", "exemption.record", undefined, { ...old, until: "2023-11-16" })).toBeUndefined();
  });

  it("exempts once a second person has confirmed it, until its day, and by its own pasal", () => {
    const fixture = policyFixture(PAS);
    travel(fixture, "draft", { ...completeDossier(PAS), application: "sejenis-umum" });
    const { id } = fixture.act("registrar-1", "exemption.record", undefined, {
      guard: "umum-khusus",
      subject: populationService,
      until: "2026-12-31",
      letter: letter("bebas"),
    });
    expect(fixture.refused("pd-1", "revision.apply", r1)).toBe("guard-unmet");
    expect(fixture.refused("registrar-1", "exemption.confirm", id)).toBe("four-eyes");
    fixture.act("registrar-2", "exemption.confirm", id);
    fixture.now = Date.parse("2026-12-31T18:00:00Z");
    expect(fixture.refused("pd-1", "revision.apply", r1)).toBe("guard-unmet");
    fixture.now = monday;
    fixture.act("pd-1", "revision.apply", r1);
    const judgement = fixture
      .decisions()
      .at(-1)!
      .content.judgements.find(({ guard }) => guard === "umum-khusus")!;
    expect(judgement).toMatchObject({ verdict: "exempt", cite: "P34", basis: PAS.regulation.short });
    expect(judgement.detail.id).toContain("Dibebaskan sampai dengan 2026-12-31");
  });
});

describe("a PD Mandiri TIK", () => {
  const recognise = (profile: Profile, words: readonly string[]): string | undefined =>
    policyFixture(profile).refused("registrar-1", "member.recognise-mandiri-tik", owner, {
      decree: letter("SK"),
      criteria: lettersFor(words),
    });

  it("is recognised in Lubuklinggau only, by both criteria", () => {
    const both = ["sdm-tik", "mampu-dan-berpengalaman"];
    expect([ME, PAS, SRG, BWI].map((profile) => recognise(profile, both))).toEqual(Array(4).fill("guard-unmet"));
    expect([recognise(LLG, ["sdm-tik"]), recognise(LLG, both)]).toEqual(["guard-unmet", undefined]);
  });

  it("may build and have its own server there, and no other agency may", () => {
    const fixture = policyFixture(LLG);
    travel(fixture, "draft", { ...completeDossier(LLG), builder: "pd-mandiri-tik", hosting: { place: "pd" } });
    const lacking = fixture
      .refusal("pd-1", "revision.apply", r1)
      .judgements.filter(({ verdict }) => verdict === "unmet")
      .map(({ guard }) => guard);
    expect(lacking).toEqual(["application-route", "builder", "hosting"]);
    fixture.act("registrar-1", "member.recognise-mandiri-tik", owner, {
      decree: letter("SK"),
      criteria: lettersFor(["sdm-tik", "mampu-dan-berpengalaman"]),
    });
    expect(fixture.refused("pd-1", "revision.apply", r1)).toBeUndefined();
  });
});

describe("an instance", () => {
  const lacking = (profile: Profile, ...entries: readonly Entry[]): readonly string[] => {
    const fixture = policyFixture(profile);
    fixture.put(...entries);
    return fixture.lacks("admin-1", "instance.publish", home);
  };

  it("leaves preparation when the profile's conditions hold; what has no mechanism yet keeps it there and says so", () => {
    const everything = [...allOpinions(), splpProof()];
    expect(lacking(ME)).toEqual(["instance-opinions unmet P28(6)b", "network-opinions unmet P20(2)"]);
    expect(lacking(PAS)).toEqual([
      "instance-opinions unmet P15(2)c",
      "network-opinions unmet P14(2)b, P14(2)c",
      "splp unmet P15(1)",
      "central-network unmet P14(2)a, P15(2)a",
    ]);
    expect([ME, PAS, LLG, SRG, BWI].map((profile) => lacking(profile, ...everything))).toEqual([
      [],
      [],
      ["trusted-third-party later P25(6)"],
      [],
      ["staff-certificates later P21(8)"],
    ]);
  });

  it("needs in Pasuruan and Serang each of the four letters and the evidence", () => {
    const entries = [...allOpinions().filter(({ content }) => content.subject !== populationService), splpProof()];
    for (const profile of [PAS, SRG]) {
      for (const left of entries) {
        const needed = left.kind === "evidence" || left.content.authority !== "dinas";
        expect(lacking(profile, ...entries.filter((one) => one !== left)).length > 0).toBe(needed);
      }
    }
  });

  it("counts documents of several records of evidence together, and none that is only recorded", () => {
    const evidence = splpProof();
    const [first, ...rest] = Object.entries(evidence.content.documents).map((document, i) =>
      entry("evidence", `bukti-${i}`, "confirmed", { ...evidence.content, documents: Object.fromEntries([document]) }),
    );
    expect(lacking(PAS, ...allOpinions(), first!, ...rest)).toEqual([]);
    expect(lacking(PAS, ...allOpinions(), { ...first!, state: "recorded" }, ...rest)).toEqual(["splp unmet P15(1)"]);
  });

  it("does not lose the evidence on which its production rests", () => {
    const fixture = policyFixture(PAS, { state: "produksi" });
    fixture.put(splpProof());
    expect(fixture.refused("registrar-1", "evidence.withdraw", "bukti-1", { reason: "-" })).toBe("guard-unmet");
    fixture.put(splpProof("bukti-2"));
    expect(fixture.refused("registrar-1", "evidence.withdraw", "bukti-1", { reason: "-" })).toBeUndefined();
  });
});

describe("a service from outside", () => {
  it("is open to the Dinas's consent where the regulation asks for it, once outside parties could use it", () => {
    const open = { purpose: "terbuka", legalBasis: "-", rate: { perSecond: 1, burst: 1 }, dailyQuota: 1 };
    const applied = (profile: Profile, withOutsider: boolean): string | undefined => {
      const fixture = policyFixture(profile);
      if (!withOutsider) fixture.put({ ...fixture.get("member", outsider), state: "retired" });
      fixture.put(entry("service", populationService, "active", proposal({ classification: "terbuka", open })));
      const { externalConsent: _, ...dossier } = completeDossier(profile);
      travel(fixture, "draft", dossier);
      return fixture.refused("pd-1", "revision.apply", r1);
    };
    expect(answerTo(PAS, "externalSharing.consent").value).toBe("dinas");
    expect([applied(PAS, true), applied(PAS, false), applied(ME, true)]).toEqual(["guard-unmet", undefined, undefined]);
  });
});
