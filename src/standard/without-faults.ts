import { isObject } from "../base/is-object.ts";
import { nodeAt, tokensBelow, tokensOfReference } from "../contract/document.ts";
import { matcherOf } from "../contract/pattern/matcher.ts";

const types: ReadonlySet<unknown> = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);
const isPattern = (value: unknown): boolean => {
  try {
    return typeof value === "string" && matcherOf(value) !== undefined;
  } catch {
    return false;
  }
};
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isSchema = (value: unknown): boolean => isObject(value) || typeof value === "boolean";
const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isSchema);
const isText = (value: unknown): boolean => typeof value === "string";

const each = (names: string, holds: (value: unknown) => boolean): readonly (readonly [string, (value: unknown) => boolean])[] =>
  names.split(" ").map((name) => [name, holds]);

/** What a keyword needs, so that a schema compiles. */
const needs: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ...each("maxLength minLength maxItems minItems maxProperties minProperties maxContains minContains", isCount),
  ...each("maximum minimum", Number.isFinite),
  ...each("exclusiveMaximum exclusiveMinimum", (value) => Number.isFinite(value) || typeof value === "boolean"),
  ...each("multipleOf", (value) => Number.isFinite(value) && (value as number) > 0),
  ...each("uniqueItems nullable", (value) => typeof value === "boolean"),
  ...each("pattern", isPattern),
  ...each("format", isText),
  ...each("required", (value) => Array.isArray(value) && value.every(isText)),
  ...each("enum", (value) => Array.isArray(value) && value.length > 0),
  ...each("type", (value) => [value].flat().length > 0 && [value].flat().every((type) => types.has(type))),
  ...each("items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties", isSchema),
  ...each("allOf anyOf oneOf prefixItems", isList),
  ...each("properties patternProperties $defs dependentSchemas dependentRequired", isObject),
]);

const holdsData = /^(?:example|examples|default|const|enum|value|x-.*)$/;
const holdsNames: ReadonlySet<string> = new Set(["properties", "$defs", "dependentSchemas", "schemas"]);

/**
 * A document without the keywords that would keep a schema from compiling. Other rules tell of them; what is left still
 * judges the examples.
 */
export function withoutFaults(document: unknown): unknown {
  const kept = (node: unknown, named: boolean): unknown => {
    if (Array.isArray(node)) return node.map((item) => kept(item, false));
    if (!isObject(node)) return node;
    const members = Object.entries(node).filter(([name, value]) => named || holds(name, value));
    return Object.fromEntries(
      members.map(([name, value]) => [name, !named && holdsData.test(name) ? value : below(name, value, !named && holdsNames.has(name))]),
    );
  };
  const below = (name: string, value: unknown, named: boolean): unknown =>
    name === "patternProperties" && isObject(value)
      ? kept(
          Object.fromEntries(
            tokensBelow(value)
              .filter(isPattern)
              .map((pattern) => [pattern, value[pattern]]),
          ),
          true,
        )
      : kept(value, named);
  const holds = (name: string, value: unknown): boolean => {
    if (name !== "$ref") return needs.get(name)?.(value) !== false;
    const target = typeof value === "string" ? tokensOfReference(value) : undefined;
    return target !== undefined && nodeAt(document, target) !== undefined;
  };
  return kept(document, false);
}
