import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { examine } from "../../src/cli/doctor/verb.ts";
import type { Diagnosis } from "../../src/cli/doctor/diagnosis.ts";
import { realProbes, type SystemProbes } from "../../src/cli/doctor/system-probes.ts";
import { readChrony, readTimedatectl } from "../../src/cli/doctor/time-service.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { storesAt } from "../../src/store/open.ts";
import { environment, service, type Environment } from "../support/gateway-fixture.ts";
import { serve, type GatewayProcess } from "../support/gateway-process.ts";
import { goLive } from "../support/production-registry.ts";
import { freePort } from "../../src/base/free-port.ts";

/** What the checks of the machine find beside a gateway that runs in a process of its own. */
let l: Environment;
let gateway: GatewayProcess;
let controlPort: number;
beforeAll(async () => {
  l = await environment();
  controlPort = await freePort();
  gateway = await serve(l, { "control-port": String(controlPort) });
});
afterAll(async () => {
  await gateway.kill("SIGTERM");
  await l.close();
});

const healthy: SystemProbes = {
  ...realProbes,
  freeBytes: async () => 2 ** 40,
  syncMs: async () => 1,
  timeService: async () => undefined,
  dateOf: async () => undefined,
};

async function look(probes: Partial<SystemProbes> = {}, timeSource?: string): Promise<readonly Diagnosis[]> {
  const flags = {
    data: l.config.data,
    services: l.config.services,
    "public-port": String(l.config.publicPort),
    "control-port": String(controlPort),
  };
  return Array.fromAsync(examine({ flags, env: {}, cwd: l.config.data }, { ...healthy, ...probes }, { timeSource }));
}

const told = (findings: readonly Diagnosis[], pattern: RegExp) =>
  findings.filter(({ text }) => pattern.test(text.en)).map(({ state, text }) => `${state}: ${text.en}`);

