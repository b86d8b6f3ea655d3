#!/usr/bin/env bash
# structured-headers writes the decimal 1.0004 as "1.", which is no Structured Field and which it cannot read itself.
#
# Software: structured-headers 2.1.0; @svta/cml-structured-field-values 1.1.6 and structured-field-values 2.0.4 do it right (npm)
# Rule:     RFC 9651 §4.1.5: after rounding to three digits a fraction of zero is written "0", so 1.0004 is "1.0".
# Seen:     whatever is not an integer and rounds to one loses the digit after the point: "1.", "0.", "100.". The parser of the
#           same library throws on each.
# Affects:  a field with a measured number, such as a share or a time in seconds: right in every test, and about one value in
#           a thousand is a field that the receiver has to ignore as a whole (RFC 9651 §4.2).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  structured-headers@2.1.0 @svta/cml-structured-field-values@1.1.6 structured-field-values@2.0.4

cat > seen.mjs <<'JS'
import { decodeSfItem, encodeSfItem } from "@svta/cml-structured-field-values";
import { encodeItem } from "structured-field-values";
import { parseItem, serializeItem } from "structured-headers";
const readable = (read, text) => {
  try {
    read(text);
    return "readable";
  } catch (error) {
    return error.constructor.name;
  }
};
for (const number of [1.5, 1.004, 1.0004, 0.0002, 99.9999]) {
  const text = serializeItem(number);
  console.log(
    `${number}: structured-headers "${text}" (itself ${readable(parseItem, text)}, svta ${readable(decodeSfItem, text)}),`,
    `svta "${encodeSfItem(number)}", structured-field-values "${encodeItem(number)}"`,
  );
}
JS
seen=$(node seen.mjs)
stated='1.5: structured-headers "1.5" (itself readable, svta readable), svta "1.5", structured-field-values "1.5"
1.004: structured-headers "1.004" (itself readable, svta readable), svta "1.004", structured-field-values "1.004"
1.0004: structured-headers "1." (itself ParseError, svta Error), svta "1.0", structured-field-values "1.0"
0.0002: structured-headers "0." (itself ParseError, svta Error), svta "0.0", structured-field-values "0.0"
99.9999: structured-headers "100." (itself ParseError, svta Error), svta "100.0", structured-field-values "100.0"'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
