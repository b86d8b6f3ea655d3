import { nodeAt, pointerOf, tokensBelow, tokensOfReference, type ContractDocument } from "./document.ts";
import type { PointerTokens } from "../source/steps.ts";

/**
 * What a schema says of the members below a value. It is a graph, since schemas may contain themselves, and is read as
 * it is walked.
 */
export interface FieldShape {
  /** Every schema that describes the value has `x-spl-open: true`: it is delivered under every grant. */
  readonly open: boolean;
  /** Members that are named. */
  readonly members: ReadonlyMap<string, FieldShape>;
  /** All other members, as of a map. */
  readonly others: FieldShape | undefined;
  readonly items: FieldShape | undefined;
}

/**
 * The keywords under which a schema contains others, alone or in a list: for the same value, for members without a
 * name, for items.
 */
const held = {
  same: { alone: ["then", "else"], listed: ["allOf", "anyOf", "oneOf", "dependentSchemas"] },
  others: { alone: ["additionalProperties", "unevaluatedProperties"], listed: ["patternProperties"] },
  items: { alone: ["items", "unevaluatedItems"], listed: ["prefixItems"] },
} as const;

type Members = Readonly<Record<string, unknown>>;
const asMembers = (node: unknown): Members | undefined => (typeof node === "object" && node !== null ? (node as Members) : undefined);

/** The shapes of the schemas of one document, by their tokens. */
export function createFieldShapes(document: ContractDocument): (schema: PointerTokens) => FieldShape {
  const shapes = new Map<string, FieldShape>();

  const heldBy = (steps: PointerTokens, node: Members, { alone, listed }: (typeof held)[keyof typeof held]): readonly PointerTokens[] => [
    ...alone.flatMap((keyword) => (asMembers(node[keyword]) === undefined ? [] : [[...steps, keyword]])),
    ...listed.flatMap((keyword) => tokensBelow(node[keyword]).map((step) => [...steps, keyword, step])),
  ];

  /** A schema with all that it refers to or is composed of, each once. */
  function collect(steps: PointerTokens, found: Map<string, { readonly steps: PointerTokens; readonly node: Members }>): void {
    const node = asMembers(nodeAt(document, steps));
    const place = pointerOf(steps);
    if (node === undefined || found.has(place)) return;
    found.set(place, { steps, node });
    const target = typeof node["$ref"] === "string" ? tokensOfReference(node["$ref"]) : undefined;
    if (target !== undefined) collect(target, found);
    for (const part of heldBy(steps, node, held.same)) collect(part, found);
  }

  /**
   * Whether the schema is marked, or one that it refers to or joins by `allOf`. One of several alternatives does not
   * count.
   */
  function isOpen(steps: PointerTokens, hops = 0): boolean {
    const node = asMembers(nodeAt(document, steps));
    if (node === undefined || hops > 16) return false;
    if (node["x-spl-open"] === true) return true;
    const target = typeof node["$ref"] === "string" ? tokensOfReference(node["$ref"]) : undefined;
    return (
      (target !== undefined && isOpen(target, hops + 1)) ||
      tokensBelow(node["allOf"]).some((step) => isOpen([...steps, "allOf", step], hops + 1))
    );
  }

  function readBelow(schemas: readonly PointerTokens[]): Omit<FieldShape, "open"> {
    const found: Parameters<typeof collect>[1] = new Map();
    for (const schema of schemas) collect(schema, found);
    const parts = [...found.values()];
    const named = new Map<string, PointerTokens[]>();
    for (const { steps, node } of parts) {
      for (const name of tokensBelow(node["properties"])) named.set(name, [...(named.get(name) ?? []), [...steps, "properties", name]]);
    }
    const unnamed = (what: "others" | "items"): FieldShape | undefined => {
      const described = parts.flatMap(({ steps, node }) => heldBy(steps, node, held[what]));
      return described.length === 0 ? undefined : shapeOf(described);
    };
    return {
      members: new Map([...named].map(([name, described]) => [name, shapeOf(described)])),
      others: unnamed("others"),
      items: unnamed("items"),
    };
  }

  function shapeOf(schemas: readonly PointerTokens[]): FieldShape {
    const key = schemas.map(pointerOf).join(" ");
    const known = shapes.get(key);
    if (known !== undefined) return known;
    let read: Omit<FieldShape, "open"> | undefined;
    const below = (): Omit<FieldShape, "open"> => (read ??= readBelow(schemas));
    const shape: FieldShape = {
      open: schemas.every((schema) => isOpen(schema)),
      get members() {
        return below().members;
      },
      get others() {
        return below().others;
      },
      get items() {
        return below().items;
      },
    };
    shapes.set(key, shape);
    return shape;
  }

  return (schema) => shapeOf([schema]);
}

/**
 * Whether a JSON Pointer, in which `*` is every item of an array and every unnamed member of a map, leads to something
 * that the shape has.
 */
export function knowsField(shape: FieldShape, pointer: string): boolean {
  let here: readonly FieldShape[] = [shape];
  for (const step of tokensOfField(pointer)) {
    here = here.flatMap(({ members, others, items }) =>
      (step === "*" ? [others, items] : [members.get(step)]).filter((next) => next !== undefined),
    );
  }
  return here.length > 0;
}

/** The reference tokens of a JSON Pointer (RFC 6901 §4). */
export const tokensOfField = (pointer: string): PointerTokens =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
