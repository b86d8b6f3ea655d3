import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExchangeFile } from "../../src/agent/exchange-file.ts";
import type { Bundle } from "../../src/verify/bundle.ts";
import { here } from "../support/here.ts";
import { entriesIn, leavesIn, sound } from "../support/bundles.ts";

let data: string | undefined;
let exchanges: readonly ExchangeFile[];
const bundles: Bundle[] = [];

beforeAll(async () => {
  const { status, stdout, stderr } = await here(["demo", "--once", "--json", "--keep"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const shown = JSON.parse(stdout) as {
    readonly data: string;
    readonly exchanges: readonly ExchangeFile[];
    readonly log: { readonly vkey: string };
  };
  data = shown.data;
  exchanges = shown.exchanges.filter(({ receipt }) => receipt !== null);
  for (const { id, requestContent, responseContent } of exchanges) {
    const printed = await here(["evidence", id, "--data", data]);
    expect(printed).toMatchObject({ status: 0, stderr: "" });
    bundles.push(
      sound(shown.log.vkey, Buffer.from(printed.stdout), {
        request: Buffer.from(requestContent, "base64url"),
        delivered: Buffer.from(responseContent, "base64url"),
      }),
    );
  }
});
afterAll(() => data === undefined || rmSync(data, { recursive: true }));

const idsOf = (bundle: Bundle, wanted: string): readonly string[] =>
  entriesIn(bundle).flatMap(({ kind, id }) => (kind === wanted ? [id] : []));
const actsOn = (bundle: Bundle, subject: string): readonly string[] =>
  entriesIn(bundle).flatMap((entry) =>
    entry.kind === "decision" && entry.content.subject.startsWith(subject) ? [entry.content.action] : [],
  );

describe("the evidence of the demo's exchanges, out of its data directory", () => {
  it("is there for each that has a receipt, allowed or refused", () => {
    expect(bundles.map((bundle) => leavesIn(bundle).at(-1)!)).toMatchObject([
      { type: "outcome" },
      { type: "outcome" },
      { problem: "not-granted" },
      { problem: "digest-mismatch" },
    ]);
    expect(bundles.map(({ exchange, statement }) => [exchange, statement])).toEqual(exchanges.map(({ id, statement }) => [id, statement]));
  });

  it("names the revision in force, who decided on it and brought it into production, and the opinions on which it rests", () => {
    for (const bundle of bundles) {
      const { service } = leavesIn(bundle)[0]!;
      expect(idsOf(bundle, "revision")).toEqual([expect.stringMatching(new RegExp(`^${service}/r\\d+$`))]);
      expect(actsOn(bundle, `revision ${service}/`)).toEqual(["revision.approve", "revision.activate"]);
      expect(idsOf(bundle, "opinion").length).toBeGreaterThan(0);
      for (const opinion of idsOf(bundle, "opinion"))
        expect(entriesIn(bundle).find(({ kind, id }) => kind === "opinion" && id === opinion)).toMatchObject({ state: "confirmed" });
    }
  });

  it("names the grant and who decided it, or the grants that did not suffice", () => {
    const [tariff, filed, refused] = bundles;
    for (const bundle of [filed!, refused!]) {
      const [grant, ...others] = idsOf(bundle, "grant");
      expect(others).toEqual([]);
      expect(actsOn(bundle, `grant ${grant!}`)).toContain("grant.allow");
    }
    expect(leavesIn(filed!).at(-1)!.grant).toBe(idsOf(filed!, "grant")[0]);
    expect(leavesIn(tariff!)[0]!.grant).toBeDefined();
    expect(refused!.trace.steps.some(({ verdict }) => verdict === "unmet")).toBe(true);
  });

  it("names nobody: neither members, who have contact persons, nor officers and their tokens", () => {
    for (const bundle of bundles) for (const kind of ["member", "officer", "token"]) expect(idsOf(bundle, kind)).toEqual([]);
  });
});
