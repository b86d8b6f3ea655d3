import { describe, expect, test } from "vitest";
import { verbs } from "../../src/cli/cli.ts";
import { cliPage } from "../../src/cli/help/page.ts";

const loaded = new Map(await Promise.all(Object.entries(verbs).map(async ([name, load]) => [name, (await load()).verb] as const)));

describe("docs/cli.md", () => {
  test("is written from the verbs", async () => {
    await expect(cliPage(loaded)).toMatchFileSnapshot("../../docs/cli.md");
  });

  test("has a section for each verb of the command line, and for no other", () => {
    const sections = Array.from(cliPage(loaded).matchAll(/^### (.+)$/gm), ([, name]) => name!);
    expect(sections.toSorted()).toEqual(Object.keys(verbs).toSorted());
  });
});

test.each([...loaded])(
  "%s is called by its name, and its usage names only options that it has",
  (name, { usage, options = {}, settings }) => {
    expect(usage.split(" ", 1)).toEqual([name]);
    const named = Array.from(usage.matchAll(/--([a-z][a-z-]*)/g), ([, option]) => option!);
    expect(named.filter((option) => !(option in options) && settings !== true)).toEqual([]);
  },
);
