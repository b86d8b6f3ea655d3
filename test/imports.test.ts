import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Folder → folders whose files it may import, types included. Each line needs only lines above it. */
const below: Readonly<Record<string, string>> = {
  base: "",
  report: "base",
  source: "base",
  config: "base",
  trust: "base",
  contract: "base source",
  ledger: "base",
  verify: "base trust ledger contract",
  audit: "base report ledger verify",
  registry: "base source trust contract ledger",
  standard: "base report source contract",
  policy: "base source contract ledger registry standard",
  evidence: "base trust ledger verify registry policy",
  telemetry: "base config contract registry",
  exchange: "base trust contract ledger verify registry evidence telemetry",
  store: "base trust ledger registry telemetry exchange",
  http: "base report source trust contract ledger registry policy evidence telemetry exchange",
  gateway: "base config ledger registry policy evidence telemetry exchange store http",
  backup: "base config ledger audit registry store gateway",
  agent: "base source trust ledger verify",
  "control-client": "base source registry",
  workbench: "base source trust contract ledger verify agent",
  demo: "base config trust ledger verify registry policy agent control-client gateway",
  cli:
    "base report source config trust contract ledger verify audit registry standard policy evidence store gateway backup agent " +
    "control-client workbench demo",
};

/** Folder → packages that it may import; a folder without a line imports none. */
const packages: Readonly<Record<string, string>> = {
  source: "yaml",
  config: "yaml",
  contract: "@eslint-community/regexpp ajv ajv-formats openapi-types yaml",
  standard: "ajv",
  policy: "yaml",
  telemetry: "pino prom-client",
  store: "node:sqlite",
  http: "ajv fastify undici",
  backup: "jose",
  workbench: "json-schema-faker yaml",
  demo: "yaml",
  cli: "yaml",
};

/** `simpul.mjs` beside the folders starts the command line. */
const folderOf = (path: string): string => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "simpul.mjs");

/** `ajv/dist/2020.js` → `ajv`; of Node's own modules only the database driver counts. */
const packageOf = (specifier: string): string | undefined =>
  specifier.startsWith("node:") ? (specifier === "node:sqlite" ? specifier : undefined) : /^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0];

/** What a file imports, types included. */
function importsOf(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/^\s*\/\/.*$/gm, "");
  const found = code.matchAll(/^(?:import|export)\s+(?:type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm);
  return Array.from(found, ([, fixed, dynamic]) => fixed ?? dynamic!);
}

function* faults(path: string, source: string): Iterable<string> {
  const from = folderOf(path);
  if (!(from in below) && from !== "simpul.mjs") yield `${path}: say in this test what ${from} may import`;
  if (/\bprocess\s*\.\s*env\b/.test(source.replaceAll(/^\s*\/\/.*$/gm, "")) && path !== "config/config.ts" && path !== "simpul.mjs")
    yield `${path} reads process.env`;
  for (const specifier of importsOf(source)) {
    const wanted = specifier.startsWith(".") ? folderOf(join(dirname(path), specifier)) : packageOf(specifier);
    const allowed = specifier.startsWith(".") ? `${from} ${below[from] ?? "cli"}` : (packages[from] ?? "");
    if (wanted !== undefined && !allowed.split(" ").includes(wanted)) yield `${path} imports ${specifier}`;
    else if (/\/store\/sqlite\//.test(`/${join(dirname(path), specifier)}`) && !/^store\/(?:open\.ts$|sqlite\/)/.test(path))
      yield `${path} imports ${specifier}: open it through store/open.ts`;
  }
}

/** The files that lie on a circle, of types or of values: Kahn's algorithm leaves them, and what only circles reach. */
function circles(files: ReadonlyMap<string, string>): readonly string[] {
  const edges = new Map(
    Array.from(files, ([path, source]) => [
      path,
      importsOf(source)
        .map((specifier) => join(dirname(path), specifier))
        .filter((to) => files.has(to)),
    ]),
  );
  for (let before = -1; before !== edges.size;) {
    before = edges.size;
    for (const [path, to] of edges) if (!to.some((each) => edges.has(each))) edges.delete(path);
  }
  return [...edges.keys()];
}

function read(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((name) => /\.(ts|mjs)$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(join(root, folder, name), "utf8")]));
}

