import type { ContractDocument } from "../../contract/document.ts";
import { checkParameterValues } from "../../contract/check/check-parameter-values.ts";
import { lintFunction, noOptions } from "../function.ts";

/** Every value that a parameter shows or lists can be where the parameter is (protocol §2). Target: a parameter. */
export const valueTravels = lintFunction(noOptions, function* ({ steps }, _, { document }) {
  for (const { steps: at, detail } of checkParameterValues(document.value as unknown as ContractDocument, steps))
    yield { steps: at, error: detail };
});
