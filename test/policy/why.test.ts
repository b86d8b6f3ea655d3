import { describe, expect, it } from "vitest";
import type { ExchangeLeaf, Leaf } from "../../src/ledger/leaf.ts";
import { why, whyKinds } from "../../src/policy/why/why.ts";
import type { Explanation, Step } from "../../src/base/explanation.ts";
import {
  allOpinions,
  askedGrant,
  BWI,
  completeDossier,
  policyFixture,
  dayMs,
  entry,
  home,
  LLG,
  ME,
  PAS,
  proposal,
  populationService,
  splpProof,
  monday,
  travel,
  type PolicyFixture,
} from "../support/policy-fixture.ts";
import { letter } from "../support/letter.ts";
import { consumer } from "../support/parties.ts";

const hash = "A".repeat(43);
const leafOf = (over: Partial<ExchangeLeaf> = {}): ExchangeLeaf => ({
  v: 1,
  log: "simpul.example/log/a",
  type: "outcome",
  id: "019-x",
  at: "2026-03-11T03:00:00.000Z",
  consumer,
  service: populationService,
  operation: "matchPenduduk",
  grant: "izin-1",
  purpose: "verifikasi",
  htm: "POST",
  request: { statement: hash, jti: "j".repeat(22), kid: hash },
  response: { delivered: { status: 200, commit: hash, bytes: 2 } },
  basis: { registry: hash, policy: hash },
  ms: 3,
  ...over,
});
const refusedAs = (problem: ExchangeLeaf["problem"], over: Partial<ExchangeLeaf> = {}): ExchangeLeaf => {
  const { grant: _, ...leaf } = leafOf({ type: "refusal", problem: problem!, ...over });
  return leaf;
};

/** A production of Muara Enim with one service and one grant. */
function live(profile = ME): PolicyFixture {
  const fixture = policyFixture(profile, { state: "produksi" });
  fixture.put(...allOpinions(), splpProof());
  travel(fixture, "active");
  fixture.act("dinsos-1", "grant.request", undefined, askedGrant({ from: "2026-03-02", until: "2027-03-01" }));
  fixture.act("owner-1", "grant.allow", "izin-1");
  return fixture;
}

const exchange = (fixture: PolicyFixture, leaf: Leaf = leafOf()): Promise<Explanation> =>
  why(fixture.view({ leafOf: (id) => Promise.resolve(id === "019-x" ? leaf : undefined) }), "exchange", "019-x");
const english = ({ steps }: Pick<Explanation, "steps">): readonly string[] => steps.map(({ detail }) => detail.en);
const find = (steps: readonly Step[], words: string): Step => {
  const found = steps.find(({ detail }) => detail.en.includes(words));
  if (found === undefined) throw new Error(`no step says ${words}:\n${steps.map(({ detail }) => detail.en).join("\n")}`);
  return found;
};

