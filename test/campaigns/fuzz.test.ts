import { expect, it } from "vitest";
import { fuzzCampaign } from "./fuzz-campaign.ts";
import { fuzzedParsers } from "./fuzz-parsers.ts";

it("no parser of what others send throws or takes what it must not: the short form of the campaign", { timeout: 120_000 }, () => {
  const { inputs, wrong } = fuzzCampaign({ count: 10_000, seed: 13 });
  expect(wrong).toEqual([]);
  expect(Object.keys(inputs)).toEqual(Object.keys(fuzzedParsers));
});

it("each parser takes its first seed as right or refuses it in its own words", () => {
  for (const [name, { seeds, judge }] of Object.entries(fuzzedParsers)) expect(judge(seeds[0]!), name).toBeUndefined();
});
