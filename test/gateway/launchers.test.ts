import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { environment, record, service, type Environment } from "../support/gateway-fixture.ts";
import { serve, type Launcher } from "../support/gateway-process.ts";
import { page } from "../support/page.ts";
import { eventually } from "../support/patience.ts";
import { startSimpul } from "../support/simpul.ts";

const root = join(import.meta.dirname, "../..");
const npmCache = mkdtempSync(join(tmpdir(), "simpul-npm-"));
afterAll(() => rmSync(npmCache, { recursive: true, force: true }));

let l: Environment;
afterEach(() => l.close());

const program = join(root, "src/simpul.mjs");

/** What an operator starts the gateway with. The environment is empty but for what the launcher needs itself. */
const launchers: Readonly<Record<string, Launcher>> = {
  "node itself": startSimpul,
  "./simpul": (args, cwd) => spawn(join(root, "simpul"), args, { stdio: "pipe", cwd, env: { PATH: process.env["PATH"] } }),
  "npm run": (args) =>
    spawn("npm", ["run", "-s", "simpul", "--", ...args], {
      stdio: "pipe",
      cwd: root,
      env: { PATH: process.env["PATH"], HOME: npmCache, npm_config_cache: npmCache, npm_config_update_notifier: "false" },
    }),
  "a shell that waits for it": (args, cwd) =>
    spawn("sh", ["-c", '"$@"; exit 7', "sh", process.execPath, program, ...args], { stdio: "pipe", cwd, env: {} }),
};

describe.each(Object.entries(launchers))("SIGTERM to %s", (_, launch) => {
  it("drains and stops the gateway, and the log is free for the next start", async () => {
    l = await environment();
    const gateway = await serve(l, {}, launch);
    await gateway.kill("SIGTERM");
    await gateway.silent;
    expect(gateway.output()).toContain('"event":"stopRequested"');
    expect(gateway.output().trimEnd().split("\n").at(-1)).toContain('"event":"stopped"');
    expect(storesAt(l.config.ledger).isLedgerHeld()).toBe(false);
  });
});

it("a gateway whose parent was killed outright notices it, answers what is in flight, and stops", async () => {
  l = await environment();
  const gateway = await serve(l, { "drain-grace-ms": "60000" }, launchers["a shell that waits for it"]);
  const reached = new Promise<() => void>((resolve) => {
    l.respondWith((_, __, response) => resolve(() => void response.writeHead(201, { "Content-Type": "application/json" }).end(record)));
  });
  const inFlight = l.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
  const release = await reached;
  await gateway.kill("SIGKILL");
  await eventually(async () => (await page(`${gateway.controlOrigin}/readyz`)).status === 503);
  release();
  expect((await inFlight).status).toBe(201);
  await gateway.silent;
  expect(gateway.output()).toContain('"reason":"parent-gone","event":"stopRequested"');
  expect(gateway.output().trimEnd().split("\n").at(-1)).toContain('"event":"stopped"');
});

it("a signal that comes before the gateway serves is not lost: it ends as soon as it has started", async () => {
  l = await environment();
  const child: ChildProcess = startSimpul(
    [
      "serve",
      "--data",
      l.config.data,
      "--services",
      l.config.services,
      "--public-port",
      String(l.config.publicPort),
      "--control-port",
      "0",
    ],
    l.config.data,
  );
  const ended = new Promise((resolve) => child.once("exit", (...how) => resolve(how)));
  child.stdout!.resume();
  await eventually(() => existsSync(join(l.config.data, "ledger.lease")));
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

it("further signals change nothing: Ctrl-C comes from the terminal and again from npm", async () => {
  l = await environment();
  const gateway = await serve(l, { "drain-grace-ms": "60000" });
  const reached = new Promise<() => void>((resolve) => {
    l.respondWith((_, __, response) => resolve(() => void response.writeHead(201, { "Content-Type": "application/json" }).end(record)));
  });
  const inFlight = l.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
  const release = await reached;
  const ended = gateway.kill("SIGINT");
  await eventually(async () => (await page(`${gateway.controlOrigin}/readyz`)).status === 503);
  for (const signal of ["SIGINT", "SIGTERM"] as const) void gateway.kill(signal);
  // One more round trip, so that the signals have arrived.
  expect((await page(`${gateway.controlOrigin}/livez`)).status).toBe(200);
  release();
  expect((await inFlight).status).toBe(201);
  expect(await ended).toEqual({ status: 0, signal: null });
});
