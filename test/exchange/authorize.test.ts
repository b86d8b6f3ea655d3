import { describe, expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import type { Caller } from "../../src/exchange/authenticate.ts";
import { authorize } from "../../src/exchange/authorize.ts";
import type { Grant, ServiceVersion } from "../../src/registry/snapshot.ts";
import { grant, operation, snapshot, version } from "../support/snapshots.ts";
import { consumer, service } from "../support/parties.ts";

const other = "ID-16.03/GOV/rsud/simrs";
const now = Date.UTC(2026, 5, 1);

interface Case {
  readonly grants?: readonly Grant[];
  readonly over?: Partial<ServiceVersion>;
  readonly purpose?: string;
  readonly iss?: string;
  readonly testers?: readonly string[];
  readonly subsystems?: readonly string[];
  readonly now?: number;
  readonly timeZone?: string;
}

/** The id of the grant that covers a call, or why none does, in both languages. */
function called({
  grants = [],
  over = {},
  purpose = "verifikasi",
  iss = consumer,
  testers = [],
  subsystems = [consumer],
  now: at = now,
  timeZone = "Asia/Jakarta",
}: Case): string | { id: string; en: string } {
  const caller = { statement: { claims: { iss, purpose } } } as Caller;
  const rules = snapshot({
    grants: new Map([
      [consumer, grants],
      [other, [grant({ id: `${other}#rahasia`, purpose: "lain" })]],
    ]),
    testers: new Set(testers),
    subsystems: new Set(subsystems),
    timeZone,
  });
  try {
    return authorize(rules, caller, { service: version(over), operation, pathParameters: [] }, at).id;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    expect(problem.code).toBe("not-granted");
    return problem.detail!;
  }
}
const en = (found: ReturnType<typeof called>): string => (typeof found === "string" ? found : found.en);

describe("check 9", () => {
  it("passes a call that a decided grant covers", () => {
    expect(called({ grants: [grant()] })).toBe(`${consumer}#baca`);
  });

  it("keeps what is on trial for test members, whatever grants there are", () => {
    const trial = { grants: [grant({ decided: false })], over: { trial: true } };
    expect(called(trial)).toEqual({
      id: "Layanan ini masih dalam uji coba; hanya anggota uji yang dapat memanggilnya sampai Dinas mengaktifkannya untuk produksi.",
      en: "This service is still on trial; only test members may call it until the Dinas activates it for production.",
    });
    expect(called({ ...trial, testers: [consumer] })).toBe(`${consumer}#baca`);
    expect(called({ over: { trial: true, openGrant: grant({ id: `${service}#open` }) } })).toMatchObject({
      en: expect.stringContaining("on trial") as string,
    });
  });

  it("does not take a grant that nobody decided for production", () => {
    expect(en(called({ grants: [grant({ decided: false })], testers: [consumer] }))).toBe(
      `The grant ${consumer}#baca has not been decided by the service's owner, so it serves only what is on trial. Ask for a decision.`,
    );
  });

  it("passes over a grant that rests, and says which of the three parties stopped it, when and why", () => {
    const stopped = (...parties: readonly ("consumer" | "owner" | "dinas")[]) =>
      grant({ suspensions: parties.map((party) => ({ party, by: "petugas-1", at: "2026-05-01T00:00:00.000Z", reason: "audit" })) });
    expect(called({ grants: [stopped("owner")] })).toEqual({
      id: `Izin ${consumer}#baca dihentikan sementara oleh penyedia sejak 2026-05-01 07:00:00 WIB: audit`,
      en: `The grant ${consumer}#baca was suspended by the provider at 2026-05-01 07:00:00 WIB: audit`,
    });
    expect(called({ grants: [stopped("consumer", "dinas")] })).toMatchObject({
      id: expect.stringMatching(/oleh konsumen .*; dihentikan sementara oleh Dinas /) as string,
    });
    expect(called({ grants: [stopped("owner"), grant({ id: "kedua" })] })).toBe("kedua");
  });

  it("says which grant covers what when the purpose does not cover the operation, and what to do", () => {
    expect(called({ grants: [grant({ operations: new Set(["createCatatan", "withdrawCatatan"]) })] })).toEqual({
      id:
        `Ditolak: tujuan verifikasi tidak mencakup operasi getCatatan; izin ${consumer}#baca mencakup createCatatan, ` +
        `withdrawCatatan. Untuk mengubahnya, ajukan perluasan izin ini kepada pemilik layanan.`,
      en:
        `Refused: purpose verifikasi does not cover operation getCatatan; grant ${consumer}#baca covers createCatatan, ` +
        `withdrawCatatan. To change this, ask the service's owner to widen the grant.`,
    });
  });

  it("names the consumer's own grant for another purpose, and not the purpose that was claimed", () => {
    const found = called({ grants: [grant()], purpose: "mengintip" });
    expect(en(found)).toContain(`The grant ${consumer}#baca is for verifikasi and covers getCatatan.`);
    expect(JSON.stringify(found)).not.toContain("mengintip");
  });

  it("says from which day through which day a grant runs that is not running, both included, as letters do", () => {
    const local = (clock: string): number => Date.parse(`${clock}+07:00`);
    const days = { from: local("2026-01-05T00:00:00"), until: local("2026-06-01T00:00:00") };
    expect(called({ grants: [grant(days)], now: local("2026-06-01T00:00:00") })).toEqual({
      id:
        `Izin akses ini belum mulai atau sudah berakhir: ${consumer}#baca berlaku dari 2026-01-05 sampai dengan 2026-05-31 (WIB). ` +
        "Perpanjang, atau ajukan yang baru.",
      en:
        `This grant has not begun or has ended: ${consumer}#baca runs from 2026-01-05 through 2026-05-31 (WIB). ` +
        "Renew it, or ask for a new one.",
    });
    const hours = { from: local("2026-01-05T08:30:00"), until: local("2026-05-31T16:00:00") + 1 };
    expect(en(called({ grants: [grant(hours)], now: local("2026-06-01T00:00:00") }))).toContain(
      "runs from 2026-01-05 08:30:00 through 2026-05-31 16:00:00 (WIB)",
    );
    expect(en(called({ grants: [grant(days)], now: local("2026-06-01T00:00:00"), timeZone: "Asia/Jayapura" }))).toContain("(WIT)");
    expect(called({ grants: [grant({ until: now + 1 })] })).toBe(`${consumer}#baca`);
    expect(en(called({ grants: [grant({ from: now + 1 })] }))).toContain("has not begun or has ended");
  });

  it("never names a grant of somebody else, nor one for another service", () => {
    expect(JSON.stringify(called({}))).not.toContain("rsud");
    expect(en(called({ grants: [grant({ service: `${service}1` })] }))).toBe(
      "Your subsystem has no grant for this service; ask its owner for one.",
    );
  });

  it("takes no grant of a subsystem that was retired", () => {
    expect(en(called({ grants: [grant()], subsystems: [] }))).toContain("no grant for this service");
  });

  it("tells of the grant that came nearest, and names a dozen operations at most", () => {
    const many = new Set(Array.from({ length: 15 }, (_, index) => `op${index}`));
    const found = en(
      called({
        grants: [
          grant({ id: "jauh", purpose: "lain" }),
          grant({ id: "dekat", operations: many }),
          grant({ id: "jauh-juga", purpose: "lain" }),
        ],
      }),
    );
    expect(found).toContain("grant dekat covers op0, ");
    expect(found).toContain("op11 and 3 more.");
  });
});
