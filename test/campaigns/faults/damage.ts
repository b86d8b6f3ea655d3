import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { auditLog } from "../../../src/audit/recompute.ts";
import { LedgerFault } from "../../../src/ledger/fault.ts";
import { RegistryUnusable } from "../../../src/registry/registry-unusable.ts";
import { changeManifests } from "../crash-load.ts";
import type { FaultFixture } from "../fault-fixture.ts";
import type { Scenario } from "../scenario.ts";
import { readLedger } from "../wrapped-ledger.ts";

const pageBytes = { "ledger.sqlite": 8192, "registry.sqlite": 4096 } as const;
type DamagedFile = keyof typeof pageBytes;
const pathOf = ({ config }: FaultFixture, file: DamagedFile): string => join(config.data, file);
const digestOf = (scenario: FaultFixture, file: DamagedFile): string =>
  createHash("sha256")
    .update(readFileSync(pathOf(scenario, file)))
    .digest("hex");

/** Overwrites the page that holds these bytes, or the page of a number, as a failing disk might. */
function damage(scenario: FaultFixture, file: DamagedFile, where: Buffer | number): void {
  const size = pageBytes[file];
  const path = pathOf(scenario, file);
  const at = typeof where === "number" ? where * size : readFileSync(path).lastIndexOf(where);
  assert(at >= 0, "what is to be damaged is not in the file");
  const handle = openSync(path, "r+");
  writeSync(handle, Buffer.alloc(size, 0xa5), 0, size, at - (at % size));
  closeSync(handle);
}

/** A gateway that has worked, and has stopped as it should: everything is in its files. */
async function settled(scenario: FaultFixture, atLeast = 1): Promise<Buffer[]> {
  await scenario.start();
  do await scenario.work();
  while ((await scenario.leaves()).length < atLeast);
  const leaves = (await Array.fromAsync(scenario.gateway.gateway.ledger.leavesSince(0))).flat();
  await scenario.stop();
  return leaves;
}

/** Starts in vain: the fault is in words, names the file, and nothing was written. */
async function refused(scenario: FaultFixture, file: DamagedFile, kind: typeof LedgerFault | typeof RegistryUnusable): Promise<void> {
  const before = digestOf(scenario, file);
  for (let i = 0; i < 2; i++) await assert.rejects(scenario.start(), kind);
  assert.equal(digestOf(scenario, file), before, "a damaged file was written");
}

/** A page is damaged while nothing runs: the start is refused. */
const whileStopped = (
  name: string,
  file: DamagedFile,
  page: (scenario: FaultFixture, leaves: readonly Buffer[]) => Buffer | number | Promise<Buffer>,
  more: { readonly short?: true } = {},
): Scenario => ({
  name,
  ...more,
  async alone(open) {
    const scenario = await open();
    const leaves = await settled(scenario);
    damage(scenario, file, await page(scenario, leaves));
    await refused(scenario, file, file === "ledger.sqlite" ? LedgerFault : RegistryUnusable);
  },
});

async function headOf(scenario: FaultFixture): Promise<Buffer> {
  const log = readLedger(scenario);
  try {
    return Buffer.from(await log.checkpoint());
  } finally {
    await log.close();
  }
}

/** Pages of ledger and registry that a failing disk has turned into something else. */
export const damages: readonly Scenario[] = [
  whileStopped("the ledger's first page is damaged while it is stopped", "ledger.sqlite", () => 0, { short: true }),
  whileStopped("the page with the last leaf is damaged while the ledger is stopped", "ledger.sqlite", (_, leaves) => leaves.at(-1)!),
  whileStopped("the page with the head is damaged while the ledger is stopped", "ledger.sqlite", headOf),
  whileStopped("the registry's first page is damaged while it is stopped", "registry.sqlite", () => 0, { short: true }),
  whileStopped("a page with entries is damaged while the registry is stopped", "registry.sqlite", () => Buffer.from("uji-baca-tulis")),
  {
    name: "a page with old leaves is damaged: it is none that a start reads, and an audit names it",
    async alone(open) {
      const scenario = await open();
      const leaves = await settled(scenario, 540);
      // As old as no statement is that may still come again.
      scenario.turnClock(3_600_000);
      damage(scenario, "ledger.sqlite", leaves[330]!);
      await scenario.start();
      assert.deepEqual(await scenario.callEach(), { read: "delivered", write: "delivered", refusal: "not-granted" });
      const log = readLedger(scenario);
      await assert.rejects(auditLog(log).then(({ findings }) => (findings.length > 0 ? Promise.reject(new Error("found")) : undefined)));
      await log.close();
    },
  },
  {
    name: "pages of the ledger are damaged while it runs",
    async alone(open) {
      const scenario = await open();
      const leaves = await settled(scenario);
      await scenario.start();
      await scenario.work();
      damage(scenario, "ledger.sqlite", leaves.at(-1)!);
      damage(scenario, "ledger.sqlite", 0);
      // It goes on from what it has in memory, or refuses; whatever it answers, it has recorded.
      const codes = Object.values(await scenario.callEach());
      assert.deepEqual(
        codes.filter((code) => !["delivered", "not-granted", "ledger-unavailable"].includes(code)),
        [],
      );
      await scenario.stop().catch(() => undefined);
      await refused(scenario, "ledger.sqlite", LedgerFault).catch(async (fault: unknown) => {
        // What was in memory has been written over the damage: then the log is whole, or the start above refused it.
        if (!(fault instanceof assert.AssertionError)) throw fault;
        const log = readLedger(scenario);
        const { findings } = await auditLog(log);
        await log.close();
        assert.deepEqual(findings, []);
      });
    },
  },
  {
    name: "pages of the registry are damaged while it runs",
    async alone(open) {
      const scenario = await open();
      await settled(scenario);
      await scenario.start();
      const { version } = scenario.gateway.gateway.snapshot();
      damage(scenario, "registry.sqlite", Buffer.from("uji-baca-tulis"));
      damage(scenario, "registry.sqlite", 0);
      await scenario.gateway.reconcile().catch(() => undefined);
      // The rules that were in force go on serving.
      assert.deepEqual(await scenario.callEach(), { read: "delivered", write: "delivered", refusal: "not-granted" });
      changeManifests(scenario, version);
      await assert.rejects(scenario.apply());
      assert.equal(scenario.gateway.gateway.snapshot().version, version);
      await scenario.stop();
    },
  },
];
