import { describe, expect, it } from "vitest";
import { fieldsOf, manifestNames, manifestsPage, schemaOf } from "./manifests-page.ts";

describe("docs/manifests.md", () => {
  it("is written from the schemas", async () => {
    await expect(manifestsPage()).toMatchFileSnapshot("../../docs/manifests.md");
  });

  it.each(manifestNames)("says of every field of %s.yaml in both languages what it means", (name) => {
    const fields = [...fieldsOf(schemaOf(name))];
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter(({ schema }) => schema.title === undefined || schema.description === undefined)).toEqual([]);
  });
});
