import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problems } from "../src/base/problem.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const section = (heading: string): string => readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
const all = (text: string, pattern: RegExp): string[] => Array.from(text.matchAll(pattern), ([, found]) => found!);

describe("README", () => {
  test("names only npm scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...all(readme, /npm run (?:-s )?([a-z:]+)/g), ...all(readme, /npm (start|test)\b/g)];
    expect(named).toEqual(expect.arrayContaining(["start", "test"]));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("starts with the two commands, and names the Node that npm brings", () => {
    const { optionalDependencies } = JSON.parse(read("package.json")) as { optionalDependencies: Record<string, string> };
    const commands = section("Two commands");
    expect(commands).toMatch(/^npm ci && npm start\b/m);
    expect(commands).toMatch(/^npm ci && npm test\b/m);
    for (const version of Object.values(optionalDependencies)) expect(commands).toContain(`Node ${version}`);
  });

  test("links to files and shows pictures that are there", () => {
    const links = all(readme, /\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g);
    expect(links).toContain("docs/lifecycle.svg");
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test("fits a newcomer's patience: 120 lines", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(120);
  });

  test("shows five figures that a run of the bench wrote, and its plot", () => {
    const figures = /<!-- figures:begin -->\n([^]+)\n<!-- figures:end -->/.exec(readme)?.[1] ?? "";
    expect(figures.split("\n")).toHaveLength(2 + 5);
    expect(readme).toContain("](bench/results/exchange.svg)");
  });
});

describe("docs/architecture.md", () => {
  const page = read("docs/architecture.md");

  test("maps every folder of src, and no other", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(all(page, /^\| \[`([\w-]+)`\]\(\.\.\/src\/[\w-]+\) \|/gm).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  test("names only files that there are", () => {
    const named = all(page, /`((?:src|test|docs|bench|policies|services)\/[\w./-]+)`/g);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe("the drawn lifecycle", () => {
  const drawing = read("docs/lifecycle.svg");
  const drawn = Array.from(
    drawing.matchAll(
      /<g class="code (\w+)( recorded)?"[^>]*>.*?<text[^>]*>([a-z-]+)(?: <tspan class="status">(\d+)<\/tspan>)?<\/text><\/g>/g,
    ),
    ([, by, recorded, code, status]) => ({
      code: code!,
      by,
      status: recorded === undefined ? Number(status) : undefined,
    }),
  );

  /** That which a request for a receipt gets. */
  const elsewhere = ["receipt-unknown"];
  /** Nobody is there to read them. */
  const recordedOnly = ["caller-gone", "outcome-unknown"];

  test("shows every way in which an exchange is refused", () => {
    const expected = Object.keys(problems).filter((code) => !elsewhere.includes(code));
    expect([...new Set(drawn.map(({ code }) => code))].sort()).toEqual(expected.sort());
  });

  test("gives each the status and the blame of the table of problems", () => {
    for (const { code, by, status } of drawn) {
      const kind = problems[code as keyof typeof problems];
      expect({ code, by, status }).toEqual({ code, by: kind.by, status: recordedOnly.includes(code) ? undefined : kind.status });
    }
  });

  test("has the sixteen checks of protocol §2.3 in order", () => {
    expect(all(drawing, /<text class="n"[^>]*>(\d+)</g).map(Number)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  });
});
