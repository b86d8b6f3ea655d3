import { EventEmitter, once } from "node:events";
import { spawn } from "node:child_process";
import { DatabaseSync } from "node:sqlite";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { serviceRules } from "../../src/policy/opinions/service-rules.ts";
import { policyReader } from "../../src/policy/profile/policies-in-force.ts";
import type { Clock } from "../../src/base/clock.ts";
import { openPublisher } from "../../src/registry/publish.ts";
import { compileRegistry } from "../../src/registry/compile.ts";
import type { CompiledRegistry } from "../../src/registry/compiled.ts";
import { followRegistry, type RegistryFollower } from "../../src/registry/follow.ts";
import { loadManifests } from "../../src/registry/manifest/load.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";
import { RegistryUnusable } from "../../src/registry/registry-unusable.ts";
import type { Snapshot } from "../../src/registry/snapshot.ts";
import { watchRegistry, type RegistryWatch, type WatchOptions } from "../../src/registry/watch.ts";
import { applyTo, at, desiredBy, registryFile } from "../support/registry-store.ts";
import {
  baseText,
  keyProof,
  newKeys,
  openapi,
  taxProvider,
  taxService,
  serviceYaml,
  subsystemYaml,
  writeTree,
} from "../support/manifest-tree.ts";
import { consumer } from "../support/parties.ts";
import { policiesFolder } from "../../src/base/project.ts";

let place: ReturnType<typeof registryFile>;
let store: RegistryStore;
let registry: RegistryFollower;
let watch: RegistryWatch | undefined;
beforeEach(() => {
  place = registryFile();
  store = place.open();
  registry = followRegistry(store);
});
afterEach(async () => {
  await watch?.close();
  watch = undefined;
  await place.remove();
});

const suspended = { [serviceYaml]: `${baseText(serviceYaml)}state: suspended\n` };

const compile = async (previous?: CompiledRegistry): Promise<CompiledRegistry> =>
  compileRegistry(await registry.newest(), { store, rules: serviceRules(policyReader(store)) }, previous);

/** A publisher with a watch over it: what is published in which order, and what went wrong. */
async function observe(
  clock: Clock = () => at,
): Promise<{ events: EventEmitter; snapshots: Snapshot[]; faults: unknown[]; publish: () => Promise<void> }> {
  const seen = { events: new EventEmitter(), snapshots: [] as Snapshot[], faults: [] as unknown[] };
  const ledger = {
    origin: "spl.test/log/log-1",
    findExchange: async () => undefined,
    append: async () => ({ index: 0, proof: Buffer.alloc(0), checkpoint: "" }),
  };
  const publisher = await openPublisher({ store, registry, ledger, rules: serviceRules(policyReader(store)) });
  publisher.onServe((snapshot) => {
    seen.snapshots.push(snapshot);
    seen.events.emit("snapshot");
  });
  watch = watchRegistry({
    publish: publisher.publish,
    verify: registry.verify,
    clock,
    intervalMs: 5,
    onFault: (error) => {
      seen.faults.push(error);
      seen.events.emit("fault");
    },
  });
  return { ...seen, publish: publisher.publish };
}

