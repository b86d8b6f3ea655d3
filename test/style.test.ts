import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import ts from "typescript";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`);

const width = 140;
const longest = 300;

describe("a stranger reads without scrolling", () => {
  test.each(["src", "bench", "test", "scripts"])("no line of %s is wider than the formatter's width", (folder) => {
    const wide = filesOf(folder).flatMap((path) =>
      read(path)
        .split("\n")
        .flatMap((line, index) => (line.length > width ? [`${path}:${index + 1}`] : [])),
    );
    expect(wide).toEqual([]);
  });

  test.each(["src", "bench", "scripts"])("no file of %s is longer than two screens of a tall window", (folder) => {
    expect(filesOf(folder).filter((path) => read(path).trimEnd().split("\n").length > longest)).toEqual([]);
  });
});

/** Tables in which a sentence is a column beside the other facts of its row. */
const tables: readonly string[] = [
  "src/cli/acts/act-labels.ts",
  "src/config/variables.ts",
  "src/contract/form-words.ts",
  "src/contract/rule-text.ts",
  "src/control-client/state-labels.ts",
  "src/policy/acts/action-titles.ts",
  "src/policy/acts/role-titles.ts",
  "src/policy/guards/guard-titles.ts",
  "src/registry/plan-refusals.ts",
  "src/standard/functions/schema-object.ts",
  "src/telemetry/log-events.ts",
  "src/telemetry/traffic-events.ts",
  "src/verify/bundle-steps.ts",
  "src/verify/skip-reasons.ts",
];

/** A verb of the command line describes itself and its options: `verb` and `options` in `src/cli` are rows of such a table. */
const describesVerb = (path: string, node: ts.Node): boolean =>
  path.startsWith("src/cli/") && ts.isVariableDeclaration(node) && ["verb", "options"].includes(node.name.getText());

/** Whether it is text that somebody wrote out, in one piece or several. */
function isWritten(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) return isWritten(node.left) || isWritten(node.right);
  return ts.isStringLiteralLike(node) || (ts.isTemplateExpression(node) && /\p{L}{3}/u.test(node.getText().replaceAll(/\$\{[^}]*\}/g, "")));
}

/** Lines of object literals that write out both languages. */
function sentencesIn(path: string): readonly string[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.ESNext, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (describesVerb(path, node)) return;
    if (ts.isObjectLiteralExpression(node)) {
      const written = node.properties.filter(
        (property): property is ts.PropertyAssignment =>
          ts.isPropertyAssignment(property) && ["id", "en"].includes(property.name.getText()) && isWritten(property.initializer),
      );
      if (written.length === 2) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("sentences for people", () => {
  test(
    "stand in the messages.ts of their folder (or in x-messages.ts where one file would be too " +
      "long), both languages together, or in a table",
    () => {
      const inside = filesOf("src").filter((path) => !/[/-]messages\.ts$/.test(path) && !tables.includes(path));
      expect(inside.flatMap(sentencesIn)).toEqual([]);
    },
  );

  test("of the tables are there: a file that has lost its own leaves this list", () => {
    expect(tables.filter((path) => sentencesIn(path).length === 0)).toEqual([]);
  });
});
