import { describe, expect, it } from "vitest";
import { policiesFolder } from "../../src/base/project.ts";
import { readContract } from "../../src/contract/check/read-contract.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { loadPolicies } from "../../src/registry/manifest/load-policies.ts";
import { readSource } from "../../src/source/source.ts";
import { readDocument } from "../../src/standard/document.ts";
import { evaluateStandard } from "../../src/standard/evaluate.ts";
import { standard } from "../standard/sample.ts";

const check = loadPolicies(policiesFolder).check!;
type Schemas = Readonly<Record<string, object>>;
const to = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const many = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));

const contract = (schemas: Schemas, schema: object, example: unknown = {}): string => {
  const content = { "application/json": { schema, example } };
  const operation = {
    operationId: "createBerkas",
    requestBody: { required: true, content },
    responses: { "200": { description: "Ada", content } },
  };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Berkas", version: "1.0.0" },
    paths: { "/berkas": { post: operation } },
    components: { schemas },
  });
};

/** What the registry refuses, and if nothing, what is wrong with a request. */
function judged(schemas: Schemas, root: object, value: unknown): readonly string[] {
  const { reading, faults } = readContract(readSource("a.json", contract(schemas, root)).source!, check);
  if (faults.length > 0) return faults.map(({ code }) => code);
  const { operation } = createServiceContract(reading!.document).findOperation("POST", "/berkas")!;
  const content = Buffer.from(JSON.stringify(value));
  return operation.contract
    .judgeRequest({ pathParameters: [], rawQuery: "", hdr: {}, contentType: "application/json", content })
    .map(({ detail }) => detail.en);
}

describe("what loads also judges", () => {
  const object = (count: number, part: object): object => ({
    type: "object",
    properties: Object.fromEntries(many(count, (at) => [`u${at}`, part])),
  });

  it.each<[string, Schemas, object, unknown, readonly string[]]>([
    ["2,000 members in one object", {}, object(2_000, { type: "string" }), { u1999: 1 }, ["must be a string, in quotes"]],
    ["2,000 members, and a message that keeps to them", {}, object(2_000, { type: "string" }), { u1999: "a" }, []],
    [
      "a schema of 45 members that 2,000 refer to",
      { S: object(45, { type: "string" }) },
      object(2_000, to("S")),
      { u7: { u1: 1 } },
      ["must be a string"],
    ],
    ["2,000 schemas in an allOf", {}, { allOf: many(2_000, () => ({ type: "object" })) }, [], many(16, () => "must be an object")],
    ["2,000 items of a tuple", {}, { type: "array", prefixItems: many(2_000, () => ({ type: "string" })) }, ["a", 1], ["must be a string"]],
  ])("%s", (_, schemas, root, value, says) => {
    expect(judged(schemas, root, value)).toEqual(says.map((text): unknown => expect.stringContaining(text)));
  });
});

it("100,000 names in one map are read, and one that occurs twice is found at its place", () => {
  const names = many(100_000, (at) => `"k${at}": ${at}`).join(",\n");
  const { source, faults } = readSource("a.json", `{${names}}`);
  expect(faults).toEqual([]);
  expect(source!.at(["k99999"]).line).toBe(100_000);
  const twice = readSource("a.json", `{${names},\n"k7": 1}`);
  expect(twice.source).toBeUndefined();
  expect(twice.faults.map(({ code, line, column, detail }) => [code, line, column, detail.en])).toEqual([
    ["yaml-invalid", 100_001, 1, "the YAML is wrong: Map keys must be unique"],
  ]);
});

describe("lint ends on examples by whose levels the schemas multiply:", () => {
  const twice = { properties: { x: to("A") } };
  it.each<[string, Schemas]>([
    ["allOf", { A: { allOf: [twice, { ...twice }] } }],
    ["anyOf", { A: { anyOf: [{ ...twice, required: ["z"] }, twice] } }],
    ["oneOf", { A: { oneOf: [{ ...twice, required: ["z"] }, twice] } }],
    ["$ref in each", { A: { allOf: [to("B"), to("B")] }, B: twice }],
  ])("%s", (_, schemas) => {
    const deep = many(28, () => 0).reduce<unknown>((inner) => ({ x: inner }), {});
    const text = contract(schemas, to("A"), deep);
    const { findings } = evaluateStandard({ document: readDocument("a.json", text), text }, standard);
    expect(findings.filter(({ rule }) => rule === "FMT-TERDAFTAR" || rule === "FMT-RUJUKAN")).toEqual([]);
  });
});