describe("why was this call allowed", () => {
  it("names signer, profile, grant, revision and opinions, each with the officer who decided it", async () => {
    const { summary, steps } = await exchange(live());
    expect(summary.en).toBe(`${consumer} called POST matchPenduduk ${populationService}: allowed by izin-1, answered HTTP 200.`);
    expect(steps.map(({ detail, cite, by }) => [detail.en.split(/[:(,]/)[0]!.trim(), cite, by])).toEqual([
      [`A statement signed by ${consumer}`, "P12(3)b, P31(3)a", undefined],
      ["Perbup Muara Enim 52/2022 is in force", null, undefined],
      ["The registry of that moment is not read; told by the registry of now.", null, undefined],
      ["Grant izin-1", null, undefined],
      ["Allow", null, "owner-1"],
      [`${populationService} serves production with revision r1.`, null, undefined],
      ["Approve", "P24(1), P24(2)", "registrar-1"],
      ["Activate for production", "P28(6)", "registrar-1"],
      ["The opinion on fitness for operation from Dinas", "P28(6)b", "operasi-2"],
      ["The opinion on fitness for security from Dinas", "P28(6)b", "operasi-2"],
      ["The inspection of the intra network by Dinas", "P20(2)", "operasi-2"],
    ]);
    expect(find(steps, "in force").profile).toEqual({ id: ME.id, version: ME.version, digest: ME.digest });
    expect(find(steps, "Grant izin-1").basis).toBe("Perbup 4/2025 Pasal 4");
    expect(find(steps, "fitness for operation")).toMatchObject({
      document: letter("B-1/dinas/instance").sha256,
      at: "2026-02-10T02:00:00.000Z",
    });
    expect(find(steps, "Activate").at).toBe(new Date(monday).toISOString());
  });

  it("is told by the registry of that moment where it can be read", async () => {
    const fixture = live();
    const then = fixture.view();
    fixture.act("owner-1", "grant.revoke", "izin-1", { reason: "selesai" });
    fixture.act("registrar-1", "revision.suspend", `${populationService}/r1`, { reason: "kebocoran" });
    const asked: string[] = [];
    const versionOf = (root: string): Promise<{ registry: PolicyFixture["registry"]; profile: typeof PAS }> => {
      asked.push(root);
      return Promise.resolve({ registry: then.registry, profile: PAS });
    };
    const explained = await why(fixture.view({ leafOf: () => Promise.resolve(leafOf()), versionOf }), "exchange", "019-x");
    expect(asked).toEqual([hash]);
    expect(english(explained).join("\n")).toContain("serves production with revision r1");
    expect(english(explained).join("\n")).not.toContain("is not read");
    expect(find(explained.steps, "is in force").profile!.id).toBe(PAS.id);
  });

  it("names an open service's own grant with its legal basis", async () => {
    const fixture = live();
    fixture.put(
      entry(
        "service",
        populationService,
        "active",
        proposal({
          classification: "terbuka",
          open: { purpose: "data-terbuka", legalBasis: "Perpres 39/2019", rate: { perSecond: 1, burst: 1 }, dailyQuota: 1 },
        }),
      ),
    );
    expect(
      find((await exchange(fixture, leafOf({ grant: `${populationService}#open` }))).steps, "open to every registered subsystem").basis,
    ).toBe("Perpres 39/2019");
  });

  it("says of an intent that its outcome is not on record, and of gathered refusals how many there were", async () => {
    const { response: _, ...intent } = leafOf({ type: "intent" });
    expect((await exchange(live(), intent)).summary.en).toContain("its outcome is not on record yet");
    const gathered: Leaf = {
      v: 1,
      log: "x",
      id: "019-x",
      at: leafOf().at,
      type: "refusal",
      consumer,
      since: leafOf().at,
      counts: { "not-granted": 70, replayed: 2 },
    };
    const { summary, steps } = await exchange(live(), gathered);
    expect(summary.en).toBe(`Refusals of ${consumer}, gathered: not-granted × 70, replayed × 2.`);
    // The limit is configured, and the ledger does not have it: no number but the counts and the moment is told.
    for (const { detail } of steps) expect([detail.id, detail.en].join().replaceAll(gathered.since, "")).not.toMatch(/\d/);
  });
});

describe("why was this call refused", () => {
  const reason = async (fixture: PolicyFixture, leaf: ExchangeLeaf): Promise<Step> =>
    (await exchange(fixture, leaf)).steps.filter(({ verdict }) => verdict === "unmet").at(-1)!;

  it("the purpose does not cover the operation: what the grant covers, and what would change it", async () => {
    const { detail, remedy } = await reason(live(), refusedAs("not-granted", { operation: "getPenduduk" }));
    expect(detail.en).toBe(
      `The purpose verifikasi does not cover the operation getPenduduk; grant izin-1: ${consumer} may use matchPenduduk of ` +
        `${populationService} for the purpose verifikasi, from 2026-03-02 through 2027-03-01, 1000 calls a day.`,
    );
    expect(remedy!.en).toContain("Widen the grant izin-1 by getPenduduk (grant renew)");
    expect(detail.id).toContain("Tujuan verifikasi tidak mencakup operasi getPenduduk");
  });

  it.each([
    [
      "another purpose",
      refusedAs("not-granted", { purpose: "statistik" }),
      "The grant izin-1 is for the purpose verifikasi, not statistik.",
      "grant request",
    ],
    [
      "no grant at all",
      refusedAs("not-granted", { consumer: "ID-16.03/GOV/rsud/simrs" }),
      "ID-16.03/GOV/rsud/simrs has no grant for",
      "grant request",
    ],
    [
      "after its end",
      refusedAs("not-granted", { at: "2027-03-02T03:00:00.000Z" }),
      "Outside the period of the grant izin-1 then",
      "grant renew",
    ],
    ["quota", refusedAs("quota-exceeded"), "Refused: The daily quota is used up.", "grant renew"],
    [
      "a fault of the provider",
      refusedAs("upstream-timeout"),
      "Refused: The provider did not answer in time.",
      "The provider can mend it.",
    ],
  ])("%s", async (_, leaf, said, remedy) => {
    const step = await reason(live(), leaf);
    expect(step.detail.en).toContain(said);
    expect(step.remedy!.en).toContain(remedy);
  });

  it("a suspension: by whom and why, and that only they resume it", async () => {
    const fixture = live();
    fixture.act("registrar-1", "grant.suspend", "izin-1", { reason: "pemakaian janggal" });
    const step = await reason(fixture, refusedAs("not-granted"));
    expect(step).toMatchObject({
      by: "registrar-1",
      detail: { en: "Suspended by the Dinas: pemakaian janggal" },
      remedy: { en: "Only the Dinas resumes it (grant resume)." },
    });
  });

  it("a grant of a manifest does not hold in production", async () => {
    const fixture = live();
    const { decided: _, requested: __, ...content } = fixture.get("grant", "izin-1").content;
    fixture.put(entry("grant", "izin-1", "active", content));
    expect((await reason(fixture, refusedAs("not-granted"))).detail.en).toContain("comes from a manifest and was not decided by the owner");
  });

  it("a grant of a manifest holds as long as the service is on trial, also in an instance that is in production", async () => {
    const fixture = live();
    const { decided: _, requested: __, ...content } = fixture.get("grant", "izin-1").content;
    fixture.put(entry("grant", "izin-1", "active", content), { ...fixture.get("revision", `${populationService}/r1`), state: "withdrawn" });
    expect(english(await exchange(fixture, refusedAs("not-granted"))).join("\n")).not.toContain("comes from a manifest");
  });

  it("a grant that is suspended and over is over first, as for the exchange", async () => {
    const fixture = live();
    fixture.act("registrar-1", "grant.suspend", "izin-1", { reason: "pemakaian janggal" });
    const step = await reason(fixture, refusedAs("not-granted", { at: "2027-03-02T03:00:00.000Z" }));
    expect(step.detail.en).toContain("Outside the period of the grant izin-1 then");
  });

  it("a consumer that is no test member does not reach what is on trial", async () => {
    const fixture = live();
    const { test: _, ...content } = fixture.get("member", "ID-16.03/GOV/dinsos").content;
    fixture.put(entry("member", "ID-16.03/GOV/dinsos", "active", content), { ...fixture.get("instance", home), state: "persiapan" });
    expect((await reason(fixture, refusedAs("not-granted"))).detail.en).toBe(
      `${populationService} is still on trial, and ${consumer} is no test member.`,
    );
  });

  it("a service whose opinion was revoked, or that somebody suspended", async () => {
    const fixture = live();
    fixture.act("keamanan-1", "opinion.revoke", "opinion-instance-dinas", { reason: "temuan audit" });
    expect((await reason(fixture, refusedAs("service-suspended"))).detail.en).toBe(
      "The opinion on fitness for security from Dinas was revoked on 2026-03-02 by keamanan-1: temuan audit.",
    );
    fixture.act("owner-1", "revision.suspend", `${populationService}/r1`, { reason: "pemeliharaan" });
    expect(find((await exchange(fixture, refusedAs("service-suspended"))).steps, "Suspended: pemeliharaan").by).toBe("owner-1");
  });
});

describe("why is this service where it is", () => {
  it("tells each revision with who did what when, its documents by digest, what the guards found, and nothing twice", async () => {
    const { summary, steps, missing } = await why(live().view(), "service", populationService);
    expect(summary.en).toBe(`${populationService} serves production with revision r1.`);
    expect(find(steps, "Document spesifikasi-teknis: ")).toMatchObject({ document: letter("spesifikasi-teknis").sha256 });
    expect(find(steps, "Cost analysis: Attached")).toMatchObject({ verdict: "met", cite: "P24(3)" });
    expect(find(steps, "Four eyes").basis).toBe("project rule");
    expect(find(steps, "Hand-over to the repository").verdict).toBe("not-required");
    expect(steps.filter(({ detail }) => detail.en.startsWith("Builder"))).toHaveLength(1);
    expect(missing).toEqual([]);
  });

  it("names a condition that this version does not have, as an older decision may, by its own word", async () => {
    const fixture = live();
    const [first] = fixture.decisions();
    const [judgement] = fixture.decisions().flatMap(({ content }) => content.judgements);
    fixture.put({ ...first!, content: { ...first!.content, judgements: [{ ...judgement!, guard: "former-guard" }] } });
    const { steps } = await why(fixture.view(), "service", populationService);
    expect(find(steps, `former-guard: ${judgement!.detail.en}`).verdict).toBe(judgement!.verdict);
  });

  it("says what the next step lacks, by pasal, with what to do", async () => {
    const fixture = policyFixture(LLG);
    travel(fixture, "trial");
    const { summary, missing } = await why(fixture.view(), "service", populationService);
    expect(summary.en).toBe(`${populationService} is on trial among test members: the instance is still in preparation.`);
    expect(missing[0]!.detail.en).toBe("Next: Activate for production (revision.activate), by registrar.");
    expect(missing.slice(1).map(({ detail, cite }) => [detail.en.split(":")[0], cite])).toEqual([
      ["The owner's consent", "P15(2)"],
      ["Sandbox trial", "P24(1)"],
      ["Hand-over to the repository", "P24(4)"],
      ["Opinions on the service", "P22(4)c"],
      ["Instance in production", null],
    ]);
    expect(missing.slice(1).every(({ remedy }) => remedy !== undefined)).toBe(true);
  });

  it("of what a manifest brought in says that it opens no road, and who proposes it", async () => {
    const { steps, missing } = await why(policyFixture(ME).view(), "service", populationService);
    expect(english({ steps }).join("\n")).toContain("a manifest opens no road to production");
    expect(missing[0]!.detail.en).toContain("revision.propose");
  });

  it("shows a rejection with its advice, and that r2 came after r1", async () => {
    const fixture = policyFixture(ME);
    travel(fixture, "applied");
    fixture.act("registrar-1", "revision.reject", `${populationService}/r1`, { advice: "Lengkapi manual." });
    fixture.act("pd-1", "revision.revise", `${populationService}/r1`, { dossier: completeDossier(ME) });
    const { steps } = await why(fixture.view(), "service", `${populationService}/r2`);
    expect(find(steps, "Reject with advice (applied → rejected). “Lengkapi manual.”").cite).toBe("P24(4)");
    expect(find(steps, `Revision r2: draft, after ${populationService}/r1.`)).toBeDefined();
  });

  it("names an opinion that has run out, and one that was exempted by its own pasal", async () => {
    const fixture = policyFixture(LLG, { state: "produksi" });
    fixture.put(...allOpinions().map((one) => ({ ...one, content: { ...one.content, until: "2026-03-10" } })));
    travel(fixture, "active");
    fixture.now = monday + 8 * dayMs;
    const { steps } = await why(fixture.view(), "service", populationService);
    expect(find(steps, "The opinion on fitness for operation from Dinas Komunikasi dan Informatika ended on 2026-03-09.")).toMatchObject({
      verdict: "unmet",
      cite: "P22(4)c",
    });
  });

  it("in Banyuwangi says that no opinion is asked, and why not", async () => {
    const { steps } = await why(policyFixture(BWI).view(), "service", populationService);
    const notAsked = steps.filter(({ verdict }) => verdict === "not-required").map(({ detail, cite, basis }) => [detail.en, cite, basis]);
    expect(notAsked).toEqual([
      [
        "Not required: No opinion on fitness for operation is required by this regulation; the Perpres has it for using the national SPL.",
        null,
        "Perpres 95/2018 P33",
      ],
      [
        "Not required: No opinion on fitness for security is required by this regulation; the Perpres has it for using the national SPL.",
        null,
        "Perpres 95/2018 P33",
      ],
      ["Not required: No inspection of or opinion on the intra network is required by this regulation.", null, "Perpres 95/2018"],
    ]);
    expect(english(await exchange(policyFixture(BWI))).filter((line) => line.startsWith("Not required: "))).toHaveLength(3);
  });
});

describe("why is this grant as it is", () => {
  it("tells request, decision, what it covers and on which basis", async () => {
    const { summary, steps } = await why(live().view(), "grant", "izin-1");
    expect(summary.en).toContain(
      `${consumer} may use matchPenduduk of ${populationService} for the purpose verifikasi, from 2026-03-02 through 2027-03-01`,
    );
    expect([find(steps, "Ask for a grant (requested).").by, find(steps, "Allow (requested → active).").by]).toEqual([
      "dinsos-1",
      "owner-1",
    ]);
    expect(find(steps, "Personal data: ")).toMatchObject({ basis: "UU 27/2022 P20" });
  });

  it("in Lubuklinggau waits for the Dinas by P30(2), then for the owner", async () => {
    const fixture = policyFixture(LLG);
    fixture.act("dinsos-1", "grant.request", undefined, askedGrant());
    expect((await why(fixture.view(), "grant", "izin-1")).missing.map(({ detail, cite }) => [detail.en, cite])).toEqual([
      ["Next: Coordinate (grant.coordinate), by registrar; all its conditions are met.", "P30(2)"],
    ]);
    fixture.act("registrar-1", "grant.coordinate", "izin-1");
    expect((await why(fixture.view(), "grant", "izin-1")).missing[0]!.detail.en).toContain(
      "Allow (grant.allow), by service-owner; all its conditions are met",
    );
  });

  it("tells its suspensions, its renewals, and calls for one near its end", async () => {
    const fixture = live();
    for (const by of ["owner-1", "dinsos-1"]) fixture.act(by, "grant.suspend", "izin-1", { reason: `oleh ${by}` });
    expect((await why(fixture.view(), "grant", "izin-1")).steps.filter(({ verdict }) => verdict === "unmet").map(({ by }) => by)).toEqual([
      "owner-1",
      "dinsos-1",
    ]);
    for (const by of ["owner-1", "dinsos-1"]) fixture.act(by, "grant.resume", "izin-1");
    expect((await why(fixture.view(), "grant", "izin-1")).missing).toEqual([]);
    fixture.now = Date.parse("2027-02-20T03:00:00Z");
    expect((await why(fixture.view(), "grant", "izin-1")).missing[0]!.detail.en).toContain("grant.renew");
    fixture.act("dinsos-1", "grant.renew", "izin-1", { id: "izin-2", from: "2027-03-02", until: "2028-03-01" });
    expect(english(await why(fixture.view(), "grant", "izin-1"))).toContain("Renewed by the grant izin-2 (requested).");
    expect(english(await why(fixture.view(), "grant", "izin-2"))).toContain("Renews the grant izin-1.");
  });
});

describe("why does this opinion stand", () => {
  const record = (fixture: PolicyFixture, over = {}): string =>
    fixture.act("registrar-1", "opinion.record", undefined, {
      types: ["operasi"],
      authority: "kominfo",
      letter: letter("B-77"),
      outcome: "diberikan",
      conditions: ["log disimpan"],
      ...over,
    }).id;

  it("who recorded and who confirmed it, its letter by digest, its conditions, what rests on it, by which pasal", async () => {
    const fixture = policyFixture(PAS);
    const id = record(fixture);
    const before = await why(fixture.view(), "opinion", id);
    expect(before.summary.en).toContain("recorded, not confirmed by a second person yet");
    expect(before.missing[0]!.detail.en).toContain("opinion.confirm");
    fixture.act("registrar-2", "opinion.confirm", id);
    const { summary, steps } = await why(fixture.view(), "opinion", id);
    expect(summary.en).toBe("The opinion on operasi from kominfo about the SPL as a whole: in force from 2026-01-31 until revoked.");
    expect(find(steps, "required before production; every service in production rests on it").cite).toBe("P15(2)c");
    expect(find(steps, "On condition: log disimpan")).toBeDefined();
    expect(find(steps, "Its form: letter B-77 of 2026-01-31")).toMatchObject({ document: letter("B-77").sha256, by: "registrar-2" });
    expect([find(steps, "Record an opinion").by, find(steps, "Confirm an opinion").by]).toEqual(["registrar-1", "registrar-2"]);
  });

  it("or why not: revoked, refused, not begun, withdrawn", async () => {
    const about = async (
      outcome: "diberikan" | "ditolak",
      over: object,
      ...acts: readonly (readonly [string, string, object])[]
    ): Promise<string> => {
      const fixture = policyFixture(PAS);
      const id = record(fixture, { outcome, ...(outcome === "ditolak" ? { advice: "Perbaiki log." } : {}), ...over });
      for (const [by, action, input] of acts) fixture.act(by, action, id, input as Record<string, unknown>);
      return (await why(fixture.view(), "opinion", id)).summary.en.split("whole: ")[1]!;
    };
    const confirmed = ["registrar-2", "opinion.confirm", {}] as const;
    expect([
      await about("diberikan", {}, confirmed, ["registrar-1", "opinion.revoke", { reason: "temuan" }]),
      await about("ditolak", {}, confirmed),
      await about("diberikan", { from: "2026-04-01" }, confirmed),
      await about("diberikan", {}, ["registrar-1", "opinion.withdraw", { reason: "salah" }]),
    ]).toEqual([
      "was revoked on 2026-03-02 by registrar-1: temuan.",
      "refused with advice “Perbaiki log.”.",
      "not in force before 2026-04-01.",
      "its record was withdrawn.",
    ]);
  });

  it("of one that nobody asks for says that production does not rest on it", async () => {
    const fixture = policyFixture(BWI);
    const id = record(fixture);
    const { steps } = await why(fixture.view(), "opinion", id);
    expect(find(steps, "voluntary; production does not rest on it").verdict).toBe("not-required");
  });
});

describe("why is this instance in preparation", () => {
  it("an opinion that is recorded is not one that is missing: it says who has to act, and the conditions say it, too", async () => {
    const fixture = policyFixture(PAS);
    const { id } = fixture.act("registrar-1", "opinion.record", undefined, {
      types: ["operasi"],
      authority: "kominfo",
      letter: letter("B-78"),
      outcome: "diberikan",
    });
    const { steps, missing } = await why(fixture.view(), "instance", home);
    const said = `recorded, and a second person has to confirm it: opinion confirm ${id}.`;
    expect(steps.filter(({ detail }) => detail.en.endsWith(said)).length).toBeGreaterThan(0);
    expect(JSON.stringify(missing)).toContain("recorded, to be confirmed by a second person");
    expect(JSON.stringify(missing)).toContain(`A second person confirms it: opinion confirm ${id}.`);
  });

  it("every condition with its verdict and pasal, and what to do about those that do not hold", async () => {
    const { summary, steps, missing } = await why(policyFixture(PAS).view(), "instance", home);
    expect(summary.en).toBe("The instance ID-16.03 is in preparation under Perbup Pasuruan 111/2023; production still lacks 4 conditions.");
    expect(find(steps, "Connection to the national SPLP")).toMatchObject({ verdict: "unmet", cite: "P15(1)" });
    expect(find(steps, "The opinion on fitness for security from BSSN is missing.").cite).toBe("P15(2)d");
    expect(missing.map(({ detail }) => detail.en.split(":")[0])).toEqual([
      "Next",
      "Opinions on the SPL",
      "Opinions on, or inspection of, the intra network",
      "Connection to the national SPLP",
      "Link to the central network",
    ]);
  });

  it("in Lubuklinggau and Banyuwangi one condition has no mechanism yet, and it says which", async () => {
    for (const [profile, cite] of [
      [LLG, "P25(6)"],
      [BWI, "P21(8)"],
    ] as const) {
      const { missing } = await why(policyFixture(profile).view(), "instance", home);
      expect(missing.slice(1).map((step) => [step.verdict, step.cite])).toEqual([["later", cite]]);
    }
  });

  it("in production lacks nothing, and shows who published it and its evidence by digest", async () => {
    const fixture = policyFixture(PAS);
    fixture.put(...allOpinions(), splpProof());
    fixture.act("admin-1", "instance.publish", home);
    const { summary, steps, missing } = await why(fixture.view(), "instance", home);
    expect([summary.en, missing]).toEqual(["The instance ID-16.03 is in production under Perbup Pasuruan 111/2023.", []]);
    expect(find(steps, "Go into production (persiapan → produksi).").by).toBe("admin-1");
    expect(find(steps, "Evidence splp: tabel-ip").document).toBe(letter("tabel-ip").sha256);
  });
});

describe("what nobody knows", () => {
  it.each([...whyKinds.map((kind) => [kind, "tiada"]), ["policy", "classification.yaml"], ["toString", "x"]])(
    "%s %s is not found",
    async (kind, id) => {
      await expect(why(policyFixture(ME).view({ leafOf: () => Promise.resolve(undefined) }), kind, id)).rejects.toMatchObject({
        name: "Refusal",
        code: "not-found",
      });
    },
  );

  it("nor is an exchange where there is no ledger to read, or the leaf is about something else", async () => {
    const control: Leaf = { v: 1, log: "x", id: "019-x", at: leafOf().at, type: "control", change: {} };
    await expect(why(policyFixture(ME).view(), "exchange", "019-x")).rejects.toMatchObject({ code: "not-found" });
    await expect(exchange(policyFixture(ME), control)).rejects.toMatchObject({ code: "not-found" });
  });
});

it("every step of every explanation is told in both languages and has a basis", async () => {
  for (const fixture of [live(), live(PAS), policyFixture(LLG), policyFixture(BWI)]) {
    const told = [
      await exchange(fixture),
      await exchange(fixture, refusedAs("not-granted", { operation: "x" })),
      await why(fixture.view(), "service", populationService),
      await why(fixture.view(), "instance", home),
    ];
    for (const { steps, missing } of told) {
      for (const { detail, basis, cite } of [...steps, ...missing]) {
        expect(Math.min(detail.id.length, detail.en.length)).toBeGreaterThan(5);
        expect(detail.id).not.toMatch(/undefined|\[object/);
        expect(cite === null || basis === fixture.profile.regulation.short).toBe(true);
      }
    }
  }
});
