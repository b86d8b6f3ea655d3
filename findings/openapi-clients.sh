#!/usr/bin/env bash
# One contract, three clients that follow OpenAPI, three wires: openapi-fetch has the contract's types and never its styles, and
# what @readme/oas-to-har shows in a portal is not what it describes.
#
# Software: swagger-client 3.38.4, openapi-fetch 0.17.0, @readme/oas-to-har 38.5.1 with oas 38.6.0 (npm)
# Rule:     OpenAPI 3.1.1, Parameter Object: a list in a path is simple ("a,b"), an object in a query form with explode
#           ("nama=a&usia=5"); explode: false makes "a,b" of a list. RFC 6570 §3.2.2 and §3.2.8: the comma is not encoded.
# Seen:     swagger-client is right. openapi-fetch repeats the name of the list (explode: false asks for one), leaves out the
#           prefix of style matrix and writes the object as "cari[nama]=a", all compiled by TypeScript without a warning.
#           oas-to-har (har) encodes the comma, so a list of two is one member with a comma, and makes one parameter of the object.
# Affects:  consumers of a gate that holds requests to the contract: the client generated from this contract is refused by it.
#           In contracts: leave lists of a query exploded, objects out of queries and lists out of paths.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  swagger-client@3.38.4 openapi-fetch@0.17.0 @readme/oas-to-har@38.5.1 oas@38.6.0

cat > seen.mjs <<'JS'
import readmeHar from "@readme/oas-to-har";
import Oas from "oas";
import createClient from "openapi-fetch";
import SwaggerClient from "swagger-client";
const list = { type: "array", items: { type: "string" } };
const cari = { type: "object", properties: { nama: { type: "string" }, usia: { type: "integer" } } };
const path = (name, rest) => ({ name, in: "path", required: true, schema: list, ...rest });
const contract = () => ({
  openapi: "3.1.1",
  info: { title: "t", version: "1.0.0" },
  servers: [{ url: "http://a.example" }],
  paths: Object.fromEntries(
    Object.entries({
      "/list": [{ name: "kode", in: "query", explode: false, schema: list }],
      "/object": [{ name: "cari", in: "query", schema: cari }],
      "/simple/{kode}": [path("kode")],
      "/matrix/{kode}": [path("kode", { style: "matrix" })],
    }).map(([route, parameters]) => [route, { get: { operationId: route, parameters, responses: { 200: { description: "ok" } } } }]),
  ),
});
let sent;
const fetching = createClient({
  baseUrl: "http://a.example",
  fetch: async (request) => {
    sent = request.url;
    return new Response("{}");
  },
});
const short = (url) => url.replace("http://a.example", "");
for (const [route, values] of [
  ["/list", { query: { kode: ["a", "b"] } }],
  ["/object", { query: { cari: { nama: "a", usia: 5 } } }],
  ["/simple/{kode}", { path: { kode: ["a", "b"] } }],
  ["/matrix/{kode}", { path: { kode: ["a", "b"] } }],
]) {
  const swagger = SwaggerClient.buildRequest({ spec: contract(), operationId: route, parameters: { ...values.path, ...values.query } });
  await fetching.GET(route, { params: values });
  const description = new Oas(contract());
  const { url, queryString } = readmeHar(description, description.operation(route, "get"), values).log.entries[0].request;
  const har = [url, ...queryString.map(({ name, value }) => `${name} = ${value}`)].join(" with ");
  console.log(`${route}: swagger-client ${short(swagger.url)} | openapi-fetch ${short(sent)} | har ${short(har)}`);
}
JS
seen=$(node seen.mjs)
stated='/list: swagger-client /list?kode=a,b | openapi-fetch /list?kode=a&kode=b | har /list with kode = a,b
/object: swagger-client /object?nama=a&usia=5 | openapi-fetch /object?cari[nama]=a&cari[usia]=5 | har /object with cari = nama=a&usia=5
/simple/{kode}: swagger-client /simple/a,b | openapi-fetch /simple/a,b | har /simple/a%2Cb
/matrix/{kode}: swagger-client /matrix/;kode=a,b | openapi-fetch /matrix/a,b | har /matrix/;kode=a,b'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
