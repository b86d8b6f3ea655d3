import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { Agent, request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import { consumer, environment, purpose, record, service, type Environment } from "../support/gateway-fixture.ts";
import { leavesOf } from "../support/log-leaves.ts";
import { serve } from "../support/gateway-process.ts";
import { page } from "../support/page.ts";
import { eventually } from "../support/patience.ts";

const write = { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" };

let l: Environment;
afterEach(() => l.close());

describe("a gateway that is told to stop", () => {
  it("is no longer ready, answers what is in flight, closes what idles, and ends with 0", async () => {
    l = await environment();
    // Whatever still hangs on a connection would keep it longer than this test may take.
    const gateway = await serve(l, { "drain-grace-ms": "60000", "idle-timeout-ms": "60000" });
    expect((await page(`${gateway.controlOrigin}/readyz`)).status).toBe(200);
    const reached = new Promise<() => void>((resolve) => {
      l.respondWith((_, __, response) => resolve(() => void response.writeHead(201, { "Content-Type": "application/json" }).end(record)));
    });
    const agent = new Agent({ keepAlive: true });
    await pageOn(agent, `${l.publicOrigin}/logs`);
    const idle = connect(l.config.publicPort, "127.0.0.1");
    const unfinished = connect(l.config.publicPort, "127.0.0.1");
    await Promise.all([once(idle, "connect"), once(unfinished, "connect")]);
    unfinished.write("GET /logs HTTP/1.1\r\nHost: ");
    const inFlight = post(agent, l);
    const release = await reached;

    const ended = gateway.kill("SIGTERM");
    await eventually(async () => (await page(`${gateway.controlOrigin}/readyz`)).status === 503);
    expect((await page(`${gateway.controlOrigin}/livez`)).status).toBe(200);
    await expect(page(`${l.publicOrigin}/logs`)).rejects.toThrow("ECONNREFUSED");
    release();
    const answered = await inFlight;
    expect([answered.statusCode, answered.headers.connection]).toEqual([201, "close"]);
    expect(await ended).toEqual({ status: 0, signal: null });
    expect((await leavesOf(l)).at(-1)).toMatchObject({ type: "outcome", id: answered.headers["spl-exchange"] });
    expect(gateway.output().trimEnd().split("\n").at(-1)).toContain('"event":"stopped"');
    for (const held of [agent, idle, unfinished]) held.destroy();
  });

  it("lets an exchange end whose caller has hung up, so that its outcome is on record", async () => {
    l = await environment();
    const gateway = await serve(l);
    const reached = new Promise<() => void>((resolve) => {
      l.respondWith((_, __, response) => resolve(() => void response.writeHead(201, { "Content-Type": "application/json" }).end(record)));
    });
    const agent = new Agent();
    const unanswered = post(agent, l).catch((error: Error) => error);
    const release = await reached;
    for (const socket of Object.values(agent.sockets).flat()) socket?.resetAndDestroy();
    await unanswered;
    const ended = gateway.kill("SIGTERM");
    await eventually(async () => (await page(`${gateway.controlOrigin}/readyz`)).status === 503);
    release();
    expect(await ended).toEqual({ status: 0, signal: null });
    expect((await leavesOf(l)).at(-1)).toMatchObject({ type: "outcome", problem: "caller-gone" });
  });

  it("gives up on what never ends after the grace", async () => {
    l = await environment();
    const gateway = await serve(l, { "drain-grace-ms": "200" });
    const reached = new Promise<void>((resolve) => l.respondWith(() => resolve()));
    const unanswered = l.call(write).catch((error: Error) => error);
    await reached;
    expect(await gateway.kill("SIGTERM")).toEqual({ status: 1, signal: null });
    expect(await unanswered).toBeInstanceOf(Error);
    expect(gateway.output().trimEnd().split("\n").at(-1)).toMatch(/"exchanges":1,"event":"stoppedLate"/);
  });
});

it("no personal datum of a request is in the log lines, the metrics or the ledger's files", async () => {
  l = await environment();
  const gateway = await serve(l, { "log-level": "debug" });
  const secret = { nik: "1603010101909001", name: "SITI-RAHASIA", agent: "PERAMBAN-SITI", query: "2026", path: "777000111" };
  const content = Buffer.from(JSON.stringify({ nik: secret.nik, keterangan: secret.name }));
  await l.call({ ...write, content, fields: { "User-Agent": secret.agent, "X-Nama": secret.name } });
  await l.call({ target: `/r1/${service}/catatan/${secret.path}` });
  await l.call({ target: `/r1/${service}/catatan/${secret.path}?tahun=${secret.name}` });
  await l.call({ target: `/r1/${service}/${secret.name}` });
  await l.call({ ...write, content: Buffer.from(`{"nik":"${secret.name}"}`) });
  await l.call({ target: `/r1/${service}/catatan/1`, hdr: { Ringkas: secret.name } });
  l.respondWith(
    (_, __, response) =>
      void response.writeHead(200, { "Content-Type": "application/json", "X-Nama": secret.name }).end(`{"nik":"${secret.name}"}`),
  );
  await l.call();
  const metrics = await page(`${gateway.controlOrigin}/metrics`);
  await gateway.kill("SIGTERM");
  expect(gateway.output().split("\n").length).toBeGreaterThan(7);
  const files = readdirSync(l.config.data).filter((name) => name.startsWith("ledger."));
  expect(files).toContain("ledger.sqlite");
  const kept = Buffer.concat([
    Buffer.from(gateway.output() + metrics.text),
    ...files.map((name) => readFileSync(join(l.config.data, name))),
  ]);
  for (const datum of [secret.nik, secret.name, secret.agent, secret.path]) expect(kept.includes(datum)).toBe(false);
});

const pageOn = (agent: Agent, url: string) =>
  new Promise<void>((resolve, reject) => {
    request(url, { agent }, (incoming) => incoming.resume().on("end", resolve))
      .on("error", reject)
      .end();
  });

/** A POST on a connection that its client means to keep. */
async function post(agent: Agent, { publicOrigin, keys }: Environment) {
  const claims = claimsFor({ iss: consumer, aud: publicOrigin, purpose, ...write, nowSeconds: Math.floor(Date.now() / 1000) });
  const headers = {
    "Content-Digest": claims.digest,
    "Spl-Signature": signStatement(claims, keys[consumer]!),
    "Content-Type": "application/json",
  };
  const outgoing = request(publicOrigin, { method: "POST", path: write.target, agent, headers }).end(record);
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  await once(incoming.resume(), "end");
  return incoming;
}
