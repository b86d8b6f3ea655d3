import { describe, expect, it } from "vitest";
import { contractChanges } from "../../src/standard/change/contract-changes.ts";
import { readDocument, type LintDocument } from "../../src/standard/document.ts";

type Schema = object | boolean;
type Verdict = "breaks" | "look" | "fine";
type Place = "request" | "response" | "query" | "header";
const shared = {
  Kode: { type: "object", properties: { kode: { type: "string" } } },
  Pohon: {
    type: "object",
    properties: { nama: { type: "string" }, anak: { type: "array", items: { $ref: "#/components/schemas/Pohon" } } },
  },
};

/** A contract in which the schema stands in one place. */
function contract(schema: Schema, place: Place, openapi: string, schemas: object): LintDocument {
  const content = { "application/json": { schema } };
  const parameter = { name: "x", in: place, schema };
  const operation = {
    operationId: "a",
    ...(place === "request" ? { requestBody: { content } } : {}),
    ...(place === "query" || place === "header" ? { parameters: [parameter] } : {}),
    responses: { "200": place === "response" ? { description: "", content } : { description: "" } },
  };
  return readDocument("a.json", JSON.stringify({ openapi, info: {}, paths: { "/a": { post: operation } }, components: { schemas } }));
}

interface Setting {
  readonly place: Place;
  readonly openapi?: string;
  readonly schemas?: object;
}
const changesOf = (before: Schema, after: Schema, { place, openapi = "3.1.0", schemas = shared }: Setting): readonly string[] =>
  [...contractChanges(contract(before, place, openapi, schemas), contract(after, place, openapi, schemas))].map(
    ({ breaks, text }) => `${breaks ? "breaks" : "look"}: ${text.en}`,
  );
function verdict(before: Schema, after: Schema, setting: Setting): Verdict {
  const changes = changesOf(before, after, setting);
  return changes.some((one) => one.startsWith("breaks")) ? "breaks" : changes.length > 0 ? "look" : "fine";
}

const text = { type: "string" };
const whole = { type: "integer" };
const object = (properties: object, more: object = {}): object => ({ type: "object", properties, ...more });
const closed = { additionalProperties: false };
const list = (more: object): object => ({ type: "array", items: text, ...more });

