import { isObject } from "../../base/is-object.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { schemaKeywords } from "../schema-keywords.ts";

/** The kinds of objects of OpenAPI that hold schemas or references (3.1 §4.8, 3.2 §4). */
export type ObjectKind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "header"
  | "requestBody"
  | "response"
  | "mediaType"
  | "encoding"
  | "example"
  | "link"
  | "callback"
  | "securityScheme"
  | "schema";

type Holds = readonly [ObjectKind, "one" | "list" | "names"];

const one = (kind: ObjectKind): Holds => [kind, "one"];
const list = (kind: ObjectKind): Holds => [kind, "list"];
const names = (kind: ObjectKind): Holds => [kind, "names"];

/** The methods that a path item may name; `query` is of 3.2. */
export const itemMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;

const described: Readonly<Record<string, Holds>> = {
  schema: one("schema"),
  examples: names("example"),
  content: names("mediaType"),
};

/** Which member of which kind holds objects of another: alone, in a list, or by names that the author chose. */
const held: Readonly<Record<Exclude<ObjectKind, "schema" | "callback">, Readonly<Record<string, Holds>>>> = {
  document: { paths: names("pathItem"), webhooks: names("pathItem"), components: one("components") },
  components: {
    schemas: names("schema"),
    responses: names("response"),
    parameters: names("parameter"),
    examples: names("example"),
    requestBodies: names("requestBody"),
    headers: names("header"),
    securitySchemes: names("securityScheme"),
    links: names("link"),
    callbacks: names("callback"),
    pathItems: names("pathItem"),
    mediaTypes: names("mediaType"),
  },
  pathItem: {
    parameters: list("parameter"),
    additionalOperations: names("operation"),
    ...Object.fromEntries(itemMethods.map((method) => [method, one("operation")])),
  },
  operation: {
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: names("response"),
    callbacks: names("callback"),
  },
  parameter: described,
  header: described,
  requestBody: { content: names("mediaType") },
  response: { headers: names("header"), content: names("mediaType"), links: names("link") },
  mediaType: {
    schema: one("schema"),
    itemSchema: one("schema"),
    examples: names("example"),
    encoding: names("encoding"),
    prefixEncoding: list("encoding"),
    itemEncoding: one("encoding"),
  },
  encoding: { headers: names("header") },
  example: {},
  link: {},
  securityScheme: {},
};

/** Members of these may be extensions beside the names. */
const extensible: ReadonlySet<string> = new Set(["paths", "responses"]);

export interface HeldObject {
  readonly kind: ObjectKind;
  /** Below the object that holds it. */
  readonly steps: PointerTokens;
  readonly node: unknown;
}

const isExtension = (name: string): boolean => name.startsWith("x-");

/** What one member of an object holds. */
function* partsOfMember(member: string, value: unknown, [kind, how]: Holds): Generator<HeldObject> {
  if (how === "one") yield { kind, steps: [member], node: value };
  else if (typeof value === "object" && value !== null)
    for (const [step, node] of Object.entries(value))
      if (!(extensible.has(member) && isExtension(step))) yield { kind, steps: [member, step], node };
}

const holdings = (kind: ObjectKind, member: string): Holds | undefined => {
  if (kind === "callback") return isExtension(member) ? undefined : one("pathItem");
  if (kind !== "schema") return Object.hasOwn(held[kind], member) ? held[kind][member] : undefined;
  const holds = Object.hasOwn(schemaKeywords, member) ? schemaKeywords[member] : "plain";
  return holds === "plain" ? undefined : ["schema", holds === "schema" ? "one" : holds!];
};

/**
 * The objects that an object of a kind holds, and nothing else: what looks like a schema or a reference within an example, a default, an
 * enum or an extension is data.
 */
export function* heldBy(kind: ObjectKind, node: unknown): Generator<HeldObject> {
  if (!isObject(node)) return;
  for (const [member, value] of Object.entries(node)) {
    const holds = holdings(kind, member);
    if (holds !== undefined) yield* partsOfMember(member, value, holds);
  }
}

/** Every object of a document, each before what it holds. A reference is one of the kind that stands in its place. */
export function* objectsIn(node: unknown, kind: ObjectKind = "document", steps: PointerTokens = []): Generator<HeldObject> {
  yield { kind, steps, node };
  if (isReference(kind, node)) return;
  for (const part of heldBy(kind, node)) yield* objectsIn(part.node, part.kind, [...steps, ...part.steps]);
}

/** Whether it is a reference and nothing more. Beside the `$ref` of a schema its other keywords hold (core §8.2.3.1). */
export const isReference = (kind: ObjectKind, node: unknown): node is { readonly $ref: string } =>
  kind !== "schema" && kind !== "document" && kind !== "components" && isObject(node) && typeof node["$ref"] === "string";

/** The object with each of its parts replaced; all else as it is. */
export function mapParts(
  kind: ObjectKind,
  node: Readonly<Record<string, unknown>>,
  change: (part: HeldObject) => unknown,
): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(node)) {
    const holds = holdings(kind, member);
    const parts = holds === undefined ? [] : [...partsOfMember(member, value, holds)];
    if (parts.length === 0) define(changed, member, value);
    else if (holds![1] === "one") define(changed, member, change(parts[0]!));
    else if (Array.isArray(value)) define(changed, member, parts.map(change));
    else {
      const inner = { ...(value as Record<string, unknown>) };
      for (const part of parts) define(inner, part.steps[1]!, change(part));
      define(changed, member, inner);
    }
  }
  return changed;
}

/** Sets a member under any name; by assignment, `__proto__` would be another thing. */
export const define = (target: object, name: string, value: unknown): void =>
  void Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
