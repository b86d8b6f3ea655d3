import type { ContractDocument } from "../../contract/document.ts";
import { checkOperations } from "../../contract/check/check-operations.ts";
import { lintFunction, noOptions } from "../function.ts";

/** The gateway can carry every operation: what the registry would refuse in one, in its words. Target: the document. */
export const gatewayCarries = lintFunction(noOptions, function* (_, __, { document }) {
  for (const { steps, named, detail } of checkOperations(document.value as unknown as ContractDocument))
    yield { steps, named, error: detail };
});
