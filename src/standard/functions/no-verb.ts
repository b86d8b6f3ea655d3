import { tokensBelow } from "../../contract/document.ts";
import { lintFunction } from "../function.ts";
import { wordsOf } from "../split-name.ts";

/** No segment of a path begins with one of these words: the method is the verb. Target: `paths`. */
export const noVerb = lintFunction<{ readonly verbs: readonly string[] }>(
  { properties: { verbs: { type: "array", minItems: 1, items: { type: "string" } } }, required: ["verbs"] },
  function* ({ value, steps }, { verbs }) {
    const known = new Set(verbs);
    for (const template of tokensBelow(value)) {
      const segment = template.split("/").find((one) => !one.startsWith("{") && known.has(wordsOf(one).split(" ", 1)[0]!));
      if (segment !== undefined) yield { steps: [...steps, template], named: true, property: segment };
    }
  },
);
