import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exampleValidators } from "../../src/standard/example-validator.ts";
import { readDocument } from "../../src/standard/document.ts";

/**
 * The official test suite (see `json-schema-test-suite/README.md`), with the judge of examples. What is not in these
 * tables has to come out as the suite says.
 */
interface Group {
  readonly file: string;
  readonly group: string;
  readonly schema: unknown;
  readonly tests: readonly (readonly [string, unknown, boolean])[];
}
const groups = readFileSync(join(import.meta.dirname, "json-schema-test-suite/draft2020-12.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Group);

/** Schemas that a contract cannot hold, with the reason. */
const notInContracts: readonly (readonly [RegExp, string])[] = [
  [/"\$ref":"(?!#)/, "a contract is one document: a reference out of it is refused before any rule"],
  [/"\$(?:id|anchor|dynamicRef|dynamicAnchor)":/, "a contract is one document: OAS-SKEMA refuses identifiers and dialects of their own"],
];

/** What comes out otherwise, by the beginning of "file · group · test", and why. */
const differences: readonly (readonly [string, string])[] = [
  ["format.json · ", "the suite takes format as words here; a gateway that did so would hold nothing"],
  [
    "properties.json · properties whose names are Javascript object property names · __proto__ not valid",
    "ajv leaves __proto__ out on purpose",
  ],
  ["enum.json · empty enum · ", "OAS-SKEMA finds an enum without values; the examples are judged without it"],
  [
    "optional/format/idn-hostname.json · validation of internationalized host names · Extended Arabic-Indic digits not mixed",
    "a label of digits alone that begins with an Extended Arabic-Indic one: the IDNA of the platform (UTS 46, CheckBidi) refuses it",
  ],
  ["unevaluatedItems.json · unevaluatedItems and contains interact", "ajv 8 does not count what contains has seen"],
  ["unevaluatedItems.json · unevaluatedItems depends on adjacent contains", "ajv 8 does not count what contains has seen"],
  ["unevaluatedItems.json · unevaluatedItems depends on multiple nested contains", "ajv 8 does not count what contains has seen"],
  ["unevaluatedItems.json · unevaluatedItems with minContains = 0", "ajv 8 does not count what contains has seen"],
  ["unevaluatedItems.json · unevaluatedItems with nested items", "ajv 8 counts the items of an alternative that does not hold"],
  ["unevaluatedItems.json · unevaluatedItems can see annotations from if", "ajv 8 passes over an if without then and else"],
  ["unevaluatedProperties.json · unevaluatedProperties can see annotations from if", "ajv 8 passes over an if without then and else"],
  [
    "unevaluatedProperties.json · unevaluatedProperties with if/then/else, then not defined",
    "ajv 8 counts no member of an if without then",
  ],
];
const known = (outcome: string): boolean => differences.some(([beginning]) => outcome.startsWith(beginning));

/** The same schema as a component of a contract: local references begin at the root of the document. */
const component = (node: unknown, data = false): unknown => {
  if (Array.isArray(node)) return node.map((item) => component(item, data));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, child]) =>
      !data && name === "$ref" && typeof child === "string" && child.startsWith("#")
        ? [name, `#/components/schemas/X${child.slice(1)}`]
        : [name, component(child, data || name === "const" || name === "enum")],
    ),
  );
};

function outcome({ schema, tests }: Group): readonly string[] {
  const document = readDocument("a.json", JSON.stringify({ openapi: "3.1.0", components: { schemas: { X: component(schema) } } }));
  if (typeof schema === "boolean") return tests.filter(([, , valid]) => valid !== schema).map(([name]) => name);
  const validate = exampleValidators(document)(["components", "schemas", "X"]);
  if (validate === undefined) return ["does not compile"];
  return tests.filter(([, data, valid]) => validate(data) !== valid).map(([name]) => name);
}

describe("JSON-Schema-Test-Suite, draft 2020-12", () => {
  const told = groups.filter(({ schema }) => !notInContracts.some(([form]) => form.test(JSON.stringify(schema))));

  it("has the keywords and the formats", () => {
    expect(told.length).toBeGreaterThan(300);
  });

  it("comes out as it says, but for the differences that are known with their reasons", () => {
    const found = told.flatMap((group) => outcome(group).map((test) => `${group.file} · ${group.group} · ${test}`));
    expect(found.filter((one) => !known(one))).toEqual([]);
    // A difference that is gone goes out of the table.
    expect(differences.filter(([beginning]) => !found.some((one) => one.startsWith(beginning)))).toEqual([]);
  });
});
