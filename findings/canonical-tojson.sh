#!/usr/bin/env bash
# json-canonicalize leaves an object unsorted if the data have a member called "toJSON", so equal data get two hashes.
#
# Software: json-canonicalize 3.0.1; canonicalize 4.0.0 does it right (npm)
# Rule:     RFC 8785 §3.2.3: the members of every object are sorted by name. A name is any string; toJSON means something for
#           functions of JavaScript only (ECMA-262, SerializeJSONProperty).
# Seen:     for a member toJSON of any value but null the whole object is handed to JSON.stringify, in the order it came in.
# Affects:  services that sign or log the hash of canonical JSON of other people's data: a document that was stored (jsonb
#           orders names its own way) or written anew has another hash, and its signature seems forged.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 json-canonicalize@3.0.1 canonicalize@4.0.0

cat > seen.mjs <<'JS'
import canonicalize from "canonicalize";
import { canonicalize as jsonCanonicalize } from "json-canonicalize";
for (const text of ['{"b":1,"a":2}', '{"toJSON":"no","b":1,"a":2}', '{"a":2,"b":1,"toJSON":"no"}', '{"toJSON":null,"b":1,"a":2}'])
  console.log(`${text}: json-canonicalize ${jsonCanonicalize(JSON.parse(text))}, canonicalize ${canonicalize(JSON.parse(text))}`);
JS
seen=$(node seen.mjs)
stated='{"b":1,"a":2}: json-canonicalize {"a":2,"b":1}, canonicalize {"a":2,"b":1}
{"toJSON":"no","b":1,"a":2}: json-canonicalize {"toJSON":"no","b":1,"a":2}, canonicalize {"a":2,"b":1,"toJSON":"no"}
{"a":2,"b":1,"toJSON":"no"}: json-canonicalize {"a":2,"b":1,"toJSON":"no"}, canonicalize {"a":2,"b":1,"toJSON":"no"}
{"toJSON":null,"b":1,"a":2}: json-canonicalize {"a":2,"b":1,"toJSON":null}, canonicalize {"a":2,"b":1,"toJSON":null}'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
