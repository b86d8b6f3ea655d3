import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../../src/policy/context.ts";
import {
  allOpinions,
  entry,
  LLG,
  ME,
  owner,
  policyFixture,
  populationService,
  proposal,
  splpProof,
  successor,
  travel,
  type PolicyFixture,
} from "../support/policy-fixture.ts";

const subsystem = `${owner}/siak`;
const [r1, r2] = [`${populationService}/r1`, `${populationService}/r2`];
const [old, next] = [proposal().upstream, "http://10.1.2.4:8080"];

/** In production with a revision in force, and another of the same service and one of its neighbour that are being decided. */
function live(profile = ME): PolicyFixture {
  const fixture = policyFixture(profile, { state: "produksi" });
  fixture.put(...allOpinions(), splpProof(), entry("subsystem", subsystem, "active", { name: "SIAK", upstream: old }));
  travel(fixture, "active");
  fixture.act("pd-1", "revision.propose", undefined, { service: populationService });
  fixture.act("pd-1", "revision.apply", r2);
  fixture.act("pd-1", "revision.propose", undefined, { service: successor });
  return fixture;
}

let fixture: PolicyFixture;
beforeEach(() => void (fixture = live()));
const upstreams = (): readonly (string | undefined)[] => [
  fixture.get("subsystem", subsystem).content.upstream,
  fixture.get("service", populationService).content.upstream,
  fixture.get("service", successor).content.upstream,
  ...[r1, r2, `${successor}/r1`].map((id) => fixture.get("revision", id).content.proposal.upstream),
];

describe("a subsystem's move to another address", () => {
  it.each(["pd-1", "owner-1", "registrar-1"])(
    "is one act of %s: what is served and what is on its way is there, each as it was decided",
    (by) => {
      const states = [r1, r2].map((id) => fixture.get("revision", id).state);
      expect(fixture.act(by, "subsystem.move", subsystem, { upstream: next }).state).toBe("active");
      expect(new Set(upstreams())).toEqual(new Set([next]));
      expect([r1, r2].map((id) => fixture.get("revision", id).state)).toEqual(states);
      expect(fixture.decisions().at(-1)!.content).toMatchObject({ action: "subsystem.move", subject: `subsystem ${subsystem}`, by });
    },
  );

  it("is not for officers of others, nor for other roles", () => {
    const refused = (by: string | Actor): string | undefined => fixture.refused(by, "subsystem.move", subsystem, { upstream: next });
    expect([refused("dinsos-1"), refused("operator-1"), refused("auditor-1")]).toEqual(["not-your-member", "role-missing", "role-missing"]);
  });

  it("leads to no address outside the permitted networks, and says which those are", () => {
    fixture.upstreamNetworks = ["10.1.0.0/16"];
    const { judgements, detail } = fixture.refusal("pd-1", "subsystem.move", subsystem, { upstream: "http://10.2.0.1:8080" });
    expect(judgements.map(({ guard, verdict }) => `${guard} ${verdict}`)).toEqual(["upstream-network unmet", "moved-services met"]);
    expect(detail.id).toContain("10.1.0.0/16");
    expect(new Set(upstreams())).toEqual(new Set([old]));
    expect(fixture.refused("pd-1", "subsystem.move", subsystem, { upstream: next })).toBeUndefined();
  });

  it("is held to what the regulation asks of a host name, and to opinions that are about one host", () => {
    const lacks = (upstream: string): readonly string[] => fixture.lacks("pd-1", "subsystem.move", subsystem, { upstream });
    expect(lacks("http://siak.example.com")).toEqual(["moved-services unmet P11(6)"]);
    fixture = live(LLG);
    expect(lacks(next)).toEqual(["moved-services unmet P22(4)c"]);
    expect(lacks("http://10.1.2.3:9090")).toEqual([]);
  });

  it("takes along what is at the former address alone; a service elsewhere is moved by naming that", () => {
    const elsewhere = "http://10.1.9.9:8080";
    fixture.put(entry("service", successor, "active", proposal({ upstream: elsewhere })));
    fixture.act("pd-1", "subsystem.move", subsystem, { upstream: next });
    expect(fixture.get("service", successor).content.upstream).toBe(elsewhere);
    fixture.act("pd-1", "subsystem.move", subsystem, { from: elsewhere, upstream: "http://10.1.9.8:8080" });
    expect(fixture.get("service", successor).content.upstream).toBe("http://10.1.9.8:8080");
    expect(fixture.get("subsystem", subsystem).content.upstream).toBe(next);
  });

  it.each([
    [{ upstream: old }, `Alamatnya sudah ${old}.`],
    [{ upstream: next, from: "http://10.9.9.9:1" }, `Tidak ada layanan ${subsystem} di http://10.9.9.9:1.`],
    [{ upstream: "http://10.1.2.4:80" }, "Alamat harus berupa origin saja: http://10.1.2.4."],
  ])("of %j is refused in words", (input, words) => {
    const { code, detail } = fixture.refusal("pd-1", "subsystem.move", subsystem, input);
    expect([code, detail.id]).toEqual(["rule-broken", words]);
  });

  it("leaves what has ended as it was", () => {
    fixture.act("pd-1", "revision.withdraw", r2);
    fixture.act("pd-1", "subsystem.move", subsystem, { upstream: next });
    expect(fixture.get("revision", r2).content.proposal.upstream).toBe(old);
  });
});
