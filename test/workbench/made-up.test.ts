import { describe, expect, it } from "vitest";
import type { ContractDocument } from "../../src/contract/document.ts";
import { formats } from "../../src/contract/formats/formats.ts";
import { createSchemaValidators } from "../../src/contract/schemas.ts";
import { judgedValues } from "../../src/workbench/made-up.ts";

const documentOf = (schemas: Record<string, object>): ContractDocument => ({
  openapi: "3.1.0",
  info: { title: "Contoh", version: "1.0.0" },
  paths: {},
  components: { schemas },
});

const schemas: Record<string, object> = {
  text: { type: "string", minLength: 3, maxLength: 5 },
  pattern: { type: "string", pattern: "^[A-Z]{2}-[0-9]{3}$" },
  enumerated: { enum: ["aktif", "wafat"] },
  cents: { type: "number", minimum: 1, maximum: 2, multipleOf: 0.01 },
  nullable: { anyOf: [{ type: "string", maxLength: 4 }, { type: "null" }] },
  "a list": { type: "array", minItems: 2, maxItems: 3, items: { type: "integer", minimum: 5 }, uniqueItems: true },
  person: {
    type: "object",
    additionalProperties: false,
    required: ["nik", "lahir"],
    properties: {
      nik: { type: "string", format: "nik" },
      lahir: { type: "string", format: "date" },
      ibu: { $ref: "#/components/schemas/person" },
    },
  },
};

describe("a value that is made up", () => {
  const document = documentOf(schemas);
  const { madeUp: makeUp, conforms } = judgedValues(document);
  const validators = createSchemaValidators(document);

  it.each(Object.keys(schemas))("conforms to its schema, and is the same each time: %s", (name) => {
    const at = ["components", "schemas", name];
    const value = makeUp(at);
    expect(value).toBeDefined();
    expect(validators(at, "request")(value, 0)).toEqual([]);
    expect(judgedValues(document).madeUp(at)).toEqual(value);
  });

  it.each(Object.entries(formats))("is of the format %s", (name, { type }) => {
    const only = documentOf({ one: { type: type === "number" ? "integer" : type, format: name } });
    expect(judgedValues(only).madeUp(["components", "schemas", "one"])).toBeDefined();
  });

  it("is told from one that breaks its schema", () => {
    const at = ["components", "schemas", "cents"];
    expect([1.5, 1.505, "1.5"].map((value) => conforms(at, value))).toEqual([true, false, false]);
    expect(conforms(["components", "schemas", "absent"], 1)).toBe(true);
  });

  it("is none where nothing conforms, or there is no schema", () => {
    const none = documentOf({ never: { type: "string", minLength: 5, maxLength: 2 } });
    expect(judgedValues(none).madeUp(["components", "schemas", "never"])).toBeUndefined();
    expect(judgedValues(none).madeUp(["components", "schemas", "absent"])).toBeUndefined();
  });
});