describe("a compiled registry", () => {
  it("is what the data plane asks for", async () => {
    const pair = newKeys.ES256();
    const open = "open: { purpose: data-terbuka, legalBasis: Perpres 39/2019, rate: { perSecond: 20, burst: 40 }, dailyQuota: 50 }\n";
    await applyTo(
      store,
      await desiredBy({
        "instance.yaml": `${baseText("instance.yaml")}auditors: [${taxProvider}]\n`,
        "dinsos/bansos/keys/a.jwt": await keyProof(pair, { claims: { until: 1_798_761_600 } }),
        [serviceYaml]: baseText(serviceYaml).replace("terbatas", "terbuka") + open,
      }),
    );
    const { snapshot, state } = await compile();
    expect(snapshot).toMatchObject({ version: 1, instance: "ID-16.03", timeZone: "Asia/Jakarta" });
    expect([...snapshot.subsystems]).toEqual([taxProvider, consumer]);
    expect([...snapshot.auditors]).toEqual([taxProvider]);
    const [key] = snapshot.keys.values();
    expect(key).toMatchObject({ alg: "ES256", owner: consumer, state: "active", registeredAt: at, from: 0, until: 1_798_761_600_000 });
    expect(key!.publicKey.equals(pair.publicKey)).toBe(true);
    expect(snapshot.grants.get(consumer)).toEqual([
      {
        id: `${consumer}#cek-objek`,
        service: taxService,
        operations: new Set(["createObject", "findObjects"]),
        purpose: "verifikasi-penerima",
        legalBasis: "Perbup Demo 12/2025 Pasal 4",
        from: Date.UTC(2025, 11, 31, 17),
        until: Date.UTC(2027, 11, 31, 17),
        rate: { perSecond: 50, burst: 100 },
        dailyQuota: 1000,
        decided: false,
        decidedAt: 0,
        suspensions: [],
      },
    ]);
    expect(snapshot.services.get(taxService)).toMatchObject({
      provider: taxProvider,
      state: "active",
      classification: "terbuka",
      fullReceipt: false,
      upstream: "http://127.0.0.1:4101",
      validateResponses: "enforce",
      maxRequestBytes: 65_536,
      responseTimeoutMs: 5000,
      openGrant: { id: `${taxService}#open`, purpose: "data-terbuka", dailyQuota: 50, from: 0, until: undefined },
    });
    expect([...snapshot.services.get(taxService)!.openGrant!.operations.keys()]).toEqual([
      "findObjects",
      "createObject",
      "latestObject",
      "getObject",
    ]);
    expect(snapshot.services.get(taxService)!.findOperation("GET", "/objek")?.operation.id).toBe("findObjects");
    expect(state.entries.map(({ entry }) => entry.kind)).toContain("grant");
  });

  it.each([
    ["terbatas", "", false],
    ["terbatas", "receipt: full\n", true],
    ["rahasia", "", true],
    ["rahasia", "receipt: on-request\n", true],
    ["sangat-rahasia", "", true],
  ])("of class %s %sasks for full receipts: %s", async (classification, line, full) => {
    await applyTo(store, await desiredBy({ [serviceYaml]: baseText(serviceYaml).replace("terbatas", classification) + line }));
    expect((await compile()).snapshot.services.get(taxService)?.fullReceipt).toBe(full);
  });

  it.each([
    ["terbatas", "", false],
    ["terbatas", "providerSignature: required\n", true],
    ["terbatas", "providerSignature: optional\n", false],
    ["rahasia", "", true],
    ["rahasia", "providerSignature: optional\n", true],
  ])("of class %s %sasks its provider for signatures: %s", async (classification, line, asked) => {
    await applyTo(store, await desiredBy({ [serviceYaml]: baseText(serviceYaml).replace("terbatas", classification) + line }));
    expect((await compile()).snapshot.services.get(taxService)?.signedAnswers).toBe(asked);
  });

  it.each<[classification: string, profile: number | undefined, months: number]>([
    ["terbuka", 36, 36],
    ["terbatas", 12, 24],
    ["rahasia", 36, 60],
    ["terbuka", undefined, 12],
  ])("of class %s under a profile that keeps evidence for %s months keeps it for %i", async (classification, profile, months) => {
    const folder = mkdtempSync(join(tmpdir(), "simpul-policies-"));
    cpSync(policiesFolder, folder, { recursive: true });
    const base = join(folder, "regulations/base.yaml");
    const text = readFileSync(base, "utf8");
    const at = text.indexOf("value: 12", text.indexOf("evidence.retentionMonths:"));
    writeFileSync(base, `${text.slice(0, at)}value: ${profile ?? 12}${text.slice(at + "value: 12".length)}`);
    const tree = writeTree({
      [serviceYaml]: baseText(serviceYaml).replace("terbatas", classification),
      ...(profile === undefined ? { "instance.yaml": baseText("instance.yaml").replace(/profile: .*\n/, "") } : {}),
    });
    try {
      const { desired, faults } = await loadManifests({ services: tree.services, policies: folder });
      expect(faults).toEqual([]);
      await applyTo(store, desired!);
    } finally {
      tree.remove();
      rmSync(folder, { recursive: true });
    }
    expect((await compile()).snapshot.services.get(taxService)?.evidenceMonths).toBe(months);
  });

  it("takes over keys and contracts that did not change, and only those", async () => {
    const key = { "dinsos/bansos/keys/a.jwt": await keyProof(newKeys.ES256()) };
    await applyTo(store, await desiredBy(key));
    const first = await compile();
    const contractOf = (snapshot: Snapshot): unknown =>
      snapshot.services.get(taxService)!.findOperation("POST", "/objek")!.operation.contract;
    const before = contractOf(first.snapshot);
    await applyTo(store, await desiredBy({ ...key, ...suspended }));
    const second = await compile(first);
    expect(contractOf(second.snapshot)).toBe(before);
    expect([...second.snapshot.keys.values()][0]?.publicKey).toBe([...first.snapshot.keys.values()][0]?.publicKey);
    await applyTo(store, await desiredBy({ ...key, [openapi]: baseText(openapi).replace("maximum: 50", "maximum: 51") }));
    expect(contractOf((await compile(second)).snapshot)).not.toBe(before);
  });

  it("keeps revoked keys to refuse them by name, and drops revoked grants", async () => {
    await applyTo(store, await desiredBy({ "dinsos/bansos/keys/a.jwt": await keyProof(newKeys.ES256()) }));
    await applyTo(store, await desiredBy({ [subsystemYaml]: "name: Bantuan Sosial\n" }));
    const { snapshot } = await compile();
    expect([...snapshot.keys.values()].map((key) => key.state)).toEqual(["revoked"]);
    expect(snapshot.grants.size).toBe(0);
  });

  it("cannot be made of an empty registry, nor of one that was altered past apply", async () => {
    await expect(compile()).rejects.toThrow(RegistryUnusable);
    await applyTo(store, await desiredBy());
    const thief = new DatabaseSync(place.file);
    thief.exec(`UPDATE entries SET content = json_set(content, '$.dailyQuota', 1000000) WHERE kind = 'grant'`);
    thief.close();
    await expect(compile()).rejects.toThrow(RegistryUnusable);
  });
});

