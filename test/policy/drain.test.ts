import { beforeEach, describe, expect, it } from "vitest";
import {
  ME,
  owner,
  policyFixture,
  populationService,
  proposal,
  allOpinions,
  entry,
  splpProof,
  travel,
  type PolicyFixture,
} from "../support/policy-fixture.ts";

const subsystem = `${owner}/siak`;
const [own, second] = [proposal().upstream, "http://10.1.2.9:8080"];
const replicas = [{ origin: second, weight: 2 }];

let fixture: PolicyFixture;
beforeEach(() => {
  fixture = policyFixture(ME, { state: "produksi" });
  fixture.put(...allOpinions(), splpProof(), entry("subsystem", subsystem, "active", { name: "SIAK", upstream: own, replicas }));
  travel(fixture, "active");
  const service = fixture.get("service", populationService);
  fixture.put({ ...service, content: { ...service.content, replicas } });
});
const drained = (): readonly string[] | undefined => fixture.get("subsystem", subsystem).content.drained;

describe("draining an address of a subsystem", () => {
  it.each(["pd-1", "owner-1", "registrar-1", "operator-1"])("is one act of %s, and so is using it again", (by) => {
    fixture.act(by, "subsystem.drain", subsystem, { upstream: second });
    expect(drained()).toEqual([second]);
    fixture.act(by, "subsystem.resume", subsystem, { upstream: second });
    expect(drained()).toBeUndefined();
    expect(
      fixture
        .decisions()
        .map(({ content }) => content.action)
        .slice(-2),
    ).toEqual(["subsystem.drain", "subsystem.resume"]);
  });

  it("is not for officers of others, nor for other roles", () => {
    const refused = (by: string): string | undefined => fixture.refused(by, "subsystem.drain", subsystem, { upstream: second });
    expect([refused("dinsos-1"), refused("auditor-1")]).toEqual(["not-your-member", "role-missing"]);
  });

  it("leaves every service an address, and says what to do instead", () => {
    fixture.act("pd-1", "subsystem.drain", subsystem, { upstream: second });
    expect(() => fixture.act("pd-1", "subsystem.drain", subsystem, { upstream: own })).toThrow("suspend the service");
    expect(drained()).toEqual([second]);
  });

  it("is refused where nothing is there, where it is drained already, and of one that is not drained", () => {
    const refused = (step: string, upstream: string): string | undefined =>
      fixture.refused("pd-1", `subsystem.${step}`, subsystem, { upstream });
    expect([refused("drain", "http://10.9.9.9:1"), refused("resume", second)]).toEqual(["rule-broken", "rule-broken"]);
    fixture.act("pd-1", "subsystem.drain", subsystem, { upstream: second });
    expect(refused("drain", second)).toBe("rule-broken");
  });

  it("a move takes a replica to another address, and none to one that is there already", () => {
    fixture.act("pd-1", "subsystem.move", subsystem, { from: second, upstream: "http://10.1.2.10:8080" });
    const moved = [{ origin: "http://10.1.2.10:8080", weight: 2 }];
    expect(fixture.get("service", populationService).content).toMatchObject({ upstream: own, replicas: moved });
    expect(fixture.get("subsystem", subsystem).content).toMatchObject({ upstream: own, replicas: moved });
    expect(fixture.refused("pd-1", "subsystem.move", subsystem, { from: own, upstream: "http://10.1.2.10:8080" })).toBe("rule-broken");
  });
});
