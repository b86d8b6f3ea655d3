import { nodeAt, tokensOfReference } from "../../contract/document.ts";
import { referencesIn } from "../document.ts";
import { lintFunction, noOptions } from "../function.ts";

/** Every reference leads somewhere in the document. (One that leads out of it is refused before any rule.) */
export const referencesResolve = lintFunction(noOptions, function* (_, __, { document }) {
  for (const { reference, steps } of referencesIn(document.value)) {
    const target = tokensOfReference(reference);
    if (target === undefined || nodeAt(document.value, target) === undefined) yield { steps: [...steps, "$ref"] };
  }
});