/** The second schema accepts less than the first: a request may become the first, a response the second. */
const tighter: readonly (readonly [string, Schema, Schema])[] = [
  ["type: one of two is gone", { type: ["string", "integer"] }, text],
  ["type: number → integer", { type: "number" }, whole],
  ["type: null is gone", { type: ["string", "null"] }, text],
  ["type: is named", {}, text],
  ["type: a boolean schema", true, text],
  ["enum: loses a value", { type: "string", enum: ["a", "b"] }, { type: "string", enum: ["a"] }],
  ["enum: is new", text, { type: "string", enum: ["a"] }],
  ["enum: a value that the bounds allow", { type: "string", maxLength: 3 }, { enum: ["abc"] }],
  ["enum: of booleans", { type: "boolean" }, { const: true }],
  ["const: is new", text, { const: "a" }],
  ["const: one of an enum", { enum: ["a", "b"] }, { const: "a" }],
  ["maxLength: lower", { type: "string", maxLength: 10 }, { type: "string", maxLength: 9 }],
  ["maxLength: is new", text, { type: "string", maxLength: 500 }],
  ["minLength: higher", { type: "string", minLength: 1 }, { type: "string", minLength: 2 }],
  ["minLength: is new", text, { type: "string", minLength: 1 }],
  ["maxItems: lower", list({ maxItems: 10 }), list({ maxItems: 9 })],
  ["maxItems: is new", list({}), list({ maxItems: 9 })],
  ["minItems: higher", list({}), list({ minItems: 1 })],
  ["maxProperties", object({}, { maxProperties: 9 }), object({}, { maxProperties: 2 })],
  ["minProperties", object({}), object({}, { minProperties: 1 })],
  ["maximum: lower", { type: "number", maximum: 10 }, { type: "number", maximum: 9.5 }],
  ["minimum: is new, 0", whole, { type: "integer", minimum: 0 }],
  ["exclusiveMaximum: the bound itself is gone", { type: "number", maximum: 10 }, { type: "number", exclusiveMaximum: 10 }],
  ["exclusiveMinimum: higher", { type: "number", exclusiveMinimum: 0 }, { type: "number", exclusiveMinimum: 1 }],
  ["multipleOf: is new", whole, { type: "integer", multipleOf: 5 }],
  ["multipleOf: a multiple of it", { type: "number", multipleOf: 0.01 }, { type: "number", multipleOf: 0.05 }],
  ["multipleOf: of whole numbers", { type: "number", multipleOf: 0.5 }, whole],
  ["uniqueItems", list({}), list({ uniqueItems: true })],
  ["pattern: is new", text, { type: "string", pattern: "^a$" }],
  ["format: is new", text, { type: "string", format: "date" }],
  ["format: int64 → int32", { type: "integer", format: "int64" }, { type: "integer", format: "int32" }],
  ["format: within bounds", { type: "integer", format: "int32" }, { type: "integer", minimum: 0, maximum: 100 }],
  ["format: uri-reference → uri", { type: "string", format: "uri-reference" }, { type: "string", format: "uri" }],
  ["format: nomor-kk → nik", { type: "string", format: "nomor-kk" }, { type: "string", format: "nik" }],
  ["required: one more", object({ a: text }), object({ a: text }, { required: ["a"] })],
  ["dependentRequired: is new", object({ a: text, b: text }), object({ a: text, b: text }, { dependentRequired: { a: ["b"] } })],
  [
    "additionalProperties: of a map",
    { type: "object", additionalProperties: text },
    { type: "object", additionalProperties: { enum: ["a"] } },
  ],
  ["properties: tighter below", object({ a: text }), object({ a: { type: "string", maxLength: 3 } })],
  [
    "properties: tighter far below",
    object({ a: list({ items: object({ b: whole }) }) }),
    object({ a: list({ items: object({ b: { const: 1 } }) }) }),
  ],
  ["patternProperties", object({}, { patternProperties: { "^a": text } }), object({}, { patternProperties: { "^a": { enum: ["a"] } } })],
  ["propertyNames", object({}, { propertyNames: text }), object({}, { propertyNames: { maxLength: 3 } })],
  ["propertyNames: is new", object({}), object({}, { propertyNames: { maxLength: 3 } })],
  ["items", list({}), list({ items: { enum: ["a"] } })],
  ["prefixItems", { type: "array", prefixItems: [text] }, { type: "array", prefixItems: [{ enum: ["a"] }] }],
  ["prefixItems: a further one", { type: "array", prefixItems: [text] }, { type: "array", prefixItems: [text, whole] }],
  ["items: false behind prefixItems", { type: "array", prefixItems: [text] }, { type: "array", prefixItems: [text], items: false }],
  ["contains: is new", list({}), list({ contains: { const: "a" } })],
  ["minContains: higher", list({ contains: { const: "a" } }), list({ contains: { const: "a" }, minContains: 2 })],
  ["maxContains: lower", list({ contains: { const: "a" }, maxContains: 3 }), list({ contains: { const: "a" }, maxContains: 2 })],
  ["oneOf: an alternative is gone", { oneOf: [text, whole] }, { oneOf: [text] }],
  ["anyOf: an alternative is gone", { anyOf: [text, whole, { type: "null" }] }, { anyOf: [text, whole] }],
  ["anyOf: an alternative is tighter", { anyOf: [text, whole] }, { anyOf: [text, { type: "integer", minimum: 0 }] }],
  ["oneOf → one of them", { oneOf: [text, whole] }, text],
  ["anyOf: in another order", { anyOf: [text, whole] }, { anyOf: [{ type: "integer", maximum: 3 }, text] }],
  ["allOf: one more", { allOf: [text] }, { allOf: [text, { maxLength: 3 }] }],
  ["allOf: a required member of a part", { allOf: [object({ a: text })] }, { allOf: [object({ a: text }, { required: ["a"] })] }],
  ["a reference to what is tighter", object({ kode: text }), { allOf: [{ $ref: "#/components/schemas/Kode" }, { required: ["kode"] }] }],
  ["false", text, false],
];

