import assert from "node:assert/strict";
import { rotateEvidenceKey } from "../../../src/ledger/sealed/key-file.ts";
import { again } from "../../gateway/log.ts";
import { changeManifests } from "../crash-load.ts";
import { failures, named, type Failure } from "../faulty-stores.ts";
import { codeOf, writing, type Scene } from "../fault-scene.ts";
import type { OpenScene, Scenario } from "../scenario.ts";
import { patienceMs, within } from "../within.ts";

const each = (what: string, run: (scene: Scene, failure: Failure) => Promise<void>, more: { readonly short?: true } = {}): Scenario[] =>
  failures.map((failure) => ({ name: named(what, failure), run: (scene) => run(scene, failure), ...more }));
const eachAlone = (what: string, alone: (open: OpenScene, failure: Failure) => Promise<void>): Scenario[] =>
  failures.map((failure) => ({ name: named(what, failure), alone: (open) => alone(open, failure) }));

const unavailable = "ledger-unavailable";
const far = 40 * 366 * 86_400_000;

/** Each write of the ledger and of its evidence, which is one transaction with its leaf, fails twice: lost, and landed though reported lost. */
export const ledgerWrites: readonly Scenario[] = [
  ...each("an intent", async (scene, failure) => {
    const before = scene.seen.length;
    scene.faults.fail("intent", failure);
    const refused = await scene.call(writing);
    assert.deepEqual([codeOf(refused), refused.status, scene.seen.length - before], [unavailable, 503, 0]);
    assert.equal((await scene.control("/readyz")).status, 503);
    await scene.work();
    assert.equal(scene.seen.slice(before).filter(({ method }) => method !== "GET").length, 0, "an unsafe request was forwarded without an intent");
    await scene.well();
    // What landed though it was reported lost has an end, and the consumer can ask for it.
    const told = (await scene.leaves()).filter((leaf) => leaf.id === refused.fields["spl-exchange"]);
    assert.deepEqual(told.map((leaf) => ("problem" in leaf ? leaf.problem : leaf.type)), failure === "lost" ? [] : ["intent", "outcome-unknown"]);
  }, { short: true }),
  ...each("an outcome of a write", async (scene, failure) => {
    const before = scene.seen.length;
    scene.faults.fail("outcome", failure);
    const refused = await scene.call(writing);
    assert.deepEqual([codeOf(refused), refused.answer.includes("nik"), scene.seen.length - before], [unavailable, false, 1]);
    await scene.work();
    await scene.well();
    const told = (await scene.leaves()).filter((leaf) => leaf.id === refused.fields["spl-exchange"]);
    assert.deepEqual(told.map((leaf) => ("problem" in leaf ? leaf.problem : leaf.type)), ["intent", failure === "lost" ? "outcome-unknown" : "outcome"]);
    // The very same statement is not executed again, whatever became of its leaf.
    const seen = scene.seen.length;
    assert.deepEqual([codeOf(await again(scene, refused)), scene.seen.length - seen], ["replayed", 0]);
  }, { short: true }),
  ...each("an outcome of a read", async (scene, failure) => {
    scene.faults.fail("outcome", failure);
    const refused = await scene.call();
    assert.deepEqual([codeOf(refused), refused.answer.includes("nik")], [unavailable, false]);
    await scene.well();
  }),
  ...each("a refusal", async (scene, failure) => {
    scene.faults.fail("refusal", failure);
    assert.equal(codeOf(await scene.call({ purpose: "lain" })), unavailable);
    await scene.work();
    await scene.well();
  }),
  ...each("any leaf, the one that tells of it too,", async (scene, failure) => {
    const before = (await scene.leaves()).filter((leaf) => leaf.type === "control" && "ledger" in leaf.change);
    scene.faults.fail("leaf", failure);
    assert.deepEqual(await scene.callEach(), { read: unavailable, write: unavailable, refusal: unavailable });
    await scene.gateway.tidy();
    await scene.gateway.tidy();
    assert.equal((await scene.control("/readyz")).status, 503);
    await scene.well(4);
    // What was refused stands in the ledger, with from when until when.
    const gaps = (await scene.leaves()).filter((leaf) => leaf.type === "control" && "ledger" in leaf.change).map(({ id }) => id);
    assert(gaps.length > before.length && gaps.length <= before.length + 4, `${gaps.length - before.length} leaves tell of the gap`);
    assert.equal(new Set(gaps).size, gaps.length, "the gap is told twice");
  }, { short: true }),
  ...each("leaf after leaf, while others arrive,", async (scene, failure) => {
    for (let i = 0; i < 5; i++) {
      scene.faults.fail("leaf", failure);
      await scene.call().catch(() => undefined);
      scene.faults.heal();
      assert.deepEqual(await scene.callEach(), { read: "delivered", write: "delivered", refusal: "not-granted" });
    }
    await scene.well(0);
  }),
  ...eachAlone("the leaf of gathered refusals", async (open, failure) => {
    const scene = await open({ "gathered-refusals-per-minute": "2" });
    await scene.start();
    for (let i = 0; i < 4; i++) await scene.call({ purpose: "lain" });
    scene.turnClock(61_000);
    scene.faults.fail("refusal", failure);
    await scene.gateway.tidy();
    assert.equal(scene.faults.heal(), 1);
    await scene.gateway.tidy();
    await scene.gateway.tidy();
    const counts = (await scene.leaves()).flatMap((leaf) => ("counts" in leaf ? [leaf.counts] : []));
    assert.deepEqual(counts, [{ "not-granted": 2 }]);
  }),
  ...eachAlone("the beginning of a log", async (open, failure) => {
    const scene = await open();
    scene.faults.fail("begin", failure);
    await assert.rejects(scene.start());
    scene.faults.heal();
    await scene.start();
    await scene.well(0);
  }),
  ...each("the leaf of a registry change", async (scene, failure) => {
    const version = scene.gateway.gateway.snapshot().version;
    scene.faults.fail("control", failure);
    changeManifests(scene, version);
    await scene.apply();
    await scene.gateway.reconcile().catch(() => undefined);
    assert.equal(scene.gateway.gateway.snapshot().version, version, "rules serve that the ledger does not know");
    // What shares a commit with the leaf of the change is refused with it; whatever else comes is carried.
    await within(patienceMs, async () => (await scene.callEach()).read === "delivered");
    scene.faults.heal();
    await scene.gateway.reconcile();
    assert.equal(scene.gateway.gateway.snapshot().version, version + 1);
    await scene.well(0);
  }),
  ...eachAlone("the end of evidence", async (open, failure) => {
    const scene = await open();
    await scene.start();
    await scene.callEach();
    await scene.judge.judge();
    await scene.stop();
    // Ages later an exchange comes in: without one that the log shows, no clock is believed that evidence is over.
    scene.turnClock(far);
    await scene.start();
    assert.equal(codeOf(await scene.call()), "delivered");
    const kept = (await scene.gateway.gateway.ledger.buckets()).length;
    assert.equal(kept, 2);
    await scene.stop();
    scene.faults.fail("destruction", failure);
    await scene.start();
    await within(patienceMs, async () => scene.faults.struck() > 0);
    await scene.stop();
    scene.faults.heal();
    await scene.start();
    // Retention looks as it starts, and does not make anybody wait for it.
    await within(patienceMs, async () => (await scene.gateway.gateway.ledger.buckets()).length === kept - 1);
    assert.equal((await scene.leaves()).filter((leaf) => leaf.type === "control" && "evidence" in leaf.change).length, 1);
    await scene.stop();
    scene.turnClock(0);
    await scene.start();
    await scene.well(0);
  }),
  ...eachAlone("the rewrapping under a new evidence key", async (open, failure) => {
    const scene = await open();
    await scene.start();
    await scene.work();
    await scene.stop();
    rotateEvidenceKey(scene.config.evidenceKey);
    scene.faults.fail("rewrap", failure);
    await assert.rejects(scene.start());
    assert.equal(scene.faults.heal(), 1);
    await scene.start();
    await scene.well(0);
  }),
  ...each("the closing of an open intent at a start", async (scene, failure) => {
    scene.faults.fail("outcome", "lost");
    await scene.call(writing);
    // Only a process that dies leaves it open.
    scene.faults.fail("leaf", "lost");
    await scene.stop();
    scene.faults.heal();
    scene.faults.fail("outcome", failure);
    await assert.rejects(scene.start());
    scene.faults.heal();
    await scene.start();
    await scene.well(0);
  }),
  ...each("the clearing away of what destroyed evidence left", async (scene, failure) => {
    scene.faults.fail("sweep", failure);
    await scene.stop();
    await scene.start();
    await within(patienceMs, async () => scene.faults.struck() > 0);
    assert.equal((await scene.callEach()).write, "delivered");
    await scene.well();
  }),
];
