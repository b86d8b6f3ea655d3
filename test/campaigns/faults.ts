/**
 * Lets the disk, the clock and the files of a gateway fail, one fault after another: `npm run campaign:faults`, or with
 *
 *   --only TEXT  the scenarios whose name holds it
 *   --seed N     the same load as in an earlier run
 *   --json       the result as one JSON document on standard output, in place of words
 *
 * Ends with 0 if a gateway was well after each, with 1 if not.
 */
import { parseArgs } from "node:util";
import { faultsCampaign, scenarios } from "./faults-campaign.ts";
import { progressBar } from "../support/progress.ts";

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, seed: { type: "string" }, json: { type: "boolean", default: false } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const chosen = scenarios.filter(({ name }) => name.includes(values.only));

console.error(`campaign:faults --seed ${seed}`);
const bar = progressBar(chosen.length);
let told = 0;
const result = await faultsCampaign({
  seed,
  scenarios: chosen,
  progress(done, name, findings) {
    for (; told < findings.length; told++) console.error(`\nFINDING ${findings[told]!.name}: ${findings[told]!.said}`);
    bar.at(done, `faults, ${findings.length} findings ${name}`);
  },
});
bar.end();
if (values.json) console.log(JSON.stringify(result, undefined, 2));
else {
  for (const name of result.passed) console.log(`well     ${name}`);
  for (const { name, lacks } of result.notTried) console.log(`NOT TRIED ${name}: ${lacks}`);
  for (const { name, said } of result.findings) console.log(`FINDING  ${name}\n         ${said.replaceAll("\n", "\n         ")}`);
  console.log(
    `${result.passed.length} of ${chosen.length} faults overcome; ${result.answers} answers judged, ${result.executions} executions`,
  );
}
process.exitCode = result.findings.length === 0 ? 0 : 1;
