import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { alteredStores } from "../support/altered-stores.ts";
import type { Config } from "../../src/config/config.ts";
import { openGateway, type OpenGateway } from "../../src/gateway/open.ts";
import { adminTokenFile, openInstance } from "../../src/gateway/identity.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import type { Leaf } from "../../src/ledger/leaf.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import { seeded } from "../support/random.ts";
import { faithful, environment, record, service, type Environment } from "../support/gateway-fixture.ts";
import { crashJudge, type CrashJudge } from "./crash-judge.ts";
import { loadOn, flakyProvider, type Load } from "./crash-load.ts";
import { faultyStores, type FaultyStores } from "./faulty-stores.ts";
import { openLedgerOver } from "./wrapped-ledger.ts";

/** An instance with a gateway whose disk, clock and files a scenario has in its hands. */
export interface FaultFixture extends Environment {
  readonly faults: FaultyStores;
  readonly load: Load;
  readonly judge: CrashJudge;
  /** The gateway that runs. */
  readonly gateway: OpenGateway;
  readonly controlOrigin: string;
  /** Opens a gateway; rejects as an operator would see it. */
  start(over?: Partial<Config>): Promise<void>;
  stop(): Promise<void>;
  /** One read, one write, one refusal, one deletion, whatever comes of them: the codes, `delivered` for what was. */
  callEach(): Promise<Readonly<Record<"read" | "write" | "refusal", string>>>;
  /** Some dozens of exchanges of the mixed load. */
  work(): Promise<void>;
  /**
   * Nothing fails any more, and nobody lends a hand: the gateway must be well, and everything kept that was promised. `struck` says how
   * many writes had to fail.
   */
  well(struck?: number): Promise<void>;
  /** Asks a page of the control port. */
  control(path: string, init?: RequestInit): Promise<{ readonly status: number; readonly text: string }>;
  leaves(): Promise<Leaf[]>;
  close(): Promise<void>;
}

export const writing = { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" };
export const codeOf = ({ fields }: Pick<Sent, "fields">): string => fields["spl-problem"] ?? "delivered";

const scarce = 1_000_000;

export async function openFaultFixture(seed: number, settings: Readonly<Record<string, string>> = {}): Promise<FaultFixture> {
  // On a quick machine the load is refused more than sixty times a minute, and a gathered refusal needs no leaf: here each has to have its
  // own.
  const l = await environment({ settings: { "gathered-refusals-per-minute": "100000", ...settings } });
  const random = seeded(seed);
  const faults = faultyStores();
  const load = loadOn(l, random);
  const judge = crashJudge(l, load, scarce);
  let running: { readonly gateway: OpenGateway; readonly controlOrigin: string } | undefined;
  const current = (): NonNullable<typeof running> => {
    assert(running !== undefined, "no gateway runs");
    return running;
  };

  const scenario: FaultFixture = {
    ...l,
    faults,
    load,
    judge,
    get gateway() {
      return current().gateway;
    },
    get controlOrigin() {
      return current().controlOrigin;
    },
    async start(over = {}) {
      const config = { ...l.config, ...over };
      const gateway = await openGateway({
        config,
        instance: openInstance(config),
        clock: l.clock,
        log: createLog({ level: "silent", to: 2 }).log,
        storesAt: alteredStores((stores, { directory }) => ({
          openLedger: (options) =>
            options.thread === "worker" ? stores.openLedger(options) : openLedgerOver({ directory, ...options }, faults.ledger),
          openRegistry: () => faults.registry(stores.openRegistry()),
        })),
      });
      await gateway.publicApp.listen({ host: "127.0.0.1", port: config.publicPort });
      running = { gateway, controlOrigin: await gateway.controlApp.listen({ host: "127.0.0.1", port: 0 }) };
    },
    async stop() {
      await running?.gateway.close();
      running = undefined;
    },
    async callEach() {
      l.respondWith(faithful);
      const [read, write, refusal] = await Promise.all([l.call(), l.call(writing), l.call({ purpose: "lain" })]);
      return { read: codeOf(read), write: codeOf(write), refusal: codeOf(refusal) };
    },
    async work() {
      l.respondWith(flakyProvider(random, () => undefined));
      const stop = new AbortController();
      void load.answered(60).then(() => stop.abort());
      await load.run(6, stop.signal);
    },
    async well(struck = 1) {
      const failed = faults.heal();
      assert(failed >= struck, `${failed} writes failed where at least ${struck} had to`);
      await scenario.gateway.runMaintenance();
      assert.deepEqual(await scenario.callEach(), { read: "delivered", write: "delivered", refusal: "not-granted" });
      assert.equal((await scenario.control("/readyz")).status, 200, "/readyz does not come back");
      const before = judge.judged.findings.length;
      await judge.judge(scenario.controlOrigin);
      assert.deepEqual(judge.judged.findings.slice(before), []);
    },
    async control(path, init = {}) {
      const token = readFileSync(adminTokenFile(l.config), "utf8").trim();
      const answer = await fetch(`${scenario.controlOrigin}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      });
      return { status: answer.status, text: await answer.text() };
    },
    async leaves() {
      const batches = await Array.fromAsync(scenario.gateway.gateway.ledger.leavesSince(0));
      return batches.flat().map((bytes) => JSON.parse(bytes.toString()) as Leaf);
    },
    async close() {
      faults.heal();
      await scenario.stop();
      await l.close();
    },
  };
  return scenario;
}
