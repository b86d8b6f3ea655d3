import { _, type Ajv2020 } from "ajv/dist/2020.js";
import { canonicalJson } from "../base/canonical-json.ts";

/** Whether no item is equal to another (JSON Schema 2020-12 core §4.2.2). Linear: a megabyte of items must not take minutes. */
export function areUnique(items: readonly unknown[]): boolean {
  const seen = new Set<unknown>();
  for (const item of items) {
    // A string that looks like the JSON of an object is still a string: JSON of objects and arrays begins with another character.
    const key = typeof item === "object" && item !== null ? canonicalJson(item) : typeof item === "string" ? `"${item}` : item;
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return true;
}

/** Makes an ajv judge `uniqueItems` in linear time. Its own keyword compares each item with every other. */
export function addUniqueKeyword(ajv: Ajv2020): void {
  ajv.removeKeyword("uniqueItems").addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: { message: "uniqueItems" },
    code(cxt) {
      const { gen, data, schemaCode } = cxt;
      cxt.fail(_`${schemaCode} === true && !${gen.scopeValue("func", { ref: areUnique })}(${data})`);
    },
  });
}
