#!/usr/bin/env bash
# Both NIK parsers of npm refuse the NIKs of the four provinces that were made of Papua and Papua Barat in 2022.
#
# Software: nik-parser 1.0.1, nik-parse 1.0.0; idn-area-data 3.1.2 as the list of codes (all npm)
# Rule:     UU 14, 15, 16 and 29/2022 made the provinces, codes 93 to 96. PP 37/2007 pasal 37: a NIK begins with the codes of the
#           province, regency and district where it was first registered, so since then NIKs begin with these codes.
# Seen:     idn-area-data has 4 provinces, 26 regencies and their districts there. The parsers carry a table of 34 provinces:
#           nik-parse answers "NIK tidak valid"; nik-parser says false, and kecamatan() ("district") throws instead of saying no.
# Affects:  people registered in these provinces, wherever a form or a gate uses such a parser as its check.
#
# The NIKs are made of each province's first district code, 15 May 2023, and 0000, which is never issued.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --prefix . --silent --no-audit --no-fund --ignore-scripts --before 2026-12-01 \
  nik-parser@1.0.1 nik-parse@1.0.0 idn-area-data@3.1.2

cat > seen.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { getDistricts, getProvinces, getRegencies } from "idn-area-data";
const { nikParser } = createRequire(import.meta.url)("nik-parser");
const attempt = (ask) => {
  try {
    return String(ask());
  } catch (error) {
    return error.name;
  }
};
const [provinces, regencies, districts] = await Promise.all([getProvinces(), getRegencies(), getDistricts()]);
for (const { code, name } of provinces.filter((province) => province.code === "16" || province.code > "92")) {
  const count = regencies.filter((regency) => regency.province_code === code).length;
  const district = districts.find((candidate) => candidate.code.startsWith(`${code}.`)).code.replaceAll(".", "");
  const nik = `${district}1505230000`;
  const cli = execFileSync("node_modules/.bin/nik-parse", ["-n", nik], { encoding: "utf8" });
  console.log(
    `${code} ${name} (${count} regencies): nik-parse ${/NIK (tidak )?valid/.exec(cli)[0]},`,
    `nik-parser ${nikParser(nik).isValid()}, kecamatan() ${attempt(() => nikParser(nik).kecamatan())}`,
  );
}
JS
seen=$(node seen.mjs)
stated='16 SUMATERA SELATAN (17 regencies): nik-parse NIK valid, nik-parser true, kecamatan() SOSOH BUAY RAYAP
93 PAPUA SELATAN (4 regencies): nik-parse NIK tidak valid, nik-parser false, kecamatan() TypeError
94 PAPUA TENGAH (8 regencies): nik-parse NIK tidak valid, nik-parser false, kecamatan() TypeError
95 PAPUA PEGUNUNGAN (8 regencies): nik-parse NIK tidak valid, nik-parser false, kecamatan() TypeError
96 PAPUA BARAT DAYA (6 regencies): nik-parse NIK tidak valid, nik-parser false, kecamatan() TypeError'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
