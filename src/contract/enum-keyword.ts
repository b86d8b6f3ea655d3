import { _, type Ajv2020, type Name } from "ajv/dist/2020.js";
import { canonicalJson } from "../base/canonical-json.ts";

const isComposite = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Tells whether a value is one of these (JSON Schema 2020-12 Validation §6.1.2), in one look-up however many they are. */
export function isOneOf(values: readonly unknown[]): (value: unknown) => boolean {
  const plain = new Set(values.filter((value) => !isComposite(value)));
  const composite = new Set(values.filter(isComposite).map(canonicalJson));
  return (value) => (isComposite(value) ? composite.size > 0 && composite.has(canonicalJson(value)) : plain.has(value));
}

/** Makes an ajv judge `enum` by a look-up. Its own keyword compares each value with every one of the list, which may have all villages. */
export function addEnumKeyword(ajv: Ajv2020): void {
  ajv.removeKeyword("enum").addKeyword({
    keyword: "enum",
    schemaType: "array",
    before: "not",
    error: { message: "enum", params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}` },
    code(cxt) {
      const isMember: Name = cxt.gen.scopeValue("func", { ref: isOneOf(cxt.schema as readonly unknown[]) });
      cxt.fail(_`!${isMember}(${cxt.data})`);
    },
  });
}
