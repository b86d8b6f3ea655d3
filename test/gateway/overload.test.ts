import { afterEach, describe, expect, it } from "vitest";
import { measureLoad, type Load } from "../../src/exchange/load.ts";
import { consumer, faithful, gatewayFixture, stranger, type FixtureOptions, type GatewayFixture } from "../support/gateway-fixture.ts";
import { kept } from "../support/kept-log.ts";
import { page } from "../support/page.ts";
import { eventually } from "../support/patience.ts";
import { dial, figure, ledgerLeaves, metered, shoot, sign, type RequestChange, type WireAnswer } from "../support/wire.ts";

let w: GatewayFixture;
afterEach(() => w.close());

const { log, lines } = kept("overloaded", "limited", "refused");

let measuredAt = 0;
/** A gateway whose load the test measures. */
async function enter(options: FixtureOptions = {}, maxInFlight = 8192): Promise<Load> {
  lines.length = 0;
  measuredAt = 0;
  const load = measureLoad({ maxInFlight, maxInFlightShare: 25, maxDelayMs: 500 });
  w = await gatewayFixture({ ...options, log, wrap: (gateway) => ({ ...gateway, load }) });
  return load;
}
const measure = (load: Load, delayMs: number): void => {
  for (let i = 0; i < 10; i++) load.measure(delayMs, (measuredAt += 100));
};
const codeOf = ({ fields }: Pick<WireAnswer, "fields">): string => fields["spl-problem"] ?? "delivered";
const of = async (change?: RequestChange): Promise<string> => codeOf(await shoot(w, sign(w, change).head));
const ready = async (): Promise<string> => (await page(`${w.controlOrigin}/readyz`)).text;

describe("an overloaded gateway", () => {
  it("refuses strangers before it looks at anything, and serves those who authenticated lately", async () => {
    const load = await enter({ stopped: true });
    expect(await of()).toBe("delivered");
    measure(load, 500);
    expect(await of()).toBe("delivered");
    expect((await page(`${w.publicOrigin}/problems/replayed`)).status).toBe(200);
    w.turnClock(3_600_000);

    const before = (await ledgerLeaves(w)).length;
    const refused = await shoot(w, "GET /anything HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n\r\n");
    expect(refused).toMatchObject({ status: 503, fields: { "spl-problem": "overloaded", "retry-after": "5" } });
    expect(JSON.parse(refused.content.toString())).toMatchObject({ code: "overloaded", title: "The gateway is overloaded" });
    const once = sign(w).head;
    expect(codeOf(await shoot(w, once))).toBe("overloaded");
    for (const path of ["/", "/catalogue", "/problems/replayed", "/logs", "/receipts/x", "/evidence/x"])
      expect((await page(`${w.publicOrigin}${path}`)).status, path).toBe(503);
    // Providers look keys up while they judge what is under way.
    expect((await page(`${w.publicOrigin}/keys/${w.keys[consumer]!.kid}`)).status).toBe(200);

    expect(await ready()).toBe("not ready: overloaded\n");
    expect((await page(`${w.controlOrigin}/livez`)).text).toBe("ok\n");
    expect((await page(`${w.controlOrigin}/v1/openapi.json`)).status).toBe(200);
    expect(await figure(w, "simpul_overloaded", `limit="delay"`)).toBe(1);
    expect(await figure(w, "simpul_shed_total", `subsystem="-"`)).toBe(8);
    expect(await metered(w, "overloaded")).toBe(8);
    expect((await ledgerLeaves(w)).length).toBe(before);
    expect(lines).toEqual([["overloaded", { limit: "delay", subsystem: undefined, source: "127.0.0.1", refused: 1 }]]);

    measure(load, 0);
    expect(await ready()).toBe("ok\n");
    // What was refused was not taken.
    expect(codeOf(await shoot(w, once))).toBe("delivered");
    w.turnClock(2 * 3_600_000);
    measure(load, 500);
    expect(await of()).toBe("overloaded");
    expect(lines[1]).toEqual(["overloaded", { limit: "delay", subsystem: undefined, source: "127.0.0.1", refused: 8 }]);
  });

  it("then takes from those subsystems that have most under way; a modest one goes on", async () => {
    const load = await enter();
    const releases: (() => void)[] = [];
    w.respondWith((seen, request, response) => void releases.push(() => faithful(seen, request, response)));
    const greedy = dial(w);
    greedy.write(Array.from({ length: 8 }, () => sign(w).head).join(""));
    await eventually(() => releases.length === 8);
    measure(load, 500);
    measure(load, 500);
    expect(await of()).toBe("overloaded");
    expect(await of({ key: w.keys[stranger]!, claims: { iss: stranger } })).toBe("not-granted");
    expect(lines.filter(([event]) => event === "overloaded")).toEqual([
      ["overloaded", { limit: "delay", subsystem: consumer, source: undefined, refused: 1 }],
    ]);
    expect(await figure(w, "simpul_shed_total", `subsystem="${consumer}"`)).toBe(1);
    for (const release of releases.splice(0)) release();
    for (let i = 0; i < 8; i++) expect(codeOf(await greedy.answer())).toBe("delivered");
    w.respondWith(faithful);
    expect(await of()).toBe("delivered");
    greedy.socket.destroy();
  });

  it("bounds what one subsystem has in flight until its answers have left; its statement can be sent again", async () => {
    await enter({}, 8);
    const releases: (() => void)[] = [];
    w.respondWith((seen, request, response) => void releases.push(() => faithful(seen, request, response)));
    const busy = dial(w);
    busy.write(sign(w).head + sign(w).head);
    await eventually(() => releases.length === 2);
    const next = sign(w).head;
    const refused = await shoot(w, next);
    expect(refused).toMatchObject({
      status: 429,
      fields: {
        "spl-problem": "rate-limited",
        "retry-after": "1",
        ratelimit: '"in-flight";r=0;t=1',
        "ratelimit-policy": '"in-flight";q=2;qu="concurrent-requests"',
      },
    });
    expect(refused.fields).not.toHaveProperty("link");
    expect(await of({ target: "/receipts/x", claims: { purpose: undefined } })).toBe("receipt-unknown");
    expect(await of({ key: w.keys[stranger]!, claims: { iss: stranger } })).toBe("not-granted");
    expect(lines).toContainEqual(["limited", { subsystem: consumer, limit: "in-flight", refused: 1 }]);
    for (const release of releases.splice(0)) release();
    await busy.answer();
    await busy.answer();
    w.respondWith(faithful);
    await eventually(async () => codeOf(await shoot(w, next)) === "delivered");
    busy.socket.destroy();
  });

  it("gives a place free also where the caller hangs up, and where a reader is refused", async () => {
    await enter({}, 8);
    const releases: (() => void)[] = [];
    w.respondWith((seen, request, response) => void releases.push(() => faithful(seen, request, response)));
    for (let i = 0; i < 3; i++) {
      const gone = dial(w);
      gone.write(sign(w).head);
      await eventually(() => releases.length === 1);
      gone.socket.destroy();
      releases.pop()!();
      await eventually(async () => (await figure(w, "simpul_exchanges_in_flight")) === 0);
    }
    w.respondWith(faithful);
    for (let i = 0; i < 5; i++) {
      for (const target of ["/receipts/0190c0de-0000-7000-8000-000000000000", "/log/log-1/tile/entries/000.p/1"])
        expect(await of({ target, claims: { purpose: undefined } })).toBe("receipt-unknown");
    }
    expect(await of()).toBe("delivered");
  });
});
