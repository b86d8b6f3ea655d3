import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { mutationPage } from "../../scripts/mutation-page.ts";
import { mutationRun } from "../../scripts/mutation-run.ts";
import { mutationsOf } from "../../scripts/mutations.ts";

it("finds each kind of place, and leaves texts and types alone", () => {
  const source = `import type { A } from "./1.ts";
type Most = 10;
export function pick(a: number, b: 2 | 3): string {
  if (a > b) return "1 > 0";
  if (!(a === b && a < 7)) throw new Error("a" + a);
  console.log(true);
  return String(a * b);
}
`;
  const changed = mutationsOf(source).map(({ kind, line, start, end, replacement }) => [line, kind, source.slice(start, end), replacement]);
  expect(changed).toEqual([
    [4, "guard", 'if (a > b) return "1 > 0";', ";"],
    [4, "boundary", ">", ">="],
    [5, "guard", 'if (!(a === b && a < 7)) throw new Error("a" + a);', ";"],
    [5, "negation", "!(a === b && a < 7)", "(a === b && a < 7)"],
    [5, "logic", "&&", "||"],
    [5, "comparison", "===", "!=="],
    [5, "boundary", "<", "<="],
    [5, "constant", "7", "(7 + 1)"],
    [6, "call", "console.log(true);", ";"],
    [6, "constant", "true", "false"],
    [7, "arithmetic", "*", "/"],
  ]);
});

it("a run finds the planted hole, kills what is tested, and leaves the project as it was", { timeout: 300_000 }, async () => {
  const project = mkdtempSync(join(tmpdir(), "simpul-mutate-test-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  mkdirSync(join(project, "src"));
  mkdirSync(join(project, "test"));
  const source = "export const allows = (count: number): boolean => count > 0 && count < 10;\n";
  writeFileSync(join(project, "src/limit.ts"), source);
  // Nobody asks about 10.
  writeFileSync(
    join(project, "test/limit.test.ts"),
    `import { expect, it } from "vitest";
import { allows } from "../src/limit.ts";
it("has a limit", () => expect([0, 1, 9, 11].map(allows)).toEqual([false, true, true, false]));
`,
  );
  writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
  const result = await mutationRun({
    project,
    targets: [{ sources: "src", nearest: ["test/limit.test.ts"], further: [] }],
    seed: 1,
    minutes: 5,
  });
  const verdicts = Object.fromEntries(
    result.judged.map(({ mutant: { before, replacement }, verdict }) => [`${before} ${replacement}`, verdict]),
  );
  expect(verdicts).toEqual({
    "> >=": "killed",
    "&& ||": "killed",
    "0 (0 + 1)": "killed",
    "< <=": "survived",
    "10 (10 + 1)": "survived",
  });
  expect(readFileSync(join(project, "src/limit.ts"), "utf8")).toBe(source);
  const page = mutationPage(result, { date: "2026-12-01", command: "npm run mutate" });
  expect(page).toContain("**Score: 60 % killed.**");
  expect(page).toContain("| src/limit.ts:1 | boundary | `` < `` | `` <= `` |");

  writeFileSync(join(project, "test/limit.test.ts"), 'import { it } from "vitest";\nit("fails", () => { throw new Error(); });\n');
  await expect(
    mutationRun({ project, targets: [{ sources: "src", nearest: ["test"], further: [] }], seed: 1, minutes: 5 }),
  ).rejects.toThrow("do not pass as they are");
});
