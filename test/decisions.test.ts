import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = join(root, "docs/decisions");
const records = readdirSync(folder)
  .filter((name) => name !== "README.md")
  .sort();
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

test("the index of decisions lists every record by number and title, in order", () => {
  const rows = Array.from(read("README.md").matchAll(/^\| \[(\d{4})\]\((\S+)\) \| (.+) \|$/gm), ([, number, name, title]) => ({
    number,
    name,
    title,
  }));
  expect(rows).toEqual(
    records.map((name, i) => ({ number: String(i + 1).padStart(4, "0"), name, title: /^# \d{4} (.+)$/m.exec(read(name))?.[1] })),
  );
});

describe.each(records)("%s", (name) => {
  test("says context, decision, alternatives, consequences and what holds it, on a page", () => {
    expect(Array.from(read(name).matchAll(/^\*\*(.+?)\.\*\*/gm), ([, heading]) => heading)).toEqual([
      "Context",
      "Decision",
      "Alternatives",
      "Consequences",
      "Held by",
    ]);
    expect(read(name).split("\n").length).toBeLessThanOrEqual(40);
  });

  test("names only files that there are", () => {
    const named = Array.from(read(name).matchAll(/`((?:src|test|docs|policies|bench)\/[^`]*|[\w.-]+\.(?:json|md))`/g), ([, path]) => path!);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
