import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { policiesFolder } from "../../src/base/project.ts";
import { formWords } from "../../src/contract/form-words.ts";
import { actions } from "../../src/policy/acts/actions.ts";

/** The patterns at any depth of a schema. */
function patternsIn(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, part]: [string, unknown]) =>
    name === "pattern" && typeof part === "string" ? [part] : patternsIn(part),
  );
}

const manifests = ["common", "instance", "member", "subsystem", "service"].map(
  (name) => [name, JSON.parse(readFileSync(join(policiesFolder, "schema", `${name}.json`), "utf8")) as unknown] as const,
);
const inputs = [...actions.values()].map(({ name, input }) => [name, input] as const);

it.each([...manifests, ...inputs])("every pattern of %s that an officer can break is told in words", (_, schema) => {
  expect(patternsIn(schema).filter((pattern) => !formWords.has(pattern))).toEqual([]);
});

it("no words are kept for a pattern that nothing uses", () => {
  const used = new Set([...manifests, ...inputs].flatMap(([, schema]) => patternsIn(schema)));
  const elsewhere = ["^[\\x21-\\x7e]{1,64}$", "^3\\.1\\.[0-9]{1,3}$"];
  expect([...formWords.keys()].filter((pattern) => !used.has(pattern) && !elsewhere.includes(pattern))).toEqual([]);
});

it("each shows an example or says what is not allowed, and no regular expression", () => {
  for (const { id, en } of formWords.values()) {
    expect(id).not.toMatch(/[[\]^$\\]/);
    expect(en).not.toMatch(/[[\]^$\\]/);
  }
});
