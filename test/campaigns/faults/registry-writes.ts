import assert from "node:assert/strict";
import { storesAt } from "../../../src/store/open.ts";
import { apply } from "../../../src/registry/apply.ts";
import { plan } from "../../../src/registry/plan.ts";
import { loadDesired } from "../../../src/policy/load-desired.ts";
import { changeManifests } from "../crash-load.ts";
import type { FaultFixture } from "../fault-fixture.ts";
import { eachFailure, type Scenario } from "../scenario.ts";

let officers = 0;
const newOfficer = (): string =>
  JSON.stringify({ id: `petugas-${++officers}`, member: "ID-16.03/GOV/inspektorat", position: "Auditor", roles: ["auditor"] });
const versionOf = (scenario: FaultFixture): number => scenario.gateway.gateway.snapshot().version;

/** Each write of the registry fails twice: lost, and landed though reported lost. */
export const registryWrites: readonly Scenario[] = [
  ...eachFailure(
    "an officer's act",
    async (scenario, failure) => {
      const version = versionOf(scenario);
      const body = newOfficer();
      scenario.faults.fail("registry commit", failure);
      const refused = await scenario.control("/v1/officers", { method: "POST", body });
      assert(refused.status >= 500, `answered ${refused.status}`);
      scenario.faults.heal();
      await scenario.gateway.reconcile();
      assert.equal(versionOf(scenario), failure === "lost" ? version : version + 1);
      // Whoever tries again gets it done, or is told that it is.
      assert.equal((await scenario.control("/v1/officers", { method: "POST", body })).status, failure === "lost" ? 201 : 409);
      await scenario.gateway.reconcile();
      assert.equal(versionOf(scenario), version + 1);
      await scenario.well(0);
    },
    { short: true },
  ),
  ...eachFailure("the commit of applied manifests", async (scenario, failure) => {
    const version = versionOf(scenario);
    changeManifests(scenario, version);
    const { desired } = await loadDesired({ services: scenario.services });
    const store = scenario.faults.registry(storesAt(scenario.config.registry).openRegistry());
    scenario.faults.fail("registry commit", failure);
    await assert.rejects(apply(store, plan(await store.read(), desired!), { by: "test", at: scenario.clock() }));
    scenario.faults.heal();
    assert.equal(await store.version(), failure === "lost" ? version : version + 1);
    await store.close();
    await scenario.apply();
    await scenario.gateway.reconcile();
    assert.equal(versionOf(scenario), version + 1);
    await scenario.well(0);
  }),
  ...eachFailure(
    "the note that the ledger has a change",
    async (scenario, failure) => {
      const version = versionOf(scenario);
      scenario.faults.fail("registry settle", failure);
      changeManifests(scenario, version);
      await scenario.apply();
      await assert.rejects(scenario.gateway.reconcile());
      assert.equal((await scenario.callEach()).write, "delivered");
      scenario.faults.heal();
      await scenario.gateway.reconcile();
      assert.equal(versionOf(scenario), version + 1);
      // The judge finds each version in exactly one control leaf.
      await scenario.well(0);
    },
    { short: true },
  ),
  {
    name: "the registry cannot be read",
    async run(scenario) {
      const version = versionOf(scenario);
      scenario.faults.fail("registry read", "lost");
      await assert.rejects(scenario.gateway.reconcile());
      assert.deepEqual(await scenario.callEach(), { read: "delivered", write: "delivered", refusal: "not-granted" });
      changeManifests(scenario, version);
      await scenario.apply();
      scenario.faults.heal();
      await scenario.gateway.reconcile();
      assert.equal(versionOf(scenario), version + 1);
      await scenario.well(0);
    },
  },
];
