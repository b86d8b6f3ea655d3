import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { published } from "./corpus/published.ts";
import { judges, verdictOn } from "./corpus/verdict.ts";

const kept = published
  .map(({ repository, path }) => join(import.meta.dirname, "corpus/swagger", repository, path))
  .filter((path) => existsSync(path));

it("four published documents in Swagger 2.0 are kept", () => {
  expect(kept).toHaveLength(4);
});

it.each(kept)("%s is registered as it is, and all its operations answer in `try`", async (path) => {
  const { valid, refused, answered } = await verdictOn(path, judges());
  expect({ valid, refused }).toEqual({ valid: true, refused: [] });
  expect(answered!.good).toBe(answered!.of);
  expect(answered!.of).toBeGreaterThan(0);
});
