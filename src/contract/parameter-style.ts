export type ParameterPlace = "path" | "query" | "header";
export type Style = "simple" | "label" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";

/**
 * The styles that can travel (OpenAPI 3.1.1 §4.8.12.2), the preset first. `matrix` cannot: no path may have its
 * semicolon (protocol §2).
 */
export const stylesOf: Readonly<Record<ParameterPlace, readonly [Style, ...Style[]]>> = {
  path: ["simple", "label"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
};

/** How the parts of an array or object are written in one text. */
export interface Cut {
  /** What comes before the first part. */
  readonly prefix: "" | ".";
  /** As it is written; `undefined` where every part has a text of its own (`a=1&a=2`, `a[b]=1`). */
  readonly separator: "," | "." | "%20" | "%7C" | undefined;
  /** Whether a member is one part, `name=value`, rather than two. */
  readonly paired: boolean;
}

/**
 * How a parameter is written. OpenAPI up to 3.1.0 separates the parts of a `label` by dots in its table, and from
 * 3.1.1 on by commas unless it explodes, as RFC 6570 §3.2.5 does.
 */
export function cutOf(style: Style, explode: boolean, version: string): Cut {
  switch (style) {
    case "label":
      return { prefix: ".", separator: explode || /^3\.(?:0\.[0-3]|1\.0)$/.test(version) ? "." : ",", paired: explode };
    case "simple":
      return { prefix: "", separator: ",", paired: explode };
    case "spaceDelimited":
      return { prefix: "", separator: explode ? undefined : "%20", paired: false };
    case "pipeDelimited":
      return { prefix: "", separator: explode ? undefined : "%7C", paired: false };
    case "form":
      return { prefix: "", separator: explode ? undefined : ",", paired: false };
    case "deepObject":
      return { prefix: "", separator: undefined, paired: false };
  }
}

/** What is written in the document at a parameter, or its preset; `undefined` for a style that its place does not have. */
export function styleOf(node: Readonly<Record<string, unknown>>): { readonly style: Style; readonly explode: boolean } | undefined {
  const styles = stylesOf[node["in"] as ParameterPlace];
  const style = styles.find((one) => one === (node["style"] ?? styles[0]));
  return style && { style, explode: typeof node["explode"] === "boolean" ? node["explode"] : style === "form" };
}

/** `nama` of `filter[nama]` for the parameter `filter`; `undefined` for a name of another form. */
export function memberOfDeepName(parameter: string, name: string): string | undefined {
  if (!name.startsWith(`${parameter}[`) || !name.endsWith("]")) return undefined;
  const member = name.slice(parameter.length + 1, -1);
  return member === "" || /[[\]]/.test(member) ? undefined : member;
}

type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

const textOf = (value: Value): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
const isMap = (value: Value): value is { readonly [name: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A parameter's value as it travels: percent-encoded in a path and a query, as it is in a header. */
export type Written = { readonly path: string } | { readonly header: string } | { readonly query: readonly string[] };

/** Writes a value as the contract says; `undefined` for a parameter that no request has. */
export function writeParameter(node: Readonly<Record<string, unknown>>, given: unknown, version: string): Written | undefined {
  const value = given as Value;
  const place = node["in"] as ParameterPlace;
  const name = String(node["name"]);
  const encode = place === "header" ? (text: string): string => text : encode3986;
  const key = encode(name);
  if (node["schema"] === undefined && node["content"] !== undefined) {
    const text = encode(
      typeof value === "string" && !/json/i.test(Object.keys(node["content"] as object)[0] ?? "") ? value : JSON.stringify(value),
    );
    return place === "query" ? { query: [`${key}=${text}`] } : place === "path" ? { path: text } : { header: text };
  }
  const how = styleOf(node);
  if (how === undefined) return undefined;
  const { prefix, separator, paired } = cutOf(how.style, how.explode, version);
  if (separator === undefined) {
    if (isMap(value)) {
      const pairs = Object.entries(value).flatMap(([member, one]) => [one].flat().map((each) => [member, textOf(each)] as const));
      const named = (member: string): string => (how.style === "deepObject" ? encode(`${name}[${member}]`) : encode(member));
      return { query: pairs.map(([member, text]) => `${named(member)}=${encode(text)}`) };
    }
    return { query: [value].flat().map((one) => `${key}=${encode(textOf(one))}`) };
  }
  const parts = Array.isArray(value)
    ? value.map((one: Value) => encode(textOf(one)))
    : isMap(value)
      ? Object.entries(value).flatMap(([member, one]) =>
          paired ? [`${encode(member)}=${encode(textOf(one))}`] : [encode(member), encode(textOf(one))],
        )
      : [encode(textOf(value))];
  const text = prefix + parts.join(separator);
  return place === "query" ? { query: [`${key}=${text}`] } : place === "path" ? { path: text } : { header: text };
}

/** Percent-encodes all but the unreserved characters of RFC 3986. */
const encode3986 = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
