import { expect, it } from "vitest";
import { dayMs } from "../../src/base/time.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { decidedRequests } from "../../src/policy/acts/decided-requests.ts";
import type { StoredEntry } from "../../src/registry/registry-store.ts";

const now = 1_790_000_000_000;
let reads = 0;
/** A decision of this moment under this key, which counts how often it is looked into. */
function decision(at: number, key: string): StoredEntry {
  const entry = {
    kind: "decision",
    id: uuidv7(at),
    get content() {
      reads++;
      return { request: { key, digest: key } };
    },
  };
  return { entry, version: 1 } as unknown as StoredEntry;
}
/** The decisions by id; the same array as long as nothing changed, as in a registry. */
const holding = (...decisions: readonly StoredEntry[]) => {
  const table = [...decisions].sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  return { table: () => table };
};

it("Each decision of a day is read once, however many requests ask", () => {
  const find = decidedRequests();
  const decisions = Array.from({ length: 1000 }, (_, i) => decision(now - 1000 + i, `k${i}`));
  reads = 0;
  for (let i = 1000; i < 1200; i++) {
    const registry = holding(...decisions);
    expect(find(registry, `k${i}`, now + i)).toBeUndefined();
    expect(find(registry, "k5", now + i)?.id).toBe(decisions[5]!.entry.id);
    decisions.push(decision(now + i, `k${i}`));
  }
  expect(find(holding(...decisions), "k1100", now + 1200)?.id).toBe(decisions[1100]!.entry.id);
  expect(reads).toBe(1200);
});

it("One is found that a clock which went back has put among the earlier ones", () => {
  const find = decidedRequests();
  const decisions = [decision(now, "a"), decision(now + 10, "b")];
  expect(find(holding(...decisions), "c", now + 10)).toBeUndefined();
  const early = decision(now + 5, "c");
  expect(find(holding(...decisions, early), "c", now + 11)?.id).toBe(early.entry.id);
});

it("After a day it is forgotten, and the key may be used again", () => {
  const find = decidedRequests();
  const first = decision(now, "a");
  expect(find(holding(first), "a", now + dayMs - 1)?.id).toBe(first.entry.id);
  expect(find(holding(first), "a", now + dayMs + 1)).toBeUndefined();
  const second = decision(now + dayMs + 2, "a");
  expect(find(holding(first, second), "a", now + dayMs + 3)?.id).toBe(second.entry.id);
});
