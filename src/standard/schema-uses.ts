import { isObject } from "../base/is-object.ts";
import type { PointerTokens } from "../source/steps.ts";
import { schemaKeywords } from "../contract/schema-keywords.ts";
import { resolve, type LintDocument, type Members } from "./document.ts";
import type { PathTarget } from "./path-expression.ts";

/** One use of a schema. */
export interface SchemaUse {
  readonly schema: Members;
  /** The tokens of the schema itself, references followed. */
  readonly steps: PointerTokens;
  /** The tokens of the use: a property, an item in a list of alternatives, or the schema itself. */
  readonly site: PointerTokens;
  /** The name of the property or parameter whose value it describes, also through lists and alternatives. */
  readonly name: string | undefined;
  /** Whether it is part of an `allOf`: alone it does not say everything about its object. */
  readonly part: boolean;
  /** Whether the schema that it is part of closes the object (`unevaluatedProperties: false`). */
  readonly closed: boolean;
  /** Whether this schema comes up for the first time. */
  readonly first: boolean;
}

const passesName = new Set(["items", "contains", "allOf", "anyOf", "oneOf", "then", "else"]);
type Way = Pick<SchemaUse, "name" | "part" | "closed">;

/** Every use of a schema at and below `root`. Schemas in `seen` are not entered again. */
export function* schemaUses(document: LintDocument, { steps: root }: PathTarget, seen: Set<unknown>, name?: string): Generator<SchemaUse> {
  const waiting: (Way & { readonly site: PointerTokens })[] = [{ site: root, name, part: false, closed: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const found = resolve(document, next.site);
    if (found === undefined || Array.isArray(found.node)) continue;
    const { node: schema, steps } = found;
    const first = !seen.has(schema);
    seen.add(schema);
    yield { ...next, schema, steps, first };
    if (first) waiting.push(...[...usesIn(schema, steps, next)].reverse());
  }
}

function* usesIn(schema: Members, steps: PointerTokens, way: Way): Generator<Way & { readonly site: PointerTokens }> {
  for (const [keyword, value] of Object.entries(schema)) {
    const holds = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : "plain";
    if (holds === "plain" || typeof value !== "object" || value === null) continue;
    const name = passesName.has(keyword) ? way.name : undefined;
    const part = keyword === "allOf" || (way.part && passesName.has(keyword) && keyword !== "items" && keyword !== "contains");
    const closed = part && (schema["unevaluatedProperties"] === false || way.closed);
    if (holds === "schema" && isObject(value)) yield { site: [...steps, keyword], name, part, closed };
    else if (holds !== "schema")
      for (const step of Object.keys(value))
        yield { site: [...steps, keyword, step], name: holds === "names" && keyword === "properties" ? step : name, part, closed };
  }
}

/** The types that a schema allows besides null. */
export const typesOf = (schema: Members): readonly string[] =>
  [schema["type"]].flat().filter((type): type is string => typeof type === "string" && type !== "null");
