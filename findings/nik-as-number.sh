#!/usr/bin/env bash
# CSV readers that guess types give numbers for the NIKs of all provinces but those of Papua (91 to 96), which exceed 2^53:
# papaparse leaves these as text, csv-parse makes another NIK of them.
#
# Software: papaparse 5.7.1 (dynamicTyping), csv-parse 7.0.3 (cast)
# Rule:     RFC 4180 §2: a CSV field is text. RFC 8259 §6: an integer beyond 2^53 - 1 (9007199254740991) is not exact in
#           every implementation. No province has the code 90, so the border runs exactly between Papua and the rest of the country.
# Seen:     one column has two types in papaparse; in csv-parse one digit of every second NIK of Papua is another.
# Affects:  consumers who test with data of their own region, where all is well; joins lose the rows of Papua, or find the
#           row of another person. Read identifiers as text (both options are off by default).
#
# The NIKs are made up: serial numbers begin at 0001, and 9999 births a day are in no district.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 papaparse@5.7.1 csv-parse@7.0.3

cat > seen.mjs <<'JS'
import { parse } from "csv-parse/sync";
import papaparse from "papaparse";
const niks = ["1603010101000000", "8271010101000000", "9101010101009999", "9671010101009999"];
const csv = ["nik", ...niks].join("\n");
const papa = papaparse.parse(csv, { header: true, dynamicTyping: true }).data;
const cast = parse(csv, { columns: true, cast: true });
niks.forEach((nik, row) => {
  const show = (value) => `${typeof value} ${value}${String(value) === nik ? "" : " (another NIK)"}`;
  console.log(`${nik}: papaparse ${show(papa[row].nik)}, csv-parse ${show(cast[row].nik)}`);
});
JS
seen=$(node seen.mjs)
stated='1603010101000000: papaparse number 1603010101000000, csv-parse number 1603010101000000
8271010101000000: papaparse number 8271010101000000, csv-parse number 8271010101000000
9101010101009999: papaparse string 9101010101009999, csv-parse number 9101010101010000 (another NIK)
9671010101009999: papaparse string 9671010101009999, csv-parse number 9671010101010000 (another NIK)'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
