import { expect, it } from "vitest";
import { readDocument } from "../../src/standard/document.ts";
import { exampleValidators } from "../../src/standard/example-validator.ts";

const named = { $ref: "#/components/schemas/Alias" };
const contents = { satu: named, dua: { $ref: named.$ref, description: "x" }, tiga: { ...named, maxLength: 1 } };
const at = (name: string): string[] => ["components", "schemas", name];
const document = readDocument(
  "a.json",
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "x", version: "1.0.0" },
    paths: { "/a": { get: { operationId: "a", responses: { default: { description: "x" } } } } },
    components: { schemas: { ...contents, Alias: { $ref: "#/components/schemas/Kode" }, Kode: { type: "string", maxLength: 2 } } },
  }),
);

it("a schema that many contents name is compiled once, through every name; keywords beside the reference hold", () => {
  const validate = exampleValidators(document);
  const kode = validate(at("Kode"));
  expect([kode!("ab"), kode!("abc")]).toEqual([true, false]);
  expect([validate(at("satu")), validate(at("dua")), validate(at("Alias"))]).toEqual([kode, kode, kode]);
  expect([validate(at("tiga"))!("a"), validate(at("tiga"))!("ab")]).toEqual([true, false]);
});