describe("imports", () => {
  const src = read("src");

  test(
    "go to the folders and packages of the table only; only config/config.ts and the start reads the " +
      "environment, only store/open.ts knows an engine",
    () => {
      expect([...src.keys()]).toContain("base/problem.ts");
      expect([...src].flatMap(([path, source]) => [...faults(path, source)])).toEqual([]);
    },
  );

  test("go to every package of the table", () => {
    const used = new Set([...src].flatMap(([path, source]) => importsOf(source).map((to) => `${folderOf(path)} ${packageOf(to)}`)));
    const rows = Object.entries(packages).flatMap(([folder, allowed]) => allowed.split(" ").map((name) => `${folder} ${name}`));
    expect(rows.filter((row) => !used.has(row))).toEqual([]);
  });

  test("go to packages that `npm ci --omit=dev` installs, but for types", () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: Record<string, string> };
    const values = [...src.values()].flatMap((source) => importsOf(source.replaceAll(/^(?:im|ex)port type [^;]*;/gm, "")));
    const wanted = values.filter((to) => !to.startsWith(".") && !to.startsWith("node:")).map((to) => packageOf(to)!);
    expect([...new Set(wanted)].filter((name) => !(name in dependencies))).toEqual([]);
  });

  test("have a table without circles that names every folder and nothing else", () => {
    const rows = Object.entries(below);
    rows.forEach(([folder, allowed], row) => {
      const above = rows.slice(0, row).map(([name]) => name);
      expect({ folder, unknown: allowed.split(" ").filter((name) => name !== "" && !above.includes(name)) }).toEqual({
        folder,
        unknown: [],
      });
    });
    expect([...new Set([...src.keys()].map(folderOf))].sort()).toEqual([...Object.keys(below), "simpul.mjs"].sort());
  });

  test.each(["src", "bench", "test", "scripts"])("form no circle in %s, not of types either", (folder) => {
    expect(circles(read(folder))).toEqual([]);
  });
});

test.each([
  ["trust/a.ts", 'import { exchange } from "../exchange/exchange.ts";'],
  ["exchange/a.ts", 'import {\n  readConfig,\n  type Config,\n} from "../config/config.ts";'],
  ["base/a.ts", 'export { sha256 } from "../trust/digest.ts";'],
  ["base/a.ts", 'import type { Ports } from "../exchange/ports.ts";'],
  ["registry/manifest/a.ts", 'import "../../store/sqlite/registry.ts";'],
  ["ledger/a.ts", 'const { DatabaseSync } = await import("node:sqlite");'],
  ["gateway/process.ts", 'import type { FastifyInstance } from "fastify";'],
  ["verify/a.ts", 'import { parse } from "yaml";'],
  ["verify/a.ts", 'import type { Entry } from "../registry/entry.ts";'],
  ["cli/a.ts", "const { HOME } = process.env;"],
  ["cli/a.ts", 'import { openSqliteRegistry } from "../store/sqlite/registry.ts";'],
  ["helpers/a.ts", ""],
])("the rule sees %s: %s", (path, source) => {
  expect([...faults(path, source)]).toHaveLength(1);
});

test.each([
  ["store/sqlite/a.ts", 'import { DatabaseSync } from "node:sqlite";\nimport { sha256 } from "../../base/bytes.ts";'],
  ["gateway/open.ts", 'import { exchange } from "../exchange/exchange.ts";'],
  ["store/open.ts", 'import { sqliteStores } from "./sqlite/open.ts";'],
  ["simpul.mjs", 'const { main } = await import("./cli/cli.ts");'],
  ["http/a.ts", "// process.env is read elsewhere"],
])("the rule lets pass %s: %s", (path, source) => {
  expect([...faults(path, source)]).toEqual([]);
});

test("the rule sees a circle of types", () => {
  const files = new Map([
    ["base/a.ts", 'import type { B } from "./b.ts";'],
    ["base/b.ts", 'import { a } from "./a.ts";'],
    ["base/c.ts", 'import { a } from "./a.ts";'],
    ["base/d.ts", ""],
  ]);
  expect(circles(files)).toEqual(["base/a.ts", "base/b.ts", "base/c.ts"]);
});
