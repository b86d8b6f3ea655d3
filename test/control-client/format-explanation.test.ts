import { expect, it } from "vitest";
import { explanationLines } from "../../src/control-client/format-explanation.ts";
import { why } from "../../src/policy/why/why.ts";
import { home, PAS, policyFixture } from "../support/policy-fixture.ts";

it("why instance stands in parts, each under its heading once", async () => {
  const lines = explanationLines(await why(policyFixture(PAS).view(), "instance", home));
  const headings = lines.filter((line) => /^\S.*:$/.test(line));
  expect(headings).toEqual([
    "Peraturan yang berlaku (The regulation in force):",
    "Syarat produksi, menurut keadaan sekarang (Conditions of production, as things are now):",
    "Pertimbangan (Opinions):",
    "Langkah berikutnya, dan yang masih kurang (The next step, and what it lacks):",
  ]);
  for (const heading of headings) expect(lines[lines.indexOf(heading) - 1]).toBe("");
});
