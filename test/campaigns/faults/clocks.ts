import assert from "node:assert/strict";
import { again } from "../../support/log-leaves.ts";
import { codeOf, writing, type FaultFixture } from "../fault-fixture.ts";
import type { Scenario } from "../scenario.ts";

const [second, hour, day] = [1000, 3_600_000, 86_400_000];
const wellCalled = { read: "delivered", write: "delivered", refusal: "not-granted" };

/** A statement that was executed is not executed again, whatever the clock says. */
async function notAgain(scenario: FaultFixture, sent: Awaited<ReturnType<FaultFixture["call"]>>): Promise<void> {
  const seen = scenario.received.length;
  const code = codeOf(await again(scenario, sent));
  assert(["replayed", "replay-unknown", "statement-expired"].includes(code), `it was answered ${code}`);
  assert.equal(scenario.received.length, seen, "it was executed again");
}

/** The gateway's clock jumps; its consumers' clocks are right, and so they are refused for as long as it is wrong. */
export const clocks: readonly Scenario[] = [
  {
    name: "the clock goes ahead a day and comes back",
    short: true,
    async run(scenario) {
      const sent = await scenario.call(writing);
      scenario.turnClock(day);
      assert.equal(codeOf(await scenario.call({ nowMs: Date.now() })), "statement-expired");
      // Clocks that are as wrong as the gateway's are served.
      assert.deepEqual(await scenario.callEach(), wellCalled);
      await notAgain(scenario, sent);
      scenario.turnClock(0);
      await notAgain(scenario, sent);
      // What was signed before the jump may have been forgotten in it; what is signed from now on is served.
      scenario.turnClock(7 * second);
      assert.deepEqual(await scenario.callEach(), wellCalled);
      await notAgain(scenario, sent);
      await scenario.well(0);
      scenario.turnClock(0);
    },
  },
  {
    name: "the clock is set back an hour and comes right again",
    async alone(open) {
      const scenario = await open();
      await scenario.start();
      const sent = await scenario.call(writing);
      scenario.turnClock(-hour);
      assert.equal(codeOf(await scenario.call({ nowMs: Date.now() })), "statement-expired");
      await notAgain(scenario, sent);
      // Five seconds are how long statements are refused that may have been forgotten.
      await scenario.callEach();
      scenario.turnClock(-hour + 7 * second);
      assert.deepEqual(await scenario.callEach(), wellCalled);
      scenario.turnClock(0);
      await notAgain(scenario, sent);
      assert.deepEqual(await scenario.callEach(), wellCalled);
      await scenario.well(0);
    },
  },
  {
    name: "the clock is a day ahead when the gateway starts, and comes back",
    async alone(open) {
      const scenario = await open();
      await scenario.start();
      const sent = await scenario.call(writing);
      await scenario.stop();
      scenario.turnClock(day);
      await scenario.start();
      assert.deepEqual(await scenario.callEach(), wellCalled);
      scenario.turnClock(0);
      await notAgain(scenario, sent);
      scenario.turnClock(7 * second);
      await scenario.well(0);
      await scenario.stop();
      scenario.turnClock(8 * second);
      await scenario.start();
      await notAgain(scenario, sent);
      await scenario.well(0);
    },
  },
  {
    name: "the clock crosses the midnight of the quota's day, goes back and crosses it again",
    async alone(open) {
      const scenario = await open();
      await scenario.start();
      const { gateway } = scenario.gateway;
      const untilMidnight = gateway.day(scenario.clock()).end - scenario.clock();
      const used = async (): Promise<number> => (await gateway.ledger.usage(gateway.day(scenario.clock()).name))[0]?.used ?? 0;
      const counted = async (): Promise<number> => {
        const line = (await scenario.control("/metrics")).text.split("\n").find((row) => row.startsWith("simpul_quota_used{"));
        return Number(line?.split(" ").at(-1));
      };
      scenario.turnClock(untilMidnight - 20 * second);
      for (let i = 0; i < 3; i++) assert.equal(codeOf(await scenario.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [3, 3]);
      scenario.turnClock(untilMidnight + 10 * second);
      assert.equal(codeOf(await scenario.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [1, 1]);
      // Five seconds are how long a statement that may have been forgotten is refused.
      scenario.turnClock(untilMidnight - 15 * second);
      await scenario.call();
      scenario.turnClock(untilMidnight - 8 * second);
      assert.equal(codeOf(await scenario.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [4, 4]);
      scenario.turnClock(untilMidnight + 20 * second);
      assert.equal(codeOf(await scenario.call(writing)), "delivered");
      assert.deepEqual([await used(), await counted()], [2, 2]);
    },
  },
];
