import assert from "node:assert/strict";
import { again } from "../../gateway/log.ts";
import { codeOf, writing, type Scene } from "../fault-scene.ts";
import type { Scenario } from "../scenario.ts";

const [second, hour, day] = [1000, 3_600_000, 86_400_000];
const wellCalled = { read: "delivered", write: "delivered", refusal: "not-granted" };

/** A statement that was executed is not executed again, whatever the clock says. */
async function notAgain(scene: Scene, sent: Awaited<ReturnType<Scene["call"]>>): Promise<void> {
  const seen = scene.seen.length;
  const code = codeOf(await again(scene, sent));
  assert(["replayed", "replay-unknown", "statement-expired"].includes(code), `it was answered ${code}`);
  assert.equal(scene.seen.length, seen, "it was executed again");
}

/** The gateway's clock jumps; its consumers' clocks are right, and so they are refused for as long as it is wrong. */
export const clocks: readonly Scenario[] = [
  {
    name: "the clock goes ahead a day and comes back",
    short: true,
    async run(scene) {
      const sent = await scene.call(writing);
      scene.turnClock(day);
      assert.equal(codeOf(await scene.call({ nowMs: Date.now() })), "statement-expired");
      // Clocks that are as wrong as the gateway's are served.
      assert.deepEqual(await scene.callEach(), wellCalled);
      await notAgain(scene, sent);
      scene.turnClock(0);
      await notAgain(scene, sent);
      // What was signed before the jump may have been forgotten in it; what is signed from now on is served.
      scene.turnClock(7 * second);
      assert.deepEqual(await scene.callEach(), wellCalled);
      await notAgain(scene, sent);
      await scene.well(0);
      scene.turnClock(0);
    },
  },
  {
    name: "the clock is set back an hour and comes right again",
    async alone(open) {
      const scene = await open();
      await scene.start();
      const sent = await scene.call(writing);
      scene.turnClock(-hour);
      assert.equal(codeOf(await scene.call({ nowMs: Date.now() })), "statement-expired");
      await notAgain(scene, sent);
      // Five seconds are how long statements are refused that may have been forgotten.
      await scene.callEach();
      scene.turnClock(-hour + 7 * second);
      assert.deepEqual(await scene.callEach(), wellCalled);
      scene.turnClock(0);
      await notAgain(scene, sent);
      assert.deepEqual(await scene.callEach(), wellCalled);
      await scene.well(0);
    },
  },
  {
    name: "the clock is a day ahead when the gateway starts, and comes back",
    async alone(open) {
      const scene = await open();
      await scene.start();
      const sent = await scene.call(writing);
      await scene.stop();
      scene.turnClock(day);
      await scene.start();
      assert.deepEqual(await scene.callEach(), wellCalled);
      scene.turnClock(0);
      await notAgain(scene, sent);
      scene.turnClock(7 * second);
      await scene.well(0);
      await scene.stop();
      scene.turnClock(8 * second);
      await scene.start();
      await notAgain(scene, sent);
      await scene.well(0);
    },
  },
  {
    name: "the clock crosses the midnight of the quota's day, goes back and crosses it again",
    async alone(open) {
      const scene = await open();
      await scene.start();
      const { gateway } = scene.gateway;
      const untilMidnight = gateway.day(scene.clock()).end - scene.clock();
      const used = async (): Promise<number> => (await gateway.ledger.usage(gateway.day(scene.clock()).name))[0]?.used ?? 0;
      const counted = async (): Promise<number> => {
        const line = (await scene.control("/metrics")).text.split("\n").find((row) => row.startsWith("simpul_quota_used{"));
        return Number(line?.split(" ").at(-1));
      };
      scene.turnClock(untilMidnight - 20 * second);
      for (let i = 0; i < 3; i++) assert.equal(codeOf(await scene.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [3, 3]);
      scene.turnClock(untilMidnight + 10 * second);
      assert.equal(codeOf(await scene.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [1, 1]);
      // Five seconds are how long a statement that may have been forgotten is refused.
      scene.turnClock(untilMidnight - 15 * second);
      await scene.call();
      scene.turnClock(untilMidnight - 8 * second);
      assert.equal(codeOf(await scene.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [4, 4]);
      scene.turnClock(untilMidnight + 20 * second);
      assert.equal(codeOf(await scene.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [2, 2]);
    },
  },
];
