#!/usr/bin/env bash
# A contract that zod-to-openapi writes and the zod schema that it is written from can have no value in common.
#
# Software: @asteasolutions/zod-to-openapi 9.1.0, zod 4.6.7; ajv 8.20.0 and ajv-formats 3.0.1 as the gate that holds the contract
# Rule:     OpenAPI 3.1.1 §4.4.2 and JSON Schema 2020-12 validation §7.3.1: format time is full-time of RFC 3339 §5.6, which has an
#           offset. Core §6.4: a pattern is a regular expression without delimiters or flags.
# Seen:     z.iso.time() takes times without an offset only, its contract says format time, which has one always. The flag i of
#           a regular expression ends up inside the pattern ("^[a-z]+$/i"), which nothing matches. Of three literals of
#           several types the contract has the number alone. multipleOf and the second of two regexes are lost.
# Affects:  a provider that generates its contract: a gate that holds both sides to it refuses everything the provider takes.
#           zod's own z.toJSONSchema has one of these faults: it drops the flag.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  @asteasolutions/zod-to-openapi@9.1.0 zod@4.6.7 ajv@8.20.0 ajv-formats@3.0.1

cat > seen.mjs <<'JS'
import { OpenAPIRegistry, OpenApiGeneratorV31, extendZodWithOpenApi } from "@asteasolutions/zod-to-openapi";
import addFormats from "ajv-formats";
import Ajv from "ajv/dist/2020.js";
import { z } from "zod";
extendZodWithOpenApi(z);
const generated = (schema) => {
  const registry = new OpenAPIRegistry();
  registry.register("Value", schema);
  return new OpenApiGeneratorV31(registry.definitions).generateComponents().components.schemas.Value;
};
const accepts = (contract, value) => {
  const ajv = new Ajv({ strict: false, multipleOfPrecision: 2 });
  addFormats(ajv);
  return ajv.validate(contract, value);
};
const cases = [
  ["z.iso.time()", z.iso.time(), ["08:30:00", "08:30:00+07:00"]],
  ["regex with flag i", z.string().regex(/^[a-z]+$/i), ["abc", "ABC"]],
  ["literal 1, a, null", z.literal([1, "a", null]), [1, "a", null]],
  ["two regexes", z.string().regex(/^a/).regex(/b$/), ["ab", "ac"]],
  ["multipleOf 0.01", z.number().multipleOf(0.01), [19.99, 19.995]],
];
for (const [name, schema, values] of cases) {
  console.log(`${name}: contract ${JSON.stringify(generated(schema))}`);
  const { $schema, ...own } = z.toJSONSchema(schema);
  for (const value of values) {
    const verdicts = [schema.safeParse(value).success, accepts(generated(schema), value), accepts(own, value)];
    console.log(`  ${JSON.stringify(value)}: program ${verdicts[0]}, contract ${verdicts[1]}, z.toJSONSchema ${verdicts[2]}`);
  }
}
JS
seen=$(node seen.mjs)
stated='z.iso.time(): contract {"type":"string","format":"time"}
  "08:30:00": program true, contract false, z.toJSONSchema true
  "08:30:00+07:00": program false, contract true, z.toJSONSchema false
regex with flag i: contract {"type":"string","pattern":"^[a-z]+$/i"}
  "abc": program true, contract false, z.toJSONSchema true
  "ABC": program true, contract false, z.toJSONSchema false
literal 1, a, null: contract {"type":["number","null"],"enum":[1]}
  1: program true, contract true, z.toJSONSchema true
  "a": program true, contract false, z.toJSONSchema true
  null: program true, contract false, z.toJSONSchema true
two regexes: contract {"type":"string","pattern":"^a"}
  "ab": program true, contract true, z.toJSONSchema true
  "ac": program false, contract true, z.toJSONSchema false
multipleOf 0.01: contract {"type":"number"}
  19.99: program true, contract true, z.toJSONSchema true
  19.995: program false, contract true, z.toJSONSchema false'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
