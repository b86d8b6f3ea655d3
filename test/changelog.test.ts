import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(join(import.meta.dirname, "..", path), "utf8");

test("the changelog has a section for what is to come, then one for the version that package.json names, with its day", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const [unreleased, newest] = read("CHANGELOG.md").match(/^## .+$/gm) ?? [];
  expect(unreleased).toBe("## [Unreleased]");
  expect(newest).toMatch(new RegExp(`^## \\[${RegExp.escape(version)}\\] - \\d{4}-\\d{2}-\\d{2}$`));
});
