import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pageOf } from "./corpus/page.ts";
import { published } from "./corpus/published.ts";
import { judges, verdictOn, type Verdict } from "./corpus/verdict.ts";

const folder = join(import.meta.dirname, "corpus");
const recorded = JSON.parse(readFileSync(join(folder, "verdicts.json"), "utf8")) as Readonly<Record<string, Verdict>>;
const nameOf = ({ repository, path }: (typeof published)[number]): string => `${repository}/${path}`;

describe("published contracts", () => {
  it("are at least 200, each with its verdict, and the page shows them", () => {
    expect(published.length).toBeGreaterThanOrEqual(200);
    expect(Object.keys(recorded).sort()).toEqual(published.map(nameOf).sort());
    expect(readFileSync(join(folder, "../../../docs/corpus.md"), "utf8")).toBe(pageOf(published, recorded).text);
  });

  it("that are refused are refused by lint for the same cause", () => {
    const refused = Object.entries(recorded).filter(([, { refused }]) => refused.length > 0);
    expect(refused.filter(([, { sameCause }]) => sameCause !== true)).toEqual([]);
  });

  const kept = published.filter((one) => existsSync(join(folder, "kept", nameOf(one))));
  it.each(kept.map((one) => [nameOf(one)] as const))("%s: as recorded", async (name) => {
    expect(await verdictOn(join(folder, "kept", name), judges())).toEqual(recorded[name]);
  });
});
