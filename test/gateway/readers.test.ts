import { afterEach, describe, expect, it } from "vitest";
import type { Sent } from "../../src/agent/consumer.ts";
import { alteredStores } from "../support/altered-stores.ts";
import { auditor, consumer, gatewayFixture, provider, type FixtureOptions, type GatewayFixture } from "../support/gateway-fixture.ts";
import { kept } from "../support/kept-log.ts";
import { eventually } from "../support/patience.ts";
import { figure } from "../support/wire.ts";

let w: GatewayFixture;
afterEach(() => w.close());

async function enter(options: FixtureOptions): Promise<string> {
  w = await gatewayFixture({ stopped: true, ...options });
  return (await w.call()).fields["spl-exchange"]!;
}

const noPurpose: object = { purpose: undefined };
const read = (iss: string, target: string): Promise<Sent> => w.call({ iss, target, ...noPurpose });
const codeOf = ({ fields }: Sent): string => fields["spl-problem"] ?? "delivered";
const readings = (subsystem: string, what: string, code: string): Promise<number> =>
  figure(w, "simpul_readings_total", `{subsystem="${subsystem}",what="${what}",code="${code}"}`);

describe("a reader that asks again and again", () => {
  it("is rate-limited by what it reads; exchanges and other readers go on", async () => {
    const { log, lines } = kept("limited");
    const id = await enter({ settings: { "max-readings-per-second": "2" }, log });
    expect([codeOf(await read(consumer, `/evidence/${id}`)), codeOf(await read(consumer, `/evidence/${id}`))]).toEqual([
      "delivered",
      "delivered",
    ]);
    const refused = await read(consumer, `/evidence/${id}`);
    expect(refused).toMatchObject({
      status: 429,
      fields: {
        "spl-problem": "rate-limited",
        "retry-after": "5",
        ratelimit: '"readings";r=0;t=5',
        "ratelimit-policy": '"readings";q=20;w=10',
      },
    });
    expect(codeOf(await read(consumer, `/receipts/${id}`))).toBe("rate-limited");
    expect(codeOf(await read(provider, `/evidence/${id}`))).toBe("delivered");
    expect(codeOf(await w.call())).toBe("delivered");
    expect(await readings(consumer, "evidence", "delivered")).toBe(2);
    expect(await readings(consumer, "evidence", "rate-limited")).toBe(1);
    expect(await readings(consumer, "receipt", "rate-limited")).toBe(1);
    expect(await figure(w, "simpul_limited_total", `subsystem="${consumer}",limit="readings"`)).toBe(2);
    expect(lines).toEqual([["limited", { subsystem: consumer, limit: "readings", refused: 1 }]]);

    w.turnClock(5000);
    expect(codeOf(await read(consumer, `/evidence/${id}`))).toBe("delivered");
    expect(codeOf(await read(consumer, `/receipts/${id}`))).toBe("rate-limited");
    w.turnClock(5500);
    expect(codeOf(await read(consumer, `/receipts/${id}`))).toBe("delivered");
  });

  it("of entries is an auditor with the same rate", async () => {
    await enter({ settings: { "max-readings-per-second": "1" } });
    const size = Number((await (await fetch(`${w.publicOrigin}/log/log-1/checkpoint`)).text()).split("\n")[1]);
    const entries = `/log/log-1/tile/entries/000.p/${size}`;
    for (let i = 0; i < 10; i++) expect((await read(auditor, entries)).status).toBe(200);
    expect(await read(auditor, entries)).toMatchObject({ status: 429, fields: { "spl-problem": "rate-limited", "retry-after": "1" } });
    expect(codeOf(await read(consumer, entries))).toBe("receipt-unknown");
    expect(await readings(auditor, "entries", "delivered")).toBe(10);
    expect(await readings(auditor, "entries", "rate-limited")).toBe(1);
    expect(await readings(consumer, "entries", "receipt-unknown")).toBe(1);
  });

  it("has one bundle made at a time, so that its next ones keep nobody waiting", async () => {
    const made: (() => void)[] = [];
    let most = 0;
    let running = 0;
    const id = await enter({
      settings: { "max-bundles": "2" },
      storesAt: alteredStores((stores) => ({
        async openLedger(options) {
          const ledger = await stores.openLedger(options);
          return {
            ...ledger,
            async sealedRecord(index) {
              most = Math.max(most, ++running);
              await new Promise<void>((go) => made.push(go));
              running--;
              return ledger.sealedRecord(index);
            },
          };
        },
      })),
    });
    const greedy = [1, 2, 3].map(() => read(consumer, `/evidence/${id}`));
    await eventually(() => made.length === 1);
    const other = read(provider, `/evidence/${id}`);
    await eventually(() => made.length === 2);
    made[1]!();
    expect(codeOf(await other)).toBe("delivered");
    for (let next = 2; next <= 4; next++) {
      made[next === 2 ? 0 : next - 1]!();
      if (next < 4) await eventually(() => made.length === next + 1);
    }
    expect((await Promise.all(greedy)).map(codeOf)).toEqual(["delivered", "delivered", "delivered"]);
    expect(most).toBe(2);
  });
});
