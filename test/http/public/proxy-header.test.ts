import { connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { readProxyHeader } from "../../../src/http/public/proxy-header.ts";
import { gatewayFixture } from "../../support/gateway-fixture.ts";

const signature = Buffer.from("0d0a0d0a000d0a515549540a", "hex");
const binary = (command: number, family: number, rest: string): Buffer => {
  const bytes = Buffer.from(rest, "hex");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([signature, Buffer.from([command, family]), length, bytes]);
};
const four = "c0000207" + "0a000001" + "1267" + "0050";
const six = "20010db8000000000000000000000007" + "fd000000000000000000000000000001" + "1267" + "0050";

describe("a PROXY protocol header", () => {
  it.each([
    ["version 1, IPv4", Buffer.from("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\nGET"), { bytes: 39, address: "192.0.2.7" }],
    ["version 1, IPv6", Buffer.from("PROXY TCP6 2001:db8::7 fd00::1 4711 80\r\n"), { bytes: 40, address: "2001:db8::7" }],
    ["version 1, unknown", Buffer.from("PROXY UNKNOWN\r\n"), { bytes: 15, address: undefined }],
    ["version 1, another family", Buffer.from("PROXY TCP4 2001:db8::7 fd00::1 4711 80\r\n"), "broken"],
    ["version 1, no end", Buffer.from(`PROXY TCP4 ${"1".repeat(120)}`), "broken"],
    ["version 1, not whole yet", Buffer.from("PROXY TCP4 192.0"), "more"],
    ["version 1, hardly begun", Buffer.from("PRO"), "more"],
    ["version 2, IPv4", binary(0x21, 0x11, four), { bytes: 28, address: "192.0.2.7" }],
    ["version 2, IPv4 with a TLV", binary(0x21, 0x11, `${four}03000412345678`), { bytes: 35, address: "192.0.2.7" }],
    ["version 2, IPv6", binary(0x21, 0x21, six), { bytes: 52, address: "2001:db8:0:0:0:0:0:7" }],
    ["version 2, LOCAL", binary(0x20, 0x00, ""), { bytes: 16, address: undefined }],
    ["version 2, a Unix socket", binary(0x21, 0x31, "00".repeat(216)), { bytes: 232, address: undefined }],
    ["version 2, too short for its family", binary(0x21, 0x11, "c0000207"), "broken"],
    ["version 2, another version", binary(0x31, 0x11, four), "broken"],
    ["version 2, longer than is read", binary(0x21, 0x11, "00".repeat(600)), "broken"],
    ["version 2, not whole yet", binary(0x21, 0x11, four).subarray(0, 20), "more"],
    ["version 2, hardly begun", signature.subarray(0, 5), "more"],
    ["none", Buffer.from("GET / HTTP/1.1\r\n"), "none"],
    ["none, though it begins alike", Buffer.from("PROPFIND / HTTP/1.1\r\n"), "none"],
  ])("%s", (_, bytes, expected) => {
    expect(readProxyHeader(bytes)).toEqual(expected);
  });
});

const get = (host: string, last = ""): string => `GET /arrived HTTP/1.1\r\nHost: ${host}\r\n${last}\r\n`;
/** One that is refused: nothing tells the end of its answer but the connection's. */
const once = (host: string): string => get(host, "Connection: close\r\n");

/** Everything that comes back until `times` answers are there or the connection ends. */
function answersTo(port: number, chunks: readonly (string | Buffer)[], times: number): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket: Socket = connect(port, "127.0.0.1");
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on("error", done).on("end", done);
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if ((text.match(/"caller":"[^"]*"\}/g) ?? []).length === times) done();
    });
    const next = (i: number): void => {
      if (i < chunks.length) socket.write(chunks[i]!, () => setImmediate(next, i + 1));
    };
    next(0);
  });
}
const callers = (text: string): readonly string[] => Array.from(text.matchAll(/"caller":"([^"]*)"\}/g), ([, address]) => address!);

describe("a connection to a gateway", () => {
  const trusting = { intra: "192.0.2.0/24,127.0.0.0/8", "trusted-proxies": "127.0.0.1/32" };

  it("of a trusted proxy names its caller once for all requests, whatever the caller says, and however the bytes are cut", async () => {
    const w = await gatewayFixture({ settings: trusting });
    const { publicPort } = w.config;
    const host = `127.0.0.1:${publicPort}`;
    const claimed = get(host).replace("\r\n\r\n", "\r\nX-Forwarded-For: 192.0.2.99\r\n\r\n");
    const header = binary(0x21, 0x11, four);
    expect(callers(await answersTo(publicPort, [Buffer.concat([header, Buffer.from(get(host) + claimed)])], 2))).toEqual([
      "192.0.2.7",
      "192.0.2.7",
    ]);
    const bytes = [...header].map((byte) => Buffer.from([byte]));
    expect(callers(await answersTo(publicPort, [...bytes, get(host).slice(0, 9), get(host).slice(9), get(host)], 2))).toEqual([
      "192.0.2.7",
      "192.0.2.7",
    ]);
    expect(callers(await answersTo(publicPort, [claimed], 1))).toEqual(["192.0.2.99"]);
    expect(await answersTo(publicPort, [once(host)], 1)).toMatch(/^HTTP\/1.1 403 /);
    await w.close();
  });

  it("of a trusted proxy ends if the header is broken, and is refused if the caller is outside the intra network", async () => {
    const w = await gatewayFixture({ settings: trusting });
    const { publicPort } = w.config;
    const host = `127.0.0.1:${publicPort}`;
    expect(await answersTo(publicPort, [binary(0x21, 0x11, "c0000207"), get(host)], 1)).toBe("");
    const outside = `PROXY TCP4 203.0.113.1 10.0.0.1 1 2\r\n${once(host)}`;
    expect(await answersTo(publicPort, [outside], 1)).toMatch(/^HTTP\/1.1 403 .*spl-problem: not-intra/is);
    await w.close();
  });

  it("of anybody else has no such header: its bytes are no HTTP", async () => {
    const w = await gatewayFixture({ settings: { intra: "127.0.0.0/8", "trusted-proxies": "127.0.0.2/32" } });
    const { publicPort } = w.config;
    const header = `PROXY TCP4 192.0.2.7 10.0.0.1 1 2\r\n`;
    expect(await answersTo(publicPort, [header + get(`127.0.0.1:${publicPort}`)], 1)).toMatch(/^HTTP\/1.1 400 /);
    await w.close();
  });
});
