#!/usr/bin/env bash
# asn1js puts a time with an offset to another day: 04:30 +0700 on 1 December, 21:30 UTC of the day before, becomes 11:30 UTC on
# 5 December.
#
# Software: asn1js 4.0.0 (npm), which pkijs and the @peculiar libraries read ASN.1 with
# Rule:     X.680 §46.2 c): a GeneralizedTime may end in the difference to UTC; 20261201043000+0700 is 21:30 UTC of the day
#           before. RFC 4517 §3.3.13 (LDAP) takes it, too. Certificates and tokens have Z only (RFC 5280 §4.1.2.5.2).
# Seen:     +0000 and Z are the same time, and four days apart; +0700 moves the clock on where it should go back; -0700 ends up
#           in November. toDate() gives no error. A time in UTCTime with an offset is refused: "Wrong input string".
# Affects:  programs that read times from a directory, an older CMS or a card with it: deadlines and validities are days off.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 asn1js@4.0.0

cat > seen.mjs <<'JS'
import { fromBER } from "asn1js";
const encoded = (tag, text) => Uint8Array.from([tag, text.length, ...Buffer.from(text)]).buffer;
for (const text of ["20261201043000Z", "20261201043000+0000", "20261201043000+0700", "20261201043000-0700"])
  console.log(`${text}: ${fromBER(encoded(0x18, text)).result.toDate().toISOString()}`);
console.log(`UTCTime 261201043000+0700: ${fromBER(encoded(0x17, "261201043000+0700")).result.error}`);
JS
seen=$(node seen.mjs)
stated='20261201043000Z: 2026-12-01T04:30:00.000Z
20261201043000+0000: 2026-12-05T04:30:00.000Z
20261201043000+0700: 2026-12-05T11:30:00.000Z
20261201043000-0700: 2026-11-04T21:30:00.000Z
UTCTime 261201043000+0700: Wrong input string for conversion'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
