import { describe, expect, it } from "vitest";
import type { Input } from "../../src/policy/context.ts";
import { act } from "../../src/policy/acts/act.ts";
import { actions } from "../../src/policy/acts/actions.ts";
import { grantsLosing } from "../../src/policy/guards/lost-fields.ts";
import { why } from "../../src/policy/why/why.ts";
import type { Operation } from "../../src/contract/contract.ts";
import { askedGrant, completeDossier, createLand, ME, operations, service, successor, type Land } from "./land.ts";

type Operations = ReadonlyMap<string, Operation>;

/** Operations of the service whose answers have these fields and no others. */
function answering(land: Land, ...fields: readonly string[]): Operations {
  const { contract } = land.context().operationsOf(service)!.get("getPenduduk")!;
  return new Map(operations.map((id) => [id, { id, contract: { ...contract, knowsField: (field) => fields.includes(field) } }]));
}

function granted(land: Land, id: string, fields?: readonly string[]): void {
  land.act("dinsos-1", "grant.request", undefined, askedGrant({ id, operations, ...(fields === undefined ? {} : { fields }) }));
  land.act("owner-1", "grant.allow", id);
}

function landWithGrants(): Land {
  const land = createLand(ME);
  granted(land, "izin-b", ["/nama", "/alamat/*"]);
  granted(land, "izin-a", ["/alamat/*"]);
  granted(land, "izin-utuh");
  granted(land, "izin-selesai", ["/alamat/*"]);
  land.act("owner-1", "grant.revoke", "izin-selesai", { reason: "selesai" });
  return land;
}

describe("fields that a contract drops", () => {
  it("are named with the grants in force that have them, suspended ones too", () => {
    const land = landWithGrants();
    land.act("owner-1", "grant.suspend", "izin-a", { reason: "-" });
    const losing = [{ grant: "izin-a", fields: ["/alamat/*"] }, { grant: "izin-b", fields: ["/alamat/*"] }];
    expect(grantsLosing(land.holding, service, answering(land, "/nama"))).toEqual(losing);
    expect(grantsLosing(land.holding, service, answering(land, "/nama", "/alamat/*"))).toEqual([]);
    expect(grantsLosing(land.holding, successor, answering(land, "/nama"))).toEqual([]);
    expect(grantsLosing(land.holding, service, new Map())).toEqual([losing[0], { grant: "izin-b", fields: ["/nama", "/alamat/*"] }]);
  });

  it("are a warning to who applies and who approves, on record with the decision, and hinder neither", () => {
    const land = landWithGrants();
    const lost = grantsLosing(land.holding, service, answering(land, "/nama"));
    const conformance = { standard: "lid-spl@1.0.0", passed: true, digest: "A".repeat(43), errors: 0, first: undefined, lost };
    const revision = land.act("pd-1", "revision.propose", undefined, { service, dossier: completeDossier(ME) as unknown as Input });
    const { decision } = act({ ...land.context("pd-1"), conformance }, actions.get("revision.apply")!, revision, {});
    expect(decision.content.judgements.find(({ guard }) => guard === "standard")).toMatchObject({
      verdict: "met",
      detail: { id: expect.stringMatching(/^Lolos lid-spl@1\.0\.0; .*izin-a \(\/alamat\/\*\); izin-b \(\/alamat\/\*\)\.$/) as string, en: expect.stringContaining("drops fields that are granted: izin-a") as string },
      remedy: { en: expect.stringContaining("grant renew") as string },
    });
    const quiet = act({ ...land.context("pd-1"), conformance: { ...conformance, lost: [] } }, actions.get("revision.apply")!, revision, {});
    expect(quiet.decision.content.judgements.find(({ guard }) => guard === "standard")).not.toHaveProperty("remedy");
  });

  it("are told by why grant, beside the fields that it has", async () => {
    const land = landWithGrants();
    const told = async (id: string, offered: Operations | undefined): Promise<readonly unknown[]> =>
      (await why(land.view({ operationsOf: () => offered }), "grant", id)).steps.filter(({ detail }) => / fields|In the contract no more/.test(detail.en)).map(({ detail, verdict, remedy }) => [detail.en, verdict, remedy !== undefined]);
    const limited = ["Limited to the open fields and /nama, /alamat/*.", undefined, false];
    expect(await told("izin-b", answering(land, "/nama"))).toEqual([limited, ["In the contract no more, and so not delivered: /alamat/*.", "unmet", true]]);
    expect(await told("izin-b", answering(land, "/nama", "/alamat/*"))).toEqual([limited]);
    expect(await told("izin-b", undefined)).toEqual([limited]);
    expect(await told("izin-utuh", answering(land))).toEqual([]);
  });
});

describe("renewing a grant for fields", () => {
  const renewed = (over: Input): Input => ({ id: "izin-baru", from: "2026-04-01", until: "2027-04-01", ...over });

  it("keeps its fields unless others are asked for", () => {
    const land = landWithGrants();
    expect(land.act("dinsos-1", "grant.renew", "izin-b", renewed({})).content).toMatchObject({ fields: ["/nama", "/alamat/*"] });
    expect(land.act("dinsos-1", "grant.renew", "izin-b", renewed({ id: "izin-lain", fields: ["/nama"] })).content).toMatchObject({ fields: ["/nama"] });
  });

  it("widens it to whole answers if that is said, and the owner who decides reads that it is wider", () => {
    const land = landWithGrants();
    expect(land.act("dinsos-1", "grant.renew", "izin-b", renewed({ answers: "whole" })).content).not.toHaveProperty("fields");
    expect(land.get("grant", "izin-baru")).toMatchObject({ state: "requested", content: { previous: "izin-b" } });
    expect(land.get("grant", "izin-baru").content).not.toHaveProperty("answers");
    land.act("owner-1", "grant.allow", "izin-baru");
    const judged = (subject: string) => land.decisions().findLast(({ content }) => content.subject === `grant ${subject}`)!.content.judgements.find(({ guard }) => guard === "grant-within-service");
    expect(judged("izin-baru")).toMatchObject({ verdict: "met", detail: { en: "The grant is widened from the fields /nama, /alamat/* to whole answers." } });
    expect(judged("izin-utuh")).toMatchObject({ verdict: "met", detail: { en: "Every operation and field is in the contract." } });
  });

  it("asks for one or the other, and a request for neither: it says its fields or has none", () => {
    const land = landWithGrants();
    expect(land.refused("dinsos-1", "grant.renew", "izin-b", renewed({ answers: "whole", fields: ["/nama"] }))).toBe("rule-broken");
    expect(land.refused("dinsos-1", "grant.renew", "izin-b", renewed({ answers: "whole" }))).toBeUndefined();
    expect(actions.get("grant.request")!.input["properties"]).not.toHaveProperty("answers");
  });
});
