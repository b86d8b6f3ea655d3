/**
 * Writes `test/contract/json-schema-test-suite/draft2020-12.jsonl` from a clone of
 * github.com/json-schema-org/JSON-Schema-Test-Suite: one group of tests a line.
 *
 *     node scripts/json-schema-suite.ts CLONE
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Group {
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[];
}

/** Without `$schema`, which is the same in all of them. */
const plain = (schema: unknown): unknown =>
  typeof schema === "object" ? Object.fromEntries(Object.entries(schema as object).filter(([name]) => name !== "$schema")) : schema;

const [clone] = process.argv.slice(2);
if (clone === undefined) throw new Error("usage: node scripts/json-schema-suite.ts CLONE");
const folder = join(clone, "tests/draft2020-12");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json"))
  .sort();
const lines = files.flatMap((file) =>
  (JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly Group[]).map(({ description, schema, tests }) =>
    JSON.stringify({
      file,
      group: description,
      schema: plain(schema),
      tests: tests.map((test) => [test.description, test.data, test.valid]),
    }),
  ),
);
writeFileSync(join(import.meta.dirname, "../test/contract/json-schema-test-suite/draft2020-12.jsonl"), `${lines.join("\n")}\n`);
