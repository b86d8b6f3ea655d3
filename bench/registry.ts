/**
 * What a large registry costs while traffic runs: `npm run bench:registry`. Builds one in a temporary directory, starts
 * a gateway on it, has officers grant and revoke over the control API, and prints how long each takes to be live and
 * what callers notice of it. Under two minutes.
 */
import { storesAt } from "../src/store/open.ts";
import { dataDirectory } from "../src/base/store-location.ts";
import { dayMs } from "../src/base/time.ts";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { send, type Sent } from "../src/agent/consumer.ts";
import { loadProfiles } from "../src/policy/profile/load-profiles.ts";
import { policiesFolder } from "../src/base/project.ts";
import { publishRows, type Row } from "./report/page.ts";
import { nodeFlags } from "./subjects/flags.ts";
import { prepareGateway } from "./subjects/gateway.ts";
import { fillRegistry, type Officers, type Size } from "./subjects/large-registry.ts";
import { applyLoad, type Measured } from "./measure/load.ts";
import { consumerOf, generateKeys, purpose, service, type Keys } from "./subjects/manifests.ts";
import { pathOf } from "./subjects/records.ts";
import { signedRequests } from "./measure/requests.ts";
import { startSubject, type Subject } from "./subjects/subject.ts";
import { freePort } from "../src/base/free-port.ts";

const size: Size = { subsystems: 2_000, services: 10_000, grants: 100_000 };
const traffic = { subject: "simpul", method: "GET", size: 1, alg: "ES256", connections: 16 } as const;
const perSecond = 300;
const seconds = 10;
const betweenChangesMs = 1_000;
const patienceMs = 10_000;

const directory = mkdtempSync(join(tmpdir(), "simpul-bench-registry-"));
const started: Subject[] = [];
async function run(): Promise<void> {
  const keys = generateKeys();
  const upstream = await startProvider();
  const gateway = await prepareGateway({ directory, upstream, keys });
  const store = storesAt(dataDirectory(join(directory, "data"))).openRegistry();
  const { officers, opinions } = await fillRegistry(store, loadProfiles(policiesFolder).profiles.get("muara-enim-52-2022")!, size);
  await store.close();

  const command = gateway.command();
  const subject = await startSubject(command);
  started.push(subject);
  const control = new URL(command.readyUrl).origin;
  const rss = (): string => `${Math.round(subject.tree.peakBytes() / 1e6)} MB`;
  const atStart = rss();

  const before = await load(subject, keys, async () => undefined);
  const live: number[] = [];
  const during = await load(subject, keys, async (isOver) => {
    for (let count = 1; !isOver(); count++) {
      await pause(betweenChangesMs);
      if (!isOver()) live.push(await grantAnew(control, subject.origin, officers, keys, count));
    }
  });
  const refusedAfter = await revoke(control, subject.origin, officers, keys, opinions[0]!);

  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const rows: readonly Row[] = [
    ["Start to ready", ms(subject.startMs), ""],
    ["Peak memory after the start", atStart, ""],
    ["p50 before", ms(before.p50Ms), ""],
    ["p50 with changes", ms(during.p50Ms), ""],
    ["p99 before", ms(before.p99Ms), ""],
    ["p99 with changes", ms(during.p99Ms), `≤ 2 × before: ${(during.p99Ms / before.p99Ms).toFixed(2)} ×`],
    ["Answers before and with changes, dropped", `${before.requests} + ${during.requests}, 0`, "0"],
    [`A new grant is live, slowest of ${live.length}`, ms(Math.max(...live)), "≤ 2,000 ms"],
    ["A revoked opinion stops all services", ms(refusedAfter), "≤ 2,000 ms"],
    ["Peak memory", rss(), ""],
  ];
  publishRows(
    "registry",
    "npm run bench:registry",
    `${size.services} service versions, ${size.grants} grants, ${size.subsystems} subsystems; ` +
      `${perSecond} exchanges/s of ${traffic.alg} over ${traffic.connections} connections`,
    rows,
  );
}

