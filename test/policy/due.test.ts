import { describe, expect, it } from "vitest";
import { whatRunsOut, type Due } from "../../src/policy/validity/due.ts";
import { stateNow } from "../../src/policy/validity/end-of.ts";
import type { EntryContents } from "../../src/registry/entry.ts";
import { consumer } from "../support/parties.ts";
import {
  allOpinions,
  askedGrant,
  dayMs,
  dinsos,
  done,
  entry,
  ME,
  monday,
  owner,
  policyFixture,
  populationService,
  successor,
  travel,
  splpProof,
  type PolicyFixture,
} from "../support/policy-fixture.ts";
import { letter } from "../support/letter.ts";

/** `monday` is 10.00 in the region, 2 March 2026. */
const lastDay = "2026-06-10";
const end = Date.parse("2026-06-10T17:00:00.000Z");

const content = (over: Partial<EntryContents["grant"]> = {}): EntryContents["grant"] => ({
  ...(askedGrant() as unknown as EntryContents["grant"]),
  from: "2026-01-01T00:00:00.000Z",
  until: new Date(end).toISOString(),
  decided: done("owner-1"),
  ...over,
});

const key = (until: string | undefined, over: Partial<EntryContents["key"]> = {}): EntryContents["key"] => ({
  owner: consumer,
  alg: "ES256",
  jwk: {},
  proof: "",
  ...(until === undefined ? {} : { until }),
  ...over,
});

function due(fixture: PolicyFixture, within?: number, now = fixture.now): readonly Due[] {
  return whatRunsOut({ registry: fixture.registry, profile: ME, now }, within);
}

const ids = (found: readonly Due[]): readonly string[] => found.map(({ kind, id }) => `${kind} ${id}`);

