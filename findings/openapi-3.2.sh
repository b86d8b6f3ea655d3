#!/usr/bin/env bash
# Two linters that know OpenAPI 3.2.0 refuse what it brought, and openapi-typescript drops operations of it without a word.
#
# Software: @redocly/openapi-core 2.64.0, @stoplight/spectral-core 1.24.1 (rulesets 1.23.1), openapi-typescript 7.13.0,
#           @seriousme/openapi-schema-validator 2.11.0 as the witness that each document is valid (npm)
# Rule:     OpenAPI 3.2.0: Response Object (description is optional), Components Object (mediaTypes), Parameter Object (style
#           cookie), Example Object (dataValue), Path Item Object (query, additionalOperations).
# Seen:     both linters take the version and, as the first line shows, the rest of such a document. Redocly refuses the first
#           three novelties, Spectral the fourth. Of a path with QUERY and LINK openapi-typescript writes a path without any
#           operation: the client that is generated cannot call them, and nothing says why.
# Affects:  an agency that moves its contracts to 3.2, above all for QUERY (a search whose NIK is in the content, not in a URL).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  @stoplight/spectral-core@1.24.1 @stoplight/spectral-rulesets@1.23.1 @stoplight/spectral-parsers@1.0.5 \
  @redocly/openapi-core@2.64.0 openapi-typescript@7.13.0 @seriousme/openapi-schema-validator@2.11.0

cat > seen.mjs <<'JS'
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import spectralCore from "@stoplight/spectral-core";
import spectralParsers from "@stoplight/spectral-parsers";
import spectralRulesets from "@stoplight/spectral-rulesets";
import openapiTS, { astToString } from "openapi-typescript";
const schema = { type: "string" };
const done = { 200: { description: "ok" } };
const contract = (item, rest = {}) => ({ openapi: "3.2.0", info: { title: "t", version: "1.0.0" }, paths: { "/a": item }, ...rest });
const read = (responses, parameters = []) => contract({ get: { operationId: "read", parameters, responses } });
const valid = async (document) => (await new Validator().validate(structuredClone(document))).valid;
const redocly = async (document) => {
  const config = await createConfig({ extends: ["minimal"] });
  const found = await lintFromString({ source: JSON.stringify(document), config, absoluteRef: "k.json" });
  return found.find((finding) => finding.severity === "error")?.message.split(":")[0] ?? "ok";
};
const spectral = async (document) => {
  const linter = new spectralCore.Spectral();
  linter.setRuleset(spectralRulesets.oas);
  const found = await linter.run(new spectralCore.Document(JSON.stringify(document), spectralParsers.Json, "k.json"));
  return found.find((finding) => finding.severity === 0)?.message ?? "ok";
};
const json = { "application/json": { $ref: "#/components/mediaTypes/Text" } };
const novelties = {
  "no novelty": read(done),
  "response without description": read({ 200: { summary: "ok" } }),
  "components.mediaTypes": {
    ...read({ 200: { description: "ok", content: json } }),
    components: { mediaTypes: { Text: { schema } } },
  },
  "style cookie": read(done, [{ name: "q", in: "cookie", style: "cookie", schema }]),
  "example by dataValue": read(done, [{ name: "q", in: "query", schema, examples: { a: { dataValue: "a b" } } }]),
};
for (const [name, document] of Object.entries(novelties))
  console.log(`${name}: valid ${await valid(document)}`, `redocly ${await redocly(document)}`, `spectral ${await spectral(document)}`);
const operations = { query: { operationId: "search", responses: done }, additionalOperations: { LINK: { responses: done } } };
const both = contract(operations);
const typed = astToString(await openapiTS(both, { silent: true }));
console.log(`query and LINK: valid ${await valid(both)}`, `openapi-typescript has them: ${/search/.test(typed)}, ${/link/i.test(typed)}`);
JS
seen=$(node seen.mjs)
stated='no novelty: valid true redocly ok spectral ok
response without description: valid true redocly The field `description` must be present on this level. spectral ok
components.mediaTypes: valid true redocly Property `type` is not expected here. spectral ok
style cookie: valid true redocly `style` can be one of the following only spectral ok
example by dataValue: valid true redocly ok spectral "a.value" property must exist
query and LINK: valid true openapi-typescript has them: false, false'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
