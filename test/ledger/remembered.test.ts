import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { dataDirectory } from "../../src/base/store-location.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { generateLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import { contradiction, readRememberedNotes, startRemembering, type RememberingJob } from "../../src/ledger/remembered.ts";
import { readSignedNotes } from "../../src/ledger/signed-notes.ts";
import { storesAt } from "../../src/store/open.ts";
import { origin, outcomes } from "../support/ledger-samples.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-remembered-"));
const file = join(folder, "remembered.note");
const logKey = generateLogKey();
const vkeys = [vkeyOf(origin, logKey)];
const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  rmSync(file, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openIn(name: string): Promise<Ledger> {
  mkdirSync(join(folder, name), { recursive: true });
  const ledger = await storesAt(dataDirectory(join(folder, name))).openLedger({ logKey, origin, clock: Date.now });
  undo.push(() => ledger.close());
  return ledger;
}
const append = async (ledger: Ledger, count: number): Promise<void> =>
  void (await Promise.all(outcomes(count).map((entry) => ledger.append(entry))));
function remembering(ledger: Ledger): RememberingJob & { readonly told: string[] } {
  const told: string[] = [];
  const onContradiction = ({ en }: { en: string }): void => {
    told.push(en);
    ledger.stop();
  };
  const job = startRemembering({
    log: ledger,
    vkeys: () => vkeys,
    file,
    everyMs: 3_600_000,
    onContradiction,
    onFault: (fault) => told.push(String(fault)),
  });
  undo.push(() => job.close());
  return { ...job, told };
}

it("keeps the newest checkpoint of the log, and those of other logs", async () => {
  const ledger = await openIn("a");
  const other = ledger.checkpoint().replaceAll(origin, "lain.example/log/log-1");
  writeFileSync(file, other);
  const job = remembering(ledger);
  for (const size of [3, 300]) {
    await append(ledger, size - parseCheckpoint(ledger.checkpoint())!.size);
    await job.run();
    expect(readSignedNotes(readFileSync(file, "utf8"))).toEqual({ notes: [other, ledger.checkpoint()] });
  }
  expect(job.told).toEqual([]);
});

it("an older copy of the log is found by it, a longer one is not", async () => {
  const ledger = await openIn("b");
  await append(ledger, 200);
  await ledger.close();
  cpSync(join(folder, "b"), join(folder, "old"), { recursive: true });
  const again = await openIn("b");
  await append(again, 200);
  await remembering(again).run();
  const notes = await readRememberedNotes(file);
  const old = await openIn("old");
  expect(await contradiction(old, vkeys, notes, file)).toMatchObject({
    en: expect.stringContaining("has 200 leaves, but signed 400") as string,
  });
  await append(again, 100);
  expect(await contradiction(again, vkeys, notes, file)).toBeUndefined();
  await append(old, 250);
  expect(await contradiction(old, vkeys, notes, file)).toMatchObject({ en: expect.stringContaining("is not the") as string });
  // What this log's key did not sign counts for nothing.
  expect(await contradiction(old, [vkeyOf(origin, generateLogKey())], notes, file)).toBeUndefined();
});

it("of two copies that go on at once, the one that comes second to a shared file signs nothing more", async () => {
  const first = await openIn("c");
  await append(first, 10);
  await first.close();
  cpSync(join(folder, "c"), join(folder, "twin"), { recursive: true });
  const [one, twin] = [await openIn("c"), await openIn("twin")];
  const [keeper, second] = [remembering(one), remembering(twin)];
  await append(one, 1);
  await append(twin, 2);
  await keeper.run();
  await second.run();
  expect(keeper.told).toEqual([]);
  expect(second.told).toEqual([expect.stringContaining("a copy of it goes on elsewhere")]);
  await expect(twin.append(outcomes(1)[0]!)).rejects.toThrow(expect.objectContaining({ code: "ledger-unavailable" }) as Error);
  expect(await twin.prove(11)).toMatchObject({ index: 11 });
  await append(one, 1);
  await keeper.run();
  await second.run();
  expect(second.told).toHaveLength(1);
  expect(await readRememberedNotes(file)).toEqual([one.checkpoint()]);
});

it("a file of something else is a fault that names the line, and is not overwritten", async () => {
  const ledger = await openIn("d");
  writeFileSync(file, "bukan titik periksa\n");
  const job = remembering(ledger);
  await append(ledger, 1);
  await job.run();
  expect(job.told).toEqual([expect.stringContaining("line 1: not a signed checkpoint")]);
  expect(readFileSync(file, "utf8")).toBe("bukan titik periksa\n");
});
