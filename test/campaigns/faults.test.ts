import { expect, it } from "vitest";
import { uuidv7 } from "../../src/base/uuid.ts";
import { faultsCampaign, scenarios } from "./faults-campaign.ts";
import { openFaultFixture } from "./fault-fixture.ts";
import type { Scenario } from "./scenario.ts";

it("a gateway is well after each fault, without a hand: the short form of the campaign", { timeout: 300_000 }, async () => {
  const short = scenarios.filter((scenario) => scenario.short);
  const result = await faultsCampaign({ seed: 7, scenarios: short });
  expect(result.findings).toEqual([]);
  expect(result.passed).toEqual(short.map(({ name }) => name));
});

it("a campaign says what went wrong, and goes on in a fixture that is whole", async () => {
  const told: Scenario[] = [
    { name: "one that fails", run: () => Promise.reject(new Error("because")) },
    { name: "one that cannot be tried", lacks: () => "a disk", run: () => Promise.reject(new Error("tried")) },
    { name: "one that is well", run: (scenario) => scenario.well(0) },
    { name: "one whose fault never struck", run: (scenario) => scenario.well(1) },
  ];
  const result = await faultsCampaign({ seed: 1, scenarios: told });
  expect(result.passed).toEqual(["one that is well"]);
  expect(result.notTried).toEqual([{ name: "one that cannot be tried", lacks: "a disk" }]);
  expect(result.findings.map(({ name, said }) => [name, said])).toEqual([
    ["one that fails", "because"],
    ["one whose fault never struck", "0 writes failed where at least 1 had to"],
  ]);
});

it("the judge finds an answer without a leaf, another answer than the leaf's, and an execution without an intent", async () => {
  const scenario = await openFaultFixture(1);
  try {
    await scenario.start();
    await scenario.work();
    const attempt = scenario.load.attempts.find(({ answers }) => answers[0]?.fields["spl-problem"] === undefined && answers.length > 0)!;
    const [answer] = attempt.answers;
    const exchange = uuidv7(Date.now());
    attempt.answers.push({ ...answer!, fields: { "spl-exchange": exchange } }, { ...answer!, answer: Buffer.from("lain") });
    const write = scenario.received.find(({ method }) => method === "POST")!;
    const unheard = uuidv7(Date.now());
    scenario.received.push({
      ...write,
      rawHeaders: write.rawHeaders.map((value, i) => (write.rawHeaders[i - 1]?.toLowerCase() === "spl-exchange" ? unheard : value)),
    });
    await scenario.judge.judge(scenario.controlOrigin);
    const { findings } = scenario.judge.judged;
    expect(findings.filter((finding) => finding.includes(exchange))).toEqual([
      `${attempt.kind} ${exchange} was answered ${answer!.status}  and has no leaf`,
    ]);
    expect(findings).toContain(`the answer of ${answer!.fields["spl-exchange"]} does not open`);
    expect(findings).toContain(`POST ${unheard} reached the provider without an intent`);
    expect(findings.some((finding) => finding.endsWith("was executed twice"))).toBe(true);
  } finally {
    await scenario.close();
  }
});
