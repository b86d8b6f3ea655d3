import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { networksOf } from "../../../src/base/networks.ts";
import { Problem } from "../../../src/base/problem.ts";
import type { ProviderAnswer } from "../../../src/exchange/forward.ts";
import type { Forwarder } from "../../../src/http/upstream/forward.ts";
import type { ServiceVersion } from "../../../src/registry/snapshot.ts";
import { gatewayFixture, record, service, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { audit, ledgerLeaves, posting, shoot, sign, type WireAnswer } from "../../support/wire.ts";
import { patienceMs } from "../../support/patience.ts";
import { oneAddress, patientForwarder } from "./patient-forwarder.ts";
import { rawProvider, type RawProvider } from "./raw-provider.ts";

const json = "Content-Type: application/json\r\n";
const text = record.toString();
const head = (status: string, ...fields: readonly string[]): string =>
  `HTTP/1.1 ${status}\r\n${json}${fields.map((field) => `${field}\r\n`).join("")}\r\n`;
const whole = (status: string, ...fields: readonly string[]): string => head(status, `Content-Length: ${text.length}`, ...fields) + text;
const chunk = `${text.length.toString(16)}\r\n${text}\r\n`;

/** How a connection ends: in order, or with an error. */
const ends = { FIN: (socket: Socket) => socket.end(), RST: (socket: Socket) => socket.resetAndDestroy() } as const;
const raw =
  (bytes: string, end?: keyof typeof ends) =>
  (socket: Socket): void =>
    void socket.write(bytes, () => end !== undefined && ends[end](socket));

describe("through the gateway", () => {
  let w: GatewayFixture;
  let provider: RawProvider;
  beforeAll(async () => {
    provider = await rawProvider();
    w = await gatewayFixture({ settings: { "upstream-failures": "1000" }, serviceManifest: "limits: { maxConnections: 1 }\n" });
    Object.assign(w.open.gateway.snapshot().services.get(service)!, { upstream: provider.origin, responseTimeoutMs: patienceMs });
  });
  afterAll(async () => {
    await w.close();
    await provider.close();
  });
  const file = async (): Promise<{ answer: WireAnswer; outcome: Record<string, unknown> }> => {
    const { head: request } = sign(w, { ...posting, below: "/catatan" });
    const answer = await shoot(w, Buffer.concat([Buffer.from(request), posting.content!]));
    return { answer, outcome: (await ledgerLeaves(w)).at(-1) as unknown as Record<string, unknown> };
  };

  it.each<[string, string, keyof typeof ends, number]>([
    ["its length is too great, then FIN", head("201 Created", "Content-Length: 999") + text, "FIN", text.length],
    ["the same with Connection: close", head("201 Created", "Content-Length: 999", "Connection: close") + text, "FIN", text.length],
    ["its length is too great, then RST", head("201 Created", "Content-Length: 999") + text, "RST", text.length],
    [
      "the same with Connection: close, then RST",
      head("201 Created", "Content-Length: 999", "Connection: close") + text,
      "RST",
      text.length,
    ],
    ["chunks without the last, then FIN", head("201 Created", "Transfer-Encoding: chunked") + chunk, "FIN", text.length],
    [
      "the same with Connection: close, chunked",
      head("201 Created", "Transfer-Encoding: chunked", "Connection: close") + chunk,
      "FIN",
      text.length,
    ],
    [
      "chunks without the last, then RST",
      head("201 Created", "Transfer-Encoding: chunked", "Connection: close") + chunk,
      "RST",
      text.length,
    ],
    ["the middle of a chunk, then FIN", `${head("201 Created", "Transfer-Encoding: chunked")}ff\r\n${text}`, "FIN", text.length],
    ["neither length nor chunks, then RST", head("201 Created", "Connection: close") + text, "RST", text.length],
    ["the same without saying close", head("201 Created") + text, "RST", text.length],
    ["the same in HTTP/1.0", (head("201 Created") + text).replace("1.1", "1.0"), "RST", text.length],
    ["a length too great in HTTP/1.0", (head("201 Created", "Content-Length: 999") + text).replace("1.1", "1.0"), "FIN", text.length],
    ["a head and nothing else, then FIN", head("201 Created", "Content-Length: 27"), "FIN", 0],
  ])("an answer that breaks off is upstream-lost, and its leaf says what had come: %s", async (_, bytes, end, came) => {
    provider.answer(raw(bytes, end));
    const { answer, outcome } = await file();
    expect([answer.status, answer.fields["spl-problem"]]).toEqual([502, "upstream-lost"]);
    expect(outcome).toMatchObject({
      type: "outcome",
      problem: "upstream-lost",
      intent: {},
      response: { provider: { status: 201, bytes: came }, delivered: { status: 502 }, truncated: true },
    });
  });

  it.each<[string, string, keyof typeof ends]>([
    ["nothing of an answer, then FIN", "", "FIN"],
    ["nothing of an answer, then RST", "", "RST"],
    ["half a head, then FIN", "HTTP/1.1 201 Created\r\nContent-Ty", "FIN"],
    ["half a head, then RST", "HTTP/1.1 201 Created\r\nContent-Ty", "RST"],
    ["only 100 Continue, then FIN", "HTTP/1.1 100 Continue\r\n\r\n", "FIN"],
    ["half of 100 Continue, then FIN", "HTTP/1.1 10", "FIN"],
  ])("a provider that took the request and gave no answer may have acted: %s", async (_, bytes, end) => {
    provider.answer(raw(bytes, end));
    const { answer, outcome } = await file();
    expect(answer.fields["spl-problem"]).toBe("upstream-lost");
    expect(outcome).toMatchObject({ type: "outcome", problem: "upstream-lost", response: { delivered: { status: 502 } } });
    expect(outcome["response"]).not.toHaveProperty("provider");
    expect(outcome["response"]).not.toHaveProperty("truncated");
  });

  it.each<[string, string, keyof typeof ends]>([
    ["without length or chunks, ended by FIN", head("201 Created", "Connection: close") + text, "FIN"],
    ["the same in HTTP/1.0", (head("201 Created") + text).replace("1.1", "1.0"), "FIN"],
    ["of the right length, then RST", whole("201 Created", "Connection: close"), "RST"],
    ["with its last chunk, then RST", `${head("201 Created", "Transfer-Encoding: chunked")}${chunk}0\r\n\r\n`, "RST"],
  ])("a whole answer is delivered: %s", async (_, bytes, end) => {
    provider.answer(raw(bytes, end));
    const { answer, outcome } = await file();
    expect([answer.status, answer.content.toString()]).toEqual([201, text]);
    expect(outcome["response"]).not.toHaveProperty("truncated");
  });

  const interim = "HTTP/1.1 100 Continue\r\n\r\n";
  it.each<[string, string[]]>([
    ["100 that nobody asked for", [interim + whole("201 Created")]],
    ["100 and the answer, each on its own", [interim, whole("201 Created")]],
    ["100 with fields", ["HTTP/1.1 100 Continue\r\nServer: a\r\nDate: b\r\n\r\n", whole("201 Created")]],
    ["100 without a reason, of HTTP/1.0", ["HTTP/1.0 100\r\n\r\n", whole("201 Created")]],
    ["100 three times", [interim, interim + interim, whole("201 Created")]],
    [
      "102, 103, 100, 199",
      ["HTTP/1.1 102 A\r\n\r\nHTTP/1.1 103 B\r\nLink: </a>\r\n\r\n" + interim, `HTTP/1.1 199 C\r\n\r\n${whole("201 Created")}`],
    ],
    ["100 in bytes", Array.from(interim + whole("201 Created"))],
  ])("interim answers are passed over: %s", async (_, parts) => {
    provider.answer((socket) => {
      const next = (): void => {
        const part = parts.shift();
        if (part !== undefined) socket.write(part, () => setImmediate(next));
      };
      next();
    });
    const { answer } = await file();
    expect([answer.status, answer.content.toString()]).toEqual([201, text]);
  });

  it.each<[string, string]>([
    ["101, which nobody offered", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"],
    ["more of them than 16 KB", interim.repeat(800) + whole("201 Created")],
    ["one that has no end", `HTTP/1.1 100 Continue\r\nX-A: ${"a".repeat(20_000)}`],
    ["one that is no HTTP", `HTTP/1.1 100 Continue\r\n\n\r\n\r\n${whole("201 Created")}`],
  ])("interim answers have bounds: %s", async (_, bytes) => {
    provider.answer(raw(bytes));
    expect((await file()).answer.fields["spl-problem"]).toBe("response-invalid");
  });

  it.each<[string, string, Partial<ServiceVersion>, string]>([
    [
      "it stands still within its content",
      head("201 Created", "Content-Length: 999") + text,
      { responseTimeoutMs: 300 },
      "upstream-timeout",
    ],
    ["it is larger than the service allows", whole("201 Created"), { maxResponseBytes: text.length - 1 }, "response-invalid"],
  ])("of an answer that is given up the leaf says what had come: %s", async (_, bytes, over, code) => {
    provider.answer(raw(bytes));
    const version = w.open.gateway.snapshot().services.get(service)!;
    const before = { ...version };
    Object.assign(version, over);
    const { outcome } = await file();
    Object.assign(version, before);
    expect(outcome).toMatchObject({ problem: code, response: { provider: { status: 201 }, truncated: true } });
  });

  it("the ledger is sound after all that", async () => expect(await audit(w)).toMatchObject({ findings: [], openIntents: [] }));
});

describe("on a connection", () => {
  const networks = networksOf(["127.0.0.0/8", "::1/128"]);
  const forwarder: Forwarder = patientForwarder(networks, 1000);
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  afterAll(() => forwarder.close());

  const at = (upstream: string, over: Partial<ServiceVersion> = {}): ServiceVersion =>
    ({
      ...oneAddress,
      id: service,
      upstream,
      basePath: "",
      maxConnections: 256,
      maxResponseBytes: 1 << 20,
      connectTimeoutMs: patienceMs,
      responseTimeoutMs: patienceMs,
      ...over,
    }) as ServiceVersion;
  const send = (to: ServiceVersion, method: string, content = Buffer.alloc(0)): Promise<ProviderAnswer> =>
    forwarder.forward({ service: to, method, target: "/", fields: ["Accept-Encoding", "identity"], content });
  const outcome = async (answer: Promise<ProviderAnswer>): Promise<number | string> => {
    try {
      const { status, cut } = await answer;
      return cut?.code ?? status;
    } catch (error) {
      return error instanceof Problem ? error.code : String(error);
    }
  };
  const listening = async (act: (socket: Socket) => void): Promise<string> => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
      act(socket);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it("that could not be made nothing was carried out: upstream-unreachable", async () => {
    expect(await outcome(send(at("http://127.0.0.1:1"), "POST", record))).toBe("upstream-unreachable");
  });

  it("whose TLS failed nothing was carried out: upstream-unreachable", async () => {
    const origin = await listening((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
    expect(await outcome(send(at(origin.replace("http:", "https:")), "POST", record))).toBe("upstream-unreachable");
  });

  it("that was lost before the request had left whole, nothing was carried out: upstream-unreachable", async () => {
    // Both buffers of the system together hold less than this; the provider never reads.
    const content = Buffer.alloc(64 << 20, "a");
    for (const end of ["FIN", "RST"] as const) {
      const origin = await listening((socket) => socket.once("readable", () => ends[end](socket)));
      expect(await outcome(send(at(origin), "POST", content))).toBe("upstream-unreachable");
    }
  });

  it("that was lost after a request without content had left, it may have been carried out: upstream-lost", async () => {
    const origin = await listening((socket) => socket.once("data", () => socket.resetAndDestroy()));
    for (const method of ["GET", "HEAD", "POST", "DELETE"]) expect(await outcome(send(at(origin), method))).toBe("upstream-lost");
  });

  it("that did not come free in time, nothing was sent: upstream-busy", async () => {
    const taken = Promise.withResolvers<Socket>();
    const origin = await listening((socket) => socket.once("data", () => taken.resolve(socket)));
    const first = send(at(origin, { maxConnections: 1 }), "POST", record);
    const socket = await taken.promise;
    expect(await outcome(send(at(origin, { maxConnections: 1, responseTimeoutMs: 20 }), "POST", record))).toBe("upstream-busy");
    socket.write(whole("201 Created"));
    expect(await outcome(first)).toBe(201);
  });

  it("an answer that comes before the request was read is read: 503 and close, 3 MB under way", async () => {
    // A thread of its own: it answers while the gateway is still within its first write.
    const worker = new Worker(
      `const { parentPort } = require("node:worker_threads");
       const server = require("node:net").createServer((socket) => {
         socket.on("error", () => undefined);
         const answer = "HTTP/1.1 503 Busy\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\n{}";
         socket.once("readable", () => socket.write(answer, () => socket.destroy()));
       }).listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`,
      { eval: true },
    );
    closers.push(() => worker.terminate());
    const [port] = (await once(worker, "message")) as [number];
    for (const bytes of [20_000, 300_000, 1_200_000, 3_000_000, 12_000_000])
      for (let i = 0; i < 5; i++)
        expect([bytes, await outcome(send(at(`http://127.0.0.1:${port}`), "POST", Buffer.alloc(bytes, "a")))]).toEqual([bytes, 503]);
  });
});
