import { describe, expect, it } from "vitest";
import { nearsItsEnd } from "../../src/policy/acts/grant-actions.ts";
import type { Input } from "../../src/policy/context.ts";
import type { Profile } from "../../src/policy/profile/profile.ts";
import {
  askedGrant,
  policyFixture,
  dayMs,
  dinas,
  dinsos,
  entry,
  everything,
  LLG,
  ME,
  outsider,
  owner,
  PAS,
  proposal,
  populationService,
  monday,
  type PolicyFixture,
} from "../support/policy-fixture.ts";
import { consumer } from "../support/parties.ts";

const ask = (fixture: PolicyFixture, over: Input = {}): string | undefined =>
  fixture.refused("dinsos-1", "grant.request", undefined, askedGrant(over));

/** With one grant in force. */
function granted(profile: Profile = ME): PolicyFixture {
  const fixture = policyFixture(profile);
  fixture.act("dinsos-1", "grant.request", undefined, askedGrant());
  fixture.act("owner-1", "grant.allow", "izin-1");
  return fixture;
}

describe("asking for a grant", () => {
  it("that is wider than the service is refused, with what there is to choose from", () => {
    const fixture = policyFixture(ME);
    const { code, judgements } = fixture.refusal(
      "dinsos-1",
      "grant.request",
      undefined,
      askedGrant({ operations: ["matchPenduduk", "deletePenduduk"] }),
    );
    expect(code).toBe("guard-unmet");
    expect(judgements.find(({ verdict }) => verdict === "unmet")).toMatchObject({
      guard: "grant-within-service",
      remedy: { en: "Choose from: getPenduduk, matchPenduduk." },
    });
    expect(ask(fixture, { service: `${owner}/siak/tiada/v1` })).toBe("guard-unmet");
  });

  it("for fields is refused where no operation asked for answers with them, by name", () => {
    const fields = (...named: readonly string[]): Input => ({ operations: ["matchPenduduk"], fields: named });
    expect(ask(policyFixture(ME), fields("/nama"))).toBeUndefined();
    expect(ask(policyFixture(ME), fields("/nama", "/alamat/*"))).toBe("guard-unmet");
    expect(ask(policyFixture(ME), { ...fields("/nama", "/alamat/*"), operations: ["getPenduduk", "matchPenduduk"] })).toBeUndefined();
    const { judgements } = policyFixture(ME).refusal(
      "dinsos-1",
      "grant.request",
      undefined,
      askedGrant(fields("/nama", "/alamat/*", "/nik")),
    );
    expect(judgements.find(({ verdict }) => verdict === "unmet")).toMatchObject({
      guard: "grant-within-service",
      detail: { en: "Fields are not in the answers of these operations: /alamat/*, /nik." },
    });
  });

  it("above the declared quota is refused, and an expected load within it is not", () => {
    expect([ask(policyFixture(ME), { expectedLoad: 1001 }), ask(policyFixture(ME), { expectedLoad: 1000 })]).toEqual([
      "guard-unmet",
      undefined,
    ]);
  });

  it("for longer than the profile's months is refused: twelve of them, to the day", () => {
    expect([ask(policyFixture(ME), { until: "2027-03-10" }), ask(policyFixture(ME), { until: "2027-03-09" })]).toEqual([
      "guard-unmet",
      undefined,
    ]);
    expect([
      ask(policyFixture(ME), { from: "2028-02-29", until: "2029-02-28" }),
      ask(policyFixture(ME), { from: "2028-02-29", until: "2029-02-27" }),
    ]).toEqual(["guard-unmet", undefined]);
  });

  it("for a period that is empty or over is refused", () => {
    expect([ask(policyFixture(ME), { until: "2026-03-09" }), ask(policyFixture(ME), { from: "2026-01-01", until: "2026-03-01" })]).toEqual([
      "rule-broken",
      "rule-broken",
    ]);
  });

  it("names the ground of processing personal data unless the service is open to all", () => {
    const { personalData: _, ...without } = askedGrant() as { personalData: unknown } & Input;
    const fixture = policyFixture(ME);
    expect(
      fixture.refusal("dinsos-1", "grant.request", undefined, without).judgements.find(({ verdict }) => verdict === "unmet"),
    ).toMatchObject({ guard: "personal-data", basis: "UU 27/2022 P20" });
    fixture.put(entry("service", populationService, "active", proposal({ classification: "terbuka" })));
    expect(fixture.refused("dinsos-1", "grant.request", undefined, without)).toBeUndefined();
  });

  it("names no ground of processing for a service that says that it has no personal data, whatever its class", () => {
    const { personalData: _, ...without } = askedGrant() as { personalData: unknown } & Input;
    const fixture = policyFixture(ME);
    fixture.put(entry("service", populationService, "active", proposal({ classification: "terbatas", personalData: false })));
    expect(fixture.refused("dinsos-1", "grant.request", undefined, without)).toBeUndefined();
  });

  it("is for the consumer's own officers and subsystems, under an id that is free", () => {
    const fixture = policyFixture(ME);
    expect(fixture.refused("pd-1", "grant.request", undefined, askedGrant())).toBe("not-your-member");
    expect(ask(fixture, { consumer: `${dinsos}/tiada` })).toBe("not-found");
    expect([ask(fixture), ask(fixture)]).toEqual([undefined, "already-exists"]);
  });

  it("may be for one day, and end today: the last day is included", () => {
    expect([ask(policyFixture(ME), { until: "2026-03-10" }), ask(policyFixture(ME), { from: "2026-01-01", until: "2026-03-02" })]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("begins with the first and ends with the last instant of days of the region", () => {
    const fixture = policyFixture(ME);
    ask(fixture);
    expect(fixture.get("grant", "izin-1").content).toMatchObject({ from: "2026-03-09T17:00:00.000Z", until: "2027-03-09T17:00:00.000Z" });
  });
});

describe("deciding on a grant", () => {
  it("is the owner's, who is not the one that asked", () => {
    const fixture = policyFixture(ME);
    fixture.act("dinsos-1", "grant.request", undefined, askedGrant());
    expect([
      fixture.refused("dinsos-owner", "grant.allow", "izin-1"),
      fixture.refused("registrar-1", "grant.allow", "izin-1"),
      fixture.refused(everything("dinsos-1", owner), "grant.allow", "izin-1"),
    ]).toEqual(["not-your-member", "role-missing", "four-eyes"]);
    expect(fixture.act("owner-1", "grant.allow", "izin-1")).toMatchObject({ state: "active", content: { decided: { by: "owner-1" } } });
  });

  it("waits in Lubuklinggau for the Dinas between two agencies, and not within one", () => {
    const fixture = policyFixture(LLG);
    fixture.act("dinsos-1", "grant.request", undefined, askedGrant());
    expect(fixture.refusal("owner-1", "grant.allow", "izin-1").judgements.find(({ verdict }) => verdict === "unmet")).toMatchObject({
      guard: "grant-coordination",
      cite: "P30(2)",
    });
    fixture.act("registrar-1", "grant.coordinate", "izin-1");
    expect(fixture.refused("owner-1", "grant.allow", "izin-1")).toBeUndefined();
    fixture.act("pd-1", "grant.request", undefined, askedGrant({ id: "izin-sendiri", consumer: `${owner}/siak` }));
    expect(fixture.refused("owner-1", "grant.allow", "izin-sendiri")).toBeUndefined();
  });

  it("on an outside party needs the Dinas's consent in Pasuruan", () => {
    const fixture = policyFixture(PAS);
    const bps = { officer: "bps-1", member: outsider, roles: new Set(["pd-officer"] as const) };
    fixture.act(bps, "grant.request", undefined, askedGrant({ consumer: `${outsider}/sensus` }));
    expect(fixture.refused("owner-1", "grant.allow", "izin-1")).toBe("guard-unmet");
    fixture.act("registrar-1", "grant.coordinate", "izin-1");
    expect(fixture.refused("owner-1", "grant.allow", "izin-1")).toBeUndefined();
  });

  it("comes too late once it was withdrawn", () => {
    const fixture = policyFixture(ME);
    fixture.act("dinsos-1", "grant.request", undefined, askedGrant());
    fixture.act("dinsos-1", "grant.withdraw", "izin-1");
    expect([
      fixture.refused("owner-1", "grant.allow", "izin-1"),
      fixture.refused("owner-1", "grant.refuse", "izin-1", { advice: "-" }),
    ]).toEqual(["illegal-transition", "illegal-transition"]);
  });

  it("looks again at what the service offers: an operation that went away meanwhile is not given", () => {
    const fixture = policyFixture(ME, { routable: [] });
    fixture.put(
      entry("grant", "izin-1", "requested", {
        ...(askedGrant() as unknown as ReturnType<typeof fixture.get<"grant">>["content"]),
        from: "2026-03-09T17:00:00.000Z",
        until: "2027-03-09T17:00:00.000Z",
      }),
    );
    expect(fixture.refused("owner-1", "grant.allow", "izin-1")).toBe("guard-unmet");
  });
});

describe("three suspensions", () => {
  it("do not know of each other: each party resumes its own, and the grant rests while any is left", () => {
    const fixture = granted();
    for (const by of ["dinsos-1", "owner-1", "registrar-1"]) fixture.act(by, "grant.suspend", "izin-1", { reason: `oleh ${by}` });
    expect(Object.keys(fixture.get("grant", "izin-1").content.suspensions!).sort()).toEqual(["consumer", "dinas", "owner"]);
    expect(fixture.act("owner-1", "grant.resume", "izin-1").state).toBe("suspended");
    expect(fixture.refused("owner-1", "grant.resume", "izin-1")).toBe("rule-broken");
    expect(fixture.act("registrar-1", "grant.resume", "izin-1").state).toBe("suspended");
    expect(fixture.act("dinsos-1", "grant.resume", "izin-1").state).toBe("active");
  });

  it("keep their first reason", () => {
    const fixture = granted();
    fixture.act("owner-1", "grant.suspend", "izin-1", { reason: "pertama" });
    expect(fixture.refused("owner-1", "grant.suspend", "izin-1", { reason: "kedua" })).toBe("rule-broken");
    expect(fixture.get("grant", "izin-1").content.suspensions!.owner!.reason).toBe("pertama");
  });

  it("are for the parties of the grant only", () => {
    const stranger = {
      officer: "rsud-1",
      member: `${dinas.replace("diskominfo", "rsud")}`,
      roles: new Set(["pd-officer", "service-owner"] as const),
    };
    expect(granted().refused(stranger, "grant.suspend", "izin-1", { reason: "-" })).toBe("not-your-member");
  });
});

describe("renewing a grant", () => {
  it("asks anew under another id, keeps the old one in force, and is decided by the owner again", () => {
    const fixture = granted();
    const renewed = fixture.act("dinsos-1", "grant.renew", "izin-1", {
      id: "izin-2",
      from: "2027-03-10",
      until: "2028-03-09",
      dailyQuota: 5000,
    });
    expect(renewed).toMatchObject({
      id: "izin-2",
      state: "requested",
      content: { previous: "izin-1", purpose: "verifikasi", dailyQuota: 5000, expectedLoad: 500 },
    });
    expect(fixture.get("grant", "izin-1").state).toBe("active");
    expect(fixture.refused("owner-1", "grant.allow", "izin-2")).toBeUndefined();
  });

  it("is judged as a request is: a load above the quota and foreign operations are refused", () => {
    const fixture = granted();
    const renew = (over: Input): string | undefined =>
      fixture.refused("dinsos-1", "grant.renew", "izin-1", { id: "izin-2", from: "2026-04-01", until: "2027-03-31", ...over });
    expect([
      renew({ dailyQuota: 400 }),
      renew({ operations: ["deletePenduduk"] }),
      renew({ until: "2027-04-01" }),
      renew({ operations: ["getPenduduk", "matchPenduduk"] }),
    ]).toEqual(["guard-unmet", "guard-unmet", "guard-unmet", undefined]);
  });

  it("is possible until the last moment, and called for in the profile's last days", () => {
    const fixture = granted();
    const grant = fixture.get("grant", "izin-1");
    const end = Date.parse("2027-03-09T17:00:00Z");
    const nears = (now: number): boolean => nearsItsEnd({ registry: fixture.registry, profile: ME, now }, grant);
    expect([nears(monday), nears(end - 30 * dayMs - 1), nears(end - 30 * dayMs)]).toEqual([false, false, true]);
    const renew = (now: number): string | undefined => {
      fixture.now = now;
      return fixture.refused("dinsos-1", "grant.renew", "izin-1", { id: `izin-${now}`, from: "2027-03-10", until: "2028-03-09" });
    };
    expect([renew(end), renew(end - 1)]).toEqual(["rule-broken", undefined]);
  });
});

describe("a refusal to share", () => {
  it("is on record with its advice; where sharing comes first, with the pasal that says so", () => {
    const fixture = policyFixture(PAS);
    fixture.act("dinsos-1", "grant.request", undefined, askedGrant());
    fixture.act("owner-1", "grant.refuse", "izin-1", { advice: "Pakai layanan terbuka." });
    const { judgements, note } = fixture.decisions().at(-1)!.content;
    expect([note, judgements.at(-1)]).toMatchObject(["Pakai layanan terbuka.", { guard: "share-first", verdict: "met", cite: "P11(2)" }]);
    expect(fixture.get("grant", "izin-1").content.consumer).toBe(consumer);
  });
});
