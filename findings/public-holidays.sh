#!/usr/bin/env bash
# date-holidays computes Indonesia's holidays by a calendar that the government does not follow: 1 April 2025 (Idul Fitri) is a
# working day, and every year has two birthdays of the Prophet.
#
# Software: date-holidays 3.37.0 (npm), country ID
# Rule:     SKB 3 Menteri 1017/2024, 2/2024, 2/2024: Isra Mikraj 27 January, Idul Fitri 31 March and 1 April, Paskah 20 April,
#           1 Muharam 27 June 2025. SKB 1497/2025, 2/2025, 5/2025: Idul Fitri 21 and 22 March 2026. The dates are decided each
#           year; no formula has them.
# Seen:     Idul Fitri one day early in both years, 1 Muharam one day early in 2025, Paskah (a public holiday since 2024)
#           missing. Isra Mikraj has the right day and the name of another feast, "Maulid Nabi Muhammad".
# Affects:  services that count working days (the deadline of a permit, an objection, a report) with such a library.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 date-holidays@3.37.0

cat > seen.mjs <<'JS'
import Holidays from "date-holidays";
const holidays = new Holidays("ID");
const days = (year, name) =>
  holidays
    .getHolidays(year)
    .filter((day) => day.name.includes(name))
    .map((day) => day.date.slice(0, 10));
for (const [year, name, decided] of [
  [2025, "Idul Fitri", "2025-03-31, 2025-04-01"],
  [2026, "Idul Fitri", "2026-03-21, 2026-03-22"],
  [2025, "Tahun Baru Islam", "2025-06-27"],
  [2025, "Paskah", "2025-04-20"],
  [2025, "Isra Mikraj", "2025-01-27"],
  [2025, "Maulid Nabi", "2025-09-05"],
])
  console.log(`${name} ${year}: decided ${decided}; library ${days(year, name).join(", ") || "none"}`);
JS
seen=$(TZ=Asia/Jakarta node seen.mjs)
stated='Idul Fitri 2025: decided 2025-03-31, 2025-04-01; library 2025-03-30, 2025-03-31
Idul Fitri 2026: decided 2026-03-21, 2026-03-22; library 2026-03-20, 2026-03-21
Tahun Baru Islam 2025: decided 2025-06-27; library 2025-06-26
Paskah 2025: decided 2025-04-20; library none
Isra Mikraj 2025: decided 2025-01-27; library none
Maulid Nabi 2025: decided 2025-09-05; library 2025-01-27, 2025-09-05'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
