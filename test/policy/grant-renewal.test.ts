import { describe, expect, it } from "vitest";
import type { Input } from "../../src/policy/context.ts";
import { why } from "../../src/policy/why/why.ts";
import type { Entry } from "../../src/registry/entry.ts";
import { firstUnmet, termsOf } from "../../src/registry/grant-conditions.ts";
import { endOfGrant, replacementOf } from "../../src/registry/grant-succession.ts";
import { askedGrant, dayMs, done, entry, ME, monday, policyFixture, type PolicyFixture } from "../support/policy-fixture.ts";

/** With `izin-1` in force since today, for a year. */
function granted(): PolicyFixture {
  const fixture = policyFixture(ME);
  fixture.act("dinsos-1", "grant.request", undefined, askedGrant({ from: "2026-03-02", until: "2027-03-01" }));
  fixture.act("owner-1", "grant.allow", "izin-1");
  return fixture;
}

const april = Date.parse("2026-03-31T17:00:00.000Z");

function renew(fixture: PolicyFixture, id = "izin-1", over: Input = {}): Entry<"grant"> {
  const input = { from: "2026-04-01", until: "2027-03-01", ...over };
  return fixture.act("dinsos-1", "grant.renew", id, input) as Entry<"grant">;
}

/** The ids of the grants that cover a call at a moment. */
function inForce({ registry }: PolicyFixture, now: number): readonly string[] {
  const call = { purpose: "verifikasi", operation: "matchPenduduk", now, trial: false };
  return [...registry.of("grant")].flatMap((grant) =>
    (grant.state === "active" || grant.state === "suspended") &&
    firstUnmet(termsOf(grant, replacementOf(registry, grant)), call) === undefined
      ? [grant.id]
      : [],
  );
}

describe("a renewal that was allowed", () => {
  it("replaces the grant from its first day on, and both say so", async () => {
    const fixture = granted();
    expect(renew(fixture).content.previous).toBe("izin-1");
    expect(inForce(fixture, april)).toEqual(["izin-1"]);
    fixture.act("owner-1", "grant.allow", "izin-2");
    expect([inForce(fixture, april - 1), inForce(fixture, april)]).toEqual([["izin-1"], ["izin-2"]]);
    expect(fixture.get("grant", "izin-1")).toMatchObject({
      state: "active",
      content: { replacedBy: { grant: "izin-2", from: "2026-03-31T17:00:00.000Z" } },
    });
    const told = (await why(fixture.view(), "grant", "izin-1")).steps.map(({ detail }) => detail.en);
    expect(told).toContain("Replaced by the grant izin-2 from 2026-04-01, and not in force after that.");
    const { judgements } = fixture.decisions().at(-1)!.content;
    expect(judgements.find(({ guard }) => guard === "grant-single")).toMatchObject({
      detail: { en: expect.stringMatching(/^Replaces the grant izin-1 from 2026-04-01/) as string },
    });
  });

  it("replaces at once where its first day has come, and not before the decision", () => {
    const fixture = granted();
    fixture.now += 2 * dayMs;
    renew(fixture, "izin-1", { from: "2026-03-02" });
    fixture.now += dayMs;
    fixture.act("owner-1", "grant.allow", "izin-2");
    expect(endOfGrant(fixture.registry, fixture.get("grant", "izin-1"))).toBe(fixture.now);
    expect(inForce(fixture, fixture.now)).toEqual(["izin-2"]);
  });

  it("does not bring the grant before back: not when it ends, not when it is revoked", () => {
    const fixture = granted();
    renew(fixture, "izin-1", { until: "2026-05-01" });
    fixture.act("owner-1", "grant.allow", "izin-2");
    expect(inForce(fixture, april + 40 * dayMs)).toEqual([]);
    fixture.now = april + dayMs;
    fixture.act("owner-1", "grant.revoke", "izin-2", { reason: "selesai" });
    expect(inForce(fixture, fixture.now)).toEqual([]);
    expect(fixture.get("grant", "izin-2").content.revoked).toMatchObject({ by: "owner-1", reason: "selesai" });
  });

  it("revoked before its first day changes nothing: the grant before goes on to its own end", () => {
    const fixture = granted();
    renew(fixture);
    fixture.act("owner-1", "grant.allow", "izin-2");
    fixture.act("owner-1", "grant.revoke", "izin-2", { reason: "keliru" });
    expect(inForce(fixture, april + dayMs)).toEqual(["izin-1"]);
    expect(fixture.get("grant", "izin-1").content.replacedBy).toBeUndefined();
  });

  it("shares what becomes of the grant before, as long as it has not begun", () => {
    const fixture = granted();
    renew(fixture);
    fixture.act("owner-1", "grant.allow", "izin-2");
    fixture.act("registrar-1", "grant.suspend", "izin-1", { reason: "audit" });
    expect([inForce(fixture, monday), inForce(fixture, april)]).toEqual([[], []]);
    fixture.act("registrar-1", "grant.resume", "izin-1");
    expect([inForce(fixture, monday), inForce(fixture, april)]).toEqual([["izin-1"], ["izin-2"]]);
    fixture.act("owner-1", "grant.revoke", "izin-1", { reason: "selesai" });
    expect([inForce(fixture, monday), inForce(fixture, april)]).toEqual([[], []]);
  });

  it("is the one to act on once it has begun: the grant before is refused by name", () => {
    const fixture = granted();
    renew(fixture);
    fixture.act("owner-1", "grant.allow", "izin-2");
    fixture.now = april;
    const acts: readonly (readonly [string, string, Input])[] = [
      ["owner-1", "grant.revoke", { reason: "-" }],
      ["owner-1", "grant.suspend", { reason: "-" }],
      ["dinsos-1", "grant.renew", { from: "2026-05-01", until: "2026-06-01" }],
    ];
    for (const [by, action, input] of acts) {
      const { code, detail } = fixture.refusal(by, action, "izin-1", input);
      expect([code, detail.en]).toEqual(["rule-broken", "The grant izin-1 was replaced by izin-2; take this step on izin-2."]);
    }
    expect(renew(fixture, "izin-2", { from: "2026-05-01" }).id).toBe("izin-3");
  });

  it("cannot be the second one for the same grant, nor begin before it, nor pass over a suspension", () => {
    const fixture = granted();
    const asked = ["izin-2", "izin-3"].map((id) => renew(fixture, "izin-1", { id }).id);
    expect(fixture.lacks("dinsos-1", "grant.renew", "izin-1", { from: "2026-03-01", until: "2027-01-01" })).toEqual(["grant-single unmet"]);
    fixture.act("registrar-1", "grant.suspend", "izin-1", { reason: "audit" });
    expect(fixture.lacks("owner-1", "grant.allow", asked[0])).toEqual(["grant-single unmet"]);
    fixture.act("registrar-1", "grant.resume", "izin-1");
    fixture.act("owner-1", "grant.allow", asked[0]);
    expect(fixture.lacks("owner-1", "grant.allow", asked[1])).toEqual(["grant-single unmet"]);
  });

  it("has an id of its own accord, and no state before: it was made", () => {
    const fixture = granted();
    fixture.put(entry("grant", "izin-2", "refused", fixture.get("grant", "izin-1").content));
    expect(renew(fixture).id).toBe("izin-3");
    const { subject, to, ...rest } = fixture.decisions().at(-1)!.content;
    expect([subject, to, "from" in rest]).toEqual(["grant izin-3", "requested", false]);
    fixture.put(entry("grant", "ID-16.03/GOV/dinsos/bansos#cek", "active", { ...fixture.get("grant", "izin-1").content, purpose: "lain" }));
    expect(renew(fixture, "ID-16.03/GOV/dinsos/bansos#cek").id).toBe("cek-2");
  });
});

