/** Where the keywords of JSON Schema 2020-12 hold further schemas: as their value, in a list, or by name. */
const holding = {
  schema: "items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties contentSchema",
  list: "allOf anyOf oneOf prefixItems",
  names: "properties patternProperties dependentSchemas $defs definitions dependencies",
  plain:
    "$ref $dynamicRef type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern " +
    "maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired format",
} as const;

/** Keywords that say where a schema is, or what it means to people: no value is judged by them. */
const silent =
  "$schema $id $anchor $dynamicAnchor $vocabulary $comment contentEncoding contentMediaType title description default deprecated " +
  "readOnly writeOnly examples example xml externalDocs discriminator";

/** The keywords of JSON Schema 2020-12 and those that OpenAPI adds, by how they hold schemas. */
export const schemaKeywords: Readonly<Record<string, keyof typeof holding>> = Object.fromEntries([
  ...Object.entries(holding).flatMap(([how, names]) => names.split(" ").map((name) => [name, how as keyof typeof holding] as const)),
  ...silent.split(" ").map((name) => [name, "plain"] as const),
]);

const unjudged: ReadonlySet<string> = new Set(silent.split(" ").filter((name) => name !== "$dynamicAnchor"));

/** Whether values are judged by a keyword, or references lead to it. All others are annotations (core §7.7). */
export const isJudged = (keyword: string): boolean => Object.hasOwn(schemaKeywords, keyword) && !unjudged.has(keyword);
