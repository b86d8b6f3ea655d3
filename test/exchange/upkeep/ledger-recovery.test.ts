import { expect, it } from "vitest";
import { ledgerRecovery } from "../../../src/exchange/upkeep/ledger-recovery.ts";
import { readLeaf } from "../../../src/ledger/read-leaf.ts";
import type { LedgerEntry } from "../../../src/ledger/ledger.ts";
import { entryOf, exchangeLeaf, origin } from "../../support/ledger-samples.ts";
import { failingLedger } from "./failing-ledger.ts";

const at = Date.UTC(2026, 5, 1, 3);

const gapsOf = (landed: readonly LedgerEntry[]) =>
  landed.map(({ leaf }) => readLeaf(leaf)).flatMap((leaf) => (leaf?.type === "control" ? [leaf.change] : []));

it("tells the ledger once what it refused, from when until when, however often that has to be tried", async () => {
  const { ledger, landed, failing, onFailure } = failingLedger();
  let now = at;
  const recovery = ledgerRecovery(
    ledger,
    () => now,
    () => false,
  );
  onFailure(recovery.failed);
  for (const how of ["lost", "landed", undefined] as const) {
    failing.how = how;
    recovery.failed(how === "lost" ? 3 : 2);
    now += 1000;
    await recovery.recover();
  }
  expect(recovery.refusing()).toBe(true);
  recovery.committed();
  expect(recovery.refusing()).toBe(false);
  await recovery.recover();
  expect(gapsOf(landed)).toEqual([
    { ledger: { refused: 3, from: new Date(at).toISOString(), until: new Date(at).toISOString() }, by: "gateway" },
    { ledger: { refused: 4, from: new Date(at + 1000).toISOString(), until: new Date(at + 2000).toISOString() }, by: "gateway" },
  ]);
});

it("closes the intents whose outcome was refused, and none that is still under way until it has ended", async () => {
  const { ledger, landed, failing } = failingLedger();
  const [lost, going] = [exchangeLeaf({ type: "intent" }), exchangeLeaf({ type: "intent" })];
  landed.push(entryOf(lost), entryOf(going));
  const inFlight = new Set([going.id]);
  const recovery = ledgerRecovery(
    ledger,
    () => at,
    (id) => inFlight.has(id),
  );
  expect(await recovery.recover()).toBe(0);
  failing.how = "lost";
  recovery.failed(1);
  expect(await recovery.recover()).toBe(0);
  failing.how = undefined;
  expect(await recovery.recover()).toBe(1);
  expect(await recovery.recover()).toBe(0);
  inFlight.clear();
  expect(await recovery.recover()).toBe(1);
  const ends = landed.filter(({ type }) => type === "outcome").map(({ leaf }) => readLeaf(leaf));
  expect(ends).toMatchObject([lost, going].map(({ id }, index) => ({ id, problem: "outcome-unknown", intent: { log: origin, index } })));
});

it("does not close an intent that ended between its two looks", async () => {
  const { ledger, landed, failing } = failingLedger();
  const intent = exchangeLeaf({ type: "intent" });
  landed.push(entryOf(intent));
  let looks = 0;
  const ending = {
    ...ledger,
    async openIntents() {
      const open = await ledger.openIntents();
      if (++looks === 1) landed.push(entryOf({ ...intent, type: "outcome" }));
      return open;
    },
  };
  const recovery = ledgerRecovery(
    ending,
    () => at,
    () => false,
  );
  failing.how = undefined;
  recovery.failed(1);
  expect(await recovery.recover()).toBe(0);
  expect(landed.filter(({ id }) => id === intent.id).map(({ type }) => type)).toEqual(["intent", "outcome"]);
});
