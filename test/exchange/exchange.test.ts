import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { consumer, record, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";

describe("an exchange", () => {
  let w: GatewayFixture;
  beforeAll(async () => void (w = await gatewayFixture()));
  afterAll(() => w.close());

  it("is delivered with a receipt that verifies", async () => {
    const sent = await w.call();
    expect(sent.status).toBe(200);
    expect(sent.answer).toEqual(record);
    const receipt = parseReceipt(sent.fields["spl-receipt"]!)!;
    const findings = checkReceipt(receipt, {
      vkey: w.instance.vkey,
      consumer,
      service,
      status: 200,
      htm: "GET",
      exchange: sent.fields["spl-exchange"]!,
      statement: sent.claims,
      requestContent: sent.content,
      responseContent: sent.answer,
    });
    expect(findings.filter(({ holds }) => holds !== true)).toEqual([]);
  });
});
