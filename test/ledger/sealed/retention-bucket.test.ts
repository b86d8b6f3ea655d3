import { expect, test } from "vitest";
import { bucketNames, keptUntil, monthsOf } from "../../../src/ledger/sealed/retention-bucket.ts";

test("a bucket is named by the month in UTC and by the months, whatever was asked before", () => {
  const bucketOf = bucketNames();
  const [before, first] = [Date.UTC(2026, 11, 31, 23, 59, 59, 999), Date.UTC(2027, 0, 1)];
  expect([before, first, before, first].map((at, i) => bucketOf(at, i < 2 ? 60 : 24))).toEqual([
    "2026-12/60",
    "2027-01/60",
    "2026-12/24",
    "2027-01/24",
  ]);
});

test.each([
  ["2026-11/60", "2031-12-01T00:00:00.000Z"],
  ["2026-12/1", "2027-02-01T00:00:00.000Z"],
  ["2028-02/0", "2028-03-01T00:00:00.000Z"],
])("%s is kept until %s: the end of its month, and so many months more", (bucket, until) => {
  expect(new Date(keptUntil(bucket)).toISOString()).toBe(until);
  expect(monthsOf(bucket)).toBe(Number(bucket.split("/")[1]));
});

test("a name of another form is refused", () => {
  expect(() => keptUntil("2026-11")).toThrow(TypeError);
});
