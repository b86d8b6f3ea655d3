import { expect, it } from "vitest";
import { actions } from "../../src/policy/acts/actions.ts";
import { guards } from "../../src/policy/guards/guards.ts";
import { stateMachinesPage } from "../../src/policy/acts/state-machines.ts";
import { ids, profileOf } from "../support/policy-fixture.ts";

const page = stateMachinesPage(ids.map(profileOf));

it("docs/state-machines.md is the page that the tables generate", async () => {
  await expect(page).toMatchFileSnapshot("../../docs/state-machines.md");
});

it("names every step and every condition, each line with a cell for every region", () => {
  const lines = page.split("\n");
  for (const name of [...actions.keys(), ...Object.keys(guards)]) expect(lines.some((line) => line.startsWith(`| \`${name}\``))).toBe(true);
  for (const line of lines.filter((one) => one.startsWith("| `"))) expect([7, 8]).toContain(line.split(" | ").length + 2);
});
