import { _, type Ajv2020, type Code, type Name } from "ajv/dist/2020.js";

const charactersOf = (text: string): number => [...text].length;

/** What breaks each: `units` are UTF-16, of which a character has one or two. */
const broken: Readonly<Record<"maxLength" | "minLength", (units: Code, limit: Code | Name, characters: Code) => Code>> = {
  maxLength: (units, limit, characters) => _`${units} > ${limit} && (${units} > 2 * ${limit} || ${characters} > ${limit})`,
  minLength: (units, limit, characters) => _`${units} < ${limit} || (${units} < 2 * ${limit} && ${characters} < ${limit})`,
};

/**
 * Teaches an ajv to count the characters of a text only where the number of its UTF-16 units leaves it open: its own
 * keywords count every text from end to end, a twentieth of judging a list of people.
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
