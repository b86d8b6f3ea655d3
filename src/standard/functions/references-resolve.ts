import { isObject } from "../../base/is-object.ts";
import { nodeAt, tokensOfReference } from "../../contract/document.ts";
import { objectsIn } from "../../contract/reading/object-kinds.ts";
import { lintFunction, noOptions } from "../function.ts";

/** Every reference leads somewhere in the document. (One that leads out of it is refused before any rule.) */
export const referencesResolve = lintFunction(noOptions, function* (_, __, { document }) {
  for (const { node, steps } of objectsIn(document.value)) {
    if (!isObject(node) || typeof node["$ref"] !== "string") continue;
    const target = tokensOfReference(node["$ref"]);
    if (target === undefined || nodeAt(document.value, target) === undefined) yield { steps: [...steps, "$ref"] };
  }
});
