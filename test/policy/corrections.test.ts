import { beforeEach, describe, expect, it } from "vitest";
import { consumingMembers, grantsHeldOn } from "../../src/policy/consumers.ts";
import type { Conformance } from "../../src/policy/context.ts";
import { evaluateGuards } from "../../src/policy/guards/guards.ts";
import { whatRunsOut } from "../../src/policy/validity/due.ts";
import { why } from "../../src/policy/why/why.ts";
import {
  allOpinions,
  askedGrant,
  completeDossier,
  dayMs,
  dinsos,
  entry,
  ME,
  officers,
  outsider,
  owner,
  policyFixture,
  populationService,
  proposal,
  splpProof,
  successor,
  travel,
  type PolicyFixture,
} from "../support/policy-fixture.ts";
import { letter } from "../support/letter.ts";
import type { Input } from "../../src/policy/context.ts";

const [r1, r2] = [`${populationService}/r1`, `${populationService}/r2`];
const statistics = { officer: "bps-1", member: outsider, roles: new Set(["pd-officer"] as const) };
const reason = { reason: "Enum jenis kelamin keliru sejak awal." };
/** Two weeks and more after the fixture's Monday. */
const from = "2026-03-18";

let fixture: PolicyFixture;
const ask = (by: Parameters<PolicyFixture["act"]>[0], over: Input): void => {
  const id = over["id"] as string;
  fixture.act(by, "grant.request", undefined, askedGrant({ from: "2026-03-02", until: "2026-12-31", ...over }));
  if (over["consumer"] === `${outsider}/sensus`) fixture.act("registrar-1", "grant.coordinate", id);
  fixture.act("owner-1", "grant.allow", id);
};

/** In production, with a revision in force, two consumers, and a draft that would break them. */
beforeEach(() => {
  fixture = policyFixture(ME, { state: "produksi" });
  fixture.put(...allOpinions(), splpProof());
  travel(fixture, "active");
  ask("dinsos-1", { id: "izin-dinsos" });
  ask(statistics, { id: "izin-bps", consumer: `${outsider}/sensus` });
  fixture.act("pd-1", "revision.propose", undefined, {
    service: populationService,
    dossier: completeDossier(ME) as unknown as Input,
  });
});

const to = (place: "applied" | "approved" | "trial"): void => {
  const steps = [
    () => fixture.act("pd-1", "revision.apply", r2),
    () => fixture.act("registrar-1", "revision.approve", r2, { planEntry: "RI-4", costAnalysis: letter("biaya-2") }),
    () => fixture.act("operator-1", "revision.try", r2),
  ];
  for (const step of steps.slice(0, ["applied", "approved", "trial"].indexOf(place) + 1)) step();
};
const activate = (): readonly string[] => {
  const { dossier, inherited = {} } = fixture.get("revision", r2).content;
  if (dossier.consent === undefined || inherited["consent"] !== undefined) fixture.act("owner-1", "revision.consent", r2);
  return fixture.lacks("registrar-1", "revision.activate", r2, { trial: letter("uji-2"), handover: letter("serah-2") });
};
const declare = (by: Parameters<PolicyFixture["act"]>[0] = "pd-1", on = from): string | undefined =>
  fixture.refused(by, "revision.correct", r2, { from: on, ...reason });

