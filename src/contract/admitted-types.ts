import { follow, nodeAt, tokensBelow, tokensOfReference } from "./document.ts";
import type { PointerTokens } from "../source/steps.ts";

/** A JSON type that a text of a URL or a header can be; null cannot be written there. */
export type WrittenType = ScalarType | "array" | "object";
export type ScalarType = "integer" | "number" | "boolean" | "string";

/** The order in which a text is tried: what has a form of its own before what takes any text. */
export const scalarTypes: readonly ScalarType[] = ["integer", "number", "boolean", "string"];

type Members = Readonly<Record<string, unknown>>;

/** A schema and all that it joins for the same value, by `$ref`, `allOf`, `anyOf`, `oneOf`, `then` and `else`; each with its tokens. */
export function partsInPlace(
  document: unknown,
  schema: PointerTokens,
): readonly { readonly steps: PointerTokens; readonly node: Members }[] {
  const found = new Map<string, { readonly steps: PointerTokens; readonly node: Members }>();
  const collect = (steps: PointerTokens): void => {
    const node = nodeAt(document, steps);
    const key = JSON.stringify(steps);
    if (typeof node !== "object" || node === null || found.has(key)) return;
    const members = node as Members;
    found.set(key, { steps, node: members });
    const target = typeof members["$ref"] === "string" ? tokensOfReference(members["$ref"]) : undefined;
    if (target !== undefined) collect(target);
    for (const keyword of ["then", "else"]) collect([...steps, keyword]);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) for (const step of tokensBelow(members[keyword])) collect([...steps, keyword, step]);
  };
  collect(schema);
  return [...found.values()];
}

/** Keywords that only mean something for one type: what a schema without `type` is about. */
const about: Readonly<Record<WrittenType, RegExp>> = {
  string: /^(?:maxLength|minLength|pattern|format|content(?:Encoding|MediaType|Schema))$/,
  number: /^(?:maximum|minimum|exclusiveM(?:ax|in)imum|multipleOf)$/,
  integer: /^$/,
  boolean: /^$/,
  array: /^(?:items|prefixItems|(?:max|min)Items|uniqueItems|contains|unevaluatedItems)$/,
  object: new RegExp(
    "^(?:properties|patternProperties|additionalProperties|unevaluatedProperties|required|propertyNames|" +
      "maxProperties|minProperties|dependentRequired|dependentSchemas)$",
  ),
};

/** The types that a schema asks for; those that only its keywords are about; `undefined` where nothing is said. */
interface Said {
  readonly asked: ReadonlySet<string> | undefined;
  readonly implied: ReadonlySet<string>;
}

const typeOfValue = (value: unknown): string =>
  Array.isArray(value) ? "array" : value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value;

/** An integer is a number, too. */
const widened = (types: readonly unknown[]): ReadonlySet<string> =>
  new Set(types.flatMap((type) => (type === "number" ? ["number", "integer"] : [String(type)])));

const both = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined =>
  a === undefined ? b : b === undefined ? a : a.intersection(b);

function saidBy(document: unknown, steps: PointerTokens, depth: number): Said {
  const node = nodeAt(document, steps) as Members | undefined;
  if (typeof node !== "object" || node === null || depth > 16) return { asked: undefined, implied: new Set() };
  let asked = node["type"] === undefined ? undefined : widened([node["type"]].flat());
  if (node["nullable"] === true) asked &&= new Set([...asked, "null"]);
  if (Array.isArray(node["enum"])) asked = both(asked, widened(node["enum"].map(typeOfValue)));
  if (Object.hasOwn(node, "const")) asked = both(asked, widened([typeOfValue(node["const"])]));
  const implied = new Set<string>();
  for (const [type, form] of Object.entries(about)) {
    if (Object.keys(node).some((keyword) => form.test(keyword))) for (const one of widened([type])) implied.add(one);
  }
  const join = (said: Said): void => {
    asked = both(asked, said.asked);
    for (const type of said.implied) implied.add(type);
  };
  const target = typeof node["$ref"] === "string" ? tokensOfReference(node["$ref"]) : undefined;
  if (target !== undefined) join(saidBy(document, target, depth + 1));
  for (const step of tokensBelow(node["allOf"])) join(saidBy(document, [...steps, "allOf", step], depth + 1));
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = tokensBelow(node[keyword]).map((step) => saidBy(document, [...steps, keyword, step], depth + 1));
    if (branches.length === 0) continue;
    const named = branches.map((branch) => branch.asked ?? (branch.implied.size > 0 ? branch.implied : undefined));
    if (branches.some((branch) => branch.asked !== undefined) && named.every((types) => types !== undefined))
      join({ asked: new Set(named.flatMap((types) => [...types])), implied: new Set() });
    else for (const branch of branches) join({ asked: undefined, implied: branch.implied });
  }
  return { asked, implied };
}

/**
 * The types that a parameter's value may have by its schema, through `$ref`, `allOf`, `anyOf`, `oneOf`, `enum` and
 * `const`. A schema that asks for no type is of the types that its keywords are about, and without any of them it is
 * text, which is what was sent.
 */
export function admittedTypes(document: unknown, schema: PointerTokens): ReadonlySet<WrittenType> {
  const { asked, implied } = saidBy(document, schema, 0);
  const types = asked ?? (implied.size > 0 ? implied : new Set(["string"]));
  const all: readonly WrittenType[] = [...scalarTypes, "array", "object"];
  return new Set(all.filter((type) => types.has(type)));
}

/** The tokens of the schemas of the items; of the members with this name; of all other members, if they may be any. */
export interface SchemasBelow {
  readonly items: readonly PointerTokens[];
  readonly members: ReadonlyMap<string, readonly PointerTokens[]>;
  readonly others: readonly PointerTokens[];
  /** Members without a name of their own are asked for: by a schema of them, by `true`, or since no member is named. */
  readonly open: boolean;
}

export function schemasBelow(document: unknown, schema: PointerTokens): SchemasBelow {
  const parts = partsInPlace(document, schema);
  const below = (keyword: string, listed: boolean): readonly PointerTokens[] =>
    parts.flatMap(({ steps, node }) => {
      const at = [...steps, keyword];
      if (listed) return tokensBelow(node[keyword]).map((step) => [...at, step]);
      return follow(document, at) === undefined ? [] : [at];
    });
  const members = new Map<string, PointerTokens[]>();
  for (const { steps, node } of parts)
    for (const name of tokensBelow(node["properties"])) members.set(name, [...(members.get(name) ?? []), [...steps, "properties", name]]);
  const others = [...below("additionalProperties", false), ...below("unevaluatedProperties", false), ...below("patternProperties", true)];
  return {
    items: [...below("items", false), ...below("prefixItems", true)],
    members,
    others,
    open: members.size === 0 || others.length > 0 || parts.some(({ node }) => node["additionalProperties"] === true),
  };
}
