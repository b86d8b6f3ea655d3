import type { OpenAPIV3_1 } from "openapi-types";
import type { PointerTokens } from "../source/steps.ts";

/** An OpenAPI 3.1 document that the loader has passed: every `$ref` is local and leads somewhere. */
export type ContractDocument = OpenAPIV3_1.Document;

/** The methods of protocol §2, as OpenAPI spells them. */
export const contractMethods = ["get", "head", "post", "put", "patch", "delete"] as const;

/** The JSON Pointer of these tokens (RFC 6901). */
export const pointerOf = (steps: PointerTokens): string =>
  steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** The tokens of a local reference, `#/…` (RFC 6901 §6); `undefined` for any other. */
export function tokensOfReference(reference: string): PointerTokens | undefined {
  if (!reference.startsWith("#/")) return undefined;
  try {
    return reference
      .slice(2)
      .split("/")
      .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"));
  } catch {
    return undefined;
  }
}

/** The node at these tokens, by own members only; `undefined` if there is none. */
export function nodeAt(document: unknown, steps: PointerTokens): unknown {
  let node = document;
  for (const step of steps) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, step)) return undefined;
    node = (node as Record<string, unknown>)[step];
  }
  return node;
}

/**
 * Follows references from a node to one that is no reference; `undefined` where they lead nowhere, or through more than
 * 16.
 */
export function follow(
  document: unknown,
  from: PointerTokens,
): { readonly steps: PointerTokens; readonly node: Readonly<Record<string, unknown>> } | undefined {
  let steps = from;
  for (let hops = 0; hops < 16; hops++) {
    const node = nodeAt(document, steps);
    if (typeof node !== "object" || node === null) return undefined;
    const reference = (node as Record<string, unknown>)["$ref"];
    if (typeof reference !== "string") return { steps, node: node as Record<string, unknown> };
    const target = tokensOfReference(reference);
    if (target === undefined) return undefined;
    steps = target;
  }
  return undefined;
}

/** The names of the members, or the indices of the items. */
export const tokensBelow = (node: unknown): readonly string[] => (typeof node === "object" && node !== null ? Object.keys(node) : []);
