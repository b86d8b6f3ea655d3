import { contractMethods, follow, nodeAt, stepsBelow, type ContractDocument } from "../document.ts";
import { type Steps } from "../../source/steps.ts";

/** An operation and where it stands. */
export interface LocatedOperation {
  readonly id: string;
  readonly method: string;
  readonly template: string;
  readonly steps: Steps;
}

/** Where the contents of an operation are declared: of its request, and of each status. */
export function contentsOf(document: ContractDocument, operation: Steps): ReadonlyMap<string, Steps> {
  const holders = new Map<string, Steps>([["request", [...operation, "requestBody"]]]);
  for (const status of stepsBelow(nodeAt(document, [...operation, "responses"]))) holders.set(status, [...operation, "responses", status]);
  const found = new Map<string, Steps>();
  for (const [part, holder] of holders) {
    const target = follow(document, holder);
    if (target?.node["content"] !== undefined) found.set(part, [...target.steps, "content"]);
  }
  return found;
}

/** The operations of a document, in its order. */
export function locateOperations(document: ContractDocument): readonly LocatedOperation[] {
  return stepsBelow(document.paths).flatMap((template) => {
    const item = follow(document, ["paths", template]);
    return contractMethods.flatMap((method) => {
      const node = item?.node[method] as { operationId: string } | undefined;
      return node === undefined ? [] : [{ id: node.operationId, method, template, steps: [...item!.steps, method] }];
    });
  });
}
