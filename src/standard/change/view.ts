import { oneWayRequired } from "../../contract/reading/derive-schema.ts";
import { isObject } from "../../base/is-object.ts";
import { nodeAt, pointerOf, tokensBelow, tokensOfReference } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import type { LintDocument, Members } from "../document.ts";
import { matcherOf } from "../../contract/pattern/matcher.ts";

/** One schema of a view, with the keywords of JSON Schema 2020-12. */
export interface Part {
  readonly schema: Members;
  /** No part of the contract: it picks one type or value out of it. */
  readonly made?: true;
  readonly steps: PointerTokens;
}

/** An `anyOf` or `oneOf` of which no alternative has been chosen. */
export interface Group {
  readonly keyword: "anyOf" | "oneOf";
  readonly choices: readonly PointerTokens[];
}

/**
 * Everything that one value has to keep to, as a list without `$ref` and `allOf`: two contracts that say the same in
 * another arrangement have views that say the same.
 */
export interface View {
  readonly document: LintDocument;
  readonly parts: readonly Part[];
  readonly groups: readonly Group[];
  /** The places that it was made from, where it is made from these alone. */
  readonly places?: readonly PointerTokens[];
  /** Where a change of it is told. */
  readonly site: PointerTokens;
  /** A part of it is `false`: no value keeps to it. */
  readonly never: boolean;
  /** The same key, the same demands. */
  readonly key: string;
}

interface Found {
  readonly parts: Map<string, Part>;
  never: boolean;
}

function collect(document: LintDocument, steps: PointerTokens, found: Found): void {
  const node = nodeAt(document.value, steps);
  const pointer = pointerOf(steps);
  if (node === false) found.never = true;
  if (!isObject(node) || found.parts.has(pointer)) return;
  found.parts.set(pointer, { schema: node, steps });
  const target = typeof node["$ref"] === "string" ? tokensOfReference(node["$ref"]) : undefined;
  if (target !== undefined) collect(document, target, found);
  for (const step of tokensBelow(node["allOf"])) collect(document, [...steps, "allOf", step], found);
}

/** Where a schema is, past references that say nothing else. */
function siteOf(document: LintDocument, steps: PointerTokens): PointerTokens {
  let site = steps;
  for (let hops = 0; hops < 16; hops++) {
    const node = nodeAt(document.value, site);
    const target =
      isObject(node) && Object.keys(node).length === 1 && typeof node["$ref"] === "string" ? tokensOfReference(node["$ref"]) : undefined;
    if (target === undefined || nodeAt(document.value, target) === undefined) return site;
    site = target;
  }
  return steps;
}

const groupsOf = (parts: Iterable<Part>): readonly Group[] =>
  [...parts].flatMap(({ schema, steps }) =>
    (["anyOf", "oneOf"] as const)
      .filter((keyword) => Array.isArray(schema[keyword]))
      .map((keyword) => ({ keyword, choices: tokensBelow(schema[keyword]).map((step) => [...steps, keyword, step]) })),
  );

/** The parts with the alternatives among them. */
function viewAt(document: LintDocument, site: PointerTokens, parts: readonly Part[], groups: readonly Group[], never: boolean): View {
  const names = parts.map(({ schema, made, steps }) => (made === true ? JSON.stringify(schema) : pointerOf(steps))).sort();
  const open = groups.map(({ choices }) => pointerOf(choices[0] ?? [])).sort();
  return { document, site, parts, groups, never, key: JSON.stringify([names, open, never]) };
}

/** The view of a value that has to keep to the schemas at all of these places; to none: anything. */
export function viewOf(document: LintDocument, places: readonly PointerTokens[], site: PointerTokens): View {
  const found: Found = { parts: new Map(), never: false };
  for (const place of places) collect(document, place, found);
  const parts = [...found.parts.values()];
  return { ...viewAt(document, places[0] === undefined ? site : siteOf(document, places[0]), parts, groupsOf(parts), found.never), places };
}

/** The view without these groups, and with what is at a place, such as one of their alternatives. */
export function chosen(view: View, without: readonly Group[], choice?: PointerTokens): View {
  const known = view.parts.filter(({ made }) => made !== true);
  const found: Found = { parts: new Map(known.map((part) => [pointerOf(part.steps), part])), never: view.never };
  if (choice !== undefined) collect(view.document, choice, found);
  const fresh = [...found.parts.values()].slice(known.length);
  const groups = [...view.groups.filter((group) => !without.includes(group)), ...groupsOf(fresh)];
  return viewAt(view.document, view.site, [...view.parts, ...fresh], groups, found.never);
}

