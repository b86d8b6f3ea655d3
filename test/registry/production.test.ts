import { afterEach, describe, expect, it } from "vitest";
import { policyReader } from "../../src/policy/profile/policies-in-force.ts";
import { serviceRules } from "../../src/policy/opinions/service-rules.ts";
import { compileRegistry } from "../../src/registry/compile.ts";
import type { CompiledRegistry } from "../../src/registry/compiled.ts";
import type { Entry } from "../../src/registry/entry.ts";
import type { RegistryFollower } from "../../src/registry/follow.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";
import type { ServiceVersion, Snapshot } from "../../src/registry/snapshot.ts";
import { act, goLive, opinion, opinions, revision } from "../support/production-registry.ts";
import { applied, commit } from "../support/registry-store.ts";
import { baseText, taxProvider, taxService, serviceYaml } from "../support/manifest-tree.ts";
import { consumer } from "../support/parties.ts";
import { seeded } from "../support/random.ts";

let place: Awaited<ReturnType<typeof applied>>;
let store: RegistryStore;
let registry: RegistryFollower;
const register = async (changes?: Parameters<typeof applied>[0]): Promise<void> => {
  place = await applied(changes);
  ({ store, registry } = place);
};
afterEach(() => place.remove());

const compile = async (previous?: CompiledRegistry): Promise<CompiledRegistry> =>
  compileRegistry(await registry.newest(), { store, rules: serviceRules(policyReader(store)) }, previous);
const served = async (): Promise<ServiceVersion> => (await compile()).snapshot.services.get(taxService)!;

describe("what a service is on the road", () => {
  it("is on trial while the instance prepares, whatever its revisions say, and test members' subsystems are told", async () => {
    await register({ "dinsos/member.yaml": baseText("dinsos/member.yaml").replace("test: true\n", "") });
    await commit(registry, revision(await registry.newest(), taxService));
    const { snapshot } = await compile();
    expect(snapshot.services.get(taxService)).toMatchObject({ state: "active", trial: true, dependsOn: [] });
    expect([...snapshot.testers]).toEqual([taxProvider]);
  });

  it.each([
    ["active", false],
    ["deprecated", false],
    ["trial", true],
    ["approved", true],
    ["retired", true],
  ] as const)("is, in production, with a revision that is %s: on trial %s", async (state, trial) => {
    await register();
    const image = await goLive(registry, taxService);
    await commit(registry, revision(image, taxService, state));
    expect((await served()).trial).toBe(trial);
  });

  it("is on trial in production without a revision: a manifest opens no road", async () => {
    await register();
    const [instance] = (await registry.newest()).of("instance");
    await commit(registry, { ...instance!, state: "produksi" });
    expect(await served()).toMatchObject({ trial: true, dependsOn: [] });
  });

  it("says who suspended it and why", async () => {
    await register();
    const image = await goLive(registry, taxService);
    const suspension = { by: "pemilik-1", at: "2026-01-20T00:00:00.000Z", reason: "data keliru" };
    await commit(registry, revision(image, taxService, "suspended", { suspended: { ...suspension, from: "active" } }), {
      ...image.get("service", taxService)!,
      state: "suspended",
    });
    expect(await served()).toMatchObject({ state: "suspended", suspension });
  });

  it("has a standing grant for everybody only where the class allows one", async () => {
    const open = { purpose: "data-terbuka", legalBasis: "Perpres 39/2019", rate: { perSecond: 20, burst: 40 }, dailyQuota: 50 };
    await register({ [serviceYaml]: `${baseText(serviceYaml).replace("terbatas", "terbuka")}open: ${JSON.stringify(open)}\n` });
    expect((await served()).openGrant).toMatchObject({ id: `${taxService}#open`, decided: true });
    const entry = (await registry.newest()).get("service", taxService)!;
    await commit(registry, { ...entry, content: { ...entry.content, classification: "terbatas" } });
    expect((await served()).openGrant).toBeUndefined();
  });
});