describe("the watch", () => {
  it("serves what another connection applied", async () => {
    await applyTo(store, await desiredBy());
    const { events, snapshots } = await observe();
    const swapped = once(events, "snapshot");
    await applyTo(place.open(), await desiredBy(suspended));
    await swapped;
    expect(snapshots.map((snapshot) => snapshot.services.get(taxService)?.state)).toEqual(["active", "suspended"]);
  });

  it("serves what another process applied", async () => {
    await applyTo(store, await desiredBy());
    const { events, snapshots } = await observe();
    const swapped = once(events, "snapshot");
    const tree = writeTree(suspended);
    const source = (path: string): string => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)));
    const child = spawn(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `
      const { loadManifests } = await import(${source("registry/manifest/load.ts")});
      const { plan } = await import(${source("registry/plan.ts")});
      const { apply } = await import(${source("registry/apply.ts")});
      const { dataDirectory } = await import(${source("base/store-location.ts")});
      const { storesAt } = await import(${source("store/open.ts")});
      const store = storesAt(dataDirectory(process.argv[1])).openRegistry();
      const { desired } = await loadManifests({ services: process.argv[2], policies: process.argv[3] });
      await apply(store, plan(await store.read(), desired), { by: "another process", at: ${at} });
      await store.close();
    `,
        place.folder,
        tree.services,
        policiesFolder,
      ],
      { stdio: "inherit" },
    );
    expect(await once(child, "exit")).toEqual([0, null]);
    await swapped;
    tree.remove();
    expect(snapshots.at(-1)).toMatchObject({ version: 2 });
  });

  it("keeps the old snapshot when the registry is altered past apply, which a full reconcile finds out", async () => {
    await applyTo(store, await desiredBy());
    let now = at;
    const { snapshots, events, faults, publish } = await observe(() => now);
    const thief = new DatabaseSync(place.file);
    thief.exec("UPDATE entries SET state = 'active', content = replace(content, '127.0.0.1', '127.0.0.9') WHERE kind = 'service'");
    thief.close();
    await publish();
    const told = once(events, "fault");
    now += 30_000;
    await told;
    expect(faults).toEqual([expect.any(RegistryUnusable)]);
    await expect(registry.verify()).rejects.toThrow(RegistryUnusable);
    expect(snapshots.map((snapshot) => snapshot.services.get(taxService)?.upstream)).toEqual(["http://127.0.0.1:4101"]);
  });

  describe("by its clock", () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    /** A watch over calls that the test makes fail; counts them. */
    function counting(over: Partial<WatchOptions> = {}) {
      const calls = { publish: 0, verify: 0, faults: [] as string[] };
      const failing = { publish: false, verify: false };
      const call = (name: "publish" | "verify") => async (): Promise<void> => {
        calls[name]++;
        if (failing[name]) throw new Error(`cannot ${name}`);
      };
      watch = watchRegistry({
        publish: call("publish"),
        verify: call("verify"),
        onFault: (error) => calls.faults.push((error as Error).message),
        clock: Date.now,
        intervalMs: 100,
        reconcileMs: 1000,
        ...over,
      });
      return { calls, failing };
    }

    it("publishes at each interval, and verifies after so many", async () => {
      const { calls } = counting();
      await vi.advanceTimersByTimeAsync(950);
      expect(calls).toEqual({ publish: 9, verify: 0, faults: [] });
      await vi.advanceTimersByTimeAsync(1050);
      expect(calls).toEqual({ publish: 20, verify: 2, faults: [] });
    });

    it("waits twice as long after each failure, reports a streak once, and comes back to its interval", async () => {
      const { calls, failing } = counting({ reconcileMs: Infinity });
      failing.publish = true;
      await vi.advanceTimersByTimeAsync(100 + 200 + 400 + 800);
      expect(calls).toMatchObject({ publish: 4, faults: ["cannot publish"] });
      failing.publish = false;
      await vi.advanceTimersByTimeAsync(1600 + 100 + 100);
      expect(calls).toMatchObject({ publish: 7, faults: ["cannot publish"] });
      failing.publish = true;
      await vi.advanceTimersByTimeAsync(100);
      expect(calls).toMatchObject({ publish: 8, faults: ["cannot publish", "cannot publish"] });
    });

    it("goes on publishing while what was altered is reported once", async () => {
      const { calls, failing } = counting();
      failing.verify = true;
      await vi.advanceTimersByTimeAsync(3000);
      expect(calls).toEqual({ publish: 30, verify: 3, faults: ["cannot verify"] });
    });

    it("does nothing more once it is closed, which waits for what is running", async () => {
      const running = Promise.withResolvers<void>();
      let began = 0;
      counting({ publish: () => (began++, running.promise) });
      await vi.advanceTimersByTimeAsync(100);
      let closed = false;
      const closing = watch!.close().then(() => (closed = true));
      await vi.advanceTimersByTimeAsync(1000);
      expect([began, closed]).toEqual([1, false]);
      running.resolve();
      await closing;
      await vi.advanceTimersByTimeAsync(1000);
      expect(began).toBe(1);
    });
  });
});
