#!/usr/bin/env bash
# An example whose data have a member "$ref" (SCIM groups, JSON Schemas, OpenAPI documents as data) is read as a reference
# by five of six OpenAPI tools: four refuse a valid contract, swagger2openapi drops the members next to it.
#
# Software: @stoplight/spectral-core 1.24.1 (rulesets 1.23.1), @redocly/openapi-core 2.64.0, @apidevtools/swagger-parser 13.0.0,
#           @seriousme/openapi-schema-validator 2.11.0, @scalar/openapi-parser 0.29.22, swagger2openapi 7.0.8 (npm)
# Rule:     OpenAPI 3.1.1, Media Type Object: an example is any value; a Reference Object is only where a field's type says so.
#           RFC 7643 §2.3.7 and §4.2: a group's member has the attributes value, $ref and display.
# Seen:     four look for a file "../Users/1". swagger2openapi reports nothing and keeps {"$ref"} alone. Scalar is right.
# Affects:  a contract that shares groups and roles by SCIM: it cannot be linted or bundled until its examples say something
#           else than the wire.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  @stoplight/spectral-core@1.24.1 @stoplight/spectral-rulesets@1.23.1 @stoplight/spectral-parsers@1.0.5 \
  @redocly/openapi-core@2.64.0 @apidevtools/swagger-parser@13.0.0 @seriousme/openapi-schema-validator@2.11.0 \
  @scalar/openapi-parser@0.29.22 swagger2openapi@7.0.8

cat > seen.mjs <<'JS'
import SwaggerParser from "@apidevtools/swagger-parser";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { validate } from "@scalar/openapi-parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import spectralCore from "@stoplight/spectral-core";
import spectralParsers from "@stoplight/spectral-parsers";
import spectralRulesets from "@stoplight/spectral-rulesets";
import swagger2openapi from "swagger2openapi";
const info = { title: "Groups", version: "1.0.0" };
const contract = (example) => ({
  openapi: "3.1.1",
  info,
  paths: {
    "/members": {
      get: { responses: { 200: { description: "ok", content: { "application/json": { schema: { type: "object" }, example } } } } },
    },
  },
});
const tools = {
  async spectral(document) {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset(spectralRulesets.oas);
    const found = await spectral.run(new spectralCore.Document(JSON.stringify(document), spectralParsers.Json, "k.json"));
    return found.find((finding) => finding.severity === 0)?.code;
  },
  async redocly(document) {
    const config = await createConfig({ extends: ["minimal"] });
    const found = await lintFromString({ source: JSON.stringify(document), config, absoluteRef: "k.json" });
    return found.find((finding) => finding.severity === "error")?.ruleId;
  },
  "swagger-parser": (document) => SwaggerParser.validate(document).then(() => undefined, (error) => error.code ?? error.name),
  seriousme: (document) => new Validator().validate(document).then(({ valid }) => (valid ? undefined : "invalid")),
  scalar: (document) => validate(document).then(({ errors }) => errors?.[0]?.code),
};
for (const [name, refuses] of Object.entries(tools)) {
  const plain = await refuses(contract({ value: "1", display: "Uji" }));
  const scim = await refuses(contract({ value: "1", $ref: "../Users/1", display: "Uji" }));
  console.log(`${name}: without $ref ${plain ?? "ok"}, with it ${scim ?? "ok"}`);
}
const examples = { "application/json": { value: "1", $ref: "../Users/1", display: "Uji" } };
const responses = { 200: { description: "ok", schema: { type: "object" }, examples } };
const old = { swagger: "2.0", info, paths: { "/members": { get: { produces: ["application/json"], responses } } } };
const { openapi } = await swagger2openapi.convertObj(old, {});
console.log("swagger2openapi:", JSON.stringify(openapi.paths["/members"].get.responses[200].content["application/json"].examples));
JS
seen=$(node seen.mjs)
stated='spectral: without $ref ok, with it invalid-ref
redocly: without $ref ok, with it no-unresolved-refs
swagger-parser: without $ref ok, with it ERESOLVER
seriousme: without $ref ok, with it invalid
scalar: without $ref ok, with it ok
swagger2openapi: {"response":{"value":{"$ref":"../Users/1"}}}'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
