import { expect, it } from "vitest";
import { seeded } from "../support/random.ts";
import { idleCampaign } from "./idle-campaign.ts";

it.each<{ keptMs: number; says?: string }>([
  { keptMs: 2000 },
  { keptMs: 5000, says: "timeout=5" },
  { keptMs: 1000, says: "timeout=1, max=100" },
])(
  "no POST rides on a connection that may just have been closed: the short form of the campaign, %o",
  { timeout: 120_000 },
  async (provider) => {
    const result = await idleCampaign({ posts: 400, parallel: 200, random: seeded(7), ...provider });
    expect(result).toMatchObject({ delivered: 400, failed: {}, ended: 0 });
  },
);
