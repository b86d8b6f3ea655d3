import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatewayFixture, record, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { posting, shoot, sign, type RequestChange } from "../../support/wire.ts";

/** A gateway whose origin is a name with the default port, as in production; where it listens. */
let w: GatewayFixture;
let listens: { readonly publicOrigin: string };
beforeAll(async () => {
  w = await gatewayFixture({ settings: { "public-origin": "http://spl.uji.test" } });
  listens = { publicOrigin: `http://127.0.0.1:${w.config.publicPort}` };
});
afterAll(() => w.close());

const ask = (change: RequestChange, replace: readonly [string, string] = ["", ""], content = "") =>
  shoot(listens, sign(w, change).head.replace(...replace) + content);

describe("what other software writes otherwise is taken, byte by byte", () => {
  it.each(["spl.uji.test", "SPL.uji.test", "spl.uji.test:80", "Spl.Uji.Test:80", "spl.uji.test:"])("F9: Host: %s", async (host) =>
    expect(await ask({ instead: { Host: host } })).toMatchObject({ status: 200 }),
  );

  it.each(["spl.uji.test:443", "spl.uji.test:8080", "spl.uji.test.", "a@spl.uji.test", "spl.lain.test"])(
    "F9: not Host: %s",
    async (host) => {
      const { status, content } = await ask({ instead: { Host: host } });
      expect([status, content.toString()]).toEqual([400, expect.stringContaining("Host harus spl.uji.test.")]);
    },
  );

  it.each(["http://spl.uji.test/", "http://SPL.uji.test:80/", "HTTP://spl.uji.test/", "https://spl.uji.test:443/"])(
    "absolute form: GET %s…, which the provider gets as a path",
    async (origin) => {
      expect(await ask({}, [" /", ` ${origin}`])).toMatchObject({ status: 200 });
      expect(w.received.at(-1)!.target).toBe("/catatan/1");
    },
  );

  it.each([
    ["receipt=full"],
    ['receipt="full"'],
    ["Receipt=Full"],
    ["respond-async, receipt=full; v=1"],
    ["respond-async", 'RECEIPT="FULL"'],
  ])("F10: Prefer: %j", async (...values) => {
    const { fields } = await ask({ lines: values.map((value) => `Prefer: ${value}`) });
    expect(["spl-receipt" in fields, "link" in fields]).toEqual([true, false]);
  });

  it.each(['note="a, receipt=full"', "receipt=none, receipt=full", "receipt"])("F10: not Prefer: %s", async (value) => {
    const { fields } = await ask({ lines: [`Prefer: ${value}`] });
    expect(["spl-receipt" in fields, "link" in fields]).toEqual([false, true]);
  });

  it.each(["application/json;", "application/json ;", 'application/json; charset="UTF-8";', "Application/JSON;;charset=utf-8"])(
    "F8: Content-Type: %s, which reaches the provider as signed",
    async (contentType) => {
      expect(await ask({ ...posting, contentType }, undefined, record.toString())).toMatchObject({ status: 201 });
      const { rawHeaders } = w.received.at(-1)!;
      expect(rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "content-type") + 1]).toBe(contentType);
    },
  );

  it.each<[string, readonly string[]]>([
    [
      "java.net.http",
      ["Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA", "Upgrade: h2c"],
    ],
    ["httpc of Erlang", ["te:"]],
    ["LWP", ["TE: deflate,gzip;q=0.3", "Connection: TE, close"]],
    ["HttpWebRequest", ["Expect: 100-continue"]],
    ["a forward proxy", ["Via: 1.1 squid", "X-Forwarded-For: 10.0.0.1", "Cache-Control: max-age=259200"]],
  ])("what %s adds to a GET", async (_, lines) => expect(await ask({ lines })).toMatchObject({ status: 200 }));
});