describe("what runs out", () => {
  it("is counted in days of the region, up to the last day, and says which warning it has reached", () => {
    const fixture = policyFixture(ME);
    fixture.put(entry("grant", "izin-1", "active", content()));
    const seen = (now: number): object[] =>
      due(fixture, 90, now).map(({ days, within, ended, notice }) => ({ days, within, ended, notice }));
    expect(seen(end - 92 * dayMs)).toEqual([]);
    expect(seen(end - 91 * dayMs)).toEqual([{ days: 90, within: 90, ended: false, notice: false }]);
    expect(seen(end - 32 * dayMs)).toEqual([{ days: 31, within: 90, ended: false, notice: false }]);
    expect(seen(end - 31 * dayMs)).toEqual([{ days: 30, within: 30, ended: false, notice: true }]);
    expect(seen(end - 8 * dayMs)).toEqual([{ days: 7, within: 7, ended: false, notice: true }]);
    expect(seen(end - 1)).toEqual([{ days: 0, within: 7, ended: false, notice: true }]);
    expect(seen(end)).toEqual([{ days: -1, within: 7, ended: true, notice: true }]);
    expect(seen(end + 31 * dayMs)).toEqual([]);
    expect(due(fixture, 365, end - 200 * dayMs)).toMatchObject([{ days: 199 }]);
  });

  it("reads as ended from the first instant at which it does not hold, and whoever took it back earlier has the last word", () => {
    const fixture = policyFixture(ME);
    const grant = entry("grant", "izin-1", "active", content());
    fixture.put(grant);
    const states = [end - 1, end].map((now) => stateNow(fixture.registry, grant, now));
    expect(states).toEqual(["active", "ended"]);
    expect(stateNow(fixture.registry, { ...grant, state: "revoked" }, end)).toBe("revoked");
  });

  it("names who has to act and the command: the consumer's officer, or the owner's once a renewal waits", () => {
    const fixture = policyFixture(ME);
    fixture.now = end - 20 * dayMs;
    fixture.put(entry("grant", "izin-1", "active", content()));
    expect(due(fixture)).toMatchObject([
      {
        kind: "grant",
        lastDay,
        ends: "2026-06-10T17:00:00.000Z",
        by: { member: dinsos, roles: ["pd-officer"] },
        command: "grant renew izin-1 --from 2026-06-11 --until 2027-06-10",
      },
    ]);
    fixture.put(entry("grant", "izin-2", "requested", content({ previous: "izin-1", until: "2027-06-10T17:00:00.000Z" })));
    expect(due(fixture)).toMatchObject([
      {
        id: "izin-1",
        by: { member: owner, roles: ["service-owner"] },
        command: "grant allow izin-2",
        next: { en: expect.stringMatching(/izin-2/) as string },
      },
    ]);
    fixture.put({ ...fixture.get("grant", "izin-2"), state: "active" });
    expect(due(fixture)).toEqual([]);
  });

  it("is no grant of a subsystem or for a service that is gone, and no request", () => {
    const fixture = policyFixture(ME);
    fixture.now = end - 20 * dayMs;
    fixture.put(
      entry("grant", "diminta", "requested", content()),
      entry("grant", "yatim", "active", content({ consumer: `${dinsos}/tiada` })),
      entry("grant", "selesai", "active", content({ service: `${owner}/siak/lama/v1` })),
      entry("service", `${owner}/siak/lama/v1`, "retired", fixture.get("service", populationService).content),
    );
    expect(due(fixture)).toEqual([]);
  });

  it("is a subsystem's last key only", () => {
    const fixture = policyFixture(ME);
    fixture.put(
      entry("key", "lama", "active", key("2026-03-10T00:00:00.000Z")),
      entry("key", "baru", "active", key("2026-04-10T00:00:00.000Z")),
    );
    expect(due(fixture)).toMatchObject([{ kind: "key", id: "baru", by: { member: dinsos }, command: `keygen --subsystem ${consumer}` }]);
    fixture.put(entry("key", "tetap", "active", key(undefined)));
    expect(due(fixture)).toEqual([]);
    fixture.put(entry("key", "tetap", "revoked", key(undefined)));
    expect(ids(due(fixture))).toEqual(["key baru"]);
  });

  it("is an officer's last token, and the administrator's first one", () => {
    const fixture = policyFixture(ME);
    const token = (until: string): EntryContents["token"] => ({ officer: "dinsos-1", hash: "", roles: ["pd-officer"], until });
    fixture.put(
      entry("officer", "dinsos-1", "active", { member: dinsos, position: "-", roles: ["pd-officer"] }),
      entry("token", "t-1", "active", token("2026-03-10T17:00:00.000Z")),
      entry("token", "t-2", "active", token("2026-03-20T17:00:00.000Z")),
    );
    expect(due(fixture)).toMatchObject([
      {
        kind: "token",
        id: "t-2",
        by: { roles: ["administrator"] },
        command: "token issue --officer dinsos-1 --until 2027-03-20 --save dinsos-1.token",
      },
    ]);
    const view = { registry: fixture.registry, profile: ME, now: monday, administratorUntil: "2026-03-05T00:00:00.000Z" };
    expect(ids(whatRunsOut(view))).toEqual(["token administrator", "token t-2"]);
    fixture.put(entry("officer", "dinsos-1", "removed", { member: dinsos, position: "-", roles: ["pd-officer"] }));
    expect(due(fixture)).toEqual([]);
  });

  it("is an opinion that no later one continues, for the types that are left open", () => {
    const fixture = policyFixture(ME);
    const given: EntryContents["opinion"] = {
      types: ["operasi", "keamanan"],
      subject: "instance",
      authority: "dinas",
      mode: "external",
      letter: letter("B-1"),
      outcome: "diberikan",
      from: "2025-04-01",
      until: "2026-04-01",
      recorded: done("operasi-1"),
    };
    fixture.put(entry("opinion", "o-1", "confirmed", given));
    expect(due(fixture)).toMatchObject([
      {
        kind: "opinion",
        id: "o-1",
        lastDay: "2026-03-31",
        command: expect.stringMatching(
          /^opinion record --types operasi --types keamanan --authority dinas --outcome diberikan --letter-number/,
        ) as string,
      },
    ]);
    fixture.put(entry("opinion", "o-2", "confirmed", { ...given, types: ["keamanan"], until: "2027-04-01" }));
    expect(due(fixture)[0]!.what.en).toBe("the opinion on operasi from dinas about instance");
    fixture.put(entry("opinion", "o-3", "confirmed", { ...given, until: "2028-04-01" }));
    expect(due(fixture)).toEqual([]);
  });

  it("is an exemption, on which the owner of its service has to act", () => {
    const fixture = policyFixture(ME);
    fixture.put(
      entry("exemption", "e-1", "confirmed", {
        guard: "dossier",
        subject: populationService,
        cite: "P41",
        until: "2026-03-16",
        letter: letter("SE-1"),
        recorded: done("registrar-1"),
      }),
    );
    expect(due(fixture)).toMatchObject([
      { kind: "exemption", lastDay: "2026-03-15", by: { member: owner }, command: `why service ${populationService}` },
    ]);
  });

  it("is a deprecated version with the grants that still use it, until it is retired", () => {
    const fixture = policyFixture(ME, { state: "produksi" });
    fixture.put(...allOpinions(), splpProof());
    travel(fixture, "active");
    fixture.act("dinsos-1", "grant.request", undefined, askedGrant({ from: "2026-03-02", until: "2027-03-01" }));
    fixture.act("owner-1", "grant.allow", "izin-1");
    fixture.put(
      entry("revision", `${successor}/r1`, "active", { ...fixture.get("revision", `${populationService}/r1`).content, service: successor }),
    );
    const revision = `${populationService}/r1`;
    fixture.act("owner-1", "revision.deprecate", revision, { sunset: "2026-06-01", successor });
    const sunset = Date.parse("2026-05-31T17:00:00Z");
    expect(due(fixture, 90, sunset - 8 * dayMs)).toMatchObject([
      {
        kind: "sunset",
        id: revision,
        lastDay: "2026-05-31",
        days: 7,
        by: { member: owner },
        command: `service retire ${revision}`,
        next: { en: expect.stringMatching(/in force: 1/) as string },
      },
    ]);
    expect(due(fixture, 90, sunset + 100 * dayMs)).toMatchObject([{ kind: "sunset", ended: true }]);
    fixture.put({ ...fixture.get("revision", revision), state: "retired" });
    expect(ids(due(fixture, 90, sunset + 100 * dayMs))).toEqual([]);
  });
});
