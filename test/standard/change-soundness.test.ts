import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { nothingCompared, viewChanges } from "../../src/standard/change/schema-changes.ts";
import { viewOf } from "../../src/standard/change/view.ts";
import { readDocument, type LintDocument } from "../../src/standard/document.ts";
import { seeded } from "../support/random.ts";

/**
 * Schemas and values out of few building blocks, so that they meet often. Objects are closed or maps: that a member of
 * an open object is described later breaks nobody here, although its values were free.
 */
function maker(random: () => number): { readonly schema: (depth: number) => object; readonly value: (depth: number) => unknown } {
  const below = (most: number): number => Math.floor(random() * most);
  const one = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)]!;
  const plain = [null, true, false, 0, 1, 2, 3, 5, 10, 0.5, 1.5, "", "a", "ab", "abc", "2026-01-31"];
  const some = (more: object): object => (random() < 0.5 ? more : {});
  const value = (depth: number): unknown => {
    if (depth === 0 || random() < 0.4) return one(plain);
    if (random() < 0.5) return Array.from({ length: below(4) }, () => value(depth - 1));
    return Object.fromEntries(["a", "b", "c"].filter(() => random() < 0.6).map((name) => [name, value(depth - 1)]));
  };
  const schema = (depth: number): object => {
    const kinds: readonly (() => object)[] = [
      () => ({ enum: [...new Set([one(plain), one(plain), one(plain)])] }),
      () => ({ const: one(plain) }),
      () => ({ type: one(["string", "number", "integer", "boolean", "null"]) }),
      () => ({
        type: [one(["string", "number"]), one(["integer", "boolean", "null"])].filter((type, at, all) => all.indexOf(type) === at),
      }),
      () => ({
        type: "string",
        ...some({ maxLength: below(4) }),
        ...some({ minLength: below(3) }),
        ...some({ pattern: one(["^a", "b"]) }),
      }),
      () => ({
        type: one(["number", "integer"]),
        ...some({ minimum: below(3) }),
        ...some({ exclusiveMaximum: below(11) }),
        ...some({ multipleOf: one([0.5, 1, 2, 5]) }),
      }),
    ];
    const nested: readonly (() => object)[] = [
      () => ({ [one(["anyOf", "oneOf"])]: Array.from({ length: 1 + below(3) }, () => schema(depth - 1)) }),
      () => ({ allOf: Array.from({ length: 1 + below(2) }, () => schema(depth - 1)) }),
      () => ({ type: "array", items: schema(depth - 1), ...some({ maxItems: below(4) }), ...some({ uniqueItems: true }) }),
      () => ({ type: "array", prefixItems: [schema(depth - 1)], ...some({ items: one<object | boolean>([false, schema(depth - 1)]) }) }),
      () => ({ type: "array", contains: schema(depth - 1), ...some({ minContains: below(3) }) }),
      () => ({
        type: "object",
        properties: Object.fromEntries(["a", "b"].filter(() => random() < 0.7).map((name) => [name, schema(depth - 1)])),
        additionalProperties: one<object | boolean>([false, false, schema(depth - 1)]),
        ...some({ required: ["a"] }),
        ...some({ maxProperties: below(3) }),
      }),
    ];
    return depth > 0 && random() < 0.6 ? one(nested)() : one(kinds)();
  };
  return { schema, value };
}

const documentOf = (schema: object): LintDocument => readDocument("a.json", JSON.stringify({ openapi: "3.1.0", x: schema }));

/** The schema with something in it replaced, so that both are near each other. */
function altered(schema: unknown, random: () => number, fresh: () => object): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((item) => altered(item, random, fresh));
  return Object.fromEntries(
    Object.entries(schema as Record<string, unknown>)
      .filter(([keyword]) => random() > 0.12 || keyword === "additionalProperties" || keyword === "properties" || keyword === "a")
      .map(([keyword, value]) => {
        const isSchema = ["items", "contains", "a", "b"].includes(keyword) && typeof value === "object";
        return [keyword, isSchema && random() < 0.2 ? fresh() : altered(value, random, fresh)];
      }),
  );
}

it("never calls a change of a request compatible after which a value is refused that was taken", () => {
  const random = seeded(20_261_201);
  const { schema, value } = maker(random);
  const valid = (one: object): ((value: unknown) => boolean) => {
    const validate = new Ajv2020({ strict: false, validateSchema: false, logger: false }).compile(one);
    return (given) => validate(given);
  };
  const values = Array.from({ length: 300 }, () => value(3));
  let compatible = 0;
  for (let round = 0; round < 500; round++) {
    const before = schema(3);
    const after = random() < 0.2 ? schema(3) : (altered(before, random, () => schema(1)) as object);
    const changes = viewChanges(
      viewOf(documentOf(before), [["x"]], []),
      viewOf(documentOf(after), [["x"]], []),
      "request",
      nothingCompared(),
    );
    if (changes.length > 0) continue;
    compatible++;
    const [took, takes] = [valid(before), valid(after)];
    const refused = values.find((one) => took(one) && !takes(one));
    expect(refused === undefined ? undefined : { before, after, refused }).toBeUndefined();
  }
  expect(compatible).toBeGreaterThan(100);
});
