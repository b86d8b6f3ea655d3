import { describe, expect, it } from "vitest";
import { opinionsFor, requiredOpinions } from "../../src/policy/opinions/opinions-in-force.ts";
import type { Profile } from "../../src/policy/profile/profile.ts";
import type { Input } from "../../src/policy/context.ts";
import {
  allOpinions,
  BWI,
  policyFixture,
  dayMs,
  entry,
  everything,
  LLG,
  ME,
  owner,
  PAS,
  proposal,
  populationService,
  monday,
  type PolicyFixture,
} from "../support/policy-fixture.ts";
import { letter } from "../support/letter.ts";

const given = (over: Input = {}): Input => ({ types: ["operasi"], outcome: "diberikan", ...over });
const record = (fixture: PolicyFixture, over: Input = {}, by: Parameters<PolicyFixture["act"]>[0] = "registrar-1"): string | undefined =>
  fixture.refused(by, "opinion.record", undefined, given(over));
const outside = (over: Input = {}): Input => ({ authority: "kominfo", letter: letter("B-77/DJAI"), ...over });

describe("recording an opinion", () => {
  it("of the Dinas is for the verifier of its field, one from outside comes with a letter of the right authority", () => {
    expect([
      record(policyFixture(ME), {}, "operasi-1"),
      record(policyFixture(ME), {}, "keamanan-1"),
      record(policyFixture(ME), {}, "registrar-1"),
    ]).toEqual([undefined, "role-missing", "role-missing"]);
    expect(policyFixture(ME).refused("keamanan-1", "opinion.record", undefined, given({ types: ["jaringan-intra"] }))).toBeUndefined();
    expect([
      record(policyFixture(PAS), outside()),
      record(policyFixture(PAS), { authority: "kominfo" }),
      record(policyFixture(PAS), outside({ authority: "dinas" })),
    ]).toEqual([undefined, "rule-broken", "rule-broken"]);
  });

  it("that the regulation does not ask for says whether it would be one of a service", () => {
    const told = (profile: Profile, over: Input): string =>
      policyFixture(profile).refusal("registrar-1", "opinion.record", undefined, given({ letter: letter("B-9"), ...over })).message;
    expect(told(BWI, {})).toContain("asks for no opinion on operasi; a voluntary one");
    expect(told(ME, { service: populationService })).toContain("asks for no opinion on operasi of a service; a voluntary one");
  });

  it("names the authority where there are two", () => {
    const network = { types: ["jaringan-intra"], letter: letter("B-1") };
    expect([record(policyFixture(PAS), network), record(policyFixture(PAS), { ...network, authority: "bssn" })]).toEqual([
      "rule-broken",
      undefined,
    ]);
  });

  it("takes two types in one letter where one authority gives both", () => {
    const both = { types: ["operasi", "keamanan"], letter: letter("S-1"), service: populationService };
    const fixture = policyFixture(LLG);
    expect(record(fixture, both, everything("verifikator", owner))).toBeUndefined();
    expect(record(policyFixture(PAS), { types: ["operasi", "keamanan"], ...outside() })).toBe("rule-broken");
  });

  it("refuses a letter that says the same again, and a number or file that is known with another", () => {
    const fixture = policyFixture(PAS);
    fixture.act("registrar-1", "opinion.record", undefined, given(outside()));
    expect(record(fixture, outside(), "operasi-1")).toBe("already-exists");
    expect(record(fixture, outside({ letter: { ...letter("lain"), number: "B-77/DJAI" } }))).toBe("already-exists");
    expect(record(fixture, outside({ letter: { ...letter("B-77/DJAI"), number: "B-78/DJAI" } }))).toBe("already-exists");
    const told = (over: Input, id: string): void =>
      expect(() => fixture.act("registrar-1", "opinion.record", undefined, given(over))).toThrow(
        expect.objectContaining({ detail: expect.objectContaining({ id: expect.stringContaining(id) as string }) as object }) as Error,
      );
    told(outside({ letter: { ...letter("lain"), number: "B-77/DJAI" } }), "Surat nomor B-77/DJAI dari pihak ini sudah tercatat pada ");
    told(outside({ letter: { ...letter("B-77/DJAI"), number: "B-78/DJAI" } }), "sebagai surat nomor B-77/DJAI dari kominfo:");
    // The same letter may speak of the network, too.
    expect(record(fixture, outside({ types: ["jaringan-intra"] }))).toBeUndefined();
  });

  it("frees a letter whose record was mistaken and withdrawn", () => {
    const fixture = policyFixture(PAS);
    const { id } = fixture.act("registrar-1", "opinion.record", undefined, given(outside()));
    fixture.act("registrar-1", "opinion.withdraw", id, { reason: "jenis keliru" });
    expect(record(fixture, outside())).toBeUndefined();
  });

  it("refuses letters of tomorrow, validities that end before they begin, and what has run out", () => {
    const fixture = policyFixture(PAS);
    expect([
      record(fixture, outside({ letter: letter("B-77/DJAI", "2026-03-03") })),
      record(fixture, outside({ from: "2026-03-01", until: "2026-02-28" })),
      record(fixture, outside({ until: "2026-03-01" })),
      record(fixture, outside({ until: "2026-03-02" })),
    ]).toEqual(["rule-broken", "rule-broken", "rule-broken", undefined]);
  });

  it("has run out by itself where the profile sets a validity", () => {
    const months = { ...PAS.answers.get("opinions.validityMonths")!, value: 1 };
    const fixture = policyFixture({ ...PAS, answers: new Map([...PAS.answers, ["opinions.validityMonths", months]]) });
    expect(record(fixture, outside({ letter: letter("B-1", "2026-01-31") }))).toBe("rule-broken");
    const { content } = fixture.act("registrar-1", "opinion.record", undefined, given(outside({ letter: letter("B-2", "2026-02-28") })));
    expect(content).toMatchObject({ from: "2026-02-28", until: "2026-03-28" });
  });

  it("that refuses needs advice, and confirmed it never stands", () => {
    const fixture = policyFixture(PAS);
    expect(record(fixture, outside({ outcome: "ditolak" }))).toBe("rule-broken");
    const { id } = fixture.act("registrar-1", "opinion.record", undefined, given(outside({ outcome: "ditolak", advice: "Perbaiki log." })));
    expect(fixture.act("registrar-2", "opinion.confirm", id).state).toBe("refused");
    expect(fixture.refused("registrar-1", "opinion.revoke", id, { reason: "-" })).toBe("illegal-transition");
  });

  it("is not confirmed by whoever recorded it, nor once it has run out", () => {
    const fixture = policyFixture(PAS);
    const { id } = fixture.act("registrar-1", "opinion.record", undefined, given(outside({ until: "2026-03-04" })));
    expect(fixture.refused("registrar-1", "opinion.confirm", id)).toBe("four-eyes");
    fixture.now = monday + 3 * dayMs;
    expect(fixture.refused("registrar-2", "opinion.confirm", id)).toBe("rule-broken");
    fixture.now = monday + 2 * dayMs;
    expect(fixture.refused("registrar-2", "opinion.confirm", id)).toBeUndefined();
  });

  it("on a service is asked for in Lubuklinggau, which says so; elsewhere it is voluntary, by letter, and nothing rests on it", () => {
    expect(policyFixture(LLG).refusal("operasi-1", "opinion.record", undefined, given()).detail.en).toContain("name service");
    const fixture = policyFixture(ME);
    expect(record(fixture, { service: populationService }, "operasi-1")).toBe("rule-broken");
    expect(record(fixture, { service: populationService, authority: "bssn", letter: letter("B-9") })).toBeUndefined();
    expect(fixture.refused("admin-1", "instance.publish", "ID-16.03")).toBe("guard-unmet");
  });

  it("is asked for by nobody in Banyuwangi; what a ministry writes all the same can be kept", () => {
    const fixture = policyFixture(BWI);
    expect(fixture.refusal("operasi-1", "opinion.record", undefined, given()).detail.en).toContain(
      "Perbup Banyuwangi 67/2019 asks for no opinion on operasi",
    );
    expect(record(fixture, outside())).toBeUndefined();
  });
});

