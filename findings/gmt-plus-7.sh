#!/usr/bin/env bash
# "GMT+7", the way Indonesia writes its western time and Node prints it, is fourteen hours away in spacetime and timezone-soft:
# they take it for the POSIX name Etc/GMT+7, whose sign is the other way round.
#
# Software: spacetime 7.15.0, timezone-soft 1.5.2, chrono-node 2.10.3, luxon 3.7.2 (npm)
# Rule:     ISO 8601 and RFC 3339 §4.2: + is east of Greenwich. Only the names Etc/GMT±n of the tz database (file etcetera)
#           follow POSIX, where + is west.
# Seen:     midnight UTC is 07:00 on 1 December in Jakarta; spacetime puts "GMT+7" at 17:00 on 30 November, without an error,
#           but "UTC+07:00" right. timezone-soft names the zone Etc/GMT+7. luxon knows no such name, chrono-node reads it right.
# Affects:  pages and reports that show the times of a log, a receipt or a deadline in a zone that a person typed, or that
#           Intl.DateTimeFormat with timeZoneName printed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  spacetime@7.15.0 timezone-soft@1.5.2 chrono-node@2.10.3 luxon@3.7.2

cat > seen.mjs <<'JS'
import * as chrono from "chrono-node";
import { DateTime } from "luxon";
import spacetime from "spacetime";
import soft from "timezone-soft";
const midnight = "2026-12-01T00:00:00Z";
const parts = new Intl.DateTimeFormat("en", { timeZone: "Asia/Jakarta", timeZoneName: "short" }).formatToParts(new Date(midnight));
const printed = parts.find((part) => part.type === "timeZoneName").value;
console.log(`Intl prints Asia/Jakarta as ${printed}`);
console.log(`spacetime Asia/Jakarta ${spacetime(midnight).goto("Asia/Jakarta").format("iso-full")}`);
console.log(`spacetime UTC+07:00 ${spacetime(midnight).goto("UTC+07:00").format("iso-full")}`);
console.log(`spacetime ${printed} ${spacetime(midnight).goto(printed).format("iso-full")}`);
console.log(`timezone-soft ${printed} ${soft(printed).map((zone) => zone.iana)}`);
console.log(`luxon ${printed} ${DateTime.fromISO(midnight, { zone: printed }).invalidReason}`);
console.log(`chrono-node 07:00 ${printed} is ${chrono.parseDate(`1 December 2026 07:00 ${printed}`).toISOString()}`);
JS
seen=$(node seen.mjs)
stated='Intl prints Asia/Jakarta as GMT+7
spacetime Asia/Jakarta 2026-12-01T07:00:00.000+07:00[Asia/Jakarta]
spacetime UTC+07:00 2026-12-01T07:00:00.000+07:00[Etc/GMT-7]
spacetime GMT+7 2026-11-30T17:00:00.000-07:00[Utc/GMT+7]
timezone-soft GMT+7 Etc/GMT+7
luxon GMT+7 unsupported zone
chrono-node 07:00 GMT+7 is 2026-12-01T00:00:00.000Z'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
