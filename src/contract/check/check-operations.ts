import { faultIn, type LocatedFault } from "../../source/fault.ts";
import { nodeAt, tokensBelow, type ContractDocument } from "../document.ts";
import { checkContentNames } from "./check-content-names.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkPaths } from "./check-paths.ts";
import { contentsOf, locateOperations } from "./located-operation.ts";

/**
 * What the gateway cannot carry or judge in the operations of a document: the same faults for the registry and for
 * `lint`. The document may be wrong elsewhere; what is not of the right type is passed over.
 */
export function* checkOperations(document: ContractDocument): Generator<LocatedFault> {
  yield* checkPaths(document);
  for (const { steps } of locateOperations(document)) {
    yield* checkParameters(document, steps);
    for (const status of tokensBelow(nodeAt(document, [...steps, "responses"])))
      if (/^[1-5](?:xx|xX|Xx)$/.test(status)) yield faultIn([...steps, "responses", status], "name", "status-case", status.toUpperCase());
    for (const contents of contentsOf(document, steps).values()) yield* checkContentNames(document, contents);
  }
}