describe("another Unix user", () => {
  const access: SystemProbes["access"] = () => ({ owner: 998, code: "EACCES" });

  test("is told so, and nothing that would be wrong: no advice to init or to take another port", async () => {
    const findings = await look({ access, user: { name: "budi", id: 1000 } });
    expect(told(findings, /may not read/)).toEqual([
      expect.stringMatching(/^wrong: The user budi may not read .* Run doctor as the gateway's user \(uid 998\)/),
    ]);
    expect(findings.filter(({ state }) => state === "wrong")).toHaveLength(1);
    expect(told(findings, /simpul -- (init|apply)|--public-port/)).toEqual([]);
  });

  test("recognises the gateway on its ports without reading its data", async () => {
    const closed = join(l.config.data, "closed");
    mkdirSync(closed, { recursive: true });
    const flags = { data: closed, "public-port": String(l.config.publicPort), "control-port": String(controlPort) };
    const findings = await Array.fromAsync(examine({ flags, env: {}, cwd: closed }, { ...healthy, access }));
    expect(told(findings, /runs and is ready|answers as this instance/)).toEqual([
      `good: The gateway runs and is ready (127.0.0.1:${controlPort}).`,
      `good: The consumers' port ${l.config.publicPort} answers as this instance.`,
    ]);
    rmSync(closed, { recursive: true });
  });

  test("is told from a folder that is not there", () => {
    const folder = mkdtempSync(join(tmpdir(), "simpul-doctor-"));
    try {
      const { uid: id } = { uid: realProbes.user.id };
      expect(realProbes.access(folder)).toEqual({ owner: id });
      expect(realProbes.access(join(folder, "nowhere"))).toEqual({});
      writeFileSync(join(folder, "file"), "");
      expect(realProbes.access(join(folder, "file", "under"))).toMatchObject({ code: "ENOTDIR" });
      chmodSync(folder, 0);
      // Root may read it all the same.
      expect(realProbes.access(folder).code).toBe(id === 0 ? undefined : "EACCES");
    } finally {
      chmodSync(folder, 0o700);
      rmSync(folder, { recursive: true });
    }
  });

  test("who may read it, as root may, is told that the data are another's", async () => {
    const findings = await look({ access: () => ({ owner: 998 }), user: { name: "root", id: 0 } });
    expect(told(findings, /belongs to uid/)).toEqual([expect.stringMatching(/^doubtful: .* belongs to uid 998, not to root/)]);
  });
});

describe("the clock", () => {
  let server: Server;
  let url: string;
  let ahead = 0;
  beforeAll(async () => {
    server = createServer((_, response) => {
      if (!Number.isNaN(ahead)) response.setHeader("Date", new Date(Date.now() - ahead).toUTCString());
      else response.sendDate = false;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => void server.close());
  afterEach(() => void (ahead = 0));
  const clocks = async (...given: Parameters<typeof look>) => told(await look(...given), /[Cc]lock|its time/);

  test("with nothing to compare it with is not called good", async () => {
    expect(await clocks()).toEqual([expect.stringMatching(/^unchecked: The clock, .*, could not be examined/)]);
  });

  test("is good where a service sets it from the network, doubtful where that has no source", async () => {
    const timeService = (synchronized: boolean) => ({ timeService: async () => ({ name: "chrony", synchronized }) });
    expect(await clocks(timeService(true))).toEqual([expect.stringMatching(/^good: .* set from the network \(chrony\)/)]);
    expect(await clocks(timeService(false))).toEqual([expect.stringMatching(/^doubtful: .* is not set from the network \(chrony\)/)]);
  });

  test("that is ahead of the server which the operator trusts is wrong, by how much", async () => {
    const { dateOf } = realProbes;
    expect(await clocks({ dateOf }, url)).toContain(`good: The clock agrees with ${url}.`);
    ahead = 86_400_000;
    expect(await clocks({ dateOf }, url)).toContainEqual(
      expect.stringMatching(new RegExp(`^wrong: The clock is 86(399|400|401) seconds ahead of ${url}`)),
    );
    ahead = Number.NaN;
    expect(await clocks({ dateOf }, url)).toContain(`unchecked: ${url} does not tell its time.`);
  });

  test("that is ahead of a provider is doubtful, since the provider may be behind", async () => {
    const asked: string[] = [];
    const dateOf = async (of: string) => {
      asked.push(of);
      return Date.now() - 3_600_000;
    };
    expect(await clocks({ dateOf })).toEqual([
      expect.stringMatching(/^doubtful: The clock is 3(599|600) seconds ahead of those of the providers \(1/),
    ]);
    expect(asked).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]);
  });

  // As chrony 4.3 of Debian 12 printed them.
  const start = "0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000";
  test.each([
    [
      "a server",
      "7F000001,127.0.0.1,11,1796142259.275832371,-0.000001376,0.000000028,0.000000238,0.018,0.003,0.066," +
        "0.000005648,0.000001438,1.0,Normal",
      true,
    ],
    ["no server yet", `00000000,,0,${start},1.000000000,1.000000000,0.0,Not synchronised`, false],
    ["its own clock alone, by `local`", `7F7F0101,,10,1796142230.337687504${start.slice(11)},0.000000000,0.000000000,0.0,Normal`, false],
  ])("chrony that follows %s", (_, line, synchronized) => {
    expect(readChrony(`${line}\n`)).toEqual({ name: "chrony", synchronized });
  });

  test("is not taken for kept by what says nothing", () => {
    expect([readChrony(""), readChrony("506 Cannot talk to daemon\n"), readTimedatectl("")]).toEqual([undefined, undefined, undefined]);
    expect(["yes\n", "no\n"].map((text) => readTimedatectl(text)?.synchronized)).toEqual([true, false]);
  });
});

describe("an instance in production", () => {
  let e: Environment;
  beforeAll(async () => {
    e = await environment();
    const store = storesAt(e.config.registry).openRegistry();
    await goLive(followRegistry(store), service);
    await store.close();
  });
  afterAll(() => e.close());
  const found = async (now: number, settings: Readonly<Record<string, string>> = {}) => {
    const flags = {
      data: e.config.data,
      services: e.services,
      "public-port": String(e.config.publicPort),
      "control-port": "0",
      ...settings,
    };
    return Array.fromAsync(examine({ flags, env: {}, cwd: e.config.data }, { ...healthy, clock: () => now }));
  };

  test("that only its own machine can reach is doubtful", async () => {
    const findings = await found(Date.UTC(2026, 6, 1));
    expect(told(findings, /in production/)).toEqual([
      `doubtful: This instance is in production, but its public origin ${e.publicOrigin} can only be reached from this machine.`,
      expect.stringMatching(/^doubtful: .* but --intra \(127\.0\.0\.0\/8,::1\/128\) is this machine alone/),
    ]);
    expect(told(await found(Date.UTC(2026, 6, 1), { intra: "10.16.0.0/16" }), /--intra/)).toEqual([]);
  });

  test("over https is behind a proxy, which has to be named where loopback is of the intra network", async () => {
    const behind = { "public-origin": "https://spl.example.go.id", intra: "127.0.0.0/8,10.16.0.0/16" };
    expect(told(await found(Date.UTC(2026, 6, 1), behind), /trusted-proxies/)).toHaveLength(1);
    expect(told(await found(Date.UTC(2026, 6, 1), { ...behind, "trusted-proxies": "127.0.0.1/32" }), /trusted-proxies/)).toEqual([]);
  });

  test("is told what runs out within 30 days and what to do, and that nothing does before", async () => {
    expect(told(await found(Date.UTC(2026, 6, 1)), /ends? (within|on)/)).toEqual([
      "good: No grant, key, opinion, token, exemption or version ends within 30 days.",
    ]);
    const soon = told(await found(Date.UTC(2026, 11, 10)), / ends on | more run out/);
    expect(soon[0]).toMatch(/^doubtful: .* ends on 2026-12-31\. /);
    expect(soon.length).toBeGreaterThan(2);
    const over = told(await found(Date.UTC(2027, 0, 5)), / ended on /);
    expect(over.length).toBe(soon.length);
  });
});

test("a gateway whose ledger cannot be written is wrong, and the disk is named", async () => {
  const e = await environment();
  const server = createServer(({ url }, response) => {
    response.statusCode = url === "/readyz" ? 503 : 200;
    response.end(url === "/readyz" ? "not ready: ledger\n" : url === "/logs" ? e.instance.logList : "ok\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = String((server.address() as AddressInfo).port);
  const flags = { data: e.config.data, services: e.services, "public-origin": e.publicOrigin, "public-port": port, "control-port": port };
  const hosts = { "public-host": "127.0.0.1", "control-host": "localhost" };
  const findings = await Array.fromAsync(examine({ flags: { ...flags, ...hosts }, env: {}, cwd: e.config.data }, healthy));
  server.close();
  expect(told(findings, /gateway runs and|gateway runs but/)).toEqual([
    expect.stringMatching(/^wrong: The gateway runs but cannot write its ledger .* see the disk space/),
  ]);
  await e.close();
});
