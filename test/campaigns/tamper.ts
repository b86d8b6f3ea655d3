import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { progressBar } from "../support/progress.ts";
import { tableOf, tamperCampaign } from "./tamper-campaign.ts";
import type { LogPlan } from "./tamper-fixture.ts";
import { tamperings } from "./tamperings.ts";

/**
 * `npm run campaign:tamper [-- --places N] [-- --write]`: every tampering at N places in each of these logs; `--write` puts the table into
 * docs/reliability.md.
 */
const plans: readonly LogPlan[] = [
  { looks: [120, 240, 330], backup: 200, size: 360 },
  { looks: [256, 512], backup: 300, size: 640 },
  { looks: [1, 255, 257, 259], backup: 100, size: 280 },
];

const { values } = parseArgs({ options: { places: { type: "string", default: "24" }, write: { type: "boolean", default: false } } });
const placesEach = Number(values.places);
const bar = progressBar(plans.length * tamperings.length * placesEach);
const campaign = await tamperCampaign(plans, placesEach, (done, what) => bar.at(done, what));
bar.end();

const tried = campaign.rows.reduce((sum, row) => sum + row.tried, 0);
const ways = Object.keys(campaign.rows[0]!.places).length;
const sizes = plans.map(({ size }) => size).join(", ");
const sum = `${tried} tamperings, each audited in ${ways} ways, in logs of ${sizes} leaves; ${campaign.surprises.length} surprises.`;
const table = `${tableOf(campaign)}\n\n${sum}`;
console.log(table);
for (const { what, at, verdict } of campaign.surprises)
  console.log(`✗ ${what}, leaf ${at}, with ${verdict.means}: ${verdict.place}\n    ${verdict.said.join("\n    ")}`);

if (values.write) {
  const file = join(import.meta.dirname, "../../docs/reliability.md");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      /(<!-- tamper:begin -->\n)[^]*(<!-- tamper:end -->)/,
      (_, begin: string, end: string) => `${begin}${table}\n${end}`,
    ),
  );
}
process.exitCode = campaign.surprises.length === 0 && campaign.rows.every((row) => row.tried > 0) ? 0 : 1;
