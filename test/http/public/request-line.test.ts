import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBytes } from "../../../src/base/bytes.ts";
import { judgeFirstLine } from "../../../src/http/public/request-line.ts";
import { gatewayFixture, record, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { dial, posting, shoot, sign, type RequestChange } from "../../support/wire.ts";

let w: GatewayFixture;
beforeAll(async () => void (w = await gatewayFixture({ settings: { "head-timeout-ms": "600000" } })));
afterAll(() => w.close());

const get = (signing: RequestChange = {}): string => sign(w, signing).head;
const ofVersion = (version: string): string => get().replace("HTTP/1.1", version);
const logs = (...lines: readonly string[]): string =>
  ["GET /logs HTTP/1.1", `Host: ${new URL(w.publicOrigin).host}`, ...lines, "", ""].join("\r\n");
const inChunks: RequestChange = { ...posting, instead: { "Content-Length": undefined, "Transfer-Encoding": "chunked" } };
const chunk = `${record.length.toString(16)}\r\n${record.toString()}\r\n0\r\n\r\n`;

type Case = [string, () => string, string];

/** HTTP that RFC 9112 and RFC 9110 want refused. */
const refused: readonly Case[] = [
  ["HTTP/2.0 in a head of HTTP/1 (RFC 9110 §15.6.6)", () => ofVersion("HTTP/2.0"), "http-version-unsupported"],
  ["HTTP/3.0, which Node's parser does not know", () => ofVersion("HTTP/3.0"), "http-version-unsupported"],
  ["HTTP/0.9 in a head of HTTP/1", () => ofVersion("HTTP/0.9"), "http-version-unsupported"],
  ["HTTP/2.0 for a page", () => logs().replace("HTTP/1.1", "HTTP/2.0"), "http-version-unsupported"],
  ["RTSP, which Node's parser takes", () => ofVersion("RTSP/1.0"), "request-malformed"],
  ["HTTP in small letters", () => ofVersion("http/1.1"), "request-malformed"],
  ["a version of two digits", () => ofVersion("HTTP/1.10"), "request-malformed"],
  ["two spaces before the target (RFC 9112 §3)", () => get().replace(" ", "  "), "request-malformed"],
  ["two spaces before the version", () => get().replace(" HTTP", "  HTTP"), "request-malformed"],
  ["many spaces before the version", () => get().replace(" HTTP", `${" ".repeat(1000)}HTTP`), "request-malformed"],
  ["a tab before the version", () => get().replace(" HTTP", "\tHTTP"), "request-malformed"],
  ["a space behind the version", () => ofVersion("HTTP/1.1 "), "request-malformed"],
  ["two spaces for a page", () => logs().replace(" HTTP", "  HTTP"), "request-malformed"],
  ["chunks in HTTP/1.0 (RFC 9112 §6.1)", () => sign(w, inChunks).head.replace("HTTP/1.1", "HTTP/1.0") + chunk, "request-malformed"],
  [
    "chunks in HTTP/1.0 that wants to keep the connection",
    () => sign(w, { ...inChunks, lines: ["Connection: keep-alive"] }).head.replace("HTTP/1.1", "HTTP/1.0") + chunk,
    "request-malformed",
  ],
  ["chunks in HTTP/1.0 for a page", () => logs("Transfer-Encoding: chunked").replace("1.1", "1.0") + "0\r\n\r\n", "request-malformed"],
  ["a page with content", () => `${logs("Content-Length: 3")}abc`, "request-malformed"],
  ["a page with content in chunks", () => `${logs("Transfer-Encoding: chunked")}1\r\na\r\n0\r\n\r\n`, "request-malformed"],
  ["a page of a foreign Host", () => logs().replace(/Host: .*/, "Host: lain.example"), "request-malformed"],
  ["a page without a Host", () => logs().replace(/Host: .*\r\n/, ""), "request-malformed"],
  ["a page with two Hosts", () => logs(`Host: ${new URL(w.publicOrigin).host}`), "request-malformed"],
  ["a page that is not there, of a foreign Host", () => "GET /keys/x HTTP/1.1\r\nHost: lain.example\r\n\r\n", "request-malformed"],
  ["HTTP/0.9: a line without a version", () => "GET /problems/replayed\r\n", "request-malformed"],
  ["HTTP/0.9 that ends with a line feed alone", () => "GET /problems/replayed\n", "request-malformed"],
  ["HTTP/0.9 behind empty lines", () => "\r\n\r\nGET /logs\r\n", "request-malformed"],
];

const refusal = expect.objectContaining({ type: expect.stringContaining("/problems/") as string }) as object;

describe("HTTP that is refused at once, and never executed", () => {
  it.each(refused)("%s", async (_, bytes, code) => {
    const before = w.received.length;
    const answer = await shoot(w, bytes());
    expect(answer.fields["spl-problem"]).toBe(code);
    expect(answer.status).toBe(code === "request-malformed" ? 400 : 505);
    expect(JSON.parse(answer.content.toString())).toEqual(refusal);
    expect(w.received.length).toBe(before);
  });

  it.each(refused.filter(([name]) => /version|spaces|HTTP\/[023]|1\.0|RTSP/.test(name) && !/0\.9:|a line feed|empty lines/.test(name)))(
    "%s, behind a request that was answered, after which the connection ends",
    async (_, bytes, code) => {
      const wire = dial(w);
      wire.write(get());
      expect((await wire.answer()).status).toBe(200);
      const before = w.received.length;
      wire.write(bytes());
      expect((await wire.answer()).fields["spl-problem"]).toBe(code);
      await wire.ended;
      expect(w.received.length).toBe(before);
    },
  );

  it.each(refused)("%s, byte by byte", async (_, bytes, code) => {
    const wire = dial(w);
    wire.socket.setNoDelay(true);
    const before = w.received.length;
    for (const byte of Buffer.from(bytes().split("\r\n", 3).join("\r\n"), "latin1")) wire.write(Buffer.from([byte]));
    wire.write(bytes().slice(bytes().split("\r\n", 3).join("\r\n").length));
    expect((await wire.answer()).fields["spl-problem"]).toBe(code);
    expect(w.received.length).toBe(before);
    wire.socket.destroy();
  });
});

describe("what stands beside it is served", () => {
  it.each<[string, () => string, number]>([
    ["HTTP/1.0", () => ofVersion("HTTP/1.0"), 200],
    ["empty lines before the request (RFC 9112 §2.2)", () => `\r\n\r\n${get()}`, 200],
    ["a page by HTTP/1.0", () => logs().replace("1.1", "1.0"), 200],
    ["a page with an empty content", () => logs("Content-Length: 0"), 200],
    ["a page whose Host has the default spelling in capitals", () => logs().replace("Host:", "HOST:"), 200],
    ["what arrived, under whatever Host", () => "GET /arrived HTTP/1.1\r\nHost: lain.example\r\n\r\n", 200],
    [
      "a coding in capitals",
      () => sign(w, { ...inChunks, instead: { ...inChunks.instead, "Transfer-Encoding": "Chunked" } }).head + chunk,
      201,
    ],
    [
      "a length behind a tab, with zeros before it",
      () => sign(w, { ...posting, instead: { "Content-Length": `\t0${record.length}` } }).head + record.toString(),
      201,
    ],
    ["trailers, of which nothing becomes", () => sign(w, inChunks).head + chunk.replace(/\r\n$/, "Spl-Signature: a\r\n\r\n"), 201],
  ])("%s", async (_, bytes, status) => expect(await shoot(w, bytes())).toMatchObject({ status }));

  it("two requests in one packet, and one cut in the middle of its line", async () => {
    const wire = dial(w);
    const [first, second, third] = [get(), get(), get()];
    wire.write(first + second + third.slice(0, 20));
    expect([(await wire.answer()).status, (await wire.answer()).status]).toEqual([200, 200]);
    wire.write(third.slice(20));
    expect((await wire.answer()).status).toBe(200);
    wire.socket.destroy();
  });

  it("a request behind content that quotes its line with two spaces", async () => {
    const wire = dial(w);
    const next = get();
    const content = Buffer.from(`{\n${next.slice(0, next.indexOf("\r\n")).replace(" ", "  ")}\r\n}`);
    wire.write(sign(w, { ...posting, content }).head + content.toString() + next);
    expect([(await wire.answer()).status, (await wire.answer()).status]).toEqual([422, 200]);
    wire.socket.destroy();
  });
});

describe("the first line of a connection", () => {
  it.each<[string, string, "more" | "right" | "wrong"]>([
    ["nothing", "", "more"],
    ["an empty line", "\r\n", "more"],
    ["a method that is not whole", "PO", "more"],
    ["no method", "XY", "right"],
    ["no text", "\x16\x03\x01", "right"],
    ["no target yet", "GET ", "more"],
    ["a line that is not whole", "GET /logs HTTP/1.1\r", "more"],
    ["a line", "GET /logs HTTP/1.1\r\nHo", "right"],
    ["a line that does not end", `GET /${"a".repeat(100)}`, "right"],
    ["a line without a version", "GET /logs\r\n", "wrong"],
    ["a line with two spaces", "GET  /logs HTTP/1.1\r\n", "wrong"],
  ])("%s", (_, line, judged) => expect(judgeFirstLine(line === "" ? noBytes : Buffer.from(line, "latin1"), 100)).toBe(judged));
});

describe("a caller who ends its side (RFC 9112 §9.6)", () => {
  const ending = async (bytes: string) => {
    const wire = dial(w, { allowHalfOpen: true });
    wire.write(bytes);
    wire.socket.end();
    const answer = await wire.answer().catch(() => undefined);
    await wire.ended;
    return answer?.fields["spl-problem"] ?? answer?.status;
  };

  it.each<[string, () => string, number | string | undefined]>([
    ["after a page's request", () => logs(), 200],
    ["after a request with content", () => sign(w, posting).head + record.toString(), 201],
    ["within its content: it hears nothing", () => sign(w, posting).head + record.toString().slice(0, 5), undefined],
    ["within its head", () => get().slice(0, 150), "request-malformed"],
    ["within its first line", () => "GET /lo", "request-malformed"],
    ["without a word", () => "", undefined],
  ])("%s", async (_, bytes, outcome) => expect(await ending(bytes())).toBe(outcome));
});
