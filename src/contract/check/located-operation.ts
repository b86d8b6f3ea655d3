import { isObject } from "../../base/is-object.ts";
import { contractMethods, follow, nodeAt, tokensBelow, type ContractDocument } from "../document.ts";
import type { PointerTokens } from "../../source/steps.ts";

/** An operation with its tokens in the document. */
export interface LocatedOperation {
  readonly id: string;
  readonly method: string;
  readonly template: string;
  readonly steps: PointerTokens;
}

/** The tokens of the contents of an operation: of its request, and of each status. One that names no media type is none. */
export function contentsOf(document: ContractDocument, operation: PointerTokens): ReadonlyMap<string, PointerTokens> {
  const holders = new Map<string, PointerTokens>([["request", [...operation, "requestBody"]]]);
  for (const status of tokensBelow(nodeAt(document, [...operation, "responses"]))) holders.set(status, [...operation, "responses", status]);
  const found = new Map<string, PointerTokens>();
  for (const [part, holder] of holders) {
    const target = follow(document, holder);
    if (target !== undefined && tokensBelow(target.node["content"]).length > 0) found.set(part, [...target.steps, "content"]);
  }
  return found;
}

/** The operations of a document, in its order. What stands in place of one and is none is passed over. */
export function locateOperations(document: ContractDocument): readonly LocatedOperation[] {
  return tokensBelow(document.paths).flatMap((template) => {
    const item = follow(document, ["paths", template]);
    return contractMethods.flatMap((method) => {
      const node = item?.node[method];
      return isObject(node) ? [{ id: node["operationId"] as string, method, template, steps: [...item!.steps, method] }] : [];
    });
  });
}
