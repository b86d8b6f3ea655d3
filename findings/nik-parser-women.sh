#!/usr/bin/env bash
# nik-parser calls every woman a man, and gives people born since 2000 a birth date a hundred years too early.
#
# Software: nik-parser 1.0.1 (npm)
# Rule:     PP 37/2007 pasal 37: digits 7 to 12 of a NIK are day, month and year of birth; a woman's day has 40 added.
# Seen:     isValid() is true in all three cases. kelamin() ("sex") asks whether the day of a finished Date is below 40, which
#           it always is. lahir() ("born") leaves the 40 in, so the Date rolls over into a later month, and hands the year's two
#           digits to Date, which reads 0 to 99 as 1900 to 1999.
# Affects:  an agency that derives sex or age from a NIK (school enrolment, maternal care, old age benefits) and sends it on.
#
# The NIKs end in 0000, which is never issued (serial numbers begin at 0001), and so are no person's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 nik-parser@1.0.1

cat > seen.mjs <<'JS'
import { createRequire } from "node:module";
const { nikParser } = createRequire(import.meta.url)("nik-parser");
for (const [person, nik] of [
  ["man, 15 May 1990", "1603011505900000"],
  ["woman, 15 May 1990", "1603015505900000"],
  ["man, 15 May 2005", "1603011505050000"],
]) {
  const read = nikParser(nik);
  const born = read.lahir();
  const date = [born.getFullYear(), born.getMonth() + 1, born.getDate()].join("-");
  console.log(`${person}: valid ${read.isValid()}, sex ${read.kelamin()}, born ${date}`);
}
JS
seen=$(node seen.mjs)
stated='man, 15 May 1990: valid true, sex pria, born 1990-5-15
woman, 15 May 1990: valid true, sex pria, born 1990-6-24
man, 15 May 2005: valid true, sex pria, born 1905-5-15'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
