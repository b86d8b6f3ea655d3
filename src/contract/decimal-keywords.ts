import { _, type Ajv2020 } from "ajv/dist/2020.js";

/** A number as it is written in decimal, `digits` × 10^`exponent`: what a person means by 19.99, which binary fractions cannot hold. */
function decimalOf(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = "", power = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** Beyond it a scaled number would have more digits than any double means. */
const maxScale = 400;

/** Whether a number is a whole multiple of another, in decimal (JSON Schema 2020-12 Validation §6.2.1). */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const [number, step] = [decimalOf(value), decimalOf(divisor)];
  const scale = number.exponent - step.exponent;
  // A fraction is written without a nought at its end: with more decimals than its divisor it is no multiple.
  if (scale < 0 && number.exponent < 0) return false;
  if (Math.abs(scale) > maxScale) return value === 0;
  const raised = (digits: bigint, by: number): bigint => digits * 10n ** BigInt(Math.max(by, 0));
  return raised(number.digits, scale) % raised(step.digits, -scale) === 0n;
}

/**
 * Makes an ajv judge `multipleOf` in decimal. Its own keyword divides doubles, so that with `multipleOf: 0.01` it
 * refuses 1,363 of the 10,000 amounts from 0.01 to 100.00.
 */
export function addDecimalKeywords(ajv: Ajv2020): void {
  ajv.removeKeyword("multipleOf").addKeyword({
    keyword: "multipleOf",
    type: "number",
    schemaType: "number",
    error: { message: "multipleOf", params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
    code(cxt) {
      const { gen, data, schemaCode } = cxt;
      cxt.fail(_`!${gen.scopeValue("func", { ref: isMultipleOf })}(${data}, ${schemaCode})`);
    },
  });
}
