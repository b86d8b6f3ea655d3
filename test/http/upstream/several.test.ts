import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { networksOf } from "../../../src/base/networks.ts";
import type { Problem } from "../../../src/base/problem.ts";
import { createForwarder, type Forwarder } from "../../../src/http/upstream/forward.ts";
import type { Replica, ServiceVersion } from "../../../src/registry/snapshot.ts";
import { patienceMs, eventually } from "../../support/patience.ts";

/** One address of an application; it holds its answers back until they are let go, if it is told to. */
interface Application {
  readonly origin: string;
  readonly server: Server;
  taken: number;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
}

let applications: Application[] = [];
let forwarder: Forwarder;
let now = 0;
const told: string[] = [];

async function application(): Promise<Application> {
  const server = createServer((request, response) => {
    application.taken++;
    request.resume().on("end", () => application.answer(request, response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const application: Application = { origin, server, taken: 0, answer: (_, response) => response.end("{}") };
  return application;
}

beforeEach(async () => {
  now = 1_000_000;
  told.length = 0;
  applications = [await application(), await application(), await application()];
  forwarder = createForwarder({
    networks: networksOf(["127.0.0.0/8"]),
    maxWaiting: 10,
    circuit: { failures: 3, pauseMs: 1000, longestPauseMs: 4000 },
    clock: () => now,
    onState: (upstream, isOut) => told.push(`${applications.findIndex(({ origin }) => origin === upstream)} ${isOut ? "out" : "back"}`),
  });
});
afterEach(async () => {
  await forwarder.close();
  for (const { server } of applications) {
    server.closeAllConnections();
    server.close();
  }
});

function serviceOf(replicas: readonly Replica[], over: Partial<ServiceVersion> = {}): ServiceVersion {
  const limits = { maxConnections: 100, maxResponseBytes: 1024, connectTimeoutMs: patienceMs, responseTimeoutMs: patienceMs };
  return { upstream: applications[0]!.origin, replicas, drained: new Set(), ...limits, ...over } as ServiceVersion;
}
const replica = (index: number, weight = 1): Replica => ({ origin: applications[index]!.origin, weight });
const ask = async (service: ServiceVersion, method = "GET"): Promise<string> => {
  try {
    const { status, cut } = await forwarder.forward({ service, method, target: "/", fields: [], content: Buffer.alloc(0) });
    return cut?.code ?? String(status);
  } catch (error) {
    return (error as Problem).code;
  }
};
const several = async (count: number, service: ServiceVersion, method?: string): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let i = 0; i < count; i++) outcomes.push(await ask(service, method));
  return outcomes;
};
const taken = (): number[] => applications.map((one) => one.taken);
const refuse = async ({ server }: Application): Promise<void> => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
};
const states = (): string[] => forwarder.upstreams().map(({ state }) => state);

describe("of several addresses", () => {
  it("each is asked in turn while all have as little to do", async () => {
    expect(await several(9, serviceOf([replica(1), replica(2)]))).toEqual(Array(9).fill("200"));
    expect(taken()).toEqual([3, 3, 3]);
  });

  it("the one with the least to do for its weight is asked", async () => {
    const waiting: ServerResponse[] = [];
    for (const one of applications) one.answer = (_, response) => void waiting.push(response);
    const service = serviceOf([replica(1, 2), replica(2, 3)]);
    const asked = Array.from({ length: 12 }, () => ask(service));
    await eventually(() => waiting.length === 12);
    expect(taken()).toEqual([2, 4, 6]);
    for (const response of waiting) response.end("{}");
    expect(await Promise.all(asked)).toEqual(Array(12).fill("200"));
  });

  it("one that cannot be reached is passed over by every method, and nothing is carried out twice", async () => {
    await refuse(applications[0]!);
    const service = serviceOf([replica(1)]);
    expect(await several(4, service, "POST")).toEqual(Array(4).fill("200"));
    expect(taken()).toEqual([0, 4, 0]);
  });

  it("a request that may have been carried out goes nowhere else", async () => {
    applications[0]!.answer = (request) => request.socket.destroy();
    const service = serviceOf([replica(1)]);
    for (const method of ["GET", "POST"]) expect((await several(2, service, method)).sort()).toEqual(["200", "upstream-lost"]);
    expect(taken()).toEqual([2, 2, 0]);
  });

  it("one that fails three times is left out, tried once after a pause that doubles, and called again when it answers", async () => {
    const [first, second] = applications as [Application, Application, Application];
    first.answer = (request) => request.socket.destroy();
    const service = serviceOf([replica(1)]);
    await several(6, service);
    expect([taken(), states(), told]).toEqual([[3, 3, 0], ["open", "closed"], ["0 out"]]);
    await several(5, service);
    expect(taken()).toEqual([3, 8, 0]);
    now += 1000;
    expect(states()).toEqual(["half-open", "closed"]);
    await several(5, service);
    expect(taken()[0]).toBe(4);
    now += 1999;
    await several(3, service);
    expect(taken()[0]).toBe(4);
    now += 1;
    first.answer = (_, response) => void response.end("{}");
    await several(4, service);
    expect([states(), told]).toEqual([
      ["closed", "closed"],
      ["0 out", "0 back"],
    ]);
    expect(first.taken).toBeGreaterThan(5);
    expect(second.taken).toBeGreaterThan(0);
  });

  it("no unsafe request is the trial of one that was out, where another address serves", async () => {
    applications[0]!.answer = (request) => request.socket.destroy();
    const service = serviceOf([replica(1)]);
    await several(6, service);
    now += 1000;
    expect(await several(4, service, "POST")).toEqual(Array(4).fill("200"));
    expect(taken()[0]).toBe(3);
  });

  it.each([502, 503, 504])("a front server's %i counts as a failure", async (status) => {
    applications[0]!.answer = (_, response) => response.writeHead(status).end("{}");
    const service = serviceOf([replica(1)]);
    await several(6, service);
    expect(states()).toEqual(["open", "closed"]);
    expect(await several(3, service)).toEqual(Array(3).fill("200"));
  });

  it("a drained one gets nothing new, and what is there ends", async () => {
    const waiting: ServerResponse[] = [];
    applications[0]!.answer = (_, response) => void waiting.push(response);
    const service = serviceOf([replica(1)]);
    const asked = [ask(service), ask(service)];
    await eventually(() => waiting.length === 1);
    const drained = serviceOf([replica(1)], { drained: new Set([applications[0]!.origin]) });
    expect(await several(4, drained)).toEqual(Array(4).fill("200"));
    waiting[0]!.end("{}");
    expect(await Promise.all(asked)).toEqual(["200", "200"]);
    expect(taken()).toEqual([1, 5, 0]);
  });
});

describe("of one address", () => {
  it("what fails three times is refused without a call until the pause is over, with the time", async () => {
    applications[0]!.answer = (request) => request.socket.destroy();
    const service = serviceOf([]);
    await several(3, service);
    now += 250;
    const problem = await forwarder
      .forward({ service, method: "GET", target: "/", fields: [], content: Buffer.alloc(0) })
      .catch((error) => error as Problem);
    expect(problem).toMatchObject({ code: "upstream-unreachable", fields: { "Retry-After": "1" } });
    expect(taken()[0]).toBe(3);
    now += 750;
    applications[0]!.answer = (_, response) => void response.end("{}");
    expect(await several(2, service)).toEqual(["200", "200"]);
  });

  it.each([502, 503, 504])("its own %i is its answer: nobody else would do better", async (status) => {
    applications[0]!.answer = (_, response) => response.writeHead(status).end("{}");
    expect(await several(5, serviceOf([]))).toEqual(Array(5).fill(String(status)));
    expect(states()).toEqual(["closed"]);
  });

  it("what says that it is too busy gets half of what was there at a time, and more with each answer; the others wait", async () => {
    const waiting: ServerResponse[] = [];
    applications[0]!.answer = (_, response) => void waiting.push(response);
    const service = serviceOf([]);
    const first = Array.from({ length: 20 }, () => ask(service));
    await eventually(() => waiting.length === 20);
    waiting[0]!.writeHead(503).end("{}");
    expect(await first[0]).toBe("503");
    const second = Array.from({ length: 40 }, () => ask(service));
    for (const response of waiting.splice(0, 10)) response.end("{}");
    expect(await Promise.all(first.slice(1, 10))).toEqual(Array(9).fill("200"));
    // 10 of the first are there, and as many may be as half of 20 and one more for each of 9 answers.
    await eventually(() => waiting.length === 19);
    expect(taken()[0]).toBe(20 + 9);
    applications[0]!.answer = (_, response) => void response.end("{}");
    for (const response of waiting) response.end("{}");
    expect(await Promise.all(second)).toEqual(Array(40).fill("200"));
  });

  it("a single 503 with nothing beside it refuses nobody", async () => {
    applications[0]!.answer = (_, response) => response.writeHead(503).end("{}");
    const service = serviceOf([]);
    expect(await ask(service)).toBe("503");
    applications[0]!.answer = (_, response) => void response.end("{}");
    expect(await Promise.all(Array.from({ length: 30 }, () => ask(service)))).toEqual(Array(30).fill("200"));
  });

  it("429 is what it says to one consumer, and keeps no other out", async () => {
    applications[0]!.answer = (_, response) => response.writeHead(429).end("{}");
    const service = serviceOf([]);
    expect(await several(3, service)).toEqual(Array(3).fill("429"));
    const waiting: ServerResponse[] = [];
    applications[0]!.answer = (_, response) => void waiting.push(response);
    const asked = Array.from({ length: 20 }, () => ask(service));
    await eventually(() => waiting.length === 20);
    for (const response of waiting) response.end("{}");
    expect(await Promise.all(asked)).toEqual(Array(20).fill("200"));
  });

  it("who waits for longer than an answer may take is told that nothing was sent", async () => {
    const waiting: ServerResponse[] = [];
    applications[0]!.answer = (_, response) => void waiting.push(response);
    const slow = ask(serviceOf([], { maxConnections: 1 }));
    await eventually(() => waiting.length === 1);
    expect(await ask(serviceOf([], { maxConnections: 1, responseTimeoutMs: 20 }))).toBe("upstream-busy");
    waiting[0]!.end("{}");
    expect(await slow).toBe("200");
    expect(taken()[0]).toBe(1);
  });
});
