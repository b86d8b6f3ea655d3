import { BlockList } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatewayFixture, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { shoot, sign, type RequestChange } from "../../support/wire.ts";

let w: GatewayFixture;
beforeAll(async () => void (w = await gatewayFixture()));
afterAll(() => w.close());

const refusalOf = async (signing: RequestChange) => {
  const { fields } = await shoot(w, sign(w, signing).head, { bodiless: signing.method === "HEAD" });
  return { code: fields["spl-problem"], isExchange: "spl-exchange" in fields };
};

describe("the public port", () => {
  it.each(["/keys/x", "/problems/x", "/log/x", "/logs"])(
    "serves pages below %s to GET and HEAD, without the checks of an exchange",
    async (target) => {
      expect(await refusalOf({ target })).toEqual({ code: undefined, isExchange: false });
      expect(await refusalOf({ target, method: "HEAD" })).toEqual({ code: undefined, isExchange: false });
    },
  );

  it.each(["/", "/docs/client.md", "/catalogue", "/catalogue/x", "/catalogue/x/openapi.json", "/keys/x", "/logs", "/log/log-1/checkpoint"])(
    "serves %s inside the intra network only",
    async (target) => {
      const gateway = w.open.gateway as { allowedNetworks: BlockList };
      const { allowedNetworks } = gateway;
      gateway.allowedNetworks = new BlockList();
      const outside = await refusalOf({ target });
      gateway.allowedNetworks = allowedNetworks;
      expect([outside, await refusalOf({ target })]).toEqual([
        { code: "not-intra", isExchange: false },
        { code: undefined, isExchange: false },
      ]);
    },
  );

  it.each(["/keys/x", "/logs", "/log/log-1/checkpoint", "/log/log-1/tile/0/000.p/1"])(
    "serves %s to a caller who would wait for 100 Continue, and in absolute form",
    async (target) => {
      expect(await refusalOf({ target, lines: ["Expect: 100-continue"] })).toEqual({ code: undefined, isExchange: false });
      expect(await refusalOf({ target: `${w.publicOrigin}${target}` })).toEqual({ code: undefined, isExchange: false });
    },
  );

  it.each<[string, RequestChange]>([
    ["a page with another method", { target: "/keys/x", method: "POST" }],
    ["the folder of pages alone", { target: "/keys" }],
    ["the list of logs with a query", { target: "/logs?a=b" }],
    ["a path that only begins like receipts", { target: "/receiptsx" }],
    ["a path that only begins like evidence", { target: "/evidence-x/y" }],
    ["a path that nobody serves", { target: "/nothing" }],
  ])("refuses %s as an exchange", async (_, signing) => {
    expect(await refusalOf(signing)).toEqual({ code: "service-unknown", isExchange: true });
  });

  it("refuses an expectation that nobody knows, of a page, too", async () => {
    expect(await refusalOf({ target: "/keys/x", lines: ["Expect: 200-maybe"] })).toEqual({ code: "request-malformed", isExchange: true });
  });

  it.each(["/receipts", "/receipts/x", "/receipts?statement=x", "/evidence", "/evidence/x", "/evidence?a=b"])(
    "answers %s as a reader's request: no exchange, and nothing is said of what exists",
    async (target) => {
      expect((await refusalOf({ target, claims: { purpose: undefined } })).isExchange).toBe(false);
    },
  );
});