describe("a request beside a grant for the same consumer, service and purpose", () => {
  const lacks = (fixture: PolicyFixture, over: Input): readonly string[] =>
    fixture.lacks(
      "dinsos-1",
      "grant.request",
      undefined,
      askedGrant({ id: "izin-lain", from: "2026-03-10", until: "2027-03-01", ...over }),
    );

  it("is refused with the way to widen that one", () => {
    const fixture = granted();
    const { judgements } = fixture.refusal(
      "dinsos-1",
      "grant.request",
      undefined,
      askedGrant({ id: "izin-lain", operations: ["getPenduduk"], until: "2027-03-01" }),
    );
    expect(judgements.find(({ guard }) => guard === "grant-single")).toMatchObject({
      verdict: "unmet",
      detail: { en: "The grant izin-1 is in force for this consumer, service and purpose already (operations matchPenduduk)." },
      remedy: { en: "Renew or widen that one: grant renew izin-1, with all the operations that are needed." },
    });
  });

  it("is free for another purpose, after the end of that one, and once it was revoked", () => {
    const fixture = granted();
    expect(lacks(fixture, {})).toEqual(["grant-single unmet"]);
    expect(lacks(fixture, { purpose: "penelitian" })).toEqual([]);
    expect(lacks(fixture, { id: "izin-nanti", purpose: "verifikasi", from: "2027-03-02", until: "2027-06-01" })).toEqual([]);
    fixture.act("owner-1", "grant.revoke", "izin-1", { reason: "-" });
    expect(lacks(fixture, { id: "izin-baru" })).toEqual([]);
  });

  it("is refused at the decision, too, where both were asked for at once", () => {
    const fixture = policyFixture(ME);
    for (const id of ["satu", "dua"]) fixture.act("dinsos-1", "grant.request", undefined, askedGrant({ id }));
    fixture.act("owner-1", "grant.allow", "satu");
    expect(fixture.lacks("owner-1", "grant.allow", "dua")).toEqual(["grant-single unmet"]);
  });
});

describe("a registry from before renewals replaced", () => {
  /** Both were allowed, and only `previous` says that one renews the other. */
  function old(): PolicyFixture {
    const fixture = granted();
    const { content } = fixture.get("grant", "izin-1");
    fixture.put(
      entry("grant", "izin-0", "active", { ...content, previous: "izin-1", from: "2026-03-31T17:00:00.000Z", decided: done("owner-1") }),
    );
    return fixture;
  }

  it("has the renewal in force from its first day, whatever the ids", () => {
    expect([inForce(old(), april - 1), inForce(old(), april)]).toEqual([["izin-1"], ["izin-0"]]);
  });

  it("keeps the grant before replaced when the renewal is revoked, and frees it before the renewal's first day", () => {
    const [begun, early] = [old(), old()];
    begun.now = april;
    for (const fixture of [begun, early]) fixture.act("owner-1", "grant.revoke", "izin-0", { reason: "-" });
    expect([inForce(begun, april), inForce(early, april)]).toEqual([[], ["izin-1"]]);
  });

  it("has two that know nothing of each other: a renewal of one replaces both", () => {
    const fixture = granted();
    fixture.put(entry("grant", "izin-kedua", "active", { ...fixture.get("grant", "izin-1").content, operations: ["getPenduduk"] }));
    renew(fixture, "izin-1", { operations: ["getPenduduk", "matchPenduduk"] });
    fixture.act("owner-1", "grant.allow", "izin-2");
    expect(inForce(fixture, april)).toEqual(["izin-2"]);
    expect(fixture.get("grant", "izin-kedua").content.replacedBy).toMatchObject({ grant: "izin-2" });
  });
});
