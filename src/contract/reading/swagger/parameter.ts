import { isObject } from "../../../base/is-object.ts";
import { faultAt } from "../../../source/fault.ts";
import type { PointerTokens } from "../../../source/steps.ts";
import type { ParameterPlace } from "../../parameter-style.ts";
import { define } from "../object-kinds.ts";
import type { Target } from "../references.ts";
import { under, type Conversion, type Given } from "./conversion.ts";

type Members = Readonly<Record<string, unknown>>;

/** The members of parameters, headers and items that 3.1 has in a schema. */
const schemaWords: ReadonlySet<string> = new Set(
  (
    "type format items default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems " +
    "uniqueItems enum multipleOf"
  ).split(" "),
);

/** How 3.1 writes an array; as `text`, where it cannot cut it, but a request can have it. */
type How = Members | "text";

const apart = (style: string): Members => ({ style, explode: false });
const inQuery: Readonly<Record<string, How>> = {
  csv: apart("form"),
  ssv: apart("spaceDelimited"),
  pipes: apart("pipeDelimited"),
  multi: { style: "form", explode: true },
  tsv: "text",
};
/** No path and no header can have a tab, and neither can occur twice. */
const elsewhere: Readonly<Record<string, How>> = { csv: {}, ssv: "text", pipes: "text" };

/** The styles of 3.1 for each `collectionFormat` of 2.0, by place. */
export const howWritten: Readonly<Record<ParameterPlace | "formData", Readonly<Record<string, How>>>> = {
  query: inQuery,
  formData: inQuery,
  path: elsewhere,
  header: elsewhere,
};

const formatOf = ({ collectionFormat }: Members): string => (typeof collectionFormat === "string" ? collectionFormat : "csv");

/** The schema of a parameter, header or form field, and how 3.1 says that it is written. */
export function valueOf(
  conversion: Conversion,
  { node, at }: Given,
  to: PointerTokens,
  place: ParameterPlace | "formData",
): { readonly schema: unknown; readonly how: Members } {
  conversion.place(to, at);
  const format = formatOf(node);
  const ways: Readonly<Record<string, How>> = Object.hasOwn(howWritten, place) ? howWritten[place] : {};
  const how = node["type"] !== "array" ? {} : Object.hasOwn(ways, format) ? ways[format] : undefined;
  if (how === undefined) {
    const given = under(at, "collectionFormat");
    conversion.faults.push(faultAt(given.file.source.at(given.steps), "collection-format", Object.keys(ways).join(", ")));
  }
  if (how === "text") {
    conversion.note(to, "array-as-text", format);
    return { schema: { type: "string" }, how: {} };
  }
  return { schema: conversion.schema(wordsOf(conversion, node, to), at, to), how: how ?? {} };
}

/** What a value is, in the words of a schema. An array in an array is a text: 3.1 has no separator for it. */
function wordsOf(conversion: Conversion, node: Members, to: PointerTokens): Members {
  const words: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(node)) if (schemaWords.has(name)) words[name] = value;
  const items = node["items"];
  if (!isObject(items)) return words;
  const inner = [...to, "items"];
  if (items["type"] === "array") conversion.note(inner, "array-as-text", formatOf(items));
  return { ...words, items: items["type"] === "array" ? { type: "string" } : wordsOf(conversion, items, inner) };
}

/** A parameter of a path, query or header as 3.1 writes it. */
export function parameterOf(conversion: Conversion, given: Given, to: PointerTokens): Members {
  const derived: Record<string, unknown> = {};
  conversion.place(to, given.at);
  for (const [name, value] of Object.entries(given.node))
    if (!schemaWords.has(name) && name !== "collectionFormat") define(derived, name, value);
  const { schema, how } = valueOf(conversion, given, [...to, "schema"], given.node["in"] as ParameterPlace);
  Object.assign(derived, how, { schema });
  conversion.tell("parameter", derived, to);
  return derived;
}

/** The headers of a response as 3.1 writes them. */
export function headersOf(conversion: Conversion, headers: Members, at: Target, to: PointerTokens): Members {
  const derived: Record<string, unknown> = {};
  for (const [name, node] of Object.entries(headers)) {
    const here = [...to, name];
    const given = under(at, name);
    conversion.place(here, given);
    if (!isObject(node)) {
      define(derived, name, node);
      continue;
    }
    const others = Object.entries(node).filter(([member]) => !schemaWords.has(member) && member !== "collectionFormat");
    conversion.place([...here, "schema"], given);
    const schema = conversion.schema(wordsOf(conversion, node, [...here, "schema"]), given, [...here, "schema"]);
    define(derived, name, { ...Object.fromEntries(others), schema });
  }
  return derived;
}
