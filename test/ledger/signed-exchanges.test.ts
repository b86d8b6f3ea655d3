import { expect, it } from "vitest";
import { emptyRoot } from "../../src/ledger/merkle.ts";
import { encodeLeaf, type Leaf } from "../../src/ledger/leaf.ts";
import { exchangesInLogs, exchangesSignedWith, mostBundles } from "../../src/ledger/signed-exchanges.ts";
import { encodeEntryBundle, tileWidth } from "../../src/ledger/tiles.ts";

const hash = "A".repeat(43);
const [stolen, other] = ["Q".repeat(43), "U".repeat(43)];
const start = Date.UTC(2026, 0, 31);
const log = "simpul.example.go.id/log/log-1";

/** One leaf a second; every `every`th was signed with the stolen key. */
const leafAt = (index: number, every: number, over: object = {}): Leaf => ({
  v: 1,
  log,
  type: "outcome",
  id: `019b8be1-f580-7000-8000-${String(index).padStart(12, "0")}`,
  at: new Date(start + index * 1000).toISOString(),
  consumer: "ID-16.03/GOV/dinsos/bansos",
  request: { statement: hash, jti: "j", kid: index % every === 0 ? stolen : other },
  basis: { registry: hash, policy: hash },
  ...over,
});

/** A published log that counts the bundles which are read of it. */
function logOf(leaves: readonly Leaf[]) {
  const bytes = leaves.map(encodeLeaf);
  const read: number[] = [];
  return {
    read,
    origin: log,
    checkpoint: () => `${log}\n${leaves.length}\n${emptyRoot.toString("base64")}\n\n— x AAAAAAAA\n`,
    tile: async (_: unknown, n: number, width: number) => {
      read.push(n);
      return encodeEntryBundle(bytes.slice(n * tileWidth, n * tileWidth + width));
    },
  };
}

const indices = async (of: ReturnType<typeof logOf>, sinceMs: number, most = 10_000): Promise<number[][]> => {
  const pages: number[][] = [];
  for (let before: number | undefined; ;) {
    const { exchanges, next } = await exchangesSignedWith(of, stolen, { sinceMs, before, most });
    pages.push(exchanges.map(({ index }) => index));
    if (next === undefined) return pages;
    before = next;
  }
};

it("gives what the key signed, newest first, in pages that join without a gap", async () => {
  const of = logOf(Array.from({ length: 700 }, (_, index) => leafAt(index, 7)));
  const wanted = Array.from({ length: 100 }, (_, place) => (99 - place) * 7);
  expect((await indices(of, 0)).flat()).toEqual(wanted);
  const pages = await indices(of, 0, 9);
  expect(pages.flat()).toEqual(wanted);
  expect(pages.slice(0, -1).every((page) => page.length === 9)).toBe(true);
});

it("begins with the moment, to the millisecond, and reads no further back than an hour before it", async () => {
  const of = logOf(Array.from({ length: 10_000 }, (_, index) => leafAt(index, 1000)));
  expect((await indices(of, start + 8_000_000)).flat()).toEqual([9000, 8000]);
  expect(Math.min(...of.read)).toBeGreaterThan((8000 - 3600) / tileWidth - 2);
  expect((await indices(of, start + 8_000_001)).flat()).toEqual([9000]);
});

it("reads a bounded part of the log in a step, also where it finds nothing", async () => {
  const of = logOf(Array.from({ length: (mostBundles + 2) * tileWidth + 5 }, (_, index) => leafAt(index, 100_000)));
  const first = await exchangesSignedWith(of, stolen, { sinceMs: 0, before: undefined, most: 50 });
  expect(first).toMatchObject({ exchanges: [], examined: (mostBundles - 1) * tileWidth + 5 });
  expect(of.read).toHaveLength(mostBundles);
  expect((await indices(of, 0)).flat()).toEqual([0]);
});

it("passes over intents, gathered refusals, control leaves, and a leaf that only mentions the key", async () => {
  const mentions = { v: 1, log, id: leafAt(2, 1).id, at: leafAt(2, 1).at } as const;
  const of = logOf([
    leafAt(0, 1, { type: "intent" }),
    leafAt(1, 1),
    { ...mentions, type: "control", change: { changed: [`key ${stolen}`] } },
    leafAt(3, 2, { purpose: stolen }),
    leafAt(4, 1, { type: "refusal", problem: "not-granted" }),
  ]);
  expect((await indices(of, 0)).flat()).toEqual([4, 1]);
});

it("is empty for an empty log", async () => {
  expect(await indices(logOf([]), 0)).toEqual([[]]);
});

it("goes on in the closed logs, the newest first, and keeps its place when another log begins", async () => {
  const [newest, closed] = [logOf([leafAt(10, 1)]), logOf([leafAt(0, 1), leafAt(1, 1)])];
  const named = [
    { ...newest, origin: "log-2" },
    { ...closed, origin: "log-1" },
  ];
  const step = async (logs: typeof named, after?: string) => {
    const { exchanges, next } = await exchangesInLogs(logs, stolen, { sinceMs: 0, after, most: 1 });
    return { found: exchanges.map(({ log: origin, index }) => `${origin} ${index}`), next };
  };
  const first = await step(named);
  expect(first).toEqual({ found: ["log-2 0"], next: "0." });
  const second = await step([{ ...logOf([]), origin: "log-3" }, ...named], first.next);
  expect(second).toEqual({ found: ["log-1 1"], next: "0.1" });
  expect(await step(named, second.next)).toEqual({ found: ["log-1 0"], next: undefined });
  expect(await step(named, "7.")).toEqual({ found: [], next: undefined });
});
