import { describe, expect, test } from "vitest";
import { emptyRange, appendToRange } from "../../src/ledger/compact-range.ts";
import { leafHash } from "../../src/ledger/merkle.ts";
import { fillTiles } from "../../src/ledger/frontier.ts";
import { decodeEntryBundle, encodeEntryBundle, formatTilePath, parseTilePath, tilesOf, type TileName } from "../../src/ledger/tiles.ts";
import { naiveRoot } from "../support/naive-tree.ts";

// From C2SP tlog-tiles and transparency-dev/tessera, api/layout/paths_test.go.
const paths: [string, TileName][] = [
  ["0/000", { level: 0, n: 0, width: 256 }],
  ["0/000.p/255", { level: 0, n: 0, width: 255 }],
  ["0/x001/x234/067", { level: 0, n: 1_234_067, width: 256 }],
  ["0/x001/x234/067.p/89", { level: 0, n: 1_234_067, width: 89 }],
  ["1/000.p/1", { level: 1, n: 0, width: 1 }],
  ["15/x455/667", { level: 15, n: 455_667, width: 256 }],
  ["15/x123/x456/789", { level: 15, n: 123_456_789, width: 256 }],
  ["63/001", { level: 63, n: 1, width: 256 }],
  ["entries/000", { level: "entries", n: 0, width: 256 }],
  ["entries/255.p/253", { level: "entries", n: 255, width: 253 }],
  ["entries/x123/x456/x789/000", { level: "entries", n: 123_456_789_000, width: 256 }],
];

describe("a tile's path", () => {
  test.each(paths)("%s is written and read as tlog-tiles has it", (path, name) => {
    expect(formatTilePath(name)).toBe(path);
    expect(parseTilePath(path)).toEqual(name);
  });

  test.each([
    ...[
      "0/x001/x234/067.p/",
      "0/x001/x234/067.p",
      "0/x001/x234/",
      "0/x001/x234",
      "0/x001/",
      "0/x001",
      "1/x001/.p/abc",
      "64/x001/002",
      "-1/x001/002",
    ],
    ...[
      "abc/x001/002",
      "8/001/002",
      "8/x001/0002",
      "8/x001/-002",
      "8/x001/002.p/256",
      "00/000",
      "0/x000/001",
      "0/000.p/0",
      "0/000.p/01",
      "0/0",
      "",
      "0/000?",
      "0/000\n",
    ],
    "0/x999/x999/x999/x999/x999/999",
  ])("%s is refused", (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

test("a tree of 70,000 is covered by the tiles that C2SP's own example names", () => {
  const widths = [0, 1, 2, 3].map((level) => [...tilesOf(70_000, level)].map(({ width }) => width));
  expect(widths[0]).toHaveLength(274);
  expect(widths[0]!.at(-1)).toBe(112);
  expect(widths[1]).toEqual([256, 17]);
  expect(widths[2]).toEqual([1]);
  expect(widths[3]).toEqual([]);
  expect([...tilesOf(256, 1)]).toEqual([{ level: 1, n: 0, width: 1 }]);
  expect([...tilesOf(256, "entries")]).toEqual([{ level: "entries", n: 0, width: 256 }]);
});

test.each([0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000, 16_777_216 + 65_536 + 256 + 1])(
  "a tree of %i has at each level the partial tile that the specification's formula gives, and full ones before it",
  (size) => {
    for (let level = 0; level < 4; level++) {
      const widths = [...tilesOf(size, level)].map(({ width }) => width);
      const partial = Math.floor(size / 256 ** level) % 256;
      expect(widths.filter((width) => width < 256)).toEqual(partial === 0 ? [] : [partial]);
      expect(widths.filter((width) => width === 256)).toHaveLength(Math.floor(size / 256 ** (level + 1)));
      if (partial > 0) expect(widths.at(-1)).toBe(partial);
    }
  },
);

test("each hash of a tile is the tree head of its range of leaves, as the specification defines it formally", () => {
  const size = 256 * 258 + 3;
  const leaves = Buffer.concat(Array.from({ length: size }, (_, i) => leafHash(Buffer.from(String(i)))));
  const appended = appendToRange(emptyRange, leaves);
  const { tiles, partials } = fillTiles([], appended, 0);
  const tile = (level: number, n: number): Buffer => tiles.find((full) => full.level === level && full.n === n)?.hashes ?? partials[level]!;
  const head = (begin: number, end: number): Buffer =>
    naiveRoot(Array.from({ length: end - begin }, (_, i) => Buffer.from(String(begin + i))));
  for (const [level, n, i] of [
    [0, 0, 0],
    [0, 257, 255],
    [0, 258, 2],
    [1, 0, 0],
    [1, 0, 255],
    [1, 1, 1],
    [2, 0, 0],
  ] as const) {
    const at = n * 256 + i;
    expect(tile(level, n).subarray(i * 32, i * 32 + 32)).toEqual(head(at * 256 ** level, (at + 1) * 256 ** level));
  }
  expect(tiles.filter(({ level }) => level === 0)).toHaveLength(258);
  expect(tiles.filter(({ level }) => level === 1)).toHaveLength(1);
  expect(tiles.filter(({ level }) => level === 2)).toHaveLength(0);
});

test("an entry bundle gives its leaves back, empty and longest ones included, and drops one that is cut off", () => {
  const leaves = [Buffer.alloc(0), Buffer.from("satu"), Buffer.alloc(65_535, 1)];
  const bundle = encodeEntryBundle(leaves);
  expect(bundle.subarray(0, 8)).toEqual(Buffer.from([0, 0, 0, 4, ...Buffer.from("satu")]));
  expect(decodeEntryBundle(bundle)).toEqual(leaves);
  expect(decodeEntryBundle(bundle.subarray(0, -1))).toEqual(leaves.slice(0, 2));
});
