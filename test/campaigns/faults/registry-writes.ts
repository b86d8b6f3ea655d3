import assert from "node:assert/strict";
import { apply } from "../../../src/registry/apply.ts";
import { plan } from "../../../src/registry/plan.ts";
import { loadDesired } from "../../../src/cli/apply.ts";
import { openRegistryStore, registryFile } from "../../../src/store/sqlite/registry.ts";
import { changeManifests } from "../crash-load.ts";
import { failures, named } from "../faulty-stores.ts";
import type { Scene } from "../fault-scene.ts";
import type { Scenario } from "../scenario.ts";

let officers = 0;
const newOfficer = (): string => JSON.stringify({ id: `petugas-${++officers}`, member: "ID-16.03/GOV/inspektorat", position: "Auditor", roles: ["auditor"] });
const versionOf = (scene: Scene): number => scene.gateway.gateway.snapshot().version;

/** Each write of the registry fails twice: lost, and landed though reported lost. */
export const registryWrites: readonly Scenario[] = failures.flatMap((failure): Scenario[] => [
  {
    name: named("an officer's act", failure),
    short: true,
    async run(scene) {
      const version = versionOf(scene);
      const body = newOfficer();
      scene.faults.fail("registry commit", failure);
      const refused = await scene.control("/v1/officers", { method: "POST", body });
      assert(refused.status >= 500, `answered ${refused.status}`);
      scene.faults.heal();
      await scene.gateway.reconcile();
      assert.equal(versionOf(scene), failure === "lost" ? version : version + 1);
      // Whoever tries again gets it done, or is told that it is.
      assert.equal((await scene.control("/v1/officers", { method: "POST", body })).status, failure === "lost" ? 201 : 409);
      await scene.gateway.reconcile();
      assert.equal(versionOf(scene), version + 1);
      await scene.well(0);
    },
  },
  {
    name: named("the commit of applied manifests", failure),
    async run(scene) {
      const version = versionOf(scene);
      changeManifests(scene, version);
      const { desired } = await loadDesired(scene.services);
      const store = scene.faults.registry(openRegistryStore(registryFile(scene.config.registry.directory)));
      scene.faults.fail("registry commit", failure);
      await assert.rejects(apply(store, plan(await store.read(), desired!), { by: "test", at: scene.clock() }));
      scene.faults.heal();
      assert.equal(await store.version(), failure === "lost" ? version : version + 1);
      await store.close();
      await scene.apply();
      await scene.gateway.reconcile();
      assert.equal(versionOf(scene), version + 1);
      await scene.well(0);
    },
  },
  {
    name: named("the note that the ledger has a change", failure),
    short: true,
    async run(scene) {
      const version = versionOf(scene);
      scene.faults.fail("registry settle", failure);
      changeManifests(scene, version);
      await scene.apply();
      await assert.rejects(scene.gateway.reconcile());
      assert.equal((await scene.callEach()).write, "delivered");
      scene.faults.heal();
      await scene.gateway.reconcile();
      assert.equal(versionOf(scene), version + 1);
      // The judge finds each version in exactly one control leaf.
      await scene.well(0);
    },
  },
]).concat({
  name: "the registry cannot be read",
  async run(scene) {
    const version = versionOf(scene);
    scene.faults.fail("registry read", "lost");
    await assert.rejects(scene.gateway.reconcile());
    assert.deepEqual(await scene.callEach(), { read: "delivered", write: "delivered", refusal: "not-granted" });
    changeManifests(scene, version);
    await scene.apply();
    scene.faults.heal();
    await scene.gateway.reconcile();
    assert.equal(versionOf(scene), version + 1);
    await scene.well(0);
  },
});
