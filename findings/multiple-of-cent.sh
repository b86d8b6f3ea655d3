#!/usr/bin/env bash
# ajv, with which Spectral and Redocly judge examples, says that 19.99 is no multiple of 0.01; four other JSON Schema validators
# say that it is one.
#
# Software: ajv 8.20.0, @hyperjump/json-schema 1.18.0, @cfworker/json-schema 4.1.6, @exodus/schemasafe 1.3.0, jsonschema 1.5.0
# Rule:     JSON Schema 2020-12 validation §6.2.1: valid if the division results in an integer; 19.99 / 0.01 is 1999.
# Seen:     ajv divides in binary floating point, unless its option multipleOfPrecision is given. 19.98 and 1500000.07 pass, 8.69
#           does not: of the 10,000 amounts from 0.01 to 100.00 it refuses 1,363.
# Affects:  contracts with amounts of money or marks with two decimals: examples that are right are refused by linters, and
#           a gateway built on ajv refuses one amount in seven.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  ajv@8.20.0 @hyperjump/json-schema@1.18.0 @cfworker/json-schema@4.1.6 @exodus/schemasafe@1.3.0 jsonschema@1.5.0

cat > seen.mjs <<'JS'
import { Validator } from "@cfworker/json-schema";
import { validator } from "@exodus/schemasafe";
import { registerSchema, validate } from "@hyperjump/json-schema/draft-2020-12";
import Ajv from "ajv/dist/2020.js";
import jsonschema from "jsonschema";
const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", type: "number", multipleOf: 0.01 };
registerSchema(schema, "https://a.example/amount");
const hyperjump = await validate("https://a.example/amount");
const cfworker = new Validator(schema, "2020-12");
const validators = {
  ajv: new Ajv().compile(schema),
  "ajv with multipleOfPrecision 2": new Ajv({ multipleOfPrecision: 2 }).compile(schema),
  "@hyperjump/json-schema": (amount) => hyperjump(amount).valid,
  "@cfworker/json-schema": (amount) => cfworker.validate(amount).valid,
  "@exodus/schemasafe": validator(schema),
  jsonschema: (amount) => jsonschema.validate(amount, schema).valid,
};
for (const [name, valid] of Object.entries(validators)) {
  const verdicts = [19.99, 19.98, 8.69, 1500000.07].map((amount) => `${amount} ${valid(amount)}`).join(", ");
  const refused = Array.from({ length: 10_000 }, (_, cent) => (cent + 1) / 100).filter((amount) => !valid(amount)).length;
  console.log(`${name}: ${verdicts}; refuses ${refused} of 10000; 19.995 ${valid(19.995)}`);
}
JS
seen=$(node seen.mjs)
stated='ajv: 19.99 false, 19.98 true, 8.69 false, 1500000.07 true; refuses 1363 of 10000; 19.995 false
ajv with multipleOfPrecision 2: 19.99 true, 19.98 true, 8.69 true, 1500000.07 true; refuses 0 of 10000; 19.995 false
@hyperjump/json-schema: 19.99 true, 19.98 true, 8.69 true, 1500000.07 true; refuses 0 of 10000; 19.995 false
@cfworker/json-schema: 19.99 true, 19.98 true, 8.69 true, 1500000.07 true; refuses 0 of 10000; 19.995 false
@exodus/schemasafe: 19.99 true, 19.98 true, 8.69 true, 1500000.07 true; refuses 0 of 10000; 19.995 false
jsonschema: 19.99 true, 19.98 true, 8.69 true, 1500000.07 true; refuses 0 of 10000; 19.995 false'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