/** Both say the same. */
const same: readonly (readonly [string, Schema, Schema])[] = [
  ["words", { type: "string", description: "a", title: "a", examples: ["a"] }, { type: "string", description: "b", deprecated: true }],
  ["const and enum", { const: "a" }, { enum: ["a"] }],
  ["enum in another order", { enum: ["a", "b"] }, { enum: ["b", "a"] }],
  ["an object as a value, its members in another order", { enum: [{ a: 1, b: 2 }] }, { enum: [{ b: 2, a: 1 }] }],
  ["a bound of integers", { type: "integer", exclusiveMinimum: 0 }, { type: "integer", minimum: 1 }],
  ["minLength 0", text, { type: "string", minLength: 0 }],
  ["multipleOf 1 and integer", { type: "number", multipleOf: 1 }, whole],
  ["int64 holds what the gateway takes of any integer", whole, { type: "integer", format: "int64" }],
  ["double, float and password hold nothing", { type: "number", format: "double" }, { type: "number", format: "float" }],
  ["a size that the format has", { type: "string", format: "nik" }, { type: "string", format: "nik", maxLength: 16, minLength: 16 }],
  ["a size that follows from the members", object({ a: text }, closed), object({ a: text }, { ...closed, maxProperties: 1 })],
  ["what is said of another type", text, { type: "string", maximum: 5, required: ["a"], maxItems: 1 }],
  ["inline → reference", object({ kode: text }), { $ref: "#/components/schemas/Kode" }],
  ["inline → allOf of a reference", object({ kode: text }), { allOf: [{ $ref: "#/components/schemas/Kode" }] }],
  [
    "a member moves between the parts of an allOf",
    { allOf: [object({ a: text }), object({ b: whole })] },
    { allOf: [object({ a: text, b: whole }), {}] },
  ],
  [
    "allOf → one object",
    { allOf: [object({ a: text }), object({ b: whole }, { required: ["b"] })] },
    object({ a: text, b: whole }, { required: ["b"] }),
  ],
  ["allOf within allOf", { allOf: [{ allOf: [text] }] }, text],
  ["allOf beside keywords", { type: "string", allOf: [{ maxLength: 3 }] }, { type: "string", maxLength: 3 }],
  ["a closed allOf → one closed object", { allOf: [object({ a: text })], unevaluatedProperties: false }, object({ a: text }, closed)],
  ["anyOf of one", { anyOf: [text] }, text],
  ["anyOf in another order", { anyOf: [text, whole] }, { anyOf: [whole, text] }],
  ["types → anyOf", { type: ["string", "null"] }, { anyOf: [text, { type: "null" }] }],
  ["an enum → consts in a oneOf", { enum: ["a", "b"] }, { oneOf: [{ const: "a" }, { const: "b", title: "B" }] }],
  ["true → an empty schema", true, {}],
  [
    "a schema within itself",
    { $ref: "#/components/schemas/Pohon" },
    object({ nama: text, anak: list({ items: { $ref: "#/components/schemas/Pohon" } }) }),
  ],
  ["additionalProperties: true", object({ a: text }), object({ a: text }, { additionalProperties: true })],
  ["the same condition", { if: { const: 1 }, then: whole }, { if: { const: 1 }, then: { type: "integer", description: "x" } }],
  ["the same not", { not: { const: 1 } }, { allOf: [{ not: { const: 1 } }] }],
  ["the same pattern", { type: "string", pattern: "^a$" }, { allOf: [{ pattern: "^a$" }, text] }],
];

