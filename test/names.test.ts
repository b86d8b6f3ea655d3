import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * One word, one idea: no name is exported by two files, and no type takes the name of one that the language or Node
 * brings. `verb` is what each command line verb is called, `messages` what holds a folder's sentences, by convention.
 * Read from the syntax tree, so that a name in a comment or a string does not count.
 */

const root = join(import.meta.dirname, "..");
const { options, fileNames } = ts.getParsedCommandLineOfConfigFile(
  join(root, "tsconfig.json"),
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
)!;
const folderOf = (folder: string): readonly string[] => fileNames.filter((file) => file.startsWith(join(root, folder, "/")));
const conventions: ReadonlySet<string> = new Set(["verb", "messages"]);

interface Declared {
  readonly name: string;
  readonly isType: boolean;
  readonly isExported: boolean;
}

/** The declarations at the top of a file. */
function declaredIn(file: string): readonly Declared[] {
  const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement);
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [{ name: name.text, isType, isExported }] : [],
      );
    }
    if (!isType && !ts.isFunctionDeclaration(statement)) return [];
    return statement.name === undefined ? [] : [{ name: statement.name.text, isType, isExported }];
  });
}

/** Names that are there without an import: of the library and the type packages in tsconfig.json. */
function globalTypes(): ReadonlySet<string> {
  const program = ts.createProgram({ rootNames: [join(root, "src/base/text.ts")], options });
  const file = program.getSourceFile(join(root, "src/base/text.ts"));
  return new Set(
    program
      .getTypeChecker()
      .getSymbolsInScope(file!, ts.SymbolFlags.Type)
      .filter(({ declarations = [] }) => declarations.some((declaration) => declaration.getSourceFile() !== file))
      .map(({ name }) => name),
  );
}

/** `name: file, file` for each name that stands for two things. */
function declaredTwice(files: readonly string[]): readonly string[] {
  const exported = files.flatMap((file) =>
    [...new Set(declaredIn(file).flatMap(({ name, isExported }) => (isExported && !conventions.has(name) ? [name] : [])))].map((name) => ({
      name,
      file,
    })),
  );
  return [...Map.groupBy(exported, ({ name }) => name)]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name}: ${places.map(({ file }) => file.slice(root.length + 1)).join(", ")}`);
}

describe("names", () => {
  it("of exports are declared once in src", () => {
    const files = folderOf("src");
    expect(files.length).toBeGreaterThan(100);
    expect(declaredTwice(files)).toEqual([]);
  });

  it("of types shadow no global of the language or of Node", () => {
    const globals = globalTypes();
    expect([...globals]).toEqual(expect.arrayContaining(["Record", "Event", "Buffer", "Promise"]));
    const shadowing = ["src", "bench", "test"]
      .flatMap(folderOf)
      .flatMap((file) =>
        declaredIn(file).flatMap(({ name, isType }) => (isType && globals.has(name) ? [`${file.slice(root.length + 1)}: ${name}`] : [])),
      );
    expect(shadowing).toEqual([]);
  });
});
