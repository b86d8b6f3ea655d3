import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { faithful, gatewayFixture, record, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { posting, shoot, sign } from "../../support/wire.ts";

/** Published faults of what the gateway is made of, each in a harmless form: that ours cannot happen with the versions in use. */
let w: GatewayFixture;
beforeEach(async () => void (w = await gatewayFixture()));
afterEach(() => w.close());

const problemOf = async (head: string, content = ""): Promise<string> => {
  const { status, fields } = await shoot(w, head + content);
  return fields["spl-problem"] ?? String(status);
};

it("CVE-2026-21710, Node: a field named __proto__ ends no process", async () => {
  expect(await problemOf(sign(w, { lines: ["__proto__: a", "constructor: b"] }).head)).toBe("200");
  expect((await w.call()).status).toBe(200);
});

it("CVE-2025-23167, Node: CR LF CR ends no head", async () => {
  expect(await problemOf(sign(w).head.replace(/\r\n\r\n$/, "\r\n\rX\r\n\r\n"))).toBe("request-malformed");
  expect(w.received).toEqual([]);
});

it("CVE-2025-32442, CVE-2026-25223, CVE-2026-3419, Fastify: no spelling of Content-Type goes past the contract", async () => {
  const content = Buffer.from('{"nik":"bukan"}');
  for (const contentType of [
    "application/json\ta",
    "application/json a",
    "Application/JSON ;a=b",
    "application/json;",
    "application/jsonx",
  ])
    expect(await problemOf(sign(w, { ...posting, content, contentType }).head, content.toString()), contentType).toMatch(
      /^(?:request-invalid|content-type-unsupported|statement-invalid)$/,
    );
  expect(w.received).toEqual([]);
});

it("CVE-2026-3635, CVE-2026-16732, Fastify: forwarding fields change neither host nor scheme", async () => {
  const lines = ["X-Forwarded-Host: lain.example", "X-Forwarded-Proto: https", "Forwarded: host=lain.example;proto=https"];
  expect(await problemOf(sign(w, { lines }).head)).toBe("200");
  expect(await problemOf(sign(w, { lines, instead: { Host: "lain.example" } }).head)).toBe("request-malformed");
});

it("CVE-2026-33805, @fastify/reply-from: what Connection names still reaches the provider", async () => {
  expect(await problemOf(sign(w, { lines: ["Connection: Spl-Signature, Content-Digest, close"] }).head)).toBe("200");
  const names = w.received[0]!.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
  expect(names).toEqual(expect.arrayContaining(["spl-signature", "content-digest"]));
});

it("CVE-2026-1525, undici: a request has one Content-Length, whatever its case was", async () => {
  const { head } = sign(w, { ...posting, instead: { "Content-Length": undefined }, lines: [`CONTENT-LENGTH: ${record.length}`] });
  expect(await problemOf(head, record.toString())).toBe("201");
  const lengths = w.received[0]!.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "content-length");
  expect(lengths).toHaveLength(1);
});

it("CVE-2026-22036, undici: codings of an answer's content are refused, not undone", async () => {
  w.respondWith((_, __, response) =>
    response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip, br, gzip" }).end(record),
  );
  expect((await w.call()).fields["spl-problem"]).toBe("response-invalid");
});

it("CVE-2026-6733, undici: an answer that nobody asked for is no answer to the next request", async () => {
  const other = '{"nik":"1603010101909099"}';
  w.respondWith((_, request, response) => {
    response.once("finish", () =>
      request.socket.write(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${other.length}\r\n\r\n${other}`),
    );
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": record.length }).end(record);
  });
  await w.call();
  w.respondWith(faithful);
  for (let i = 0; i < 5; i++) {
    const { status, answer } = await w.call();
    expect([status, answer.toString()]).toEqual([200, record.toString()]);
  }
  expect(w.received).toHaveLength(6);
});

it("each of them stands on the page", () => {
  const page = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");
  const here = readFileSync(import.meta.filename, "utf8");
  for (const [id] of here.matchAll(/CVE-\d{4}-\d+/g)) expect(page).toContain(id);
});
