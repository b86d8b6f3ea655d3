import { describe, expect, it } from "vitest";
import { Problem } from "../../src/base/problem.ts";
import type { Text } from "../../src/base/text.ts";
import type { RequestHead } from "../../src/exchange/head.ts";
import { resolveService } from "../../src/exchange/operation.ts";
import type { ServiceVersion, OpinionDependency } from "../../src/registry/snapshot.ts";
import { snapshot, version } from "../support/snapshots.ts";
import { service } from "../support/parties.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00.000Z`);
const head = { service } as RequestHead;

/** What a call at a moment comes to: served, or the refusal's code and detail. */
function called(
  over: Partial<ServiceVersion>,
  now: number,
): "served" | { code: string; detail: Text | undefined; retry: string | undefined } {
  try {
    resolveService(snapshot({ services: new Map([[service, version(over)]]) }), head, now);
    return "served";
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return { code: problem.code, detail: problem.detail, retry: problem.fields["Retry-After"] };
  }
}

const name = { id: "pertimbangan kelaikan keamanan dari BSSN", en: "the opinion on fitness for security from BSSN" };
const rests = (...opinions: OpinionDependency["opinions"]): Pick<ServiceVersion, "dependsOn"> => ({ dependsOn: [{ name, opinions }] });
const until2026 = { id: "p-1", from: day("2026-01-01"), until: day("2026-06-01") };
const revoked = { by: "verifikator-1", at: "2026-03-01T00:00:00.000Z", reason: "temuan baru" };

describe("check 3", () => {
  it("does not know a service that is not there or was retired", () => {
    expect(() => resolveService(snapshot(), head, 0)).toThrow(expect.objectContaining({ code: "service-unknown" }) as Error);
    const retired = called({ state: "retired" }, 0);
    expect(retired).toMatchObject({
      code: "service-unknown",
      detail: { en: expect.stringContaining("no service of that name") as string },
    });
  });

  it("tells strangers since when a service is suspended, and neither by whom nor why", () => {
    const suspension = { by: "pemilik-1", at: "2026-01-20T00:00:00.000Z", reason: "data keliru" };
    expect(called({ state: "suspended", suspension }, 0)).toEqual({
      code: "service-suspended",
      detail: {
        id: "Layanan dihentikan sementara sejak 2026-01-20 07:00:00 WIB; tanyakan sebabnya kepada pemilik layanan.",
        en: "The service has been suspended since 2026-01-20 07:00:00 WIB; its owner can say why.",
      },
      retry: "60",
    });
    expect(called({ state: "suspended" }, 0)).toEqual({ code: "service-suspended", detail: undefined, retry: "60" });
  });

  it("serves until the last instant of an opinion that it rests on, and names it from the next one on", () => {
    expect(called(rests(until2026), day("2026-06-01") - 1)).toBe("served");
    expect(called(rests(until2026), day("2026-06-01"))).toEqual({
      code: "service-suspended",
      detail: {
        id: "Layanan berhenti: pertimbangan kelaikan keamanan dari BSSN (p-1) hanya berlaku sampai dengan 2026-06-01 06:59:59 WIB.",
        en: "The service has stopped: the opinion on fitness for security from BSSN (p-1) stood only through 2026-06-01 06:59:59 WIB.",
      },
      retry: "60",
    });
  });

  it("does not serve before an opinion begins to stand", () => {
    expect(called(rests(until2026), day("2026-01-01") - 1)).toMatchObject({
      detail: { en: expect.stringContaining("(p-1) does not stand before 2026-01-01") as string },
    });
    expect(called(rests(until2026), day("2026-01-01"))).toBe("served");
  });

  it("serves as long as one of several stands: a renewal in time interrupts nothing, and a gap does", () => {
    const renewed = rests(until2026, { id: "p-2", from: day("2026-05-01"), until: undefined });
    expect([day("2026-04-01"), day("2026-06-01"), day("2030-01-01")].map((now) => called(renewed, now))).toEqual([
      "served",
      "served",
      "served",
    ]);
    const gap = rests(until2026, { id: "p-2", from: day("2026-07-01"), until: undefined });
    expect([day("2026-05-31"), day("2026-06-15"), day("2026-07-01")].map((now) => called(gap, now) === "served")).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("refuses at once when an opinion was revoked, naming it, by whom, since when and why", () => {
    expect(called(rests({ ...until2026, revoked }), day("2026-04-01"))).toMatchObject({
      code: "service-suspended",
      detail: { id: "Layanan berhenti: pertimbangan kelaikan keamanan dari BSSN (p-1) dicabut sejak 2026-03-01 07:00:00 WIB." },
    });
    expect(called(rests({ ...until2026, revoked }, { ...until2026, id: "p-2" }), day("2026-04-01"))).toBe("served");
  });

  it("refuses where an opinion that is asked for was never given", () => {
    expect(called(rests(), 0)).toMatchObject({
      detail: { en: "The service has stopped: the opinion on fitness for security from BSSN is not there yet." },
    });
  });

  it("needs all that it rests on", () => {
    const both: Pick<ServiceVersion, "dependsOn"> = {
      dependsOn: [
        { name, opinions: [{ id: "o", from: 0, until: undefined }] },
        { name: { id: "lain", en: "another" }, opinions: [until2026] },
      ],
    };
    expect(called(both, day("2026-02-01"))).toBe("served");
    expect(called(both, day("2026-08-01"))).toMatchObject({ detail: { en: expect.stringContaining("another (p-1)") as string } });
  });
});
