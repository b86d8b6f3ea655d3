import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnectionsGently } from "../../../src/http/public/close-gently.ts";
import { generateSigningKey } from "../../../src/trust/key-proof.ts";
import { consumer, gatewayFixture, record, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { eventually } from "../../support/patience.ts";
import { dial, posting, sign, type RequestChange, type Wire } from "../../support/wire.ts";

let w: GatewayFixture;
beforeAll(async () => void (w = await gatewayFixture({ serviceManifest: "limits: { maxRequestBytes: 4096 }\n" })));
afterAll(() => w.close());

const upload = Buffer.alloc(3_000_000, 0x20);
const announced = (change: RequestChange = {}): string =>
  sign(w, { ...posting, ...change, content: upload, ...(change.instead ? {} : { instead: { "Content-Length": String(upload.length) } }) })
    .head;
/** The beginning of a chunk in which the whole upload fits. */
const bigChunk = `${(upload.length + 8192).toString(16)}\r\n${" ".repeat(8192)}`;

/** Resolves when the connection is gone: `undefined`, or that it broke. */
const over = ({ socket }: Wire): Promise<"reset" | undefined> =>
  new Promise((resolve) => socket.once("close", (failed) => resolve(failed ? "reset" : undefined)));

/** Sends what is left, however much the gateway has already said, and ends. */
async function sendOn(wire: Wire, bytes: Buffer): Promise<"reset" | undefined> {
  const { socket } = wire;
  const ended = over(wire);
  for (let at = 0; at < bytes.length && !socket.destroyed; at += 65_536) {
    if (!socket.write(bytes.subarray(at, at + 65_536)))
      await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), ended]);
    await turn();
  }
  socket.end();
  return ended;
}

