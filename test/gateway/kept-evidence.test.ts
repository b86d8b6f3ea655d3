import { existsSync, rmSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sent } from "../../src/agent/consumer.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { openBytes, parseReceipt } from "../../src/ledger/receipt.ts";
import { encodeLeaf } from "../../src/ledger/leaf.ts";
import { consumer, environment, record, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { leavesOf } from "../support/log-leaves.ts";

let w: GatewayFixture;
let got: Sent;
let written: Sent;
let refused: Sent;
beforeAll(async () => {
  // A directory that was made before there were evidence keys.
  const before = await environment();
  rmSync(before.config.evidenceKey);
  w = await gatewayFixture({ continues: before });
  const close = w.close.bind(w);
  w = { ...w, close: async () => (await close(), await before.close()) };
  got = await w.call();
  written = await w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
  refused = await w.call({ purpose: "tujuan-lain" });
});
afterAll(() => w.close());

const idOf = ({ fields }: Sent): string => fields["spl-exchange"]!;
const leavesBy = async (sent: Sent) => (await leavesOf(w)).filter(({ id }) => id === idOf(sent));
const evidenceOf = async (sent: Sent, type: string) =>
  w.open.gateway.ledger.sealedRecord((await leavesBy(sent)).find((leaf) => leaf.type === type)!.index);

describe("the evidence that a gateway keeps", () => {
  it("is locked under a key that it makes where there is none", () => {
    expect(existsSync(w.config.evidenceKey)).toBe(true);
    expect(statSync(w.config.evidenceKey).mode & 0o777).toBe(0o600);
  });

  it("is the statement as it was sent, beside the first leaf of the exchange, and the keys that its receipt carried", async () => {
    for (const [sent, type] of [
      [got, "outcome"],
      [written, "intent"],
      [refused, "refusal"],
    ] as const)
      expect((await evidenceOf(sent, type))?.statement).toBe(sent.statement);
    expect((await evidenceOf(written, "outcome"))?.statement).toBeUndefined();
    for (const sent of [got, written])
      expect((await evidenceOf(sent, "outcome"))?.keys?.subarray(0, openBytes)).toEqual(parseReceipt(sent.fields["spl-receipt"]!)!.open);
  });

  it("once destroyed, is missing from a receipt, which opens nothing and is sound in everything else", async () => {
    const { ledger, clock } = w.open.gateway;
    const [at, id] = [clock(), uuidv7(clock())];
    const leaf = encodeLeaf({ v: 1, log: ledger.origin, type: "control", id, at: new Date(at).toISOString(), change: {} });
    for (const { bucket } of await ledger.buckets()) await ledger.append({ type: "control", id, at, leaf, destroys: bucket });
    expect(await evidenceOf(written, "intent")).toBeUndefined();
    const { answer } = await w.call({
      iss: consumer,
      target: `/receipts/${idOf(written)}`,
      ...{ purpose: undefined as unknown as string },
    });
    const receipt = parseReceipt((JSON.parse(answer.toString()) as { receipt: string }).receipt)!;
    expect(receipt.open).toEqual(Buffer.alloc(openBytes));
    const findings = checkReceipt(receipt, {
      vkey: w.instance.vkey,
      consumer,
      service,
      htm: "POST",
      status: 201,
      exchange: idOf(written),
      statement: written.claims,
    });
    expect(findings.filter(({ holds }) => holds === false)).toEqual([]);
  });
});
