import { describe, expect, test } from "vitest";
import { decodeBundle, encodeBundle, formatTilePath, parseTilePath, tilesOf, type TileName } from "../../src/ledger/tiles.ts";

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
    ...["0/x001/x234/067.p/", "0/x001/x234/067.p", "0/x001/x234/", "0/x001/x234", "0/x001/", "0/x001", "1/x001/.p/abc", "64/x001/002", "-1/x001/002"],
    ...["abc/x001/002", "8/001/002", "8/x001/0002", "8/x001/-002", "8/x001/002.p/256", "00/000", "0/x000/001", "0/000.p/0", "0/000.p/01", "0/0", "", "0/000?", "0/000\n"],
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

test("an entry bundle gives its leaves back, empty and longest ones included, and drops one that is cut off", () => {
  const leaves = [Buffer.alloc(0), Buffer.from("satu"), Buffer.alloc(65_535, 1)];
  const bundle = encodeBundle(leaves);
  expect(bundle.subarray(0, 8)).toEqual(Buffer.from([0, 0, 0, 4, ...Buffer.from("satu")]));
  expect(decodeBundle(bundle)).toEqual(leaves);
  expect(decodeBundle(bundle.subarray(0, -1))).toEqual(leaves.slice(0, 2));
});
