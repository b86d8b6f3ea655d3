import { isObject } from "../../base/is-object.ts";
import { resolve } from "../document.ts";
import { lintFunction } from "../function.ts";
import { regularExpression } from "../regular-expression.ts";
import { wordsOf } from "../split-name.ts";

interface Given {
  readonly words: string;
  readonly formats: readonly string[];
}

/** No parameter identifies a person or carries a credential, by its name or its format. Target: a parameter. */
export const parameterNot = lintFunction<Given>(
  {
    properties: {
      words: { type: "string", format: "regular-expression" },
      formats: { type: "array", items: { type: "string", format: "known-format" } },
    },
    required: ["words", "formats"],
  },
  function* ({ value, steps }, { words, formats }, { document }) {
    if (!isObject(value)) return;
    const { name } = value;
    const schema = resolve(document, [...steps, "schema"])?.node;
    const items = resolve(document, [...steps, "schema", "items"])?.node;
    const format = schema?.["format"] ?? items?.["format"];
    if (
      (typeof name === "string" && regularExpression(words).test(wordsOf(name))) ||
      (typeof format === "string" && formats.includes(format))
    )
      yield { steps: [...steps, "name"], property: String(name) };
  },
);
