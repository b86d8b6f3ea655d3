import { describe, expect, it } from "vitest";
import type { Input } from "../../src/policy/context.ts";
import { decide } from "../../src/policy/acts/decide.ts";
import { actions } from "../../src/policy/acts/actions.ts";
import { grantsLosing } from "../../src/policy/guards/lost-fields.ts";
import { why } from "../../src/policy/why/why.ts";
import type { Operation } from "../../src/contract/contract.ts";
import {
  askedGrant,
  completeDossier,
  policyFixture,
  ME,
  operations,
  populationService,
  successor,
  type PolicyFixture,
} from "../support/policy-fixture.ts";

type Operations = ReadonlyMap<string, Operation>;

/** Operations of the service whose answers have these fields and no others. */
function answering(fixture: PolicyFixture, ...fields: readonly string[]): Operations {
  const { contract } = fixture.context().operationsOf(populationService)!.get("getPenduduk")!;
  return new Map(operations.map((id) => [id, { id, contract: { ...contract, knowsField: (field) => fields.includes(field) } }]));
}

function granted(fixture: PolicyFixture, id: string, fields?: readonly string[]): void {
  fixture.act(
    "dinsos-1",
    "grant.request",
    undefined,
    askedGrant({ id, purpose: id, operations, ...(fields === undefined ? {} : { fields }) }),
  );
  fixture.act("owner-1", "grant.allow", id);
}

function landWithGrants(): PolicyFixture {
  const fixture = policyFixture(ME);
  granted(fixture, "izin-b", ["/nama", "/alamat/*"]);
  granted(fixture, "izin-a", ["/alamat/*"]);
  granted(fixture, "izin-utuh");
  granted(fixture, "izin-selesai", ["/alamat/*"]);
  fixture.act("owner-1", "grant.revoke", "izin-selesai", { reason: "selesai" });
  return fixture;
}

describe("fields that a contract drops", () => {
  it("are named with the grants in force that have them, suspended ones too", () => {
    const fixture = landWithGrants();
    fixture.act("owner-1", "grant.suspend", "izin-a", { reason: "-" });
    const losing = [
      { grant: "izin-a", fields: ["/alamat/*"] },
      { grant: "izin-b", fields: ["/alamat/*"] },
    ];
    expect(grantsLosing(fixture.registry, populationService, answering(fixture, "/nama"))).toEqual(losing);
    expect(grantsLosing(fixture.registry, populationService, answering(fixture, "/nama", "/alamat/*"))).toEqual([]);
    expect(grantsLosing(fixture.registry, successor, answering(fixture, "/nama"))).toEqual([]);
    expect(grantsLosing(fixture.registry, populationService, new Map())).toEqual([
      losing[0],
      { grant: "izin-b", fields: ["/nama", "/alamat/*"] },
    ]);
  });

  it("are a warning to who applies and who approves, on record with the decision, and hinder neither", () => {
    const fixture = landWithGrants();
    const lost = grantsLosing(fixture.registry, populationService, answering(fixture, "/nama"));
    const conformance = { standard: "lid-spl@1.0.0", passed: true, digest: "A".repeat(43), errors: 0, first: undefined, lost };
    const revision = fixture.act("pd-1", "revision.propose", undefined, {
      service: populationService,
      dossier: completeDossier(ME) as unknown as Input,
    });
    const { decision } = decide({ ...fixture.context("pd-1"), conformance }, actions.get("revision.apply")!, revision, {});
    expect(decision.content.judgements.find(({ guard }) => guard === "standard")).toMatchObject({
      verdict: "met",
      detail: {
        id: expect.stringMatching(/^Lolos lid-spl@1\.0\.0; .*izin-a \(\/alamat\/\*\); izin-b \(\/alamat\/\*\)\.$/) as string,
        en: expect.stringContaining("drops fields that are granted: izin-a") as string,
      },
      remedy: { en: expect.stringContaining("grant renew") as string },
    });
    const quiet = decide(
      { ...fixture.context("pd-1"), conformance: { ...conformance, lost: [] } },
      actions.get("revision.apply")!,
      revision,
      {},
    );
    expect(quiet.decision.content.judgements.find(({ guard }) => guard === "standard")).not.toHaveProperty("remedy");
  });

  it("are told by why grant, beside the fields that it has", async () => {
    const fixture = landWithGrants();
    const told = async (id: string, offered: Operations | undefined): Promise<readonly unknown[]> =>
      (await why(fixture.view({ operationsOf: () => offered }), "grant", id)).steps
        .filter(({ detail }) => / fields|In the contract no more/.test(detail.en))
        .map(({ detail, verdict, remedy }) => [detail.en, verdict, remedy !== undefined]);
    const limited = ["Limited to the open fields and /nama, /alamat/*.", undefined, false];
    expect(await told("izin-b", answering(fixture, "/nama"))).toEqual([
      limited,
      ["In the contract no more, and so not delivered: /alamat/*.", "unmet", true],
    ]);
    expect(await told("izin-b", answering(fixture, "/nama", "/alamat/*"))).toEqual([limited]);
    expect(await told("izin-b", undefined)).toEqual([limited]);
    expect(await told("izin-utuh", answering(fixture))).toEqual([]);
  });
});

describe("renewing a grant for fields", () => {
  const renewed = (over: Input): Input => ({ id: "izin-baru", from: "2026-04-01", until: "2027-03-31", ...over });

  it("keeps its fields unless others are asked for", () => {
    const fixture = landWithGrants();
    expect(fixture.act("dinsos-1", "grant.renew", "izin-b", renewed({})).content).toMatchObject({ fields: ["/nama", "/alamat/*"] });
    expect(fixture.act("dinsos-1", "grant.renew", "izin-b", renewed({ id: "izin-lain", fields: ["/nama"] })).content).toMatchObject({
      fields: ["/nama"],
    });
  });

  it("widens it to whole answers if that is said, and the owner who decides reads that it is wider", () => {
    const fixture = landWithGrants();
    expect(fixture.act("dinsos-1", "grant.renew", "izin-b", renewed({ answers: "whole" })).content).not.toHaveProperty("fields");
    expect(fixture.get("grant", "izin-baru")).toMatchObject({ state: "requested", content: { previous: "izin-b" } });
    expect(fixture.get("grant", "izin-baru").content).not.toHaveProperty("answers");
    fixture.act("owner-1", "grant.allow", "izin-baru");
    const judged = (subject: string) =>
      fixture
        .decisions()
        .findLast(({ content }) => content.subject === `grant ${subject}`)!
        .content.judgements.find(({ guard }) => guard === "grant-within-service");
    expect(judged("izin-baru")).toMatchObject({
      verdict: "met",
      detail: { en: "The grant is widened from the fields /nama, /alamat/* to whole answers." },
    });
    expect(judged("izin-utuh")).toMatchObject({ verdict: "met", detail: { en: "Every operation and field is in the contract." } });
  });

  it("asks for one or the other, and a request for neither: it says its fields or has none", () => {
    const fixture = landWithGrants();
    expect(fixture.refused("dinsos-1", "grant.renew", "izin-b", renewed({ answers: "whole", fields: ["/nama"] }))).toBe("rule-broken");
    expect(fixture.refused("dinsos-1", "grant.renew", "izin-b", renewed({ answers: "whole" }))).toBeUndefined();
    expect(actions.get("grant.request")!.input["properties"]).not.toHaveProperty("answers");
  });
});
