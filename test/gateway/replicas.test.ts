import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faithful, gatewayFixture, provider, record, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { kept } from "../support/kept-log.ts";
import { eventually } from "../support/patience.ts";
import type { Run } from "../support/simpul.ts";
import { figure } from "../support/wire.ts";
import { rawProvider, type RawProvider } from "../http/upstream/raw-provider.ts";

const { log, lines } = kept("upstreamOut", "upstreamBack");
const member = provider.split("/").slice(0, 3).join("/");
const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
let w: GatewayFixture;
let replica: RawProvider;
let first = 0;

beforeAll(async () => {
  replica = await rawProvider();
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${record.length}\r\n\r\n${record.toString()}`;
  replica.answer((socket) => void socket.write(answer));
  w = await gatewayFixture({
    log,
    settings: { "upstream-failures": "2", "upstream-pause-ms": "60000" },
    serviceManifest: `replicas: [{ origin: "${replica.origin}" }]\n`,
  });
  await simpul("officer", "appoint", "operator-1", "--member", member, "--position", "Operator", "--roles", "operator");
  await simpul("token", "issue", "--officer", "operator-1", "--until", inAMonth, "--save", join(w.config.data, "operator"));
  w.respondWith((...call) => {
    first++;
    faithful(...call);
  });
});
afterAll(async () => {
  await w.close();
  await replica.close();
});

const simpul = (...args: readonly string[]): Promise<Run> => here([...args, "--control", w.controlOrigin, "--data", w.config.data]);
const operator = (...args: readonly string[]): Promise<Run> => simpul(...args, "--token-file", join(w.config.data, "operator"));
const call = async (count: number): Promise<readonly number[]> => {
  const [before, there] = [first, replica.requests()];
  for (let i = 0; i < count; i++) expect((await w.call()).status).toBe(200);
  return [first - before, replica.requests() - there];
};

describe("a service at two addresses", () => {
  it("is called at both", async () => {
    expect(await call(6)).toEqual([3, 3]);
  });

  it("is called at one while an officer has drained the other, and at both again afterwards", async () => {
    expect(await operator("subsystem", "drain", provider, "--upstream", replica.origin)).toMatchObject({ status: 0, stderr: "" });
    await eventually(async () => (await call(1))[1] === 0);
    expect(await call(4)).toEqual([4, 0]);
    expect((await simpul("subsystem", "upstreams", provider)).stdout).toContain(
      `${replica.origin} · dikosongkan oleh petugas (drained by an officer)`,
    );
    await operator("subsystem", "resume", provider, "--upstream", replica.origin);
    await eventually(async () => (await call(1))[1] === 1);
  });

  it("is called at the other where one cannot be reached, and the operator is told once", async () => {
    await replica.close();
    await call(6);
    expect(lines).toEqual([["upstreamOut", { upstream: replica.origin }]]);
    expect(await figure(w, "simpul_upstream_out", `upstream="${replica.origin}"`)).toBe(1);
    const { items } = JSON.parse((await simpul("subsystem", "upstreams", provider, "--json")).stdout) as {
      items: { upstream: string; state: string }[];
    };
    expect(items.map(({ state }) => state)).toEqual(["closed", "open"]);
  });
});
