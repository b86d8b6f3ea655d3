import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { ContractDocument } from "../../src/contract/document.ts";
import { documentAjv } from "../../src/contract/schemas.ts";
import { addDecimalKeywords, isMultipleOf } from "../../src/contract/decimal-keywords.ts";

describe("multipleOf", () => {
  it("takes every amount of money with two decimals", () => {
    const refused = Array.from({ length: 10_000 }, (_, i) =>
      Number(`${Math.floor((i + 1) / 100)}.${String((i + 1) % 100).padStart(2, "0")}`),
    ).filter((amount) => !isMultipleOf(amount, 0.01));
    expect(refused).toEqual([]);
  });

  it.each([
    [19.995, 0.01, false],
    [0.3, 0.1, true],
    [0.35, 0.1, false],
    [1e21, 7, false],
    [1e21, 10, true],
    [-0.07, 0.01, true],
    [123_456_789_012.34, 0.01, true],
    [1e-7, 1e-8, true],
    [1e-9, 1e-8, false],
    [7, 3.5, true],
    [7, 2, false],
    [0, 0.01, true],
    [5e-324, 1e300, false],
  ])("%d of %d: %s", (value, divisor, expected) => {
    expect(isMultipleOf(value, divisor)).toBe(expected);
  });

  it("says what it asks for as ajv's own keyword does", () => {
    const ajv = new Ajv2020();
    addDecimalKeywords(ajv);
    const validate = ajv.compile({ type: "number", multipleOf: 0.01 });
    expect(validate(0.07)).toBe(true);
    expect(validate(0.075)).toBe(false);
    expect(validate.errors).toMatchObject([{ keyword: "multipleOf", params: { multipleOf: 0.01 } }]);
  });

  it("is judged so in the contract of a service", () => {
    const document = { openapi: "3.1.0", components: { schemas: { Harga: { type: "number", multipleOf: 0.01 } } } };
    const ajv = documentAjv(document as unknown as ContractDocument, "response", false);
    const validate = ajv.compile({ type: "number", multipleOf: 0.01 });
    expect([0.07, 0.57, 1.15, 0.075].map((amount) => validate(amount))).toEqual([true, true, true, false]);
  });
});
