import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "..", "src");

/** Folder → folders whose values it may import. Types may point up; what composes the others (`top`) may import anything. */
const below: Readonly<Record<string, string>> = {
  base: "",
  config: "base",
  telemetry: "base",
  trust: "base",
  ledger: "base trust",
  audit: "base trust ledger",
  registry: "base trust ledger",
  standard: "base trust ledger registry",
  policy: "base trust ledger registry standard",
  store: "base trust ledger registry",
  evidence: "base trust ledger registry standard policy",
  exchange: "base telemetry trust ledger registry standard policy evidence",
  http: "base telemetry trust ledger registry standard policy evidence exchange",
  connector: "base telemetry trust ledger registry policy exchange",
  agent: "base telemetry trust ledger config",
  console: "base",
};
const top = ["cli", "demo", "main", "workbench"];

/** Package → folders that may import it. */
const confined: Readonly<Record<string, string>> = { "node:sqlite": "store", ioredis: "store", pg: "store", fastify: "http agent", "@fastify/http-proxy": "http agent" };

/** Of a name relative to src. Files beside the folders compose them, as `main` does; the configuration is one of the composed. */
const folderOf = (name: string) => (name.includes("/") ? name.split("/")[0]! : name === "config.ts" ? "config" : "main");

function* faults(name: string, source: string): Iterable<string> {
  const from = folderOf(name);
  if (!(from in below) && !top.includes(from)) yield `${name}: say in this test what ${from} may import`;
  const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/^\s*\/\/.*$/gm, "");
  if (/\bprocess\s*\.\s*env\b/.test(code) && name !== "config.ts") yield `${name} reads process.env`;
  for (const [, type, fixed, dynamic] of code.matchAll(/^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm)) {
    const specifier = fixed ?? dynamic!;
    const own = specifier.startsWith(".");
    const allowed = own ? below[from]?.split(" ").concat(from) : confined[specifier]?.split(" ");
    const wanted = own ? folderOf(join(dirname(name), specifier)) : from;
    if (allowed !== undefined && !allowed.includes(wanted) && !(own && type !== undefined)) yield `${name} imports ${specifier}`;
  }
}

test("values are imported downwards, drivers only by the stores, Fastify by http and agent; only config.ts reads the environment", () => {
  const names = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.(ts|mjs)$/.test(name));
  expect(names).toContain("base/problem.ts");
  expect(names.flatMap((name) => [...faults(name, readFileSync(join(src, name), "utf8"))])).toEqual([]);
});

test.each([
  ["trust/a.ts", 'import { exchange } from "../exchange/exchange.ts";'],
  ["exchange/a.ts", 'import {\n  readConfig,\n  type Config,\n} from "../config.ts";'],
  ["base/a.ts", 'export { sha256 } from "../trust/digest.ts";'],
  ["registry/manifest/a.ts", 'import "../../store/sqlite/registry.ts";'],
  ["ledger/a.ts", 'const { DatabaseSync } = await import("node:sqlite");'],
  ["main.ts", 'import type { FastifyInstance } from "fastify";'],
  ["cli/a.ts", "const { HOME } = process.env;"],
  ["helpers/a.ts", ""],
])("the rule sees %s: %s", (name, source) => {
  expect([...faults(name, source)]).toHaveLength(1);
});

test.each([
  ["base/a.ts", 'import type { Gateway } from "../exchange/gateway.ts";'],
  ["store/sqlite/a.ts", 'import { DatabaseSync } from "node:sqlite";\nimport { sha256 } from "../../base/bytes.ts";'],
  ["gateway.ts", 'import { exchange } from "./exchange/exchange.ts";'],
  ["http/a.ts", "// process.env is read elsewhere"],
])("the rule lets pass %s: %s", (name, source) => {
  expect([...faults(name, source)]).toEqual([]);
});
