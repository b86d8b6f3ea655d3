#!/usr/bin/env bash
# swagger2openapi turns a form's list "b=1,2" into "b=1&b=2" without a word, and refuses a response header that says the default,
# collectionFormat csv, as a "nested" collection.
#
# Software: swagger2openapi 7.0.8 (npm)
# Rule:     Swagger 2.0, Parameter Object: collectionFormat is csv unless stated; multi is another wire. Header Object has
#           collectionFormat, too. OpenAPI 3.0.4, Encoding Object: in a form, style form with explode true is the
#           default, so csv needs encoding: {b: {style: form, explode: false}}.
# Seen:     csv and multi become the same requestBody, without encoding; in a query csv is converted right (explode false). The
#           header without collectionFormat converts, with csv the whole document is refused.
# Affects:  an agency that moves an old contract to a gateway: the gate takes "1,2" for one member and judges it by the wrong rule,
#           and clients generated from the new contract send what the provider does not read as a list.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 swagger2openapi@7.0.8

cat > seen.mjs <<'JS'
import swagger2openapi from "swagger2openapi";
const list = (collectionFormat) => ({ type: "array", items: { type: "string" }, ...(collectionFormat && { collectionFormat }) });
const converted = async (parameters, headers = {}) => {
  const consumes = ["application/x-www-form-urlencoded"];
  const post = { consumes, parameters, responses: { 204: { description: "ok", headers } } };
  const document = { swagger: "2.0", info: { title: "t", version: "1.0.0" }, paths: { "/a": { post } } };
  return swagger2openapi.convertObj(document, {}).then(
    ({ openapi }) => openapi.paths["/a"].post,
    (error) => ({ refused: error.message }),
  );
};
for (const format of ["csv", "multi"]) {
  const { requestBody } = await converted([{ name: "b", in: "formData", ...list(format) }]);
  console.log(`form, ${format}: encoding ${JSON.stringify(requestBody.content["application/x-www-form-urlencoded"].encoding)}`);
  const { parameters } = await converted([{ name: "b", in: "query", ...list(format) }]);
  console.log(`query, ${format}: style ${parameters[0].style}, explode ${parameters[0].explode}`);
}
for (const format of [undefined, "csv"]) {
  const { refused } = await converted([], { "X-Unit": list(format) });
  console.log(`response header, ${format ?? "no collectionFormat"}: ${refused ?? "converted"}`);
}
JS
seen=$(node seen.mjs)
stated='form, csv: encoding undefined
query, csv: style form, explode false
form, multi: encoding undefined
query, multi: style undefined, explode true
response header, no collectionFormat: converted
response header, csv: Nested collectionFormats are not supported'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
