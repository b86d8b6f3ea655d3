import { isObject } from "../../../base/is-object.ts";
import type { PointerTokens } from "../../../source/steps.ts";
import { readMediaType, tellingParameters } from "../../media-type.ts";
import type { Target } from "../references.ts";
import { under, nodeOf, type Conversion } from "./conversion.ts";

/** A media type that an operation takes or gives, and where it says so. */
export interface NamedType {
  readonly name: string;
  readonly at: Target;
}

/** By what two names are the same media type for the gateway. */
export function sameAs(name: string): string {
  const read = readMediaType(name);
  return read === undefined ? name : JSON.stringify([read.type, [...tellingParameters(read)].sort()]);
}

/**
 * What an operation says that it takes (`consumes`) or gives (`produces`), each media type once; where it says nothing, what the document
 * says of all. An empty list takes back what the document says.
 */
export function mediaTypes({ root }: Conversion, operation: Target, key: "consumes" | "produces"): readonly NamedType[] {
  const own = under(operation, key);
  const at = Array.isArray(nodeOf(own)) ? own : { file: root, steps: [key] };
  const names = nodeOf(at);
  const found = new Map<string, NamedType>();
  for (const [index, name] of (Array.isArray(names) ? names : []).entries())
    if (typeof name === "string" && !found.has(sameAs(name))) found.set(sameAs(name), { name, at: under(at, String(index)) });
  return [...found.values()];
}

/** What 2.0 leaves open is taken for what nearly all such documents mean, and told. */
export function assumed({ note }: Conversion, name: string, at: Target, to: PointerTokens): readonly NamedType[] {
  note(to, "media-type-assumed", name);
  return [{ name, at }];
}

/** A media type object for each name, with the place of the name. */
export function mediaObjects(
  { place }: Conversion,
  types: readonly NamedType[],
  given: Target,
  to: PointerTokens,
  media: (type: NamedType, to: PointerTokens) => object,
): object {
  return Object.fromEntries(
    types.map((type) => {
      const here = [...to, type.name];
      place(here, given, type.at);
      return [type.name, media(type, here)];
    }),
  );
}

/** The example for a media type: by its name, else by one that is the same for the gateway. */
export function exampleFor(examples: unknown, type: string): string | undefined {
  if (!isObject(examples)) return undefined;
  return Object.hasOwn(examples, type) ? type : Object.keys(examples).find((name) => sameAs(name) === sameAs(type));
}