describe("a correction of a contract in force", () => {
  it("is declared by the owner, approved by the registrar, agreed to by each consumer, and holds from its day on", () => {
    expect(declare()).toBeUndefined();
    to("trial");
    expect(activate()).toEqual(["correction-agreed unmet"]);
    fixture.act("dinsos-1", "revision.agree", r2);
    fixture.act(statistics, "revision.agree", r2);
    // All agree, and its day has not come.
    expect(activate()).toEqual(["correction-agreed unmet"]);
    fixture.now = Date.parse(`${from}T00:00:00+07:00`) - 1;
    expect(activate()).toEqual(["correction-agreed unmet"]);
    fixture.now++;
    expect(activate()).toEqual([]);
    expect([fixture.get("revision", r1).state, fixture.get("revision", r2).state]).toEqual(["retired", "active"]);
    // Each step is a decision, and so a control leaf.
    expect(
      fixture
        .decisions()
        .filter(({ content }) => content.subject === `revision ${r2}`)
        .map(({ content }) => `${content.action} ${content.by}`),
    ).toEqual([
      "revision.propose pd-1",
      "revision.correct pd-1",
      "revision.apply pd-1",
      "revision.approve registrar-1",
      "revision.try operator-1",
      "revision.consent owner-1",
      "revision.agree dinsos-1",
      "revision.agree bps-1",
      "revision.activate registrar-1",
    ]);
  });

  it("names who has agreed and who has not, to the officers who ask why", async () => {
    declare();
    to("approved");
    fixture.act("dinsos-1", "revision.agree", r2);
    const { steps } = await why(fixture.view(), "service", populationService);
    const about = (member: string) => steps.filter(({ detail }) => detail.id.includes(member) && detail.id.includes("setuju"));
    expect(about(dinsos)).toMatchObject([{ by: "dinsos-1" }]);
    expect(about(outsider)).toMatchObject([{ verdict: "unmet", remedy: { id: expect.stringContaining(`service agree ${r2}`) as string } }]);
    expect(steps.some(({ detail }) => detail.id.includes(reason.reason) && detail.id.includes(from))).toBe(true);
  });

  it.each([
    ["the day after tomorrow", "2026-03-04", "guard-unmet"],
    ["one day too soon", "2026-03-15", "guard-unmet"],
    ["two weeks ahead", "2026-03-16", undefined],
  ])("holds with notice: %s", (_, on, code) => {
    expect(declare("pd-1", on)).toBe(code);
  });

  it("that waited too long before it was applied for is declared anew", () => {
    declare("pd-1", "2026-03-16");
    fixture.now += dayMs;
    expect(fixture.lacks("pd-1", "revision.apply", r2)).toEqual(["correction-notice unmet"]);
    expect(declare("pd-1", "2026-03-17")).toBeUndefined();
    expect(fixture.refused("pd-1", "revision.apply", r2)).toBeUndefined();
  });

  it("is declared by nobody else, of a draft only, and where there is a contract in force", () => {
    expect([declare("dinsos-1"), declare("registrar-1"), declare("owner-1")]).toEqual(["not-your-member", "role-missing", "role-missing"]);
    to("applied");
    expect(declare()).toBe("illegal-transition");
    const first = policyFixture(ME, { state: "produksi" });
    travel(first, "draft");
    expect(first.refused("pd-1", "revision.correct", r1, { from, ...reason })).toBe("rule-broken");
  });

  it("is not approved by the officer who declared it", () => {
    const both = { officer: "dua-peran", member: owner, roles: new Set(["pd-officer", "registrar"] as const) };
    expect(declare(both)).toBeUndefined();
    to("applied");
    expect(fixture.refused(both, "revision.approve", r2, { planEntry: "RI-4", costAnalysis: letter("biaya-2") })).toBe("four-eyes");
  });

  it("is gone from a revision that takes up the advice of a rejection", () => {
    declare();
    to("applied");
    fixture.act("registrar-1", "revision.reject", r2, { advice: "Jelaskan kekeliruannya." });
    fixture.act("pd-1", "revision.revise", r2);
    expect(fixture.get("revision", `${populationService}/r3`).content.correction).toBeUndefined();
  });

  it("of a version that will be replaced keeps the end that was announced", () => {
    const end = { sunset: "2026-12-01", successor };
    fixture.act("owner-1", "revision.deprecate", r1, end);
    declare();
    to("trial");
    fixture.act("dinsos-1", "revision.agree", r2);
    fixture.act(statistics, "revision.agree", r2);
    fixture.now = Date.parse(`${from}T00:00:00+07:00`);
    expect(activate()).toEqual([]);
    expect([fixture.get("revision", r1).state, fixture.get("service", populationService).state]).toEqual(["retired", "deprecated"]);
    expect(fixture.get("revision", r2)).toMatchObject({ state: "deprecated", content: { deprecated: end } });
  });

  it("of an open service cannot be agreed to by all who use it: it needs a new version", () => {
    const open = { purpose: "terbuka", legalBasis: "-", rate: { perSecond: 1, burst: 1 }, dailyQuota: 1 };
    const serving = fixture.get("revision", r1);
    fixture.put({ ...serving, content: { ...serving.content, proposal: proposal({ open }) } });
    declare();
    to("trial");
    fixture.act("dinsos-1", "revision.agree", r2);
    fixture.act(statistics, "revision.agree", r2);
    fixture.now = Date.parse(`${from}T00:00:00+07:00`);
    expect(activate()).toEqual(["correction-agreed unmet"]);
  });
});