/** Before, after, and what that is in a request and in a response. */
const others: readonly (readonly [string, Schema, Schema, Verdict, Verdict])[] = [
  ["type: another", text, whole, "breaks", "breaks"],
  ["const: another", { const: "lama" }, { const: "baru" }, "breaks", "breaks"],
  ["enum: another", { enum: ["a", "b"] }, { enum: ["a", "c"] }, "breaks", "breaks"],
  ["pattern: another", { type: "string", pattern: "^a$" }, { type: "string", pattern: "^b$" }, "breaks", "breaks"],
  ["format: another", { type: "string", format: "date" }, { type: "string", format: "date-time" }, "breaks", "breaks"],
  ["multipleOf: another", { type: "integer", multipleOf: 5 }, { type: "integer", multipleOf: 7 }, "breaks", "breaks"],
  ["contentEncoding: another", { ...text, contentEncoding: "base64" }, { ...text, contentEncoding: "base64url" }, "breaks", "breaks"],
  ["contentEncoding: is new", text, { ...text, contentEncoding: "base64" }, "breaks", "look"],
  ["properties: a further one of a closed object", object({}, closed), object({ a: text }, closed), "fine", "fine"],
  ["properties: a further one of an open object", object({}), object({ a: text }), "fine", "fine"],
  ["properties: one is gone from a closed object", object({ a: text }, closed), object({}, closed), "breaks", "breaks"],
  ["properties: one is gone from an open object", object({ a: text }), object({}), "fine", "breaks"],
  ["properties: one is false now", object({ a: text }), object({ a: false }), "breaks", "breaks"],
  ["properties → a map of the same", object({ a: text }, closed), { type: "object", additionalProperties: text }, "fine", "breaks"],
  ["additionalProperties: false is new", object({ a: text }), object({ a: text }, closed), "breaks", "fine"],
  ["additionalProperties: false is gone", object({ a: text }, closed), object({ a: text }), "fine", "fine"],
  ["additionalProperties: a map → anything", { type: "object", additionalProperties: text }, { type: "object" }, "fine", "breaks"],
  ["additionalProperties: anything → a map", { type: "object" }, { type: "object", additionalProperties: text }, "breaks", "fine"],
  [
    "unevaluatedProperties: false is new",
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text })], unevaluatedProperties: false },
    "breaks",
    "fine",
  ],
  [
    "unevaluatedItems: false is new",
    { type: "array", prefixItems: [text] },
    { type: "array", prefixItems: [text], unevaluatedItems: false },
    "breaks",
    "fine",
  ],
  ["readOnly: is new", object({ a: text }), object({ a: { ...text, readOnly: true } }), "look", "fine"],
  ["writeOnly: is new", object({ a: text }), object({ a: { ...text, writeOnly: true } }), "fine", "breaks"],
  ["default: another", { ...whole, default: 10 }, { ...whole, default: 1 }, "look", "fine"],
  ["default: is new", whole, { ...whole, default: 1 }, "look", "fine"],
  ["default: is gone", { ...whole, default: 1 }, whole, "look", "fine"],
  ["oneOf: an alternative more", { oneOf: [text] }, { oneOf: [text, whole] }, "fine", "breaks"],
  ["oneOf: another alternative", { oneOf: [text, whole] }, { oneOf: [text, { type: "boolean" }] }, "breaks", "breaks"],
  ["oneOf: wrapped, with one more", text, { oneOf: [text, whole] }, "fine", "breaks"],
  [
    "discriminator: another",
    { oneOf: [object({})], discriminator: { propertyName: "a" } },
    { oneOf: [object({})], discriminator: { propertyName: "b" } },
    "look",
    "look",
  ],
  ["if: is new", {}, { if: { const: 1 }, then: whole }, "look", "fine"],
  ["if: is gone", { if: { const: 1 }, then: whole }, {}, "fine", "look"],
  ["then: another", { if: { const: 1 }, then: whole }, { if: { const: 1 }, then: text }, "look", "look"],
  ["else: is new", { if: { const: 1 }, then: whole }, { if: { const: 1 }, then: whole, else: text }, "look", "look"],
  ["not: another", { not: { const: 1 } }, { not: { const: 2 } }, "look", "look"],
  ["not: is new", text, { ...text, not: { const: "" } }, "look", "fine"],
  [
    "dependentSchemas: another",
    object({}, { dependentSchemas: { a: text } }),
    object({}, { dependentSchemas: { a: whole } }),
    "look",
    "look",
  ],
  ["contains: another", list({ contains: { const: "a" } }), list({ contains: { const: "b" } }), "look", "look"],
  [
    "a schema within itself that changes",
    { $ref: "#/components/schemas/Pohon" },
    object({ nama: whole, anak: list({ items: { $ref: "#/components/schemas/Pohon" } }) }),
    "breaks",
    "breaks",
  ],
];

describe("a schema of a body that accepts less", () => {
  it.each(tighter)("%s", (_, before, after) => {
    expect([
      verdict(before, after, { place: "request" }),
      verdict(before, after, { place: "response" }),
      verdict(after, before, { place: "request" }),
      verdict(after, before, { place: "response" }),
    ]).toEqual(["breaks", "fine", "fine", "breaks"]);
  });
});

describe("a schema of a body that says the same in other words", () => {
  it.each(same)("%s", (_, before, after) => {
    for (const place of ["request", "response"] as const)
      expect([...changesOf(before, after, { place }), ...changesOf(after, before, { place })]).toEqual([]);
  });
});

describe("a schema of a body that changes", () => {
  it.each(others)("%s", (_, before, after, request, response) => {
    expect([verdict(before, after, { place: "request" }), verdict(before, after, { place: "response" })]).toEqual([request, response]);
  });
});

describe("the keywords of OpenAPI 3.0", () => {
  const openapi = "3.0.3";
  it.each<[string, object, object, Verdict, Verdict]>([
    ["nullable: is new", text, { ...text, nullable: true }, "fine", "breaks"],
    ["nullable: is gone", { ...text, nullable: true }, text, "breaks", "fine"],
    ["exclusiveMaximum: is new", { ...whole, maximum: 5 }, { ...whole, maximum: 5, exclusiveMaximum: true }, "breaks", "fine"],
    ["exclusiveMaximum: false", { ...whole, maximum: 5 }, { ...whole, maximum: 5, exclusiveMaximum: false }, "fine", "fine"],
    [
      "beside a reference nothing counts",
      { $ref: "#/components/schemas/Kode" },
      { $ref: "#/components/schemas/Kode", required: ["kode"] },
      "fine",
      "fine",
    ],
    [
      "a required member that is readOnly",
      object({ a: { ...text, readOnly: true } }),
      object({ a: { ...text, readOnly: true } }, { required: ["a"] }),
      "fine",
      "fine",
    ],
    [
      "a required member that is writeOnly",
      object({ a: { ...text, writeOnly: true } }),
      object({ a: { ...text, writeOnly: true } }, { required: ["a"] }),
      "breaks",
      "fine",
    ],
  ])("%s", (_, before, after, request, response) => {
    expect([verdict(before, after, { place: "request", openapi }), verdict(before, after, { place: "response", openapi })]).toEqual([
      request,
      response,
    ]);
  });

  it("a contract that goes from 3.0 to 3.1 with the same meaning", () => {
    const old = contract({ type: "string", nullable: true }, "response", openapi, {});
    const now = contract({ type: ["string", "null"] }, "response", "3.1.0", {});
    expect([...contractChanges(old, now)]).toEqual([]);
  });
});

