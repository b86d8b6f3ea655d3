import { isObject } from "../../../base/is-object.ts";
import type { PointerTokens } from "../../../source/steps.ts";
import { tokensBelow } from "../../document.ts";
import { define, itemMethods } from "../object-kinds.ts";
import type { Target } from "../references.ts";
import { under, followed, nodeOf, type Conversion, type Given } from "./conversion.ts";
import { requestBodyOf, responseOf } from "./content.ts";
import { parameterOf } from "./parameter.ts";

type Members = Readonly<Record<string, unknown>>;

/** What 3.1 says in other words, or nowhere. */
const ofDocument: ReadonlySet<string> = new Set(
  "swagger host basePath schemes consumes produces paths definitions parameters responses securityDefinitions".split(" "),
);
const ofOperation: ReadonlySet<string> = new Set(["consumes", "produces", "schemes", "parameters", "responses"]);

const without = (node: Members, names: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(node).filter(([name]) => !names.has(name)));

/**
 * A document of Swagger 2.0 in the words of OpenAPI 3.1. What 2.0 lets operations share and 3.1 ties to a media type (`body` parameters,
 * form fields, responses) is written out where it is used, with the place of what was shared.
 */
export function modernDocument(conversion: Conversion): Record<string, unknown> {
  const root: Target = { file: conversion.root, steps: [] };
  const given = nodeOf(root) as Members;
  const servers = serversOf(conversion, given, root);
  conversion.place(["openapi"], under(root, "swagger"));
  const derived: Record<string, unknown> = {
    openapi: "3.1.0",
    ...without(given, ofDocument),
    ...(servers.length === 0 ? undefined : { servers }),
    paths: pathsOf(conversion, under(root, "paths")),
  };
  const schemas: Record<string, unknown> = {};
  for (const name of tokensBelow(given["definitions"])) {
    const [from, to] = [under(root, "definitions", name), ["components", "schemas", name]];
    conversion.place(to, from);
    define(schemas, name, conversion.schema(nodeOf(from), from, to));
  }
  const securitySchemes = securityOf(conversion, given["securityDefinitions"], under(root, "securityDefinitions"));
  const components = {
    ...(Object.keys(schemas).length === 0 ? undefined : { schemas }),
    ...(Object.keys(securitySchemes).length === 0 ? undefined : { securitySchemes }),
  };
  if (Object.keys(components).length > 0) derived["components"] = components;
  return derived;
}

/** `schemes`, `host` and `basePath` as addresses. Without `schemes` it is that of the document itself (RFC 3986 §4.2). */
function serversOf(conversion: Conversion, { host, basePath, schemes }: Members, root: Target): readonly { readonly url: string }[] {
  const path = typeof basePath === "string" && basePath !== "/" ? basePath : "";
  if (typeof host !== "string" && path === "") return [];
  const from = under(root, path === "" ? "host" : "basePath");
  const named = Array.isArray(schemes) && typeof host === "string" ? schemes.map((scheme) => `${String(scheme)}:`) : [""];
  conversion.place(["servers"], from);
  return named.map((scheme, index) => {
    for (const more of [[], ["url"]]) conversion.place(["servers", String(index), ...more], from);
    return { url: typeof host === "string" ? `${scheme}//${host}${path}` : path };
  });
}

const flows: Readonly<Record<string, string>> = {
  implicit: "implicit",
  password: "password",
  application: "clientCredentials",
  accessCode: "authorizationCode",
};

function securityOf(conversion: Conversion, definitions: unknown, from: Target): Record<string, unknown> {
  const derived: Record<string, unknown> = {};
  for (const [name, scheme] of Object.entries(isObject(definitions) ? definitions : {})) {
    conversion.place(["components", "securitySchemes", name], under(from, name));
    if (!isObject(scheme)) define(derived, name, scheme);
    else if (scheme["type"] === "basic") define(derived, name, { ...scheme, type: "http", scheme: "basic" });
    else if (scheme["type"] === "oauth2") {
      const { flow, authorizationUrl, tokenUrl, scopes, ...others } = scheme;
      const urls = Object.entries({ authorizationUrl, tokenUrl, scopes: scopes ?? {} }).filter(([, value]) => value !== undefined);
      define(derived, name, { ...others, flows: { [flows[String(flow)] ?? String(flow)]: Object.fromEntries(urls) } });
    } else define(derived, name, scheme);
  }
  return derived;
}

function pathsOf(conversion: Conversion, from: Target): unknown {
  const paths = nodeOf(from);
  if (!isObject(paths)) return paths ?? {};
  const derived: Record<string, unknown> = {};
  const items = new Map<string, Given | undefined>();
  for (const template of Object.keys(paths))
    items.set(template, template.startsWith("x-") ? undefined : followed(conversion, "pathItem", under(from, template)));
  for (const same of Map.groupBy(items.keys(), (template) => template.replaceAll(/\{[^{}]*\}/g, "{}")).values()) {
    const [first] = same as [string];
    const given = same.flatMap((template) => items.get(template) ?? []);
    if (same.length > 1 && given.length === same.length && areApart(given)) {
      define(derived, first, joinedItem(conversion, new Map(same.map((template, index) => [template, given[index]!])), first));
      continue;
    }
    for (const template of same) {
      const [item, one] = [paths[template], items.get(template)];
      if (one === undefined) define(derived, template, isObject(item) && typeof item["$ref"] === "string" ? {} : item);
      else define(derived, template, pathItemOf(conversion, one, ["paths", template]));
    }
  }
  return derived;
}

