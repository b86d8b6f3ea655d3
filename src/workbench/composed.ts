import { isObject } from "../base/is-object.ts";
import { nodeAt, tokensBelow, tokensOfReference, type ContractDocument } from "../contract/document.ts";
import { oneWayRequired } from "../contract/reading/derive-schema.ts";
import type { Way } from "../contract/schemas.ts";
import type { PointerTokens } from "../source/steps.ts";

type Schema = Readonly<Record<string, unknown>>;

/** The schemas that hold for one value, and the choices between others that hold for it, too. */
interface Applied {
  readonly schemas: { readonly steps: PointerTokens; readonly schema: Schema }[];
  readonly choices: (readonly PointerTokens[])[];
}

/** What the judge and the library that makes values up say of one place. */
export interface Maker {
  conforms(schema: PointerTokens, value: unknown): boolean;
  /** A value for a schema without parts; `undefined` where none was found. */
  scalar(schema: Schema): unknown;
}

/** Of a choice, this many alternatives are tried; below this depth nothing is made. */
const triedAlternatives = 8;
const deepest = 16;

function appliedAt(document: ContractDocument, steps: PointerTokens, into: Applied = { schemas: [], choices: [] }): Applied {
  const schema = nodeAt(document, steps);
  if (!isObject(schema) || into.schemas.length > 64) return into;
  into.schemas.push({ steps, schema });
  const target = typeof schema["$ref"] === "string" ? tokensOfReference(schema["$ref"]) : undefined;
  if (target !== undefined) appliedAt(document, target, into);
  for (const step of tokensBelow(schema["allOf"])) appliedAt(document, [...steps, "allOf", step], into);
  for (const keyword of ["oneOf", "anyOf"])
    if (schema[keyword] !== undefined) into.choices.push(tokensBelow(schema[keyword]).map((step) => [...steps, keyword, step]));
  return into;
}

/**
 * A value put together part by part: each part is the contract's own example where that conforms, else made of what is required
 * of it. It finds one where an example somewhere below is wrong, or parts of a schema together are too many to guess.
 */
export function composedValue(document: ContractDocument, root: PointerTokens, way: Way, { conforms, scalar }: Maker): unknown {
  const fitting = (steps: PointerTokens, values: Iterable<unknown>): unknown => {
    for (const value of values) if (value !== undefined && conforms(steps, value)) return value;
    return undefined;
  };

  function make(steps: PointerTokens, depth: number): unknown {
    if (depth > deepest) return undefined;
    return fitting(steps, candidates(steps, depth));
  }

  function* candidates(steps: PointerTokens, depth: number): Generator {
    if (nodeAt(document, steps) === true) yield "contoh";
    const applied = appliedAt(document, steps);
    for (const { schema } of applied.schemas)
      yield* [schema["const"], schema["example"], ...[schema["examples"], schema["enum"]].flat().slice(0, 20), schema["default"]];
    yield* built(applied, depth);
    const [choice] = applied.choices;
    for (const alternative of choice?.slice(0, triedAlternatives) ?? []) {
      yield make(alternative, depth + 1);
      const more = appliedAt(document, alternative);
      yield* built({ schemas: [...applied.schemas, ...more.schemas], choices: [] }, depth);
    }
  }

  function* built({ schemas }: Applied, depth: number): Generator {
    const types = new Set(schemas.flatMap(({ schema }) => [schema["type"] ?? []].flat()));
    const says = (...names: readonly string[]): boolean => schemas.some(({ schema }) => names.some((name) => schema[name] !== undefined));
    if (types.has("object") || (types.size === 0 && says("properties", "required"))) yield members(schemas, depth);
    if (types.has("array") || (types.size === 0 && says("items"))) yield items(schemas, depth);
    if (![...types].every((type) => type === "object" || type === "array") || types.size === 0)
      yield scalar(Object.assign({}, ...schemas.map(({ schema }) => withoutParts(schema))) as Schema);
    if (types.has("null")) yield null;
  }

  function members(schemas: Applied["schemas"], depth: number): unknown {
    const needed = new Set(
      schemas.flatMap(({ schema }) => [schema["required"] ?? [], schema[oneWayRequired[way]] ?? []].flat() as string[]),
    );
    const made = [...needed].map((name) => {
      const places = schemas.flatMap(({ schema, steps }) =>
        nodeAt(schema, ["properties", name]) === undefined ? [] : [[...steps, "properties", name]],
      );
      const others = schemas.flatMap(({ schema, steps }) =>
        isObject(schema["additionalProperties"]) ? [[...steps, "additionalProperties"]] : [],
      );
      const all = places.length > 0 ? places : others;
      const tried = [...all.map((place) => make(place, depth + 1)), [], {}];
      const value = all.length === 0 ? "contoh" : tried.find((one) => fitsAll(all, one));
      return [name, value] as const;
    });
    return made.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(made);
  }

  function items(schemas: Applied["schemas"], depth: number): unknown {
    const count = Math.max(0, ...schemas.map(({ schema }) => Number(schema["minItems"] ?? 0)));
    const places = schemas.flatMap(({ schema, steps }) => (schema["items"] === undefined ? [] : [[...steps, "items"]]));
    if (count > 100) return undefined;
    const one = places.length === 0 ? "contoh" : places.map((place) => make(place, depth + 1)).find((value) => fitsAll(places, value));
    if (one === undefined) return count === 0 ? [] : undefined;
    return Array<unknown>(Math.max(count, 1)).fill(one);
  }

  const fitsAll = (places: readonly PointerTokens[], value: unknown): boolean =>
    value !== undefined && places.every((place) => conforms(place, value));

  return make(root, 0);
}

const parts: ReadonlySet<string> = new Set([
  "$ref",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "properties",
  "required",
  "items",
  "additionalProperties",
  "example",
  "examples",
]);

const withoutParts = (schema: Schema): Schema => Object.fromEntries(Object.entries(schema).filter(([name]) => !parts.has(name)));
