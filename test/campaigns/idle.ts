/**
 * Sends POSTs over a provider that ends idle connections at the worst moment: `npm run campaign:idle`, or with `-- --posts N`. Ends with 0
 * if none failed, with 1 if one did.
 */
import { parseArgs } from "node:util";
import { idleCampaign } from "./idle-campaign.ts";

const { values } = parseArgs({ options: { posts: { type: "string", default: "10000" } } });
const posts = Number(values.posts);
// gunicorn's threads keep a connection two seconds and do not say so; others say what they keep.
const providers = [{ keptMs: 2000 }, { keptMs: 5000, says: "timeout=5" }, { keptMs: 1000, says: "timeout=1" }];
let wrong = 0;
for (const provider of providers) {
  const result = await idleCampaign({ posts, parallel: 250, random: Math.random, ...provider });
  wrong += posts - result.delivered;
  console.log(JSON.stringify({ ...provider, ...result }));
}
process.exitCode = wrong === 0 ? 0 : 1;
