import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alteredStores } from "../support/altered-stores.ts";
import { Problem } from "../../src/base/problem.ts";
import { transmit, type Sent } from "../../src/agent/consumer.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import { consumer, faithful, purpose, record, service, stranger, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { again, leavesOf } from "../support/log-leaves.ts";
import { page } from "../support/page.ts";
import { eventually } from "../support/patience.ts";
import { figure } from "../support/wire.ts";

const write = { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" };

interface Counted {
  readonly consumer: string;
  readonly code: string;
  readonly count: number;
}

async function counted({ controlOrigin }: GatewayFixture): Promise<Counted[]> {
  const { text } = await page(`${controlOrigin}/metrics`);
  return text.split("\n").flatMap((line) => {
    const [, by, code, count] = /^simpul_exchanges_total\{consumer="([^"]*)",.*code="([^"]*)"\} (\d+)$/.exec(line) ?? [];
    return by === undefined ? [] : [{ consumer: by, code: code!, count: Number(count) }];
  });
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((a, b) => a + b, 0);

/** Sums by key, without those that are nothing. */
function tally(pairs: Iterable<readonly [string, number]>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [key, count] of pairs) sums[key] = (sums[key] ?? 0) + count;
  return sums;
}

/** Refusals that leave no leaf although the consumer is known (protocol §4). */
const unappended = new Set(["replayed", "replay-unknown", "ledger-unavailable"]);

it("the seconds of an exchange are some of those in which its caller waited", async () => {
  const w = await gatewayFixture();
  const began = performance.now();
  expect((await w.call()).status).toBe(200);
  const waited = (performance.now() - began) / 1000;
  const seconds = await figure(w, "simpul_exchange_duration_seconds_sum");
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(waited);
  await w.close();
});

describe("what is metered and what stands in the log", () => {
  let w: GatewayFixture;
  let ledgerFails = false;
  /** As the callers saw it: problem codes, `delivered`, or `gone` for the ones who hung up. */
  const seen: string[] = [];

  beforeAll(async () => {
    w = await gatewayFixture({
      settings: { "gathered-refusals-per-minute": "5" },
      storesAt: alteredStores((stores) => ({
        async openLedger(options) {
          const ledger = await stores.openLedger(options);
          return {
            ...ledger,
            append: async (entry) =>
              ledgerFails && entry.type === "outcome" ? Promise.reject(new Problem("ledger-unavailable")) : ledger.append(entry),
          };
        },
      })),
    });
    const note = async (sent: Promise<Sent>): Promise<Sent> => {
      const { fields } = await sent;
      seen.push(fields["spl-problem"] ?? "delivered");
      return sent;
    };
    const replay = async (): Promise<void> => void (await note(again(w, await note(w.call(write)))));
    const changed = async (): Promise<Sent> => {
      const claims = claimsFor({ iss: consumer, aud: w.publicOrigin, purpose, ...write, nowSeconds: Math.floor(Date.now() / 1000) });
      const statement = signStatement(claims, w.keys[consumer]!);
      return transmit({
        aud: w.publicOrigin,
        ...write,
        statement,
        digest: claims.digest,
        content: Buffer.from('{"nik":"1603010101909002"}'),
      });
    };
    const kinds: readonly (() => Promise<unknown>)[] = [
      () => note(w.call()),
      () => note(w.call(write)),
      replay,
      () => note(changed()),
      () => note(w.call({ iss: stranger })),
      () => note(w.call({ purpose: "lain" })),
      () => note(w.call({ target: `/r1/${service}/catatan/nol` })),
      () => note(w.call({ target: `/r1/${service}/tidak-ada` })),
      () => note(w.call({ target: "/r1/ID-16.03/GOV/disdukcapil/siak/lain/v1/a" })),
      () => note(w.call({ target: "/r1//a" })),
      () => note(w.call({ key: w.keys[stranger]! })),
      () => note(w.call({ key: generateSigningKey("Ed25519") })),
      () => note(w.call({ nowMs: 0 })),
      () => hangUpWhileSending(w),
    ];
    for (let round = 0; round < 12; round++) await Promise.all(kinds.map((kind) => kind()));
    await hangUpBeforeTheAnswer(w);
    seen.push(...Array<string>(13).fill("caller-gone"));
    const garbage = connect(w.config.publicPort, "127.0.0.1").end("bukan HTTP\r\n\r\n");
    garbage.resume();
    await once(garbage, "close");
    seen.push("request-malformed");
    const metered = (): Promise<true> => eventually(async () => sum((await counted(w)).map(({ count }) => count)) >= seen.length);
    await metered();
    ledgerFails = true;
    await note(w.call());
    await note(w.call(write));
    ledgerFails = false;
    await metered();
  });
  afterAll(() => w.close());

  it("agree: each exchange is counted once under what its caller saw", async () => {
    expect(tally((await counted(w)).map(({ code, count }) => [code, count]))).toEqual(tally(seen.map((code) => [code, 1])));
  });

  it("agree: the counter is the outcome and refusal leaves, gathered ones included, and what is not appended", async () => {
    const metered = await counted(w);
    await w.open.close();
    const leaves = (await leavesOf(w)).filter(({ type }) => type === "outcome" || type === "refusal");
    const recorded = leaves.flatMap(({ consumer: by, problem, counts }): (readonly [string, number])[] =>
      counts === undefined
        ? [[`${by} ${problem ?? "delivered"}`, 1]]
        : Object.entries(counts).map(([code, count]) => [`${by} ${code}`, count]),
    );
    const appended = metered.filter(({ consumer: by, code }) => by !== "-" && !unappended.has(code));
    expect(tally(recorded)).toEqual(tally(appended.map(({ consumer: by, code, count }) => [`${by} ${code}`, count])));
    expect(leaves.filter(({ counts }) => counts !== undefined)).not.toEqual([]);
    const rest = metered.filter((row) => !appended.includes(row));
    expect(sum(metered.map(({ count }) => count))).toBe(sum(recorded.map(([, count]) => count)) + sum(rest.map(({ count }) => count)));
  });

  it("agree per process life: an intent of the last one is closed in the log and counted nowhere", async () => {
    const next = await gatewayFixture({ continues: w });
    expect((await leavesOf(w)).at(-1)).toMatchObject({ type: "outcome", problem: "outcome-unknown" });
    expect(await counted(next)).toEqual([]);
    await next.close();
  });
});

it("labels come from the registry alone: hostile requests add no series", async () => {
  const w = await gatewayFixture();
  const hostile = (i: number): readonly Promise<Sent>[] => [
    w.call({ target: `/r1/ID-16.03/GOV/x${i}/y${i}/z${i}/v1/a` }),
    w.call({ target: `/r1/${service}/lain/${i}` }),
    w.call({ iss: `ID-16.03/GOV/x${i}/y`, key: w.keys[consumer]! }),
    w.call({ iss: `ID-16.03/GOV/x${i}/y`, key: generateSigningKey("Ed25519") }),
    w.call({ purpose: `tujuan-${i}` }),
    w.call({ fields: { "Spl-Receipt": `x${i}`, traceparent: `${i}` } }),
  ];
  /** The gateway's own series, without their values. */
  const series = async (): Promise<string[]> =>
    (await page(`${w.controlOrigin}/metrics`)).text
      .split("\n")
      .filter((line) => line.startsWith("simpul_"))
      .map((line) => line.slice(0, line.lastIndexOf(" ")));
  await Promise.all(hostile(0));
  const before = await series();
  for (let i = 1; i < 40; i++) await Promise.all(hostile(i));
  expect(await series()).toEqual(before);
  await w.close();
});

/** Promises content, sends a part of it and hangs up once the gateway waits for the rest. */
async function hangUpWhileSending(w: GatewayFixture): Promise<void> {
  const claims = claimsFor({ iss: consumer, aud: w.publicOrigin, purpose, ...write, nowSeconds: Math.floor(Date.now() / 1000) });
  const fields = {
    "Content-Digest": claims.digest,
    "Spl-Signature": signStatement(claims, w.keys[consumer]!),
    "Content-Type": "application/json",
    "Content-Length": record.length,
    Expect: "100-continue",
  };
  const outgoing = request(w.publicOrigin, { method: "POST", path: write.target, agent: false, headers: fields });
  outgoing.on("error", () => undefined);
  outgoing.flushHeaders();
  await once(outgoing, "continue");
  outgoing.destroy();
}

const connections = ({ open }: GatewayFixture): Promise<number> =>
  new Promise((resolve) => open.publicApp.server.getConnections((_, count) => resolve(count)));

async function hangUpBeforeTheAnswer(w: GatewayFixture): Promise<void> {
  const claims = claimsFor({
    iss: consumer,
    aud: w.publicOrigin,
    purpose,
    method: "GET",
    target: `/r1/${service}/catatan/2`,
    nowSeconds: Math.floor(Date.now() / 1000),
  });
  const outgoing = request(w.publicOrigin, {
    path: `/r1/${service}/catatan/2`,
    agent: false,
    headers: { "Content-Digest": claims.digest, "Spl-Signature": signStatement(claims, w.keys[consumer]!) },
  });
  outgoing.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => {
    w.respondWith((seen, incoming, response) => {
      outgoing.socket!.resetAndDestroy();
      outgoing.once("close", () => {
        w.respondWith(faithful);
        // The gateway must have learned of it before the provider's answer comes.
        resolve(eventually(async () => (await connections(w)) === 0).then(() => faithful(seen, incoming, response)));
      });
    });
  });
  outgoing.end();
  await gone;
}
