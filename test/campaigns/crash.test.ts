import { expect, it } from "vitest";
import { aimsOf, crashCampaign } from "./crash-campaign.ts";
import { steps } from "./steps.ts";

it(
  "a gateway that is killed with -9 under load keeps everything that it promised: the short form of the campaign",
  { timeout: 300_000 },
  async () => {
    const aims = ["committed", "at-provider", "control-appending", "random"] as const;
    const result = await crashCampaign({ seed: 7, aims });
    expect(result.findings).toEqual([]);
    expect(result.kills).toEqual({ committed: 1, "at-provider": 1, "control-appending": 1, random: 1 });
    // Nothing is shown by a campaign in which nothing happened: with this seed the last life ends at its 68th receipt.
    expect(result.judged.answers).toBeGreaterThan(20);
    expect(result.judged.receipts).toBeGreaterThanOrEqual(68);
    expect(result.judged.executions).toBeGreaterThan(10);
    expect(result.judged.outcomesUnknown).toBeGreaterThan(0);
    expect(result.judged.registryVersions).toBeGreaterThan(2);
    expect(result.resent["replayed"]).toBeGreaterThan(0);
  },
);

it("the long form strikes at every step, and at the same ones in the same order for the same seed", () => {
  const given = { eachStep: 4, random: 20, starting: 3, seed: 5 };
  const aims = aimsOf(given);
  for (const step of Object.keys(steps)) expect(aims.filter((aim) => aim === step).length).toBe(4);
  expect(aims.filter((aim) => aim === "random").length).toBe(20);
  expect(aimsOf(given)).toEqual(aims);
  expect(aimsOf({ ...given, seed: 6 })).not.toEqual(aims);
});
