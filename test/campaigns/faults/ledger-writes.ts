import assert from "node:assert/strict";
import { rotateMasterKey } from "../../../src/ledger/sealed/master-key-file.ts";
import { again } from "../../support/log-leaves.ts";
import { changeManifests } from "../crash-load.ts";
import { codeOf, writing } from "../fault-fixture.ts";
import { eachFailure, eachFailureAlone, type Scenario } from "../scenario.ts";
import { eventually } from "../../support/patience.ts";

const unavailable = "ledger-unavailable";
const far = 40 * 366 * 86_400_000;

/**
 * Each write of the ledger and of its evidence, which is one transaction with its leaf, fails twice: lost, and landed though reported lost.
 */
export const ledgerWrites: readonly Scenario[] = [
  ...eachFailure(
    "an intent",
    async (scenario, failure) => {
      const before = scenario.received.length;
      scenario.faults.fail("intent", failure);
      const refused = await scenario.call(writing);
      assert.deepEqual([codeOf(refused), refused.status, scenario.received.length - before], [unavailable, 503, 0]);
      assert.equal((await scenario.control("/readyz")).status, 503);
      await scenario.work();
      assert.equal(
        scenario.received.slice(before).filter(({ method }) => method !== "GET").length,
        0,
        "an unsafe request was forwarded without an intent",
      );
      await scenario.well();
      // What landed though it was reported lost has an end, and the consumer can ask for it.
      const told = (await scenario.leaves()).filter((leaf) => leaf.id === refused.fields["spl-exchange"]);
      assert.deepEqual(
        told.map((leaf) => ("problem" in leaf ? leaf.problem : leaf.type)),
        failure === "lost" ? [] : ["intent", "outcome-unknown"],
      );
    },
    { short: true },
  ),
  ...eachFailure(
    "an outcome of a write",
    async (scenario, failure) => {
      const before = scenario.received.length;
      scenario.faults.fail("outcome", failure);
      const refused = await scenario.call(writing);
      assert.deepEqual([codeOf(refused), refused.answer.includes("nik"), scenario.received.length - before], [unavailable, false, 1]);
      await scenario.work();
      await scenario.well();
      const told = (await scenario.leaves()).filter((leaf) => leaf.id === refused.fields["spl-exchange"]);
      assert.deepEqual(
        told.map((leaf) => ("problem" in leaf ? leaf.problem : leaf.type)),
        ["intent", failure === "lost" ? "outcome-unknown" : "outcome"],
      );
      // The very same statement is not executed again, whatever became of its leaf.
      const seen = scenario.received.length;
      assert.deepEqual([codeOf(await again(scenario, refused)), scenario.received.length - seen], ["replayed", 0]);
    },
    { short: true },
  ),
  ...eachFailure("an outcome of a read", async (scenario, failure) => {
    scenario.faults.fail("outcome", failure);
    const refused = await scenario.call();
    assert.deepEqual([codeOf(refused), refused.answer.includes("nik")], [unavailable, false]);
    await scenario.well();
  }),
  ...eachFailure("a refusal", async (scenario, failure) => {
    scenario.faults.fail("refusal", failure);
    assert.equal(codeOf(await scenario.call({ purpose: "lain" })), unavailable);
    await scenario.work();
    await scenario.well();
  }),
  ...eachFailure(
    "any leaf, the one that tells of it too,",
    async (scenario, failure) => {
      const before = (await scenario.leaves()).filter((leaf) => leaf.type === "control" && "ledger" in leaf.change);
      scenario.faults.fail("leaf", failure);
      assert.deepEqual(await scenario.callEach(), { read: unavailable, write: unavailable, refusal: unavailable });
      await scenario.gateway.runMaintenance();
      await scenario.gateway.runMaintenance();
      assert.equal((await scenario.control("/readyz")).status, 503);
      await scenario.well(4);
      // What was refused stands in the ledger, with from when until when.
      const gaps = (await scenario.leaves()).filter((leaf) => leaf.type === "control" && "ledger" in leaf.change).map(({ id }) => id);
      assert(gaps.length > before.length && gaps.length <= before.length + 4, `${gaps.length - before.length} leaves tell of the gap`);
      assert.equal(new Set(gaps).size, gaps.length, "the gap is told twice");
    },
    { short: true },
  ),
  ...eachFailure("leaf after leaf, while others arrive,", async (scenario, failure) => {
    for (let i = 0; i < 5; i++) {
      scenario.faults.fail("leaf", failure);
      await scenario.call().catch(() => undefined);
      scenario.faults.heal();
      assert.deepEqual(await scenario.callEach(), { read: "delivered", write: "delivered", refusal: "not-granted" });
    }
    await scenario.well(0);
  }),
  ...eachFailureAlone("the leaf of gathered refusals", async (open, failure) => {
    const scenario = await open({ "gathered-refusals-per-minute": "2" });
    await scenario.start();
    for (let i = 0; i < 4; i++) await scenario.call({ purpose: "lain" });
    scenario.turnClock(61_000);
    scenario.faults.fail("refusal", failure);
    await scenario.gateway.runMaintenance();
    assert.equal(scenario.faults.heal(), 1);
    await scenario.gateway.runMaintenance();
    await scenario.gateway.runMaintenance();
    const counts = (await scenario.leaves()).flatMap((leaf) => ("counts" in leaf ? [leaf.counts] : []));
    assert.deepEqual(counts, [{ "not-granted": 2 }]);
  }),
  ...eachFailureAlone("the beginning of a log", async (open, failure) => {
    const scenario = await open();
    scenario.faults.fail("begin", failure);
    await assert.rejects(scenario.start());
    scenario.faults.heal();
    await scenario.start();
    await scenario.well(0);
  }),
  ...eachFailure("the leaf of a registry change", async (scenario, failure) => {
    const version = scenario.gateway.gateway.snapshot().version;
    scenario.faults.fail("control", failure);
    changeManifests(scenario, version);
    await scenario.apply();
    await scenario.gateway.reconcile().catch(() => undefined);
    assert.equal(scenario.gateway.gateway.snapshot().version, version, "rules serve that the ledger does not know");
    // What shares a commit with the leaf of the change is refused with it; whatever else comes is carried.
    await eventually(async () => (await scenario.callEach()).read === "delivered");
    scenario.faults.heal();
    await scenario.gateway.reconcile();
    assert.equal(scenario.gateway.gateway.snapshot().version, version + 1);
    await scenario.well(0);
  }),
  ...eachFailureAlone("the end of evidence", async (open, failure) => {
    const scenario = await open();
    await scenario.start();
    await scenario.callEach();
    await scenario.judge.judge();
    await scenario.stop();
    // Ages later an exchange comes in: without one that the log shows, no clock is believed that evidence is over.
    scenario.turnClock(far);
    await scenario.start();
    assert.equal(codeOf(await scenario.call()), "delivered");
    const kept = (await scenario.gateway.gateway.ledger.buckets()).length;
    assert.equal(kept, 2);
    await scenario.stop();
    scenario.faults.fail("destruction", failure);
    await scenario.start();
    await eventually(async () => scenario.faults.struck() > 0);
    await scenario.stop();
    scenario.faults.heal();
    await scenario.start();
    // Retention looks as it starts, and does not make anybody wait for it.
    await eventually(async () => (await scenario.gateway.gateway.ledger.buckets()).length === kept - 1);
    assert.equal((await scenario.leaves()).filter((leaf) => leaf.type === "control" && "evidence" in leaf.change).length, 1);
    await scenario.stop();
    scenario.turnClock(0);
    await scenario.start();
    await scenario.well(0);
  }),
  ...eachFailureAlone("the rewrapping under a new evidence key", async (open, failure) => {
    const scenario = await open();
    await scenario.start();
    await scenario.work();
    await scenario.stop();
    rotateMasterKey(scenario.config.evidenceKey);
    scenario.faults.fail("rewrap", failure);
    await assert.rejects(scenario.start());
    assert.equal(scenario.faults.heal(), 1);
    await scenario.start();
    await scenario.well(0);
  }),
  ...eachFailure("the closing of an open intent at a start", async (scenario, failure) => {
    scenario.faults.fail("outcome", "lost");
    await scenario.call(writing);
    // Only a process that dies leaves it open.
    scenario.faults.fail("leaf", "lost");
    await scenario.stop();
    scenario.faults.heal();
    scenario.faults.fail("outcome", failure);
    await assert.rejects(scenario.start());
    scenario.faults.heal();
    await scenario.start();
    await scenario.well(0);
  }),
  ...eachFailure("the clearing away of what destroyed evidence left", async (scenario, failure) => {
    scenario.faults.fail("sweep", failure);
    await scenario.stop();
    await scenario.start();
    await eventually(async () => scenario.faults.struck() > 0);
    assert.equal((await scenario.callEach()).write, "delivered");
    await scenario.well();
  }),
];