describe("a parameter", () => {
  it.each<[string, object, object, Verdict]>([
    ["type: integer → string, the same text", whole, text, "fine"],
    ["type: string → integer", text, whole, "breaks"],
    ["type: integer → a string with a pattern", whole, { ...text, pattern: "^[0-9]+$" }, "look"],
    ["type: string or null → string: null cannot be written", { type: ["string", "null"] }, text, "fine"],
    ["anyOf with null → without", { anyOf: [text, { type: "null" }] }, text, "fine"],
    ["type: array → one value", list({}), text, "breaks"],
    ["type: one value → an array of another type", text, { type: "array", items: whole }, "breaks"],
    ["type: one value → an array of two at least", text, list({ minItems: 2 }), "breaks"],
    ["enum: loses a value", { enum: ["a", "b"] }, { enum: ["a"] }, "breaks"],
    ["enum: a value more", { enum: ["a"] }, { enum: ["a", "b"] }, "fine"],
    ["items: tighter", list({}), list({ items: { type: "string", maxLength: 3 } }), "breaks"],
    ["maximum: lower", { ...whole, maximum: 5 }, { ...whole, maximum: 4 }, "breaks"],
    ["default: another", { ...whole, default: 10 }, { ...whole, default: 1 }, "look"],
  ])("%s", (_, before, after, expected) => {
    for (const place of ["query", "header"] as const) expect(verdict(before, after, { place })).toBe(expected);
  });

  it("one value → an array of it, where several are written apart", () => {
    expect(verdict(text, list({}), { place: "query" })).toBe("fine");
    expect(verdict(whole, { type: "array", items: whole }, { place: "header" })).toBe("fine");
  });

  it("one text → an array joined by commas: a text may have a comma in it", () => {
    expect(verdict(text, list({}), { place: "header" })).toBe("look");
  });
});

it("says what was and what is", () => {
  expect(changesOf({ type: "string", maxLength: 10 }, { type: "string", maxLength: 9 }, { place: "request" })).toEqual([
    "breaks: maxLength is 9 now, it was 10",
  ]);
  expect(changesOf({ type: "string", maxLength: 10 }, text, { place: "response" })).toEqual(["breaks: maxLength 10 holds no more"]);
  expect(changesOf({ ...text, pattern: "^a$" }, { ...text, pattern: "^b$" }, { place: "request" })).toEqual([
    'breaks: pattern is "^b$" now, it was "^a$"',
  ]);
});

it("ends, and says so, where there are more ways through the alternatives than are compared", () => {
  const many = (value: number): object => ({
    allOf: Array.from({ length: 8 }, (_, index) => ({ anyOf: [{ maximum: index }, { minimum: value + index }] })),
  });
  expect(verdict(many(5), many(6), { place: "request" })).toBe("look");
  expect(verdict({ ...many(5), type: "integer" }, { ...many(6), type: "string" }, { place: "request" })).toBe("breaks");
});

it("ends where schemas lead into each other along many ways", () => {
  const names = Array.from({ length: 12 }, (_, index) => `S${index}`);
  const to = (index: number): object => ({ $ref: `#/components/schemas/S${index % 12}` });
  const schemas = (length: number): object =>
    Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          allOf: [object({ a: to(index + 1), b: list({ items: to(index + 5) }), c: { type: "string", maxLength: length } })],
          oneOf: [to(index + 2), to(index + 3), { required: [`m${index}`] }],
        },
      ]),
    );
  const read = (length: number): LintDocument => contract(to(0), "request", "3.1.0", schemas(length));
  const changes = [...contractChanges(read(10), read(9))];
  expect(changes.length).toBeGreaterThan(0);
  expect([...contractChanges(read(10), read(10))]).toEqual([]);
});