describe("the consumers who agree", () => {
  beforeEach(() => {
    declare();
    to("trial");
  });
  const agrees = (by: Parameters<PolicyFixture["act"]>[0]): string | undefined => fixture.refused(by, "revision.agree", r2);
  const onItsDay = (): readonly string[] => {
    fixture.now = Date.parse(`${from}T00:00:00+07:00`);
    return activate();
  };

  it("are the Perangkat Daerah that hold a grant, each once and for itself", () => {
    expect([agrees("dinsos-1"), agrees("dinsos-1")]).toEqual([undefined, "rule-broken"]);
    expect([agrees("pd-1"), agrees("registrar-1"), agrees("dinsos-owner")]).toEqual(["not-your-member", "role-missing", "role-missing"]);
    expect(fixture.get("revision", r2).content.correction!.agreed).toMatchObject({ [dinsos]: { by: "dinsos-1" } });
  });

  it("are told by what is due, until they have agreed", () => {
    const waiting = () =>
      whatRunsOut(fixture.view())
        .filter(({ kind }) => kind === "correction")
        .map(({ id, by, lastDay, command }) => [id, by.member, lastDay, command]);
    const asked = (member: string) => [r2, member, "2026-03-17", `service agree ${r2}`];
    expect(waiting()).toEqual([asked(dinsos), asked(outsider)]);
    agrees("dinsos-1");
    expect(waiting()).toEqual([asked(outsider)]);
    fixture.now = Date.parse("2026-06-01T00:00:00+07:00");
    expect(waiting()).toEqual([asked(outsider)]);
    agrees(statistics);
    expect(waiting()).toEqual([]);
  });

  it("agree to corrections only", () => {
    const revision = fixture.get("revision", r2);
    const { correction: _, ...content } = revision.content;
    fixture.put({ ...revision, content });
    expect(agrees("dinsos-1")).toBe("rule-broken");
  });

  it("are asked also if they got their grant meanwhile", () => {
    agrees("dinsos-1");
    agrees(statistics);
    const late = { officer: "tik-1", member: officers["registrar-1"]!.member, roles: new Set(["pd-officer"] as const) };
    fixture.put(entry("subsystem", `${late.member}/portal`, "active", { name: "Portal" }));
    ask(late, { id: "izin-baru", consumer: `${late.member}/portal` });
    expect(onItsDay()).toEqual(["correction-agreed unmet"]);
    expect(agrees(late)).toBeUndefined();
    expect(activate()).toEqual([]);
  });

  it("are asked once for all their applications: a further grant of one that agreed changes nothing", () => {
    agrees("dinsos-1");
    agrees(statistics);
    ask("dinsos-1", { id: "izin-lain", consumer: `${dinsos}/lain`, purpose: "lain" });
    expect(onItsDay()).toEqual([]);
  });

  it.each([
    ["was revoked", () => void fixture.act("owner-1", "grant.revoke", "izin-bps", { reason: "-" })],
    [
      "has ended",
      () => {
        const grant = fixture.get("grant", "izin-bps");
        fixture.put({ ...grant, content: { ...grant.content, until: "2026-03-17T17:00:00.000Z" } });
      },
    ],
  ])("are not those whose grant %s", (_, lose) => {
    agrees("dinsos-1");
    lose();
    expect(onItsDay()).toEqual([]);
    expect(consumingMembers(fixture.context(), populationService)).toEqual([dinsos]);
  });

  it("are those whose grant is suspended or begins later, too: they will call it", () => {
    fixture.act("owner-1", "grant.suspend", "izin-bps", { reason: "-" });
    agrees("dinsos-1");
    expect(onItsDay()).toEqual(["correction-agreed unmet"]);
    expect(grantsHeldOn(fixture.context(), populationService).map(({ id }) => id)).toEqual(["izin-bps", "izin-dinsos"]);
  });

  it("are not the owner's own applications, whose officer declared it, nor who only asked for a grant", () => {
    agrees("dinsos-1");
    agrees(statistics);
    const own = { ...fixture.get("grant", "izin-dinsos"), id: "izin-sendiri" };
    fixture.put({ ...own, content: { ...own.content, consumer: `${owner}/siak` } });
    fixture.put({ ...own, id: "izin-diminta", state: "requested" });
    expect(onItsDay()).toEqual([]);
  });
});

describe("the standard, of a revision that breaks consumers", () => {
  const conformance: Conformance = {
    standard: "lid-spl@1.0.0",
    passed: true,
    digest: "x",
    errors: 0,
    first: undefined,
    breaking: { changes: 2, first: { id: "UBAH-SEARAH", en: "UBAH-SEARAH" } },
    lost: [],
  };
  const judged = (over: Partial<Conformance> = {}) =>
    evaluateGuards({ ...fixture.context(), conformance: { ...conformance, ...over } }, ["standard"], fixture.get("revision", r2), {})[0]!;

  it("refuses it, and says what would be right, a correction among it", () => {
    const { verdict, remedy } = judged();
    expect(verdict).toBe("unmet");
    expect(remedy!.id).toContain(`service correct ${r2}`);
  });

  it("takes it as a correction, and refuses every other finding all the same", () => {
    declare();
    expect(judged().verdict).toBe("met");
    expect(judged({ passed: false, errors: 1, first: { id: "LID-VIS", en: "LID-VIS" } }).verdict).toBe("unmet");
  });
});
