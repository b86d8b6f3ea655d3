/**
 * Gives every parser of what others send a great many inputs, most of them nearly right: `npm run campaign:fuzz -- --inputs N --seed N`.
 * Ends with 1 if a parser threw, or took an input as it must not.
 */
import { parseArgs } from "node:util";
import { fuzzCampaign } from "./fuzz-campaign.ts";

const { values } = parseArgs({
  options: { inputs: { type: "string", default: "10000000" }, seed: { type: "string", default: String(Date.now() % 2 ** 31) } },
});
const began = performance.now();
const { inputs, wrong } = fuzzCampaign({ count: Number(values.inputs), seed: Number(values.seed) });
for (const [name, count] of Object.entries(inputs)) console.log(`${String(count).padStart(9)} ${name}`);
const total = Object.values(inputs).reduce((sum, count) => sum + count, 0);
console.log(`${total} inputs, seed ${values.seed}, ${((performance.now() - began) / 1000).toFixed(0)} s, ${wrong.length} wrong`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