const methodsOf = (node: Members): readonly string[] => itemMethods.filter((method) => isObject(node[method]));

/** Whether no method is of two of the path items. */
const areApart = (items: readonly Given[]): boolean => {
  const methods = items.flatMap(({ node }) => methodsOf(node));
  return new Set(methods).size === methods.length;
};

const namesIn = (template: string): readonly string[] => Array.from(template.matchAll(/\{([^{}]*)\}/g), ([, name]) => name!);

/**
 * Paths that differ in the names of their parameters alone, as one: 2.0 lets their methods lie apart, for 3.1 they are the same path. The
 * parameters get the names of the first, which no message shows.
 */
function joinedItem(conversion: Conversion, items: ReadonlyMap<string, Given>, first: string): Members {
  const derived: Record<string, unknown> = {};
  for (const [template, given] of items) {
    const renamed = new Map(namesIn(template).map((name, index) => [name, namesIn(first)[index]!]));
    const to = ["paths", first];
    const item = pathItemOf(conversion, given, to, renamed);
    for (const [name, value] of Object.entries(item)) if (derived[name] === undefined) define(derived, name, value);
    if (template !== first) for (const method of methodsOf(given.node)) conversion.note([...to, method], "path-joined", template, first);
  }
  conversion.place(["paths", first], items.get(first)!.at, items.get(first)!.from);
  return derived;
}

/** Parameters by where a request has them: those that 3.1 calls so, and those of which it makes the request's content. */
interface Sorted {
  readonly plain: readonly Given[];
  readonly bodies: readonly Given[];
  readonly fields: readonly Given[];
}

function sorted(conversion: Conversion, from: Target): Sorted {
  const given = tokensBelow(nodeOf(from)).flatMap((index) => followed(conversion, "parameter", under(from, index)) ?? []);
  const inContent = new Set<unknown>(["body", "formData"]);
  return {
    plain: given.filter(({ node }) => !inContent.has(node["in"])),
    bodies: given.filter(({ node }) => node["in"] === "body"),
    fields: given.filter(({ node }) => node["in"] === "formData"),
  };
}

/** A path item. With `renamed`, it is joined with others: its parameters are its operations' alone, and some have other names. */
function pathItemOf(conversion: Conversion, { node, at, from }: Given, to: PointerTokens, renamed?: ReadonlyMap<string, string>): Members {
  conversion.place(to, at, from);
  const shared = sorted(conversion, under(at, "parameters"));
  const derived: Record<string, unknown> = {};
  if (at !== from && !conversion.mayCopy(at, 1)) return derived;
  for (const [name, value] of Object.entries(node)) {
    if (name === "parameters") {
      const parameters = renamed === undefined ? plainOf(conversion, shared.plain, [...to, name]) : [];
      if (parameters.length > 0) derived[name] = parameters;
    } else if ((itemMethods as readonly string[]).includes(name) && isObject(value))
      derived[name] = operationOf(conversion, value, under(at, name), shared, [...to, name], renamed);
    else define(derived, name, value);
  }
  conversion.tell("pathItem", derived, to);
  return derived;
}

const plainOf = (
  conversion: Conversion,
  given: readonly Given[],
  to: PointerTokens,
  renamed?: ReadonlyMap<string, string>,
): readonly Members[] =>
  given.map((one, index) => {
    const parameter = parameterOf(conversion, one, [...to, String(index)]);
    const name = parameter["in"] === "path" ? renamed?.get(String(parameter["name"])) : undefined;
    return name === undefined ? parameter : { ...parameter, name };
  });

/** An operation's own, and of its path item's those that it does not replace by the same name. */
const together = (shared: readonly Given[], own: readonly Given[]): readonly Given[] => [
  ...shared.filter((one) => !own.some(({ node }) => node["name"] === one.node["name"] && node["in"] === one.node["in"])),
  ...own,
];

function operationOf(
  conversion: Conversion,
  node: Members,
  at: Target,
  shared: Sorted,
  to: PointerTokens,
  renamed: ReadonlyMap<string, string> | undefined,
): Members {
  const own = sorted(conversion, under(at, "parameters"));
  const derived = without(node, ofOperation);
  conversion.place(to, at);
  const plain = renamed === undefined ? own.plain : together(shared.plain, own.plain);
  if (plain.length > 0) derived["parameters"] = plainOf(conversion, plain, [...to, "parameters"], renamed);
  const bodies = together(shared.bodies, own.bodies);
  const body = requestBodyOf(conversion, at, bodies, together(shared.fields, own.fields), [...to, "requestBody"]);
  if (body !== undefined) derived["requestBody"] = body;
  if (!isObject(node["responses"])) return { ...derived, responses: node["responses"] };
  const responses: Record<string, unknown> = {};
  for (const [status, response] of Object.entries(node["responses"])) {
    const here = under(at, "responses", status);
    const given = status.startsWith("x-") ? undefined : followed(conversion, "response", here);
    if (given === undefined)
      define(responses, status, isObject(response) && typeof response["$ref"] === "string" ? { description: "" } : response);
    else define(responses, status, responseOf(conversion, given, at, [...to, "responses", status]));
  }
  derived["responses"] = responses;
  return derived;
}
