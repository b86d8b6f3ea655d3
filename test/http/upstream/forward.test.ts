import { readFileSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/base/bytes.ts";
import type { ServiceVersion } from "../../../src/registry/snapshot.ts";
import { formatDigest } from "../../../src/trust/content-digest.ts";
import { faithful, record, service, gatewayFixture, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { rawProvider, type RawProvider } from "./raw-provider.ts";
import {
  audit,
  dial,
  figure,
  ledgerLeaves,
  metered,
  posting,
  shoot,
  sign,
  type RequestChange,
  type WireAnswer,
} from "../../support/wire.ts";
import { patienceMs } from "../../support/patience.ts";

let w: GatewayFixture;
beforeAll(async () => {
  w = await gatewayFixture({
    settings: { "max-upstream-waiting": "1" },
    serviceManifest: "limits: { maxResponseBytes: 4096, maxConnections: 1 }\n",
  });
  // A number and anything besides, so that unusual spellings of JSON pass the contract.
  const contract = join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml");
  writeFileSync(
    contract,
    readFileSync(contract, "utf8").replace(
      '"additionalProperties": false',
      '"additionalProperties": { "type": ["number", "string", "object"] }',
    ),
  );
  await w.apply();
});
afterAll(() => w.close());
afterEach(() => w.respondWith(faithful));

const ask = (signing: RequestChange = {}): Promise<WireAnswer> =>
  shoot(w, Buffer.concat([Buffer.from(sign(w, signing).head), signing.content ?? Buffer.alloc(0)]), {
    bodiless: signing.method === "HEAD",
  });
const codeOf = ({ fields }: WireAnswer): string => fields["spl-problem"] ?? "delivered";
const namesOf = (rawHeaders: readonly string[]): string[] =>
  rawHeaders
    .filter((_, i) => i % 2 === 0)
    .map((name) => name.toLowerCase())
    .sort();
const valueOf = (rawHeaders: readonly string[], name: string): string | undefined =>
  rawHeaders[rawHeaders.findIndex((field, i) => i % 2 === 0 && field.toLowerCase() === name) + 1];
const json = `Content-Type: application/json\r\n`;
const whole = (status: string, fields = json, content = record.toString()): string =>
  `HTTP/1.1 ${status}\r\n${fields}Content-Length: ${content.length}\r\n\r\n${content}`;

/** Holds for the service until the test ends. */
function inService(over: Partial<ServiceVersion>): () => void {
  const version = w.open.gateway.snapshot().services.get(service)!;
  const before = { ...version };
  Object.assign(version, over);
  return () => void Object.assign(version, before);
}

describe("what the provider receives", () => {
  const always = ["accept-encoding", "connection", "content-digest", "host", "spl-exchange", "spl-signature", "traceparent", "via"];

  it("is protocol §2.4 and nothing else, whatever the caller sends along", async () => {
    const { head, statement, claims } = sign(w, {
      below: "/catatan/1?tahun=2020",
      lines: [
        "Authorization: Bearer a",
        "Cookie: a=b",
        "X-Forwarded-For: 10.0.0.1",
        "x_gw_client: admin",
        "Prefer: receipt=full",
        "User-Agent: a",
        "TE: trailers",
        "Accept-Encoding: gzip",
        "Ringkas: true",
        "Via: 1.1 lain",
      ],
    });
    const answer = await shoot(w, head);
    const { method, target, rawHeaders } = w.received.at(-1)!;
    expect([method, target, namesOf(rawHeaders)]).toEqual(["GET", "/catatan/1?tahun=2020", always]);
    expect(
      ["accept-encoding", "content-digest", "spl-signature", "spl-exchange", "via", "host"].map((name) => valueOf(rawHeaders, name)),
    ).toEqual([
      "identity",
      claims["digest"],
      statement,
      answer.fields["spl-exchange"],
      `1.1 ${new URL(w.publicOrigin).host}`,
      new URL(w.open.gateway.snapshot().services.get(service)!.upstream).host,
    ]);
  });

  it("has the caller's Accept, Accept-Language and traceparent, the content's fields, and what hdr declares", async () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    await ask({
      ...posting,
      method: "PUT",
      below: "/catatan/7",
      lines: ["Accept: application/json", "Accept-Language: en", `traceparent: ${traceparent}`],
    });
    expect(namesOf(w.received.at(-1)!.rawHeaders)).toEqual(
      [...always, "accept", "accept-language", "content-length", "content-type"].sort(),
    );
    expect(valueOf(w.received.at(-1)!.rawHeaders, "traceparent")).toBe(traceparent);
    await ask({ claims: { hdr: { ringkas: "true" } } });
    expect(namesOf(w.received.at(-1)!.rawHeaders)).toEqual([...always, "ringkas"].sort());
  });

  it("cannot be thinned out by the caller's Connection list (CVE-2026-33805)", async () => {
    await ask({
      lines: ["Connection: keep-alive, Spl-Signature, Spl-Exchange, Via, Content-Digest, traceparent", "Keep-Alive: timeout=1"],
    });
    expect(namesOf(w.received.at(-1)!.rawHeaders)).toEqual(always);
  });

  it.each([
    ["with spaces, line feeds and a tail", '\r\n{ "nik" :\t"1603010101909001" }  \n'],
    ["with numbers that no writer keeps", '{"nik":"1603010101909001","a":1.0,"b":1e2,"c":-0,"d":9007199254740991.0,"e":0.1000}'],
    ["with escapes, and what they stand for", '{"nik":"1603010101909001","a":"\\u00e9é\\/ud\\ud83d\\ude00😀\\u0000"}'],
    ["with its members in its own order", '{"z":1,"nik":"1603010101909001","1":2,"a":3}'],
  ])("is the content byte for byte, and so is what comes back: JSON %s", async (_, text) => {
    const content = Buffer.from(text);
    const answer = await ask({ ...posting, content });
    expect(codeOf(answer)).toBe("delivered");
    expect([w.received.at(-1)!.content, answer.content]).toEqual([content, content]);
    expect(answer.fields["content-digest"]).toBe(formatDigest(sha256(content)));
  });

  it.each<[string, string]>([
    ["application/json;charset=UTF-8", "delivered"],
    ['Application/JSON ; charset="utf-8"', "delivered"],
    ["application/json;charset=utf-16", "content-type-unsupported"],
    ["application/json;charset=utf-8;charset=utf-7", "content-type-unsupported"],
    ["application/json, text/plain", "content-type-unsupported"],
    ["application/json;", "delivered"],
    ["application/json ; ; charset=utf-8;", "delivered"],
    ["application/json\ta", "statement-invalid"],
    ["application/jsonx", "content-type-unsupported"],
    ["text/plain;application/json", "content-type-unsupported"],
  ])("is judged by one reading of its Content-Type (CVE-2026-25223): %s", async (contentType, code) => {
    const before = w.received.length;
    expect(codeOf(await ask({ ...posting, contentType }))).toBe(code);
    expect(w.received.length - before).toBe(code === "delivered" ? 1 : 0);
  });
});

describe("what the provider answers", () => {
  let provider: RawProvider;
  let undo: () => void;
  beforeAll(async () => {
    provider = await rawProvider();
    undo = inService({ upstream: provider.origin });
  });
  afterAll(async () => {
    undo();
    await provider.close();
  });
  /** These bytes for every request; after them it may hang up. */
  const raw =
    (bytes: string | Buffer, then: "stays" | "hangs up" = "stays") =>
    (socket: Socket): void => {
      socket.write(bytes);
      if (then === "hangs up") socket.end();
    };
  const right = raw(whole("200 OK"));

  it.each<[string, (socket: Socket) => void, string]>([
    ["200 and a record", raw(whole("200 OK")), "delivered"],
    ["without a length, until it hangs up", raw(`HTTP/1.1 200 OK\r\n${json}\r\n${record.toString()}`, "hangs up"), "delivered"],
    ["in HTTP/1.0", raw(whole("200 OK").replace("1.1", "1.0"), "hangs up"), "delivered"],
    [
      "in chunks, with trailers",
      raw(
        `HTTP/1.1 200 OK\r\n${json}Transfer-Encoding: chunked\r\n\r\n${record.length.toString(16)}\r\n` +
          `${record.toString()}\r\n0\r\nSpl-Problem: internal\r\n\r\n`,
      ),
      "delivered",
    ],
    ["after 103 Early Hints", raw(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${whole("200 OK")}`), "delivered"],
    [
      "its own problem, as the contract has it",
      raw(whole("503 Service Unavailable", "Content-Type: application/problem+json\r\nRetry-After: 9\r\n", "{}")),
      "delivered",
    ],
    ["the coding identity", raw(whole("200 OK", `${json}Content-Encoding: identity\r\n`)), "delivered"],
    ["an empty Content-Encoding, which names no coding", raw(whole("200 OK", `${json}Content-Encoding:\r\n`)), "delivered"],
    ["identity among empty elements", raw(whole("200 OK", `${json}Content-Encoding: , Identity ,\r\n`)), "delivered"],
    [
      "a 404 that the contract has under default",
      raw(whole("404 Not Found", "Content-Type: application/problem+json\r\n", "{}")),
      "delivered",
    ],
    ["a 413 of the server before it, as a problem", raw(whole("413 A", "Content-Type: application/problem+json\r\n", "{}")), "delivered"],
    ["a 413 of the server before it, in HTML", raw(whole("413 A", "Content-Type: text/html\r\n", "<p>")), "response-invalid"],
    ["204 where the contract has content", raw("HTTP/1.1 204 No Content\r\n\r\n"), "response-invalid"],
    ["the coding none", raw(whole("200 OK", `${json}Content-Encoding: none\r\n`)), "response-invalid"],
    ["101 Switching Protocols", raw("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"), "response-invalid"],
    ["206 Partial Content", raw(whole("206 Partial Content", `${json}Content-Range: bytes 0-26/99\r\n`)), "response-invalid"],
    ["304 Not Modified", raw("HTTP/1.1 304 Not Modified\r\nETag: a\r\n\r\n"), "response-invalid"],
    [
      "gzip, though identity was asked for",
      raw(
        Buffer.concat([
          Buffer.from(`HTTP/1.1 200 OK\r\n${json}Content-Encoding: gzip\r\nContent-Length: ${gzipSync(record).length}\r\n\r\n`),
          gzipSync(record),
        ]),
      ),
      "response-invalid",
    ],
    ["gzip behind identity", raw(whole("200 OK", `${json}Content-Encoding: identity\r\nContent-Encoding: gzip\r\n`)), "response-invalid"],
    ["a status that the contract lacks", raw(whole("202 Accepted")), "response-invalid"],
    ["a redirect elsewhere", raw(whole("302 Found", "Location: http://169.254.169.254/\r\n", "")), "response-invalid"],
    ["another type", raw(whole("200 OK", "Content-Type: text/html\r\n")), "response-invalid"],
    ["no type", raw(whole("200 OK", "")), "response-invalid"],
    ["two types", raw(whole("200 OK", `${json}Content-Type: text/html\r\n`)), "response-invalid"],
    ["no content", raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "response-invalid"],
    ["JSON that breaks the schema", raw(whole("200 OK", json, '{"nik":"1"}')), "response-invalid"],
    ["JSON that breaks off", raw(whole("200 OK", json, '{"nik":')), "response-invalid"],
    [
      "more than the service may answer",
      raw(whole("200 OK", json, `{"nik":"1603010101909001","a":"${"a".repeat(4096)}"}`)),
      "response-invalid",
    ],
    [
      "more than that in chunks",
      raw(`HTTP/1.1 200 OK\r\n${json}Transfer-Encoding: chunked\r\n\r\n1001\r\n${"a".repeat(4097)}\r\n`),
      "response-invalid",
    ],
    ["fields without end", raw(`HTTP/1.1 200 OK\r\nX-A: ${"a".repeat(20_000)}\r\n`), "response-invalid"],
    ["what is no HTTP", raw("SSH-2.0-OpenSSH_9.9\r\n"), "response-invalid"],
    ["two lengths", raw(whole("200 OK", `${json}Content-Length: 5\r\n`)), "response-invalid"],
    ["a length and chunks", raw(whole("200 OK", `${json}Transfer-Encoding: chunked\r\n`)), "response-invalid"],
    ["a field with a control character", raw(whole("200 OK", `${json}X-A: a\x01b\r\n`)), "response-invalid"],
    ["nothing", () => undefined, "upstream-timeout"],
    ["a head without content", raw(`HTTP/1.1 200 OK\r\n${json}Content-Length: 27\r\n\r\n`), "upstream-timeout"],
    ["nothing, and hangs up", (socket) => void socket.destroy(), "upstream-lost"],
    ["half of its content, and hangs up", raw(whole("200 OK").slice(0, -5), "hangs up"), "upstream-lost"],
    [
      "half of its chunks, and hangs up",
      raw(`HTTP/1.1 200 OK\r\n${json}Transfer-Encoding: chunked\r\n\r\n1b\r\n{"nik`, "hangs up"),
      "upstream-lost",
    ],
  ])("%s", async (_, act, code) => {
    provider.answer(act);
    let before: readonly [requests: number, leaves: number];
    let answer: WireAnswer;
    let deadline = 100;
    do {
      before = [provider.requests(), (await ledgerLeaves(w)).length];
      const patient = inService(code === "upstream-timeout" ? { responseTimeoutMs: deadline } : {});
      answer = await ask();
      patient();
      // The deadline is about a provider that has the request; on a busy machine a short one may pass before.
      deadline *= 10;
    } while (code === "upstream-timeout" && provider.requests() === before[0] && deadline < patienceMs);
    expect(codeOf(answer)).toBe(code);
    expect(answer.fields["content-digest"]).toBe(formatDigest(sha256(answer.content)));
    // One request, one leaf; and what comes next has nothing of it.
    expect([provider.requests() - before[0], (await ledgerLeaves(w)).length - before[1]]).toEqual([1, 1]);
    provider.answer(right);
    expect((await ask()).content).toEqual(record);
  });

  it.each([
    ["with a length", (content: string) => whole("200 OK", json, content)],
    ["in chunks", (content: string) => `HTTP/1.1 200 OK\r\n${json}Transfer-Encoding: chunked\r\n\r\n1000\r\n${content}\r\n0\r\n\r\n`],
  ])("exactly as much as the service may answer passes, %s", async (_, answerWith) => {
    const full = record.toString().padEnd(4096);
    provider.answer(raw(answerWith(full)));
    expect((await ask()).content.toString()).toBe(full);
  });

  it("a 503 is delivered once and asked for once (not eleven times, as @fastify/reply-from does)", async () => {
    provider.answer(
      raw(whole("503 Service Unavailable", "Content-Type: application/problem+json\r\nRetry-After: 0\r\n", '{"code":"sibuk"}')),
    );
    const before = provider.requests();
    const answer = await ask();
    expect([answer.status, answer.content.toString(), answer.fields["retry-after"], provider.requests() - before]).toEqual([
      503,
      '{"code":"sibuk"}',
      "0",
      1,
    ]);
  });

  it("comes without its fields of one connection and without what only a gateway says", async () => {
    provider.answer(
      raw(
        whole(
          "200 OK",
          [
            json,
            "Connection: keep-alive, X-Lokal\r\n",
            "X-Lokal: a\r\n",
            "Keep-Alive: timeout=1\r\n",
            "Proxy-Authenticate: Basic\r\n",
            "Trailer: X-A\r\n",
            "Upgrade: h2c\r\n",
            "Spl-Problem: internal\r\n",
            "Spl-Receipt: leaf=:AA==:\r\n",
            "SPL-Exchange: a\r\n",
            "Content-Digest: sha-256=:AA==:\r\n",
            "Cache-Control: public, max-age=9\r\n",
            "ETag: a\r\n",
            "X-Penyedia: b\r\n",
            "Set-Cookie: a=1\r\n",
            "Set-Cookie: b=2\r\n",
          ].join(""),
        ),
      ),
    );
    const { fields } = await ask();
    expect(Object.keys(fields).sort()).toEqual([
      "cache-control",
      "connection",
      "content-digest",
      "content-length",
      "content-type",
      "date",
      "etag",
      "keep-alive",
      "link",
      "spl-exchange",
    ]);
    expect(fields).toMatchObject({
      "cache-control": "no-store, no-transform",
      "keep-alive": `timeout=${w.config.idleTimeoutMs / 1000}`,
      "content-digest": formatDigest(sha256(record)),
    });
  });

  it("leaves no field on a refusal", async () => {
    provider.answer(raw(whole("200 OK", `${json}Set-Cookie: a=1\r\nX-Penyedia: b\r\nCache-Control: public\r\n`, "{}")));
    const { fields } = await ask();
    expect(Object.keys(fields).sort()).toEqual([
      "cache-control",
      "connection",
      "content-digest",
      "content-length",
      "content-type",
      "date",
      "keep-alive",
      "link",
      "spl-exchange",
      "spl-problem",
    ]);
  });

  it("to HEAD is delivered without content, whatever its length says", async () => {
    provider.answer(raw(`HTTP/1.1 200 OK\r\n${json}Content-Length: 27\r\n\r\n`));
    const answer = await ask({ method: "HEAD" });
    expect([codeOf(answer), answer.status, answer.fields["content-digest"]]).toEqual([
      "delivered",
      200,
      formatDigest(sha256(Buffer.alloc(0))),
    ]);
  });

  it("to DELETE may be 204, delivered with the digest of nothing", async () => {
    provider.answer(raw("HTTP/1.1 204 No Content\r\n\r\n"));
    expect(await ask({ method: "DELETE" })).toMatchObject({
      status: 204,
      fields: { "content-digest": formatDigest(sha256(Buffer.alloc(0))) },
    });
  });

  it("is never followed by another answer that nobody asked for", async () => {
    provider.answer(raw(whole("200 OK") + whole("200 OK", json, '{"nik":"1603010101909999"}')));
    expect((await ask()).content).toEqual(record);
    provider.answer(right);
    for (let i = 0; i < 3; i++) expect((await ask()).content).toEqual(record);
  });

  it("is only counted in the mode report, and not judged in the mode off; but 206 passes in neither", async () => {
    const faults = () => figure(w, "simpul_response_faults_total");
    for (const [mode, counted] of [
      ["report", 1],
      ["off", 0],
    ] as const) {
      const judged = inService({ validateResponses: mode });
      const before = await faults();
      provider.answer(raw(whole("200 OK", "Content-Type: text/html\r\n", "<p>")));
      expect(await ask()).toMatchObject({ status: 200, content: Buffer.from("<p>") });
      expect((await faults()) - before).toBe(counted);
      provider.answer(raw(whole("206 Partial Content")));
      expect(codeOf(await ask())).toBe("response-invalid");
      judged();
    }
  });
});

describe("a connection to the provider", () => {
  it("that dies under a request is not tried again, neither for POST nor for GET", async () => {
    for (const signing of [posting, {}]) {
      w.respondWith(faithful);
      await ask(signing);
      w.respondWith((_, request) => void request.socket.destroy());
      const before = w.received.length;
      expect(codeOf(await ask(signing))).toBe("upstream-lost");
      expect(w.received.length - before).toBe(1);
    }
    expect((await ledgerLeaves(w)).at(-3)).toMatchObject({ type: "outcome", problem: "upstream-lost", htm: "POST", intent: {} });
  });

  it("that the provider closed while it was idle is replaced, and the request is sent once", async () => {
    for (let i = 0; i < 3; i++) {
      const closed = Promise.withResolvers<void>();
      w.respondWith((seen, request, response) => {
        response.once("finish", () => request.socket.end());
        request.socket.once("close", () => closed.resolve());
        faithful(seen, request, response);
      });
      const before = w.received.length;
      expect(codeOf(await ask(posting))).toBe("delivered");
      expect(w.received.length - before).toBe(1);
      await closed.promise;
    }
  });

  it("is waited for by as many as may wait; the next one hears upstream-busy at once", async () => {
    const release = Promise.withResolvers<void>();
    w.respondWith((seen, request, response) => void release.promise.then(() => faithful(seen, request, response)));
    const [before, busy] = [w.received.length, await metered(w, "upstream-busy")];
    const first = ask();
    await expect.poll(() => w.received.length).toBe(before + 1);
    const [second, third] = [dial(w), dial(w)];
    second.write(sign(w).head);
    await expect.poll(() => figure(w, "simpul_exchanges_in_flight")).toBe(2);
    third.write(sign(w).head);
    const refused = await third.answer();
    expect([codeOf(refused), refused.fields["retry-after"], w.received.length - before]).toEqual(["upstream-busy", "1", 1]);
    release.resolve();
    expect([codeOf(await first), codeOf(await second.answer()), await metered(w, "upstream-busy")]).toEqual([
      "delivered",
      "delivered",
      busy + 1,
    ]);
    second.socket.destroy();
    third.socket.destroy();
  });

  it("that is refused names no address", async () => {
    const undo = inService({ upstream: "http://127.0.0.1:1" });
    const answer = await ask();
    undo();
    expect(codeOf(answer)).toBe("upstream-unreachable");
    expect(answer.content.toString().replaceAll(w.publicOrigin, "")).not.toMatch(/127\.|ECONN|:1\b/);
  });
});

it("the ledger is sound after all that", async () => expect(await audit(w)).toMatchObject({ findings: [], openIntents: [] }));
