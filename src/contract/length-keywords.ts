import { _, type Ajv2020, type Code, type Name } from "ajv/dist/2020.js";

const charactersOf = (text: string): number => [...text].length;

/**
 * The condition under which each keyword fails. `units` is the number of UTF-16 units, of which a character has one or
 * two.
 */
const broken: Readonly<Record<"maxLength" | "minLength", (units: Code, limit: Code | Name, characters: Code) => Code>> = {
  maxLength: (units, limit, characters) => _`${units} > ${limit} && (${units} > 2 * ${limit} || ${characters} > ${limit})`,
  minLength: (units, limit, characters) => _`${units} < ${limit} || (${units} < 2 * ${limit} && ${characters} < ${limit})`,
};

/**
 * Makes an ajv count the characters of a string only where the number of its UTF-16 units does not decide. Its own
 * keywords count every string from end to end, which is a twentieth of validating a list of people.
 */
export function addLengthKeywords(ajv: Ajv2020): void {
  for (const keyword of Object.keys(broken) as (keyof typeof broken)[]) {
    ajv.removeKeyword(keyword).addKeyword({
      keyword,
      type: "string",
      schemaType: "number",
      error: { message: keyword, params: ({ schemaCode }) => _`{limit: ${schemaCode}}` },
      code(cxt) {
        const { gen, data, schemaCode } = cxt;
        const count = gen.scopeValue("func", { ref: charactersOf });
        cxt.fail(broken[keyword](_`${data}.length`, schemaCode as Name, _`${count}(${data})`));
      },
    });
  }
}
