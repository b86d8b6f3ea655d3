#!/usr/bin/env bash
# Spectral's own OpenAPI ruleset finds faults in three things that OpenAPI 3.1 brought: shared path items, roles of a client
# that is known by its certificate, and tuples.
#
# Software: @stoplight/spectral-core 1.24.1 with spectral-rulesets 1.23.1 (npm), ruleset "oas"
# Rule:     OpenAPI 3.1.1, Path Item Object ($ref) and Components Object (pathItems): a path item may be shared. Security
#           Requirement Object: schemes other than oauth2 and openIdConnect may list role names. JSON Schema 2020-12 core
#           §10.3.1.2: items may be false, or absent.
# Seen:     "must not have unevaluated properties" for the path whose item is shared; a warning for the role of a mutualTLS
#           scheme; "require a sibling items field" for a closed tuple although items is there (it is false), and for an open one.
# Affects:  agencies whose CI stops at Spectral's errors: valid contracts cannot be published, and the remedy (copy the path
#           item, drop the role, leave the tuple open) makes the contract say less.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  @stoplight/spectral-core@1.24.1 @stoplight/spectral-rulesets@1.23.1 @stoplight/spectral-parsers@1.0.5

cat > seen.mjs <<'JS'
import spectralCore from "@stoplight/spectral-core";
import spectralParsers from "@stoplight/spectral-parsers";
import spectralRulesets from "@stoplight/spectral-rulesets";
const item = (schema = { type: "string" }) => ({
  get: {
    operationId: "read",
    description: "Read.",
    tags: ["a"],
    responses: { 200: { description: "ok", content: { "application/json": { schema } } } },
  },
});
const contract = (rest) => ({
  openapi: "3.1.1",
  info: { title: "t", version: "1.0.0", description: "d", contact: { name: "a", url: "https://a.example", email: "a@a.example" } },
  servers: [{ url: "https://a.example" }],
  tags: [{ name: "a" }],
  paths: { "/a": item() },
  ...rest,
});
const tuple = (rest) => ({ type: "array", prefixItems: [{ type: "string" }], ...rest });
const cases = {
  "nothing of the three": contract({}),
  "shared path item": contract({ paths: { "/a": { $ref: "#/components/pathItems/A" } }, components: { pathItems: { A: item() } } }),
  "role of mutualTLS": contract({ security: [{ mtls: ["operator"] }], components: { securitySchemes: { mtls: { type: "mutualTLS" } } } }),
  "closed tuple": contract({ paths: { "/a": item(tuple({ items: false })) } }),
  "open tuple": contract({ paths: { "/a": item(tuple({})) } }),
};
for (const [name, document] of Object.entries(cases)) {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset(spectralRulesets.oas);
  const found = await spectral.run(new spectralCore.Document(JSON.stringify(document), spectralParsers.Json, "k.json"));
  const lines = found.map(({ code, severity, message }) => `${severity === 0 ? "error" : "warning"} ${code}: ${message}`);
  console.log(`${name}: ${lines.join("; ") || "ok"}`);
}
JS
seen=$(node seen.mjs)
stated='nothing of the three: ok
shared path item: error oas3-schema: "~1a" property must not have unevaluated properties.
role of mutualTLS: warning oas3-operation-security-defined: "operator" must be listed among scopes.
closed tuple: error array-items: Schemas with "type: array", require a sibling "items" field
open tuple: error array-items: Schemas with "type: array", require a sibling "items" field'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