async function startProvider(): Promise<string> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  mkdirSync(join(directory, "provider"));
  const args = [...nodeFlags, join(import.meta.dirname, "subjects/provider.ts"), String(port)];
  started.push(
    await startSubject({ command: process.execPath, args, origin, readyUrl: origin + pathOf(1), logFile: join(directory, "provider/log") }),
  );
  return origin;
}

/** The same traffic each time; throws when one call is refused or gets no answer. `meanwhile` is told when the load is over. */
async function load(subject: Subject, keys: Keys, meanwhile: (isOver: () => boolean) => Promise<void>): Promise<Measured> {
  const { lists } = await signedRequests(
    traffic,
    traffic.alg,
    keys,
    subject.origin,
    Math.ceil((perSecond * seconds * 1.2) / traffic.connections) * traffic.connections,
  );
  let over = false;
  const measuring = applyLoad({
    origin: subject.origin,
    connections: traffic.connections,
    seconds,
    perSecond,
    requests: lists,
    onStart: () => undefined,
  }).finally(() => (over = true));
  const [measured] = await Promise.all([measuring, meanwhile(() => over)]);
  return measured;
}

/** Asks for a grant, coordinates, allows; gives the time from sending the decision until a call under it is answered. */
async function grantAnew(control: string, origin: string, officers: Officers, keys: Keys, count: number): Promise<number> {
  const id = `bench-${count}`;
  const own = `pengukuran-${count}`;
  const asked = {
    id,
    consumer: consumerOf(traffic.alg),
    service,
    operations: ["getRekaman"],
    purpose: own,
    legalBasis: "Pengukuran",
    from: day(-1),
    until: day(300),
    rate: { perSecond: 1000, burst: 1000 },
    dailyQuota: 100_000,
    expectedLoad: 1_000,
    personalData: { ground: "pelaksanaan tugas", processingRecord: "RP-1" },
  };
  let etag = await act(control, officers.consumer, "/v1/grants", asked);
  etag = await act(control, officers.registrar, `/v1/grants/${id}/coordinate`, {}, etag);
  const began = performance.now();
  await act(control, officers.owner, `/v1/grants/${id}/allow`, {}, etag);
  await until(
    () => call(origin, keys, own),
    ({ status }) => status === 200,
  );
  return performance.now() - began;
}

/** Gives the time from sending the revocation until a call is refused for it. */
async function revoke(control: string, origin: string, officers: Officers, keys: Keys, opinion: string): Promise<number> {
  const path = `/v1/opinions/${opinion}`;
  const { headers } = await fetch(control + path, { headers: { Authorization: `Bearer ${officers.registrar}` } });
  const began = performance.now();
  await act(control, officers.registrar, `${path}/revoke`, { reason: "Pengukuran" }, headers.get("etag")!);
  await until(
    () => call(origin, keys, purpose),
    ({ fields }) => fields["spl-problem"] === "service-suspended",
  );
  return performance.now() - began;
}

/** One act of an officer; gives the entity tag of what came of it. */
async function act(control: string, token: string, path: string, input: object, ifMatch?: string): Promise<string> {
  const headers = {
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
    ...(ifMatch === undefined ? {} : { "If-Match": ifMatch }),
  };
  const answer = await fetch(control + path, { method: "POST", headers, body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
  return answer.headers.get("etag")!;
}

const call = (origin: string, keys: Keys, own: string): Promise<Sent> =>
  send({
    iss: consumerOf(traffic.alg),
    aud: origin,
    method: "GET",
    target: `/r1/${service}${pathOf(traffic.size)}`,
    purpose: own,
    key: keys[traffic.alg],
  });

async function until(ask: () => Promise<Sent>, holds: (sent: Sent) => boolean): Promise<void> {
  const began = performance.now();
  for (;;) {
    const sent = await ask();
    if (holds(sent)) return;
    if (performance.now() - began > patienceMs)
      throw new Error(`still ${sent.status} ${sent.fields["spl-problem"] ?? ""} after ${patienceMs} ms`);
    await pause(10);
  }
}

const day = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

try {
  await run();
} finally {
  for (const subject of started.reverse()) await subject.stop();
  rmSync(directory, { recursive: true, force: true });
}
