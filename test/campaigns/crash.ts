/**
 * Kills a gateway again and again: `npm run campaign:crash`, or with
 *
 *   --kills N    how often, 240 by default: each step in equal parts, the rest at random
 *   --at STEPS   only these, by name and with commas between, in equal parts
 *   --seed N     the same numbers as in an earlier run; races between processes remain
 *   --json       the result as one JSON document on standard output, in place of words
 *
 * Ends with 0 if everything promised was kept, with 1 if not.
 */
import { parseArgs } from "node:util";
import { aimsOf, crashCampaign, type Aim } from "./crash-campaign.ts";
import { progressBar } from "../support/progress.ts";
import { steps } from "./steps.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "240" },
    at: { type: "string" },
    seed: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const starting = Math.floor(kills / 20);
const eachStep = Math.floor((kills * 0.6) / Object.keys(steps).length);
const chosen = values.at?.split(",") as Aim[] | undefined;
const aims =
  chosen === undefined
    ? aimsOf({ eachStep, starting, random: kills - starting - eachStep * Object.keys(steps).length, seed })
    : Array.from({ length: kills }, (_, i) => chosen[i % chosen.length]!);

let told = 0;
console.error(`campaign:crash --kills ${kills} --seed ${seed}`);
const bar = progressBar(aims.length);
const result = await crashCampaign({
  seed,
  aims,
  progress(done, { leaves, answers, receipts, findings }) {
    for (; told < findings.length; told++) console.error(`\nFINDING before kill ${done}: ${findings[told]}`);
    bar.at(done, `kills, ${leaves} leaves, ${answers} answers, ${receipts} receipts, ${findings.length} findings`);
  },
});
bar.end();
if (values.json) console.log(JSON.stringify(result, undefined, 2));
else {
  const { judged } = result;
  for (const [aim, count] of Object.entries(result.kills)) console.log(`${String(count).padStart(6)} × kill -9 at ${aim}`);
  for (const [what, count] of Object.entries(judged)) console.log(`${String(count).padStart(6)} ${what}`);
  for (const [code, count] of Object.entries(result.resent)) console.log(`${String(count).padStart(6)} sent again: ${code}`);
  console.log(`${String(result.readAgain).padStart(6)} reads asked for again`);
  console.log(`${String(result.scarce.used).padStart(6)} uses of a daily quota of ${result.scarce.quota}`);
  for (const finding of result.findings) console.log(`FINDING ${finding}`);
}
process.exitCode = result.findings.length === 0 ? 0 : 1;
