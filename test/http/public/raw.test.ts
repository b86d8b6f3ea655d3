import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBytes } from "../../../src/base/bytes.ts";
import { consumer, record, gatewayFixture, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { audit, dial, leafOf, ledgerLeaves, metered, posting, shoot, sign, type RequestChange } from "../../support/wire.ts";

let w: GatewayFixture;
beforeAll(async () => void (w = await gatewayFixture({ serviceManifest: "limits: { maxRequestBytes: 4096 }\n" })));
afterAll(() => w.close());

const get = (signing: RequestChange = {}) => sign(w, signing).head;
const post = (signing: RequestChange = {}) => sign(w, { ...posting, ...signing }).head;
const chunkedAs = (coding: string): RequestChange => ({ instead: { "Content-Length": undefined, "Transfer-Encoding": coding } });
const chunks = (content: Buffer | string, size = content.length) =>
  `${size === 0 ? "" : `${size.toString(16)}\r\n${content.toString("latin1")}\r\n`}0\r\n\r\n`;
const chunked = (content: Buffer | string = record, coding = "chunked") => post(chunkedAs(coding)) + chunks(content);
const line = (text: string) => get({ lines: [text] });

/** A problem of the contract: status, field and document agree, and nothing came to the provider. */
async function expectRefusal(bytes: string, code: string): Promise<void> {
  const before = w.received.length;
  const answer = await shoot(w, bytes);
  const problem = JSON.parse(answer.content.toString()) as Record<string, unknown>;
  expect([answer.fields["spl-problem"], problem["code"], problem["status"], answer.fields["content-type"]]).toEqual([
    code,
    code,
    answer.status,
    "application/problem+json",
  ]);
  expect(answer.fields["spl-exchange"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.fields["cache-control"]).toBe("no-store, no-transform");
  expect(w.received.length).toBe(before);
}

describe("bytes that are no request of this protocol are refused as request-malformed", () => {
  it.each<[string, () => string]>([
    ["two Host fields", () => line("Host: gerbang.lain")],
    ["two equal Host fields", () => line(`Host: ${new URL(w.publicOrigin).host}`)],
    ["no Host", () => get({ instead: { Host: undefined } })],
    [
      "another Host, whatever a forwarding field says",
      () =>
        get({
          instead: { Host: "gerbang.lain" },
          lines: [`X-Forwarded-Host: ${new URL(w.publicOrigin).host}`, `Forwarded: host=${new URL(w.publicOrigin).host}`],
        }),
    ],
    ["absolute-form of another origin", () => get().replace(" /", " http://169.254.169.254/")],
    ["absolute-form of another port", () => get().replace(" /", ` http://${new URL(w.publicOrigin).hostname}:1/`)],
    ["absolute-form with userinfo", () => get().replace(" /", ` ${w.publicOrigin.replace("//", "//a@")}/`)],
    ["absolute-form of another scheme", () => get().replace(" /", ` ${w.publicOrigin.replace("http", "ftp")}/`)],
    ["absolute-form with another Host", () => get({ instead: { Host: "gerbang.lain" } }).replace(" /", ` ${w.publicOrigin}/`)],
    ["asterisk-form", () => get().replace(/ \S+/, " *")],
    ["OPTIONS *", () => get().replace(/^\S+ \S+/, "OPTIONS *")],
    ["CONNECT", () => get().replace(/^\S+ \S+/, "CONNECT 10.0.0.1:80")],
    ["TRACE", () => get().replace(/^GET/, "TRACE")],
    ["a lower-case method", () => get().replace(/^GET/, "get")],
    ["a method that nobody knows", () => get().replace(/^GET/, "BREW")],
    ["X-HTTP-Method-Override", () => line("X-HTTP-Method-Override: DELETE")],
    ["Content-Length and Transfer-Encoding together", () => post({ lines: ["Transfer-Encoding: chunked"] }) + chunks(record)],
    ["Transfer-Encoding behind a vertical tab", () => post({ lines: ["Transfer-Encoding: \x0bchunked"] }) + chunks(record)],
    ["two Content-Length that agree", () => post({ lines: [`Content-Length: ${record.length}`] }) + record.toString()],
    ["two Content-Length that differ", () => post({ lines: ["Content-Length: 5"] }) + record.toString()],
    ["a Content-Length in hexadecimal", () => post({ instead: { "Content-Length": "0x1b" } }) + record.toString()],
    ["a negative Content-Length", () => post({ instead: { "Content-Length": "-1" } }) + record.toString()],
    ["a transfer coding besides chunked", () => chunked(record, "gzip, chunked")],
    ["chunked twice", () => chunked(record, "chunked, chunked")],
    ["the transfer coding identity", () => chunked(record, "identity")],
    ["a chunk whose size is no number", () => post(chunkedAs("chunked")) + `zz\r\n${record.toString()}\r\n0\r\n\r\n`],
    ["a chunk shorter than its size", () => post(chunkedAs("chunked")) + chunks(record, 5)],
    ["a folded line", () => get({ lines: ["X-A: b", " c"] })],
    ["a space before the colon", () => line("Spl-Extra : a")],
    ["a NUL in a field", () => line("X-A: a\0b")],
    ["a bare CR in a field", () => line("X-A: a\rX-B: b")],
    ["bare line feeds", () => get().replaceAll("\r\n", "\n")],
    ["a head beyond the limit", () => line(`X-A: ${"a".repeat(w.config.maxHeadBytes)}`)],
    ["a path beyond the limit", () => get({ below: `/catatan/${"1".repeat(w.config.maxPathBytes)}` })],
    ["a query beyond the limit", () => get({ below: `/catatan/1?tahun=${"1".repeat(w.config.maxPathBytes)}` })],
    ["an encoded dot segment, once more encoded", () => get({ below: "/catatan/%252e%252e/rahasia" })],
    ["Spl_Signature", () => line("Spl_Signature: a")],
    ["a second Spl-Signature", () => line("Spl-Signature: a.b.c")],
    ["Range", () => line("Range: bytes=0-1")],
    ["If-None-Match", () => line("If-None-Match: *")],
    ["Content-Encoding", () => post({ lines: ["Content-Encoding: gzip"] }) + record.toString()],
    ["Expect: 200-maybe", () => post({ lines: ["Expect: 200-maybe"] }) + record.toString()],
    ["two expectations", () => post({ lines: ["Expect: 100-continue, 200-maybe"] }) + record.toString()],
    ["content on GET", () => get({ content: record }) + record.toString()],
    ["chunked content on GET", () => get(chunkedAs("chunked")) + chunks("")],
    [
      "Content-Type and ctype of content that is none, as chunks show late",
      () => post({ ...chunkedAs("chunked"), content: noBytes }) + chunks(noBytes),
    ],
    ["HTTP/2 with prior knowledge", () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["HTTP/1.2", () => get().replace("HTTP/1.1", "HTTP/1.2")],
    ["HTTP/0.9", () => "GET /\r\n\r\n"],
    ["the beginning of TLS", () => "\x16\x03\x01\x01\x00\x01\x00\x00\xfc\x03\x03"],
  ])("%s", async (_, bytes) => {
    const leaves = (await ledgerLeaves(w)).length;
    await expectRefusal(bytes(), "request-malformed");
    const later = await ledgerLeaves(w);
    // Only what its chunks show is refused after the caller was authenticated.
    expect(later.slice(leaves).every((leaf) => leaf.type === "refusal" && "problem" in leaf && leaf.problem === "request-malformed")).toBe(
      true,
    );
  });

  it("content larger than the service takes: content-too-large, said from the length alone, and when it was hidden in chunks", async () => {
    const large = Buffer.alloc(4097, 0x20);
    await expectRefusal(post({ content: large, lines: ["Expect: 100-continue"] }), "content-too-large");
    await expectRefusal(sign(w, { ...posting, content: large, ...chunkedAs("chunked") }).head + chunks(large), "content-too-large");
  });

  it("content of exactly what the service takes passes, with a length and in chunks", async () => {
    const full = Buffer.from(record.toString().padEnd(4096));
    expect(await shoot(w, post({ content: full }) + full.toString())).toMatchObject({ status: 201 });
    expect(await shoot(w, post({ content: full, ...chunkedAs("chunked") }) + chunks(full))).toMatchObject({ status: 201 });
  });
});

describe("what is HTTP/1.1, though seldom written so, passes", () => {
  it.each<[string, () => string, number]>([
    ["chunked content", () => chunked(), 201],
    [
      "chunks of one byte with extensions, and a trailer that says nothing",
      () =>
        post(chunkedAs("chunked")) +
        Array.from(record, (byte) => `1;a=b\r\n${String.fromCharCode(byte)}\r\n`).join("") +
        "0\r\nSpl-Signature: a\r\n\r\n",
      201,
    ],
    ["HTTP/1.0", () => get().replace("HTTP/1.1", "HTTP/1.0"), 200],
    [
      "an offer to speak another protocol",
      () => get({ lines: ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"] }),
      200,
    ],
    ["absolute-form (RFC 9112 §3.2.2)", () => get().replace(" /", ` ${w.publicOrigin}/`), 200],
    ["absolute-form in capitals", () => get().replace(" /", ` ${w.publicOrigin.replace("http", "HTTP")}/`), 200],
    ["an empty TE, as Erlang's httpc sends", () => line("te:"), 200],
    ["TE as LWP sends", () => get({ lines: ["TE: deflate,gzip;q=0.3", "Connection: TE, close"] }), 200],
    ["A10: Expect: 100-continue on GET", () => line("Expect: 100-continue"), 200],
    ["F5: Content-Type on GET, of which the statement says nothing", () => line("Content-Type: application/json"), 200],
    ["F8: a media type that ends in a semicolon", () => post({ contentType: "application/json;" }) + record.toString(), 201],
    ["field names in capitals", () => get().replace(/^(Host|Content-Digest|Spl-Signature)/gm, (name) => name.toUpperCase()), 200],
    [
      "fields that nobody asked for",
      () => get({ lines: ["x_gw_client: admin", "X-Forwarded-For: 10.0.0.1", "Authorization: Bearer a", "Cookie: a=b"] }),
      200,
    ],
  ])("%s", async (_, bytes, status) => expect(await shoot(w, bytes())).toMatchObject({ status }));

  it("requests in one packet are answered in their order, each once", async () => {
    const wire = dial(w);
    wire.write(get() + post() + record.toString() + post({ claims: { purpose: "lain" } }) + record.toString() + get());
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await wire.answer()).status);
    expect(statuses).toEqual([200, 201, 403, 200]);
    wire.socket.destroy();
  });
});

describe("100 Continue", () => {
  it("is sent when all checks that need no content have passed", async () => {
    const wire = dial(w);
    wire.write(post({ lines: ["Expect: 100-continue"] }));
    await wire.continued();
    wire.write(record);
    expect(await wire.answer()).toMatchObject({ status: 201, continued: true });
    wire.socket.destroy();
  });

  it.each<[string, RequestChange, number]>([
    ["by check 4", { claims: { jti: "pendek" } }, 401],
    ["by check 9", { claims: { purpose: "lain" } }, 403],
  ])("is not sent to who is refused %s: the refusal comes at once, and the connection ends", async (_, over, status) => {
    const wire = dial(w);
    wire.write(post({ ...over, lines: ["Expect: 100-continue"] }));
    const answer = await wire.answer();
    expect(answer).toMatchObject({ status, continued: false });
    expect(answer.fields["connection"]).toBe("close");
    await wire.ended;
  });
});

describe("a connection that goes wrong", () => {
  it("has no content where no length announces it: what follows is no request", async () => {
    const wire = dial(w);
    wire.write(post({ instead: { "Content-Length": undefined } }) + record.toString());
    const first = await wire.answer();
    expect(first.fields["spl-problem"]).toBe("statement-invalid");
    expect(first.content.toString()).toContain("Permintaan ini tanpa isi, jadi tanpa klaim ctype");
    expect((await wire.answer()).fields["spl-problem"]).toBe("request-malformed");
    await wire.ended;
  });

  it("gives who sends content after a refusal the refusal, and ends", async () => {
    const wire = dial(w);
    const content = Buffer.alloc(3_000_000, 0x20);
    wire.write(post({ content, claims: { purpose: "lain" } }));
    wire.write(content);
    expect((await wire.answer()).fields["spl-problem"]).toBe("not-granted");
    await wire.ended;
  });

  it("keeps the answer of an exchange before the refusal of the garbage that follows it", async () => {
    const wire = dial(w);
    wire.write(`${post()}${record.toString()}bukan HTTP\r\n\r\n`);
    expect(await wire.answer()).toMatchObject({ status: 201 });
    expect((await wire.answer()).fields["spl-problem"]).toBe("request-malformed");
    await wire.ended;
  });

  it("that breaks off its chunks has one refusal, which is a leaf with a receipt, and is metered once", async () => {
    const before = await metered(w);
    const wire = dial(w);
    wire.write(post({ ...chunkedAs("chunked"), lines: ["Prefer: receipt=full", "Expect: 100-continue"] }));
    await wire.continued();
    wire.write('5\r\n{"nik\r\nzz\r\n');
    const answer = await wire.answer();
    await wire.ended;
    expect(answer.fields["spl-problem"]).toBe("request-malformed");
    expect(answer.fields["spl-receipt"]).toBeDefined();
    expect(await leafOf(w, answer.fields["spl-exchange"]!)).toMatchObject({ type: "refusal", problem: "request-malformed", consumer });
    expect(await metered(w)).toBe(before + 1);
  });

  it("after all of this, whoever behaves is served, and the ledger is sound", async () => {
    expect(await w.call()).toMatchObject({ status: 200 });
    expect(await audit(w)).toMatchObject({ findings: [], signatureChecked: true, openIntents: [] });
  });
});

describe("a slow sender", () => {
  it("of a head is cut off, and hears so", async () => {
    const slow = await gatewayFixture({ settings: { "head-timeout-ms": "300" } });
    const head = dial(slow);
    head.write("GET / HTTP/1.1\r\nHost: a\r\n");
    const answer = await head.answer();
    expect(JSON.parse(answer.content.toString())).toMatchObject({
      code: "request-malformed",
      detail: "Kepala permintaan tidak selesai pada waktunya.",
    });
    await head.ended;
    await slow.close();
  });

  it("of content is cut off and recorded as gone, and the provider has seen nothing", async () => {
    const slow = await gatewayFixture({ settings: { "head-timeout-ms": "300", "content-timeout-ms": "300" } });
    const content = dial(slow);
    content.write(sign(slow, posting).head + record.toString().slice(0, 5));
    await content.ended;
    await expect.poll(() => metered(slow, "caller-gone")).toBe(1);
    expect((await ledgerLeaves(slow)).slice(1)).toMatchObject([{ type: "refusal", problem: "caller-gone", response: {} }]);
    expect(slow.received).toEqual([]);
    expect((await audit(slow)).findings).toEqual([]);
    await slow.close();
  });
});
