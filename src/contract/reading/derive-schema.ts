import { isObject } from "../../base/is-object.ts";
import { nodeAt, tokensOfReference } from "../document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { isJudged, schemaKeywords } from "../schema-keywords.ts";
import { modernPattern } from "./modern-pattern.ts";
import type { TakeNote } from "./notes.ts";
import { define } from "./object-kinds.ts";

type Members = Readonly<Record<string, unknown>>;

/** The fixed fields of a Schema Object of OpenAPI 3.0.4 §4.7.24. Nothing else but extensions has a meaning there. */
const fixed30: ReadonlySet<string> = new Set(
  (
    "title multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems " +
    "maxProperties minProperties required enum type allOf oneOf anyOf not items properties additionalProperties description format " +
    "default nullable discriminator readOnly writeOnly xml externalDocs example deprecated"
  ).split(" "),
);

/** Those of Swagger 2.0: fewer. */
const fixed20: ReadonlySet<string> = new Set(
  [...fixed30].filter((name) => !/^(?:oneOf|anyOf|not|nullable|writeOnly|deprecated)$/.test(name)),
);

/** Keywords that say something to people and programs, and nothing about what is valid. */
const silent =
  /^(?:x-.*|title|description|summary|example|examples|externalDocs|xml|discriminator|default|deprecated|readOnly|writeOnly|\$comment)$/;

/** Keywords with which a schema says that one way of the exchange needs a member (our own, of derived documents only). */
export const oneWayRequired = { request: "x-spl-required-in-request", response: "x-spl-required-in-response" } as const;

/** A property's schema with its reference followed: `readOnly` may stand there. */
function propertyOf(document: unknown, schema: Members, name: string): Members | undefined {
  const properties = schema["properties"];
  let node: unknown = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  for (let hops = 0; hops < 16 && isObject(node) && typeof node["$ref"] === "string"; hops++) {
    const steps = tokensOfReference(node["$ref"]);
    node = steps === undefined ? undefined : nodeAt(document, steps);
  }
  return isObject(node) ? node : undefined;
}

/**
 * A Schema Object of Swagger 2.0 or OpenAPI 3.0 in the words of JSON Schema 2020-12; its parts are derived already. `document` is the
 * whole document, as it was given.
 */
export function modernSchema(
  schema: Members,
  parts: Members,
  { document, version, steps, note }: { document: unknown; version: "2.0" | "3.0"; steps: PointerTokens; note: TakeNote },
): Members {
  const [fixed, nullable] = version === "2.0" ? ([fixed20, "x-nullable"] as const) : ([fixed30, "nullable"] as const);
  if (typeof schema["$ref"] === "string") {
    const others = Object.keys(schema).filter((name) => name !== "$ref" && (name === nullable || !silent.test(name)));
    if (others.length > 0) note(steps, "siblings-ignored", others.join(", "), version);
    return { $ref: schema["$ref"] };
  }
  const derived: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parts)) {
    if (fixed.has(name) || name.startsWith("x-")) define(derived, name, value);
    else note([...steps, name], "keyword-ignored", name);
  }
  if (schema[nullable] !== undefined) {
    delete derived[nullable];
    const types = [schema["type"]].flat().filter((type) => typeof type === "string");
    if (schema[nullable] === true && types.length > 0) derived["type"] = [...new Set([...types, "null"])];
    else if (schema[nullable] === true) note([...steps, nullable], "nullable-alone", nullable);
  }
  // Whoever writes the extension means that null is a value; OpenAPI 3.0.3 asks to list it.
  if (version === "2.0" && schema[nullable] === true && Array.isArray(schema["enum"]))
    derived["enum"] = [...new Set([...(schema["enum"] as unknown[]), null])];
  if (version === "2.0" && typeof schema["discriminator"] === "string")
    derived["discriminator"] = { propertyName: schema["discriminator"] };
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    const flag = schema[exclusive];
    if (typeof flag === "number") note([...steps, exclusive], "bound-number", exclusive, version);
    if (typeof flag !== "boolean") continue;
    delete derived[exclusive];
    if (!flag || typeof schema[bound] !== "number") continue;
    derived[exclusive] = schema[bound];
    delete derived[bound];
  }
  rewritePattern(schema, derived, steps, note);
  splitRequired(schema, derived, { document, version, steps, note });
  return derived;
}

/** Patterns as ECMA-262 writes them with the flag `u`: what they match stays the same. */
function rewritePattern(schema: Members, derived: Record<string, unknown>, steps: PointerTokens, note: TakeNote): void {
  if (typeof schema["pattern"] === "string") {
    const pattern = modernPattern(schema["pattern"]);
    if (pattern !== schema["pattern"]) {
      derived["pattern"] = pattern;
      note([...steps, "pattern"], "pattern-rewritten", pattern);
    }
  }
  const named = derived["patternProperties"];
  if (!isObject(named)) return;
  const renamed = Object.entries(named).map(([name, value]) => {
    const pattern = modernPattern(name);
    if (pattern === name || Object.hasOwn(named, pattern)) return [name, value] as const;
    note([...steps, "patternProperties", name], "pattern-rewritten", pattern);
    return [pattern, value] as const;
  });
  derived["patternProperties"] = Object.fromEntries(renamed);
}

/** 3.0.4: a `readOnly` member that is required is so in responses only, a `writeOnly` one in requests only. */
function splitRequired(
  schema: Members,
  derived: Record<string, unknown>,
  { document, version, steps, note }: { document: unknown; version: "2.0" | "3.0"; steps: PointerTokens; note: TakeNote },
): void {
  const required = schema["required"];
  if (!Array.isArray(required)) return;
  const wayOf = (name: unknown): "request" | "response" | undefined => {
    const property = typeof name === "string" ? propertyOf(document, schema, name) : undefined;
    return property?.["readOnly"] === true ? "response" : property?.["writeOnly"] === true ? "request" : undefined;
  };
  const ways = Map.groupBy(required as unknown[], wayOf);
  if (!ways.has("request") && !ways.has("response")) return;
  delete derived["required"];
  if (ways.has(undefined)) derived["required"] = ways.get(undefined);
  for (const way of ["request", "response"] as const) {
    const only = ways.get(way);
    if (only === undefined) continue;
    derived[oneWayRequired[way]] = only;
    note([...steps, "required"], "required-one-way", only.join(", "), way, version);
  }
}

/** Keywords with nothing after them, which YAML reads as null: they say nothing. */
export function dropEmpty(parts: Record<string, unknown>, steps: PointerTokens, note: TakeNote): void {
  for (const [name, value] of Object.entries(parts)) {
    if (value !== null || !isJudged(name) || name === "const" || name === "type") continue;
    delete parts[name];
    note([...steps, name], "keyword-empty", name);
  }
}

/** A schema of JSON Schema 2020-12 as it was given, but for words that a judge could take for something. */
export function plainSchema(schema: Members, parts: Members, steps: PointerTokens, note: TakeNote): Members {
  const derived: Record<string, unknown> = { ...parts };
  rewritePattern(schema, derived, steps, note);
  if (schema["nullable"] !== undefined) {
    delete derived["nullable"];
    note([...steps, "nullable"], "nullable-unknown");
  }
  for (const name of Object.keys(schema))
    if (name !== "nullable" && !Object.hasOwn(schemaKeywords, name) && !name.startsWith("x-"))
      note([...steps, name], "keyword-ignored", name);
  return derived;
}
