import { expect, test } from "vitest";
import { showProgress } from "../../../src/cli/audit/progress.ts";

function screen(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  const shown = showProgress({ isTTY, write: (text: string) => written.push(text) > 0 }, () => now);
  return { written, ...shown, at: (ms: number) => void (now = ms) };
}

test("a terminal sees a bar, leaves a second and the seconds that are left, and nothing once it is over", () => {
  const { written, progress, end, at } = screen(true);
  at(2000);
  progress(250_000, 1_000_000);
  expect(written).toEqual([`\r\x1b[K${"█".repeat(8)}${"░".repeat(22)} 25% · 250000/1000000 daun (leaves) · 125000/s · 6 s`]);
  end();
  expect(written.at(-1)).toBe("\r\x1b[K");
});

test("a terminal is written to ten times a second at most, and at the end", () => {
  const { written, progress, at } = screen(true);
  for (let ms = 1; ms <= 1000; ms++) {
    at(ms);
    progress(ms, 1001);
  }
  expect(written).toHaveLength(10);
  at(1001);
  progress(1001, 1001);
  expect(written.at(-1)).toContain("100% · 1001/1001");
});

test("nothing is shown where nobody looks", () => {
  const { written, progress, end, at } = screen(false);
  at(5000);
  progress(5, 10);
  end();
  expect(written).toEqual([]);
});
