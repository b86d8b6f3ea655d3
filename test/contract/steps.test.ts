import { describe, expect, it } from "vitest";
import type { ContractDocument } from "../../src/contract/document.ts";
import { isIdnHostname } from "../../src/contract/formats/host.ts";
import { contentLimits } from "../../src/contract/limits.ts";
import { createSchemaValidators, type SchemaFault } from "../../src/contract/schemas.ts";
import { explainRule } from "../../src/contract/rule-text.ts";
import { isOneOf } from "../../src/contract/enum-keyword.ts";

function judge(schemas: Record<string, unknown>, value: unknown, bytes = 0): readonly SchemaFault[] {
  const document = { openapi: "3.1.0", info: { title: "x", version: "1.0.0" }, paths: {}, components: { schemas } } as ContractDocument;
  return createSchemaValidators(document)(["components", "schemas", "A"], "request")(value, bytes);
}
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const nested = (levels: number, innermost: unknown): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ c: inner }), innermost);
const tooMany = [{ pointer: "", detail: explainRule({ keyword: "steps", instancePath: "", schemaPath: "", params: {} }) }];

describe("schemas that judge the same value again and again", () => {
  const twice = { properties: { c: ref("A") } };
  const never = { required: ["x"] };
  it.each<[string, Record<string, unknown>, unknown?]>([
    ["anyOf", { A: { type: "object", anyOf: [twice, { properties: { c: ref("A") } }] } }, 1],
    ["oneOf", { A: { type: "object", oneOf: [twice, { properties: { c: ref("A") } }, never] } }],
    ["allOf", { A: { type: "object", allOf: [twice, { properties: { c: ref("A") } }] } }],
    ["not and if", { A: { type: "object", not: { ...never, ...twice }, if: twice, then: twice } }],
    ["$ref beside properties", { A: { ...twice, $ref: "#/components/schemas/B" }, B: { properties: { c: ref("A") } } }],
    ["patternProperties", { A: { ...twice, patternProperties: { "^c": ref("A"), c$: ref("A") } } }],
    ["$dynamicRef", { A: { ...twice, $dynamicAnchor: "a", anyOf: [{ properties: { c: { $dynamicRef: "#a" } } }, never] } }],
  ])("by %s are broken off at a number of steps, not of seconds", (_, schemas, innermost = {}) => {
    expect(judge(schemas, nested(3, {})).filter(({ detail }) => /steps/.test(detail.en))).toEqual([]);
    expect(judge(schemas, nested(contentLimits.depth - 1, innermost), 1_000)).toEqual(tooMany);
  });

  it("are no matter where each level judges once", () =>
    expect(judge({ A: { type: "object", anyOf: [twice, never] } }, nested(contentLimits.depth - 1, {}))).toEqual([]));

  it("list many names for many objects", () => {
    const many = Object.fromEntries(Array.from({ length: 8_000 }, (_, index) => [`p${index}`, {}]));
    expect(judge({ A: { items: { properties: many } } }, Array(1_000).fill({}))).toEqual([]);
    expect(judge({ A: { items: { properties: many } } }, Array(50_000).fill({}), 150_000)).toEqual(tooMany);
  });
});

describe("enum", () => {
  const villages = Array.from({ length: 80_000 }, (_, index) => `16.03.${index}`);

  it("of 80,000 codes is looked up once for each value", () => {
    let read = 0;
    const isMember = isOneOf(
      new Proxy(villages, {
        get: (list, name) => {
          if (/^\d+$/.test(String(name))) read++;
          return Reflect.get(list, name) as unknown;
        },
      }),
    );
    const before = read;
    for (let index = 0; index < 80_000; index++) expect(isMember(`16.03.${index}`)).toBe(true);
    expect(isMember("16.03.80000")).toBe(false);
    expect(read).toBe(before);
    expect(judge({ A: { items: { enum: villages } } }, villages)).toEqual([]);
  });

  it("means what JSON Schema says, whatever the type", () => {
    const values = ["1", 2, null, true, { a: 1, b: [2] }, ["x"]];
    for (const value of [...values, { b: [2], a: 1 }, 2.0]) expect(judge({ A: { enum: values } }, value)).toEqual([]);
    for (const value of [1, "2", "null", false, { a: 1 }, ["x", "x"], [], 0, '{"a":1,"b":[2]}'])
      expect(judge({ A: { enum: values } }, value)).toHaveLength(1);
    expect(judge({ A: { enum: ["a", "b"] } }, "c")[0]!.detail.en).toBe('must be one of "a", "b"');
  });
});

describe("maxLength", () => {
  it("is decided before pattern, also where another schema for the same text has it", () => {
    const first = (schemas: Record<string, unknown>): string =>
      judge(schemas, "a".repeat(20), contentLimits.explainedBytes + 1)[0]!.detail.en;
    const pattern = "^(b+)+$";
    const short = "the number of characters must be at most 4";
    expect(first({ A: { pattern, maxLength: 4 } })).toBe(short);
    expect(first({ A: { pattern, allOf: [{ maxLength: 4 }] } })).toBe(short);
    expect(first({ A: { pattern, $ref: "#/components/schemas/B" }, B: { maxLength: 4 } })).toBe(short);
    expect(first({ A: { pattern, maxLength: 40 } })).toBe("must match the pattern ^(b+)+$");
  });
});

describe("formats", () => {
  it("of host names end at 253 characters, before anything is looked for in them", () => {
    const unread = { length: 507, split: () => expect.unreachable("it was read") } as unknown as string;
    expect(isIdnHostname(unread)).toBe(false);
    expect(isIdnHostname(`l${"\u00b7l".repeat(20)}`)).toBe(true);
    expect(isIdnHostname(Array(12).fill("\u6f22\u5b57\u6f22\u5b57").join("."))).toBe(true);
  });
});
