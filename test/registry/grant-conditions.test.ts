import { describe, expect, it } from "vitest";
import { applyChanges, emptyState } from "../../src/registry/apply-changes.ts";
import type { Entry, EntryContents } from "../../src/registry/entry.ts";
import {
  firstUnmet,
  grantConditions,
  nearness,
  termsOf,
  type GrantCondition,
  type GrantTerms,
} from "../../src/registry/grant-conditions.ts";
import { readGrants } from "../../src/registry/read-grants.ts";
import { checkBundle } from "../../src/verify/check-bundle.ts";
import { forge, forgerVkey } from "../support/forger.ts";
import { consumer, purpose, service } from "../support/parties.ts";

type Content = EntryContents["grant"];

const now = Date.parse("2026-06-15T08:00:00.000Z");
const call = { purpose, operation: "getCatatan", now, trial: false };
const act = { by: "petugas-1", at: "2026-01-02T00:00:00.000Z" };

const content: Content = {
  consumer,
  service,
  operations: ["getCatatan"],
  purpose,
  legalBasis: "-",
  from: "2026-01-01T00:00:00.000Z",
  rate: { perSecond: 1, burst: 1 },
  dailyQuota: 1,
  decided: act,
};

/** What makes a grant fail each condition. */
const failing: Readonly<Record<GrantCondition, Partial<Content>>> = {
  purpose: { purpose: "lain" },
  replacement: { replacedBy: { grant: "izin-2", from: "2026-01-01T00:00:00.000Z" } },
  operations: { operations: ["lain"] },
  period: { until: "2026-06-15T08:00:00.000Z" },
  decision: { decided: undefined as never },
  suspensions: { suspensions: { owner: { ...act, reason: "audit" } } },
};
const names = Object.keys(grantConditions) as readonly GrantCondition[];

const grantOf = (...unmet: readonly GrantCondition[]): Entry<"grant"> => {
  const { decided, ...rest }: Content = Object.assign({}, content, ...unmet.map((name) => failing[name])) as Content;
  return {
    kind: "grant",
    id: "izin-1",
    state: unmet.includes("suspensions") ? "suspended" : "active",
    content: { ...rest, ...(unmet.includes("decision") ? {} : { decided: decided! }) },
  };
};

/** The same grant as the data plane reads it. */
async function compiled(entry: Entry<"grant">): Promise<GrantTerms> {
  const stored = { entry, salt: Buffer.alloc(16), registeredAt: 0 };
  const registry = await applyChanges(emptyState(), 1, [stored], async () => undefined);
  return (await readGrants(registry, undefined, async () => undefined)).get(consumer)![0]!;
}

describe("the conditions of a grant", () => {
  it("are met by a grant that covers the call, whether the snapshot or the registry is read", async () => {
    expect([firstUnmet(termsOf(grantOf()), call), firstUnmet(await compiled(grantOf()), call)]).toEqual([undefined, undefined]);
  });

  it.each(names)("name %s where it is unmet, and before all later ones, whether the snapshot or the registry is read", async (name) => {
    for (const entry of [grantOf(name), grantOf(...names.slice(names.indexOf(name)))]) {
      expect([firstUnmet(termsOf(entry), call), firstUnmet(await compiled(entry), call)]).toEqual([name, name]);
    }
  });

  it("begin with the first instant of the period and end before its last", () => {
    const at = (moment: number) => firstUnmet(termsOf(grantOf()), { ...call, now: moment });
    const from = Date.parse(content.from);
    expect([at(from - 1), at(from)]).toEqual(["period", undefined]);
    const ending = (moment: number) => firstUnmet(termsOf(grantOf("period")), { ...call, now: moment });
    expect([ending(now - 1), ending(now)]).toEqual([undefined, "period"]);
  });

  it("ask for no decision while the service is on trial", () => {
    expect(firstUnmet(termsOf(grantOf("decision")), { ...call, trial: true })).toBeUndefined();
  });

  it("put a grant the nearer the later its first unmet condition comes", () => {
    expect([...names].reverse().sort((a, b) => nearness(a) - nearness(b))).toEqual([
      "purpose",
      "replacement",
      "operations",
      "period",
      "decision",
      "suspensions",
    ]);
  });

  it("are those of the verifier, in the same order; of a decision it cannot judge, since a bundle does not prove a trial", () => {
    const { decided: _, ...lies } = { ...grantOf(...names).content, consumer: "lain", service: "lain" };
    const forged = forge({ states: { grant: "revoked" }, entries: { grant: lies } });
    const finding = checkBundle(forged.bytes, { vkey: forgerVkey, contents: forged.contents }).find(({ step }) => step === "grant")!;
    const proved = names.filter((name) => name !== "decision");
    expect(finding.text.en.split("this call: ")[1]).toBe(["state", "consumer", "service", ...proved].join(", "));
  });
});
