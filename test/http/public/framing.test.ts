import { createHash } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { freePort } from "../../../src/base/free-port.ts";
import { gatewayFixture, record, type GatewayFixture, type ReceivedCall } from "../../support/gateway-fixture.ts";
import { audit, ledgerLeaves, posting, sign, type RequestChange, type Signed } from "../../support/wire.ts";
import { absent, startNginx, startProxy } from "../../gateway/proxies.ts";
import { framingCases, type FramingCase, type Signer } from "./framing-cases.ts";

/** One case as it was sent: what was signed for it. */
interface Sent {
  readonly name: string;
  readonly signed: readonly Signed[];
}

function build(w: GatewayFixture, [name, bytes]: FramingCase): Sent & { readonly bytes: Buffer } {
  const signed: Signed[] = [];
  const headOf = (change: RequestChange): string => {
    const made = sign(w, change);
    signed.push(made);
    return made.head;
  };
  const signer: Signer = {
    host: new URL(w.publicOrigin).host,
    content: record.toString(),
    get: (change = {}) => headOf(change),
    post: (change = {}) => headOf({ ...posting, ...change }),
  };
  return { name, signed, bytes: Buffer.from(bytes(signer), "latin1") };
}

const fieldOf = ({ rawHeaders }: ReceivedCall, name: string): string | undefined =>
  rawHeaders[rawHeaders.findIndex((field, i) => i % 2 === 0 && field.toLowerCase() === name) + 1];

/** What the provider saw that nobody signed, or twice. */
function* beyondWhatWasSigned({ received }: GatewayFixture, sent: readonly Sent[]): Generator<string> {
  const by = new Map(sent.flatMap(({ name, signed }) => signed.map((one) => [one.statement, { name, one }] as const)));
  const seen = new Set<string>();
  for (const call of received) {
    const statement = fieldOf(call, "spl-signature") ?? "";
    const known = by.get(statement);
    if (known === undefined) yield `a request that nobody signed: ${call.method} ${call.target}`;
    else {
      const { claims } = known.one;
      const digest = `sha-256=:${createHash("sha256").update(call.content).digest("base64")}:`;
      if (claims["htm"] !== call.method || !String(claims["htu"]).endsWith(call.target.split("?")[0]!)) yield `${known.name}: another call`;
      if (claims["digest"] !== digest) yield `${known.name}: other content`;
    }
    if (seen.has(statement)) yield `${known?.name ?? ""}: one statement was executed twice`;
    seen.add(statement);
  }
}

/** Executions of which the ledger does not tell, and the other way round. */
async function* besideTheLedger(w: GatewayFixture): AsyncGenerator<string> {
  const outcomes = new Set<string>();
  const executed = new Set(w.received.map((call) => fieldOf(call, "spl-exchange")!));
  for (const leaf of await ledgerLeaves(w)) if (leaf.type === "outcome") outcomes.add(leaf.id);
  for (const id of executed) if (!outcomes.has(id)) yield `an execution without its leaf: ${id}`;
  for (const id of outcomes) if (!executed.has(id)) yield `an outcome without an execution: ${id}`;
  const { findings, openIntents } = await audit(w);
  if (findings.length + openIntents.length > 0) yield JSON.stringify([findings, openIntents]);
}

/** Sends bytes; resolves with everything that came back when the connection has ended. */
function shootWhole(port: number, bytes: Buffer, { ends }: { readonly ends: boolean }): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.on("end", () => socket.end());
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
    socket.write(bytes);
    if (ends) socket.end();
  });
}

const answersIn = (text: string): number => (text.match(/HTTP\/1\.1 (?!100)\d{3} /g) ?? []).length;

describe("requests however they are framed: the provider sees what was signed, once, and the ledger has a leaf of it", () => {
  let w: GatewayFixture;
  const sent: Sent[] = [];
  beforeAll(async () => void (w = await gatewayFixture()));
  afterAll(() => w.close());

  it.each(framingCases.map((one) => [one[0], one] as const))("%s", async (_, one) => {
    const before = w.received.length;
    const { bytes, ...built } = build(w, one);
    sent.push(built);
    const answers = answersIn(await shootWhole(w.config.publicPort, bytes, { ends: true }));
    const executed = w.received.length - before;
    expect(executed).toBe(one[2]);
    expect(answers).toBeGreaterThanOrEqual(executed);
  });

  it("after all of them nothing was executed beyond what was signed, and the audit has no finding", async () => {
    expect(framingCases.length).toBeGreaterThan(150);
    expect([...beyondWhatWasSigned(w, sent), ...(await Array.fromAsync(besideTheLedger(w)))]).toEqual([]);
    expect(await w.call()).toMatchObject({ status: 200 });
  });
});

const seconds = 2;
/** Plain proxies: what is incomplete ends after some seconds. */
const fronts: Readonly<Record<string, (port: number, gatewayPort: number) => Promise<void>>> = {
  nginx: (port, gatewayPort) =>
    startNginx(
      port,
      `client_header_timeout ${seconds}s; client_body_timeout ${seconds}s; keepalive_timeout ${seconds}s;
       server { listen 127.0.0.1:${port};
         location / { proxy_pass http://127.0.0.1:${gatewayPort}; proxy_set_header Host $http_host; proxy_http_version 1.1; } }`,
    ),
  haproxy: (port, gatewayPort) =>
    startProxy(port, () => ({
      program: "haproxy",
      flags: ["-db", "-f"],
      text: [
        "defaults",
        "mode http",
        "timeout connect 5s",
        ...["client", "http-request", "http-keep-alive"].map((name) => `timeout ${name} ${seconds}s`),
        "timeout server 60s",
        "frontend f",
        `bind 127.0.0.1:${port}`,
        "default_backend b",
        "backend b",
        `server gw 127.0.0.1:${gatewayPort}`,
        "",
      ].join("\n"),
    })),
};

describe.each(Object.entries(fronts))("through %s, on statements of its own", (program, start) => {
  test.skipIf(absent(program))("the same", async () => {
    const port = await freePort();
    const w = await gatewayFixture({ settings: { "public-origin": `http://127.0.0.1:${port}`, "content-timeout-ms": `${seconds}000` } });
    await start(port, w.config.publicPort);
    const built = framingCases.map((one) => build(w, one));
    const answers = await Promise.all(built.map(({ bytes }) => shootWhole(port, bytes, { ends: false })));
    const executedOf = ({ signed }: Sent): number =>
      w.received.filter((call) => signed.some(({ statement }) => statement === fieldOf(call, "spl-signature"))).length;
    const unanswered = built.filter((one, i) => executedOf(one) > answersIn(answers[i]!)).map(({ name }) => name);
    expect(unanswered).toEqual([]);
    expect([...beyondWhatWasSigned(w, built), ...(await Array.fromAsync(besideTheLedger(w)))]).toEqual([]);
    expect(w.received.length).toBeGreaterThan(10);
    await w.close();
  });
});
