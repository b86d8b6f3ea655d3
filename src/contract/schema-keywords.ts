import { annotations } from "./schemas.ts";

/**
 * The keywords of JSON Schema 2020-12, by where they contain further schemas: as their value, in a list, or by name.
 * Identifiers are left out on purpose.
 */
export const schemaKeywords: Readonly<Record<string, "schema" | "list" | "names" | "plain">> = {
  ...Object.fromEntries(
    [
      "items",
      "additionalProperties",
      "not",
      "if",
      "then",
      "else",
      "contains",
      "propertyNames",
      "unevaluatedItems",
      "unevaluatedProperties",
      "contentSchema",
    ].map((name) => [name, "schema" as const]),
  ),
  ...Object.fromEntries(["allOf", "anyOf", "oneOf", "prefixItems"].map((name) => [name, "list" as const])),
  ...Object.fromEntries(["properties", "patternProperties", "dependentSchemas", "$defs"].map((name) => [name, "names" as const])),
  ...Object.fromEntries(
    [
      ...[
        "$ref",
        "$comment",
        "type",
        "enum",
        "const",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
      ],
      ...[
        "maxItems",
        "minItems",
        "uniqueItems",
        "maxContains",
        "minContains",
        "maxProperties",
        "minProperties",
        "required",
        "dependentRequired",
        "format",
      ],
      ...[
        "contentEncoding",
        "contentMediaType",
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "examples",
        ...annotations,
      ],
    ].map((name) => [name, "plain" as const]),
  ),
};
