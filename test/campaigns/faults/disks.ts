import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { LedgerFault } from "../../../src/ledger/fault.ts";
import { sign } from "../../support/wire.ts";
import { faithful } from "../../support/gateway-fixture.ts";
import { diskSays } from "../faulty-stores.ts";
import { codeOf, writing, type FaultFixture } from "../fault-fixture.ts";
import type { Scenario } from "../scenario.ts";
import { lacksDisks, smallDisk, type SmallDisk } from "./small-disk.ts";
import { eventually } from "../../support/patience.ts";

const unavailable = "ledger-unavailable";
const allRefused = { read: unavailable, write: unavailable, refusal: unavailable };

/** The gateway's ledger on a disk of its own. */
async function onSmallDisk(run: (disk: SmallDisk) => Promise<void>): Promise<void> {
  // More than the write-ahead log grows to before it begins anew.
  const disk = smallDisk(32);
  try {
    await run(disk);
  } finally {
    disk.remove();
  }
}

/** Nothing that anybody asks for is answered with a content, and no unsafe request goes on, until `end`. */
async function refusesAll(scenario: FaultFixture): Promise<void> {
  const seen = scenario.received.filter(({ method }) => method !== "GET").length;
  await scenario.work();
  assert.deepEqual(await scenario.callEach(), allRefused);
  assert.equal(
    scenario.received.filter(({ method }) => method !== "GET").length,
    seen,
    "an unsafe request was forwarded without an intent",
  );
  assert.deepEqual([(await scenario.control("/readyz")).status, (await scenario.control("/livez")).status], [503, 200]);
}

/** Every write fails with this until the disk is well again. */
const reported = (name: string, cause: Error, more: { readonly short?: true } = {}): Scenario => ({
  name,
  ...more,
  async run(scenario) {
    scenario.faults.fail("leaf", "lost", cause);
    await refusesAll(scenario);
    await scenario.well();
  },
});

/** What a disk does as a whole: full, read-only, slow. */
export const disks: readonly Scenario[] = [
  reported("the disk is full, as SQLite reports it", diskSays.full, { short: true }),
  reported("the disk becomes read-only while the gateway runs, as SQLite reports it", diskSays.readOnly),
  ...(["main", "worker"] as const).map((ledgerThread): Scenario => ({
    name: `a real disk is full, with the ledger in the ${ledgerThread} thread, and space comes back`,
    lacks: lacksDisks,
    alone: (open) =>
      onSmallDisk(async (disk) => {
        const scenario = await open({ ledger: `sqlite:${disk.directory}`, "ledger-thread": ledgerThread });
        await scenario.start();
        await scenario.work();
        disk.fill();
        // Until what the file and its write-ahead log hold already is used up.
        await eventually(async () => (await scenario.callEach()).read === unavailable);
        await refusesAll(scenario);
        disk.empty();
        // By itself, in its own time, and without a call.
        await eventually(async () => (await scenario.control("/readyz")).status === 200);
        await scenario.well(0);
        await scenario.work();
        await scenario.stop();
        await scenario.start();
        await scenario.well(0);
        await scenario.stop();
      }),
  })),
  {
    name: "a real disk is full at a start",
    lacks: lacksDisks,
    alone: (open) =>
      onSmallDisk(async (disk) => {
        const scenario = await open({ ledger: `sqlite:${disk.directory}` });
        disk.fill();
        await assert.rejects(scenario.start(), LedgerFault);
        disk.empty();
        await scenario.start();
        await scenario.well(0);
        await scenario.stop();
      }),
  },
  {
    name: "a real disk is read-only at a start",
    lacks: lacksDisks,
    alone: (open) =>
      onSmallDisk(async (disk) => {
        const scenario = await open({ ledger: `sqlite:${disk.directory}` });
        await scenario.start();
        await scenario.callEach();
        await scenario.stop();
        disk.readOnly(true);
        const before = readdirSync(disk.directory);
        await assert.rejects(
          scenario.start(),
          (fault) => fault instanceof LedgerFault && !/another process/.test(fault.detail.en) && /written|write/.test(fault.detail.en),
        );
        assert.deepEqual(readdirSync(disk.directory), before);
        disk.readOnly(false);
        await scenario.start();
        await scenario.well(0);
        await scenario.stop();
      }),
  },
  {
    name: "each commit takes two seconds in another thread",
    async run(scenario) {
      scenario.faults.slow(2000, false);
      const calls = Promise.all(Array.from({ length: 20 }, (_, i) => scenario.call(i % 2 === 0 ? {} : writing)));
      let over = false;
      void calls.then(() => (over = true));
      // Whoever needs no leaf does not wait.
      assert.equal((await scenario.control("/livez")).status, 200);
      assert.equal((await scenario.control("/readyz")).status, 200);
      assert.equal((await fetch(`${scenario.publicOrigin}/logs`)).status, 200);
      assert.equal(over, false, "health and pages wait for the disk");
      assert.deepEqual(new Set((await calls).map(codeOf)), new Set(["delivered"]));
      await scenario.well(0);
    },
  },
  {
    name: "each commit holds up the whole thread for two seconds",
    async run(scenario) {
      scenario.faults.slow(2000, true);
      const codes = (await Promise.all(Array.from({ length: 20 }, (_, i) => scenario.call(i % 2 === 0 ? {} : writing)))).map(codeOf);
      // What is measured by the clock while nothing moves has run out when it moves again: of a slow disk the ledger's own thread is kept.
      assert.deepEqual(
        codes.filter((code) => !["delivered", "upstream-unreachable", "upstream-lost", "upstream-timeout", "upstream-busy"].includes(code)),
        [],
      );
      assert.equal((await scenario.control("/livez")).status, 200);
      await scenario.well(0);
    },
  },
  {
    name: "a caller hangs up while the disk holds up the intent",
    async run(scenario) {
      scenario.respondWith(faithful);
      const begin = (await scenario.leaves()).length;
      const release = scenario.faults.hold();
      const gone = once(scenario.gateway.publicApp.server, "connection").then(([accepted]) => once(accepted as Socket, "close"));
      const socket = connect({ host: "127.0.0.1", port: scenario.config.publicPort }).on("error", () => undefined);
      await once(socket, "connect");
      socket.write(signFor(scenario));
      await eventually(() => scenario.faults.held() > 0);
      socket.resetAndDestroy();
      await gone;
      release();
      await eventually(async () => (await scenario.leaves()).length >= begin + 2);
      assert.deepEqual(
        (await scenario.leaves()).slice(begin).map((leaf) => ("problem" in leaf ? leaf.problem : leaf.type)),
        ["intent", "caller-gone"],
      );
      await scenario.well(0);
    },
  },
];

/** One write, byte for byte. */
function signFor(scenario: FaultFixture): string {
  const { head } = sign({ ...scenario, open: scenario.gateway }, { method: "POST", below: "/catatan", content: writing.content });
  return head + writing.content.toString();
}
