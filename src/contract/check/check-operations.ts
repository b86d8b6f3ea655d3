import type { LocatedFault } from "../../source/fault.ts";
import type { ContractDocument } from "../document.ts";
import { checkContentNames } from "./check-content-names.ts";
import { contentsOf, locateOperations } from "./located-operation.ts";

/**
 * What the gateway cannot carry or judge in the operations of a document: the same faults for the registry and for
 * `lint`. The document may be wrong elsewhere; what is not of the right type is passed over.
 */
export function* checkOperations(document: ContractDocument): Generator<LocatedFault> {
  for (const { steps } of locateOperations(document)) {
    for (const contents of contentsOf(document, steps).values()) yield* checkContentNames(document, contents);
  }
}