describe("what a service in production rests on", () => {
  const standing = async (type: string) => (await served()).dependsOn.find(({ name }) => name.en.includes(type))!;

  it("is every opinion that the profile asks for, by its days in the region's time zone", async () => {
    await register();
    await goLive(registry, taxService);
    const { dependsOn } = await served();
    expect(dependsOn.map(({ opinions: [only, ...more] }) => [only!.id, more.length])).toEqual(opinions.map(({ id }) => [id, 0]));
    const keamanan = await standing("security");
    expect(keamanan.name.id).toBe("pertimbangan kelayakan keamanan dari Dinas");
    expect(keamanan.opinions).toEqual([{ id: "keamanan-dinas", from: Date.UTC(2025, 11, 31, 17), until: Date.UTC(2026, 11, 31, 17) }]);
  });

  it("keeps a revoked opinion to name it, puts the one that ends last at the end, and leaves out what was never given", async () => {
    await register();
    await goLive(registry, taxService);
    const revoked = { ...act, reason: "temuan baru" };
    await commit(
      registry,
      opinion("keamanan-dinas", { revoked }, "revoked"),
      opinion("z-lama", { from: "2025-01-01", until: "2025-06-01" }),
      opinion("a-baru", { from: "2026-06-01", until: "2028-01-01" }),
      opinion("belum", {}, "recorded"),
      opinion("ditolak", { outcome: "ditolak" }, "refused"),
      opinion("operasi", { types: ["operasi"] }),
    );
    expect((await standing("security")).opinions).toMatchObject([{ id: "z-lama" }, { id: "keamanan-dinas", revoked }, { id: "a-baru" }]);
  });

  it("is one list for all services where the opinions are on the instance", async () => {
    const second = "ID-16.03/GOV/bapenda/pajak/pbb/v2";
    await register();
    const state = await goLive(registry, taxService);
    const entry = state.get("service", taxService)!;
    await commit(registry, { ...entry, id: second }, { ...revision(state, taxService, "active", { service: second }), id: `${second}/r1` });
    const { services } = (await compile()).snapshot;
    expect(services.get(second)!.trial).toBe(false);
    expect(services.get(second)!.dependsOn).toBe(services.get(taxService)!.dependsOn);
  });
});

describe("a snapshot compiled from the one before it", () => {
  /** Without what cannot be compared: functions and imported keys. */
  const plain = (snapshot: Snapshot): object => ({
    ...snapshot,
    services: new Map(
      [...snapshot.services].map(([id, { openGrant, ...version }]) => [
        id,
        { ...(JSON.parse(JSON.stringify(version)) as object), openGrant: openGrant?.id },
      ]),
    ),
    keys: [...snapshot.keys.keys()].sort(),
    grants: new Map([...snapshot.grants].sort(([a], [b]) => (a < b ? -1 : 1))),
  });

  it("is what one compiled from nothing would be, after any changes", async () => {
    await register();
    let compiled = await compile();
    const random = seeded(31_12);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const versions = ["v1", "v2", "v3"].map((version) => taxService.replace(/v1$/, version));
    for (let round = 0; round < 50; round++) {
      const state = await registry.newest();
      const id = pick(versions);
      const base = state.get("service", taxService)!;
      const grant = state.get("grant", `${consumer}#cek-objek`)!;
      const changes: readonly (() => Entry)[] = [
        () => ({
          ...base,
          id,
          state: pick(["active", "suspended", "trial", "retired"]),
          content: { ...base.content, classification: pick(["terbuka", "terbatas", "rahasia"]) },
        }),
        () => ({ ...revision(state, taxService, pick(["active", "trial", "deprecated"]), { service: id }), id: `${id}/r1` }),
        () =>
          opinion(
            `pertimbangan-${Math.floor(random() * 5)}`,
            { until: pick(["2026-06-01", "2027-06-01"]) },
            pick(["confirmed", "recorded"]),
          ),
        () => ({
          ...grant,
          id: `${pick([consumer, taxProvider])}#izin-${Math.floor(random() * 20)}`,
          state: pick(["active", "revoked", "requested"]),
          content: { ...grant.content, consumer: pick([consumer]), purpose: pick(["satu", "dua"]) },
        }),
        () => ({ ...state.get("subsystem", consumer)!, state: pick(["active", "retired"]) }),
        () => ({ ...state.get("member", "ID-16.03/GOV/dinsos")!, state: pick(["active", "retired"]) }),
        () => ({ ...[...state.of("instance")][0]!, state: pick(["persiapan", "produksi"]) }),
      ];
      await commit(registry, pick(changes)());
      if (random() < 0.6) compiled = await compile(compiled);
    }
    const last = await compile(compiled);
    expect(plain(last.snapshot)).toEqual(plain((await compile()).snapshot));
    expect(last.snapshot.version).toBe(51);
  });

  it("shares what a change does not touch", async () => {
    await register();
    await goLive(registry, taxService);
    const first = await compile();
    const grant = first.state.get("grant", `${consumer}#cek-objek`)!;
    await commit(registry, { ...grant, id: `${taxProvider}#baru`, content: { ...grant.content, consumer: taxProvider } });
    const second = await compile(first);
    expect(second.snapshot.services).toBe(first.snapshot.services);
    expect(second.snapshot.keys).toBe(first.snapshot.keys);
    expect(second.snapshot.grants.get(consumer)).toBe(first.snapshot.grants.get(consumer));
    expect(second.snapshot.grants.get(taxProvider)).toHaveLength(1);
  });
});
