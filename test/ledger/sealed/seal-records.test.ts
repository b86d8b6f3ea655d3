import { describe, expect, test } from "vitest";
import { LedgerFault } from "../../../src/ledger/fault.ts";
import { openDataKeys, type DataKeys } from "../../../src/ledger/sealed/data-keys.ts";
import { leavesInPack, openRecord, recordSealer } from "../../../src/ledger/sealed/seal-records.ts";
import type { SealedPack, StoreEntry } from "../../../src/ledger/store.ts";
import { evidenceKeys, jws, origin } from "../../support/ledger-samples.ts";

const other = "gw.example/log/b";
const at = Date.UTC(2026, 10, 22);

/** Leaves 100 to 109, of which every other one is kept for 24 months and the rest for 60. */
const entries = Array.from({ length: 10 }, (_, i): StoreEntry => {
  const toSeal = { months: i % 2 === 0 ? 24 : 60, statement: jws(i) };
  return { leaf: Buffer.from("{}"), type: "outcome", id: Buffer.alloc(16, i), at, toSeal };
});
const { packs, wrapped, dataKeys } = recordSealer(origin, evidenceKeys)(entries, 100, undefined);
const [pack] = packs as [SealedPack];
const stored = wrapped.map((key) => ({ ...key, to: 109 }));

describe("a pack", () => {
  test("opens in its place, to the record of each of its leaves", () => {
    expect(packs.map(leavesInPack)).toEqual([
      [100, 102, 104, 106, 108],
      [101, 103, 105, 107, 109],
    ]);
    for (const each of packs)
      for (const leaf of leavesInPack(each)) expect(openRecord(origin, dataKeys, each, leaf)).toEqual(entries[leaf - 100]!.toSeal);
  });

  test("does not open in another log, though that has the same keys", () => {
    expect(() => openRecord(other, dataKeys, pack, 100)).toThrow(LedgerFault);
  });

  test("does not open as that of another first leaf, or of other leaves", () => {
    expect(() => openRecord(origin, dataKeys, { ...pack, first: 101 }, 101)).toThrow(LedgerFault);
    expect(() => openRecord(origin, dataKeys, { ...pack, membership: pack.membership + 2 }, 101)).toThrow(LedgerFault);
  });

  test("does not open under the name of another bucket, though that has the same key", () => {
    const { key, from } = dataKeys!.get("2026-11/24")!;
    const renamed: DataKeys = new Map([["2026-11/60", { bucket: "2026-11/60", key, from }]]);
    expect(() => openRecord(origin, renamed, pack, 100)).toThrow(LedgerFault);
  });

  test("has no record once its bucket's key is gone", () => {
    const rest = new Map([...dataKeys!].filter(([bucket]) => bucket !== "2026-11/24"));
    expect(openRecord(origin, rest, pack, 100)).toBeUndefined();
  });
});

describe("a wrapped data key", () => {
  test("opens in its log, bucket and place, to the key that opens the pack", () => {
    expect(openRecord(origin, openDataKeys(origin, evidenceKeys, stored), pack, 100)).toEqual(entries[0]!.toSeal);
  });

  test.each([
    ["of another log", other, stored],
    ["under the name of another bucket", origin, stored.map((key) => ({ ...key, bucket: "2026-12/24" }))],
    ["at another first leaf", origin, stored.map((key) => ({ ...key, from: key.from + 1 }))],
  ])("%s does not open", (_, log, keys) => {
    expect(() => openDataKeys(log, evidenceKeys, keys)).toThrow(LedgerFault);
  });
});
