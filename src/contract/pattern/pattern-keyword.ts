import { _, type Ajv2020 } from "ajv/dist/2020.js";
import { matcherOf, type Matcher } from "./matcher.ts";

/**
 * Makes an ajv match in linear time, names of members (`patternProperties`) too. `pattern` comes last, after the keywords that apply
 * other schemas to the same value: a text that is too long by any of them is refused before it is matched.
 */
export function addPatternKeyword(ajv: Ajv2020): void {
  ajv.opts.code.regExp = Object.assign((pattern: string): Matcher => matcherOf(pattern), { code: "matcherOf" });
  ajv.removeKeyword("pattern").addKeyword({
    keyword: "pattern",
    type: "string",
    schemaType: "string",
    error: { message: "pattern", params: ({ schemaCode }) => _`{pattern: ${schemaCode}}` },
    code(cxt) {
      const { gen, data } = cxt;
      const matcher = matcherOf(cxt.schema as string);
      const name = gen.scopeValue("pattern", { key: matcher.toString(), ref: matcher });
      cxt.fail(_`!${name}.test(${data})`);
    },
  });
}
