import { isObject } from "../../base/is-object.ts";
import type { Text } from "../../base/text.ts";
import { nodeAt } from "../../contract/document.ts";
import { schemaKeywords } from "../../contract/schema-keywords.ts";
import { resolve, type Members } from "../document.ts";
import { lintFunction, noOptions, type Found } from "../function.ts";
import { schemaUses } from "../schema-uses.ts";
import { messages } from "./messages.ts";

const types = ["string", "number", "integer", "boolean", "object", "array"];
const count = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const words = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === "string") && new Set(value).size === value.length;
const text = (value: unknown): boolean => typeof value === "string";
const flag = (value: unknown): boolean => typeof value === "boolean";
const amount = (value: unknown): boolean => typeof value === "number";
const schemaLike = (value: unknown): boolean => isObject(value) || flag(value);
const filled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

interface Kind extends Text {
  readonly holds: (value: unknown) => boolean;
}
const kinds = {
  count: { holds: count, id: "bilangan bulat 0 atau lebih", en: "a whole number of 0 or more" },
  words: { holds: words, id: "larik teks tanpa kembar", en: "an array of strings, none twice" },
  text: { holds: text, id: "teks", en: "a string" },
  flag: { holds: flag, id: "true atau false", en: "true or false" },
  amount: { holds: amount, id: "bilangan", en: "a number" },
  schema: { holds: schemaLike, id: "sebuah skema", en: "a schema" },
  schemas: {
    holds: (value) => filled(value) && (value as unknown[]).every(schemaLike),
    id: "larik skema yang tidak kosong",
    en: "an array of schemas that is not empty",
  },
  named: { holds: isObject, id: "objek berisi skema menurut nama", en: "an object of schemas by name" },
  values: { holds: filled, id: "larik yang tidak kosong", en: "an array that is not empty" },
  type31: {
    holds: (value) =>
      (filled(value) ? words(value) : text(value)) && [value].flat().every((type) => [...types, "null"].includes(type as string)),
    id: `salah satu, atau larik, dari: ${types.join(", ")}, null`,
    en: `one of, or an array of: ${types.join(", ")}, null`,
  },
  type30: {
    holds: (value) => types.includes(value as string),
    id: `salah satu dari: ${types.join(", ")} (OpenAPI 3.0)`,
    en: `one of: ${types.join(", ")} (OpenAPI 3.0)`,
  },
  absent30: {
    holds: () => false,
    id: "tidak dipakai: kata kunci ini belum ada dalam OpenAPI 3.0",
    en: "left out: OpenAPI 3.0 does not have this keyword yet",
  },
  absent31: {
    holds: () => false,
    id: 'diganti type: [..., "null"]; nullable tidak ada lagi dalam OpenAPI 3.1',
    en: 'replaced by type: [..., "null"]; OpenAPI 3.1 has no nullable',
  },
} satisfies Record<string, Kind>;

const each = (kind: Kind, names: string): readonly (readonly [string, Kind])[] => names.split(" ").map((name) => [name, kind]);
const both = [
  ...each(kinds.count, "maxLength minLength maxItems minItems maxProperties minProperties"),
  ...each(kinds.amount, "multipleOf maximum minimum"),
  ...each(kinds.flag, "uniqueItems readOnly writeOnly deprecated"),
  ...each(kinds.text, "pattern format title description"),
  ...each(kinds.words, "required"),
  ...each(kinds.values, "enum"),
  ...each(kinds.schema, "additionalProperties not items"),
  ...each(kinds.schemas, "allOf anyOf oneOf"),
  ...each(kinds.named, "properties"),
];

/** The kind of value that each keyword must have, by version of OpenAPI. */
const keywords: Readonly<Record<"3.0" | "3.1", ReadonlyMap<string, Kind>>> = {
  "3.0": new Map([
    ...both,
    ...each(kinds.type30, "type"),
    ...each(kinds.flag, "nullable exclusiveMinimum exclusiveMaximum"),
    ...each(
      kinds.absent30,
      "const if then else prefixItems patternProperties propertyNames unevaluatedProperties unevaluatedItems " +
        "dependentSchemas dependentRequired contains $defs",
    ),
  ]),
  "3.1": new Map([
    ...both,
    ...each(kinds.type31, "type"),
    ...each(kinds.amount, "exclusiveMinimum exclusiveMaximum"),
    ...each(kinds.count, "maxContains minContains"),
    ...each(kinds.schema, "if then else contains propertyNames unevaluatedProperties unevaluatedItems"),
    ...each(kinds.schemas, "prefixItems"),
    ...each(kinds.named, "patternProperties $defs dependentSchemas"),
    ...each(kinds.absent31, "nullable"),
  ]),
};

/** Keywords whose values may be anything. */
const known: Readonly<Record<"3.0" | "3.1", (keyword: string) => boolean>> = {
  "3.0": (keyword) => ["default", "discriminator", "xml", "externalDocs", "example", "$ref"].includes(keyword),
  "3.1": (keyword) => Object.hasOwn(schemaKeywords, keyword),
};

function* judge(schema: Members, version: "3.0" | "3.1", steps: readonly string[]): Generator<Found> {
  for (const [keyword, value] of Object.entries(schema)) {
    const kind = keywords[version].get(keyword);
    if (kind !== undefined && !kind.holds(value)) yield { steps: [...steps, keyword], property: keyword, error: messages.mustBe(kind) };
    else if (kind === undefined && !known[version](keyword) && !keyword.startsWith("x-")) {
      yield {
        steps: [...steps, keyword],
        named: true,
        property: keyword,
        error: version === "3.0" ? messages.fieldUnknown : messages.keywordUnknown,
      };
    }
  }
  if (schema["type"] === "array" && version === "3.0" && schema["items"] === undefined)
    yield { steps: [...steps], property: "items", error: messages.itemsMissing };
}

/** Each schema at and below the target has only keywords of its version of OpenAPI, with values of their kinds. */
export const schemaObject = lintFunction(noOptions, function* ({ steps: from }, _, { document, seen }) {
  // Of Swagger 2.0 nothing stands where it was given; its schemas are judged as they were converted.
  const given = document.version === "2.0" ? document : { ...document, value: document.given };
  const target = { steps: from, value: nodeAt(given.value, from) };
  if (!isObject(target.value) || resolve(given, from) === undefined) return;
  const version = document.version === "3.0" ? "3.0" : "3.1";
  for (const { schema, steps, first } of schemaUses(given, target, seen))
    if (first && !(version === "3.0" && typeof schema["$ref"] === "string")) yield* judge(schema, version, steps);
});