describe("the opinions on which a service rests", () => {
  const about = { service: populationService, proposal: proposal() };
  const grounds = (fixture: PolicyFixture, on = about): readonly string[] => {
    const { profile, registry, today } = fixture.context();
    return requiredOpinions(profile).flatMap((required) =>
      opinionsFor(registry, required, today, on).flatMap(({ opinion }) => opinion?.id ?? []),
    );
  };

  it("are those of the instance and the network, or its own, as the profile says", () => {
    const fixture = (profile: Profile): PolicyFixture => {
      const made = policyFixture(profile);
      made.put(...allOpinions());
      return made;
    };
    expect(grounds(fixture(ME))).toEqual(["opinion-instance-dinas", "opinion-instance-dinas", "opinion-network-dinas"]);
    expect(grounds(fixture(PAS))).toEqual([
      "opinion-instance-kominfo",
      "opinion-instance-bssn",
      "opinion-network-kominfo",
      "opinion-network-bssn",
    ]);
    expect(grounds(fixture(LLG))).toEqual([`opinion-${populationService}-dinas`, `opinion-${populationService}-dinas`]);
    expect(grounds(fixture(BWI))).toEqual([]);
  });

  it("stand from their first day to the day before their last, in the region's calendar", () => {
    const fixture = policyFixture(LLG);
    const [opinion] = allOpinions().filter(({ content }) => content.subject === populationService);
    fixture.put({ ...opinion!, content: { ...opinion!.content, from: "2026-03-03", until: "2026-03-05" } });
    const at = (time: string): number => {
      fixture.now = Date.parse(time);
      return grounds(fixture).length;
    };
    expect([at("2026-03-02T16:59:59Z"), at("2026-03-02T17:00:00Z"), at("2026-03-04T16:59:59Z"), at("2026-03-04T17:00:00Z")]).toEqual([
      0, 2, 2, 0,
    ]);
  });

  it("are the ones that stand longest, so that a renewal takes over without a gap", () => {
    const fixture = policyFixture(LLG);
    const [opinion] = allOpinions().filter(({ content }) => content.subject === populationService);
    fixture.put(
      { ...opinion!, id: "a-lama", content: { ...opinion!.content, until: "2026-04-01" } },
      { ...opinion!, id: "b-baru", content: { ...opinion!.content, until: "2027-04-01" } },
      { ...opinion!, id: "c-tengah", content: { ...opinion!.content, until: "2026-06-01" } },
    );
    expect(new Set(grounds(fixture))).toEqual(new Set(["b-baru"]));
  });

  it("fall when they are revoked", () => {
    const fixture = policyFixture(LLG);
    fixture.put(...allOpinions());
    fixture.act("keamanan-1", "opinion.revoke", `opinion-${populationService}-dinas`, { reason: "temuan audit" });
    expect(grounds(fixture)).toEqual([]);
  });

  it.each([
    ["another upstream host", proposal({ upstream: "http://10.9.9.9:8080" }), 0],
    ["another classification", proposal({ classification: "terbuka" }), 0],
    ["another port of the same host, or another title", proposal({ upstream: "http://10.1.2.3:9090", title: "Lain" }), 2],
  ])("are asked for anew after %s", (_, changed, standing) => {
    const fixture = policyFixture(LLG);
    fixture.put(...allOpinions());
    expect(grounds(fixture, { service: populationService, proposal: changed })).toHaveLength(standing);
  });

  it("do not carry over to the next major version", () => {
    const fixture = policyFixture(LLG);
    fixture.put(...allOpinions());
    expect(grounds(fixture, { service: populationService.replace("v1", "v2"), proposal: proposal() })).toEqual([]);
  });

  it("are judged of the newest revision, not of what serves meanwhile", () => {
    const fixture = policyFixture(LLG);
    fixture.put(
      entry("revision", `${populationService}/r1`, "draft", {
        ...about,
        number: 1,
        proposal: proposal({ upstream: "http://10.4.4.4:1" }),
        dossier: {},
        proposed: { by: "pd-1", at: "2026-02-01T00:00:00.000Z" },
      }),
    );
    const { content } = fixture.act("operasi-1", "opinion.record", undefined, given({ service: populationService }));
    expect(content).toMatchObject({ judged: { version: "v1", upstream: "http://10.4.4.4:1", classification: "terbatas" } });
  });
});