/** The view with one more part, such as one of its types. */
export const narrowed = (view: View, schema: Members): View =>
  viewAt(view.document, view.site, [...view.parts, { schema, made: true, steps: view.site }], view.groups, view.never);

/** The values of a keyword in all parts that have it. */
export const valuesOf = (view: View, keyword: string): readonly unknown[] =>
  view.parts.map(({ schema }) => schema[keyword]).filter((value) => value !== undefined);

/** The view of what a keyword holds in every part that has it. */
export const below = (view: View, keyword: string, ...steps: readonly string[]): View =>
  viewOf(
    view.document,
    view.parts.filter(({ schema }) => schema[keyword] !== undefined).map((part) => [...part.steps, keyword, ...steps]),
    view.site,
  );

/** The names that `properties` of the view declare. */
export const declaredNames = (view: View): ReadonlySet<string> =>
  new Set(view.parts.flatMap(({ schema }) => (isObject(schema["properties"]) ? Object.keys(schema["properties"]) : [])));

export const namePatterns = (view: View): ReadonlySet<string> =>
  new Set(view.parts.flatMap(({ schema }) => tokensBelow(schema["patternProperties"])));

/** Names that some part evaluates, whichever alternative holds: `unevaluatedProperties` says nothing about them. */
function evaluatedNames(view: View): ReadonlySet<string> {
  const inAlternatives = view.groups.flatMap(({ choices }) =>
    choices.flatMap((choice) => [...declaredNames(viewOf(view.document, [choice], view.site))]),
  );
  const conditional = ["then", "else"].flatMap((keyword) => [...declaredNames(below(view, keyword))]);
  return new Set([...declaredNames(view), ...inAlternatives, ...conditional]);
}

const matches = (pattern: string, name: string): boolean => {
  try {
    return matcherOf(pattern).test(name);
  } catch {
    return false;
  }
};

/** What the view asks of the member of a name; of a name that nothing mentions, where there is none. */
export function propertyOf(view: View, name: string | undefined): View {
  const closedByParts = valuesOf(view, "additionalProperties").length > 0;
  const evaluated = valuesOf(view, "unevaluatedProperties").length === 0 ? undefined : evaluatedNames(view);
  const places = view.parts.flatMap(({ schema, steps }) => {
    const named = name !== undefined && isObject(schema["properties"]) && Object.hasOwn(schema["properties"], name);
    const patterns = name === undefined ? [] : tokensBelow(schema["patternProperties"]).filter((pattern) => matches(pattern, name));
    const found = [
      ...(named ? [[...steps, "properties", name]] : []),
      ...patterns.map((pattern) => [...steps, "patternProperties", pattern]),
    ];
    if (found.length === 0 && schema["additionalProperties"] !== undefined) found.push([...steps, "additionalProperties"]);
    if (schema["unevaluatedProperties"] !== undefined && !closedByParts && !(name !== undefined && evaluated?.has(name)))
      found.push([...steps, "unevaluatedProperties"]);
    return found;
  });
  return viewOf(view.document, places, view.site);
}

/** The number of items that `prefixItems` describe one by one. */
export const prefixLength = (view: View): number =>
  Math.max(0, ...valuesOf(view, "prefixItems").map((list) => (Array.isArray(list) ? list.length : 0)));

/** What the view asks of the item at an index; of all that follow, from `prefixLength` on. */
export function itemOf(view: View, index: number): View {
  const evaluated = valuesOf(view, "items").length > 0 || prefixLength(view) > index;
  const places = view.parts.flatMap(({ schema, steps }) => {
    const prefix = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"] : [];
    if (index < prefix.length) return [[...steps, "prefixItems", String(index)]];
    if (schema["items"] !== undefined) return [[...steps, "items"]];
    return schema["unevaluatedItems"] !== undefined && !evaluated ? [[...steps, "unevaluatedItems"]] : [];
  });
  return viewOf(view.document, places, view.site);
}

/** The names that the view requires in this direction; some are required in one only, as OpenAPI 3.0 has it. */
export function requiredNames(view: View, direction: "request" | "response"): ReadonlySet<string> {
  const lists = [...valuesOf(view, "required"), ...valuesOf(view, oneWayRequired[direction])];
  return new Set(lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])).filter((name) => typeof name === "string"));
}