describe("F1, RFC 9112 §9.6: a refusal arrives, whatever was still being sent", () => {
  it.each<[string, () => string, string]>([
    ["an upload refused by check 1", () => announced({ lines: ["Range: bytes=0-1"] }), "request-malformed"],
    ["an upload to no service", () => announced({ target: "/r1/x" }), "service-unknown"],
    ["an upload refused by check 4", () => announced({ claims: { jti: "pendek" } }), "statement-invalid"],
    [
      "an upload with a broken signature",
      () => announced({ key: { ...generateSigningKey("ES256"), kid: w.keys[consumer]!.kid } }),
      "signature-invalid",
    ],
    ["an upload that no grant covers", () => announced({ claims: { purpose: "lain" } }), "not-granted"],
    ["an upload larger than the service takes", () => announced(), "content-too-large"],
    [
      "an upload larger than the service takes, in chunks",
      () => announced({ instead: { "Content-Length": undefined, "Transfer-Encoding": "chunked" } }) + bigChunk,
      "content-too-large",
    ],
    [
      "an upload whose chunks break",
      () => announced({ instead: { "Content-Length": undefined, "Transfer-Encoding": "chunked" } }) + "zz\r\n",
      "request-malformed",
    ],
    ["content on GET", () => announced({ method: "GET" }), "request-malformed"],
    [
      "a caller who does not wait for 100 Continue",
      () => announced({ claims: { purpose: "lain" }, lines: ["Expect: 100-continue"] }),
      "not-granted",
    ],
    ["an upload by HTTP/1.0", () => announced({ claims: { purpose: "lain" } }).replace("HTTP/1.1", "HTTP/1.0"), "not-granted"],
    ["an upload to a receipt", () => announced({ target: "/receipts/x", claims: { purpose: undefined } }), "receipt-unknown"],
    ["an upload to an evidence bundle", () => announced({ target: "/evidence/x", claims: { purpose: undefined } }), "receipt-unknown"],
    ["bytes that are no HTTP", () => "\x16\x03\x01\x01\x00\x01\x00\x00\xfc\x03\x03", "request-malformed"],
    ["a head beyond the limit", () => `GET / HTTP/1.1\r\nX-A: ${"a".repeat(w.config.maxHeadBytes)}`, "request-malformed"],
    ["bytes for a tunnel", () => "CONNECT 10.0.0.1:80 HTTP/1.1\r\nHost: a\r\n\r\n", "request-malformed"],
    ["content for a page", () => announced({ method: "GET", target: "/catalogue" }), "request-malformed"],
    ["content for a page that is not there", () => announced({ method: "GET", target: "/log/log-1/tile/0/999" }), "request-malformed"],
  ])("%s", async (_, bytes, expected) => {
    const before = w.received.length;
    for (const already of [0, 500_000]) {
      const wire = dial(w, { allowHalfOpen: true });
      wire.write(Buffer.concat([Buffer.from(bytes(), "latin1"), upload.subarray(0, already)]));
      const answer = await wire.answer();
      expect(answer.fields["spl-problem"]).toBe(expected);
      expect(answer.fields["connection"]).toBe("close");
      await wire.ended;
      expect(await sendOn(wire, upload.subarray(already))).toBeUndefined();
    }
    expect(w.received.length).toBe(before);
  });

  it("behind an answered request on the same connection; what stands behind the refused content is not executed", async () => {
    const wire = dial(w, { allowHalfOpen: true });
    wire.write(sign(w, posting).head + record.toString() + announced({ claims: { purpose: "lain" } }));
    expect((await wire.answer()).status).toBe(201);
    expect((await wire.answer()).fields["spl-problem"]).toBe("not-granted");
    await wire.ended;
    const before = w.received.length;
    expect(await sendOn(wire, Buffer.concat([upload, Buffer.from(sign(w, posting).head), record]))).toBeUndefined();
    expect(w.received.length).toBe(before);
    await expect(wire.answer()).rejects.toThrow("without an answer");
  });

  it("so much of an upload that node:http has stopped reading it", async () => {
    const server = createServer((request, response) => {
      const answer = (): void => void response.writeHead(401, { Connection: "close", "Content-Length": 0 }).end();
      request.socket.once("pause", () => setImmediate(answer));
    });
    closeConnectionsGently(server, { lingerMs: 600_000, lingerBytes: upload.length });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const wire = dial({ publicOrigin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, { allowHalfOpen: true });
    wire.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${upload.length}\r\n\r\n`);
    expect(await sendOn(wire, upload)).toBeUndefined();
    expect((await wire.answer()).status).toBe(401);
    await new Promise((resolve) => server.close(resolve));
  });

  it("while the gateway stops", async () => {
    const stopping = await gatewayFixture();
    const wire = dial(stopping, { allowHalfOpen: true });
    wire.write(sign(stopping, { ...posting, claims: { purpose: "lain" }, content: upload }).head);
    expect((await wire.answer()).fields["spl-problem"]).toBe("not-granted");
    const closed = stopping.close();
    expect(await sendOn(wire, upload)).toBeUndefined();
    await closed;
  });
});

it("requests in one packet are all answered while the gateway stops: only the last answer closes the connection", async () => {
  const stopping = await gatewayFixture();
  const held: (() => void)[] = [];
  stopping.respondWith((_, __, response) => {
    held.push(() => response.writeHead(200, { "Content-Type": "application/json" }).end(record));
    if (held.length === 2) void closeThenAnswer();
  });
  let closed: Promise<void> | undefined;
  const closeThenAnswer = async (): Promise<void> => {
    closed = stopping.close();
    await eventually(() => Promise.resolve(!stopping.open.publicApp.server.listening));
    held.map((answer) => answer());
  };
  const wire = dial(stopping);
  wire.write(sign(stopping).head + sign(stopping).head);
  const answers = [await wire.answer(), await wire.answer()];
  expect(answers.map(({ status, fields }) => [status, fields["connection"]])).toEqual([
    [200, "keep-alive"],
    [200, "close"],
  ]);
  await closed;
});

describe("a connection that was refused is held no longer than its bounds", () => {
  const drip = async (wire: Wire): Promise<void> => {
    const closed = over(wire);
    const timer = setInterval(() => wire.socket.write(" "), 10);
    await closed;
    clearInterval(timer);
  };

  it.each<[string, (open: GatewayFixture) => string]>([
    ["a drop of content at a time", (open) => sign(open, { ...posting, claims: { purpose: "lain" }, content: upload }).head],
    ["a drop of garbage at a time", () => "bukan HTTP\r\n\r\n"],
  ])("by time: %s", async (_, bytes) => {
    const short = await gatewayFixture({ settings: { "linger-ms": "200" } });
    const wire = dial(short, { allowHalfOpen: true });
    wire.write(bytes(short));
    await wire.answer();
    await drip(wire);
    await short.close();
  });

  it("and nothing of what it sends is kept", async () => {
    const patient = await gatewayFixture({ settings: { "linger-ms": "60000" } });
    const wire = dial(patient, { allowHalfOpen: true });
    wire.write(sign(patient, { ...posting, claims: { purpose: "lain" }, content: Buffer.alloc(24_000_000) }).head);
    await wire.answer();
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const held = (): number => {
      collect();
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      return arrayBuffers + heapUsed;
    };
    const before = held();
    for (let sent = 0; sent < 24_000_000; sent += upload.length)
      if (!wire.socket.write(upload)) await new Promise((resolve) => wire.socket.once("drain", resolve));
    // What was thrown away is freed in its own time; what is kept never is.
    await expect.poll(() => held() - before).toBeLessThan(12_000_000);
    wire.socket.end();
    expect(await over(wire)).toBeUndefined();
    await patient.close();
  });

  it("by bytes, however long it might take", async () => {
    const small = await gatewayFixture({ settings: { "linger-ms": "60000", "linger-bytes": "100000" } });
    const wire = dial(small, { allowHalfOpen: true });
    wire.write(sign(small, { ...posting, claims: { purpose: "lain" }, content: upload }).head);
    await wire.answer();
    expect(await sendOn(wire, upload)).toBe("reset");
    await small.close();
  });
});
