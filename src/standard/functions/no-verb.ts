import { tokensBelow } from "../../contract/document.ts";
import { lintFunction } from "../function.ts";
import { wordsOf } from "../split-name.ts";

const list = { type: "array", minItems: 1, items: { type: "string" } };

/**
 * No segment of a path begins with one of these words: the method is the verb. `nouns` are compounds, in the singular,
 * that begin with such a word and name a thing: `proses bisnis`, `post code`. Target: `paths`.
 */
export const noVerb = lintFunction<{ readonly verbs: readonly string[]; readonly nouns?: readonly string[] }>(
  { properties: { verbs: list, nouns: list }, required: ["verbs"] },
  function* ({ value, steps }, { verbs, nouns = [] }) {
    const known = new Set(verbs);
    const isNoun = (words: string): boolean =>
      nouns.some((noun) => [noun, `${noun}s`, `${noun}es`].some((one) => `${words} `.startsWith(`${one} `)));
    const isVerb = (segment: string): boolean => {
      const words = wordsOf(segment);
      return !segment.startsWith("{") && known.has(words.split(" ", 1)[0]!) && !isNoun(words);
    };
    for (const template of tokensBelow(value)) {
      const segment = template.split("/").find(isVerb);
      if (segment !== undefined) yield { steps: [...steps, template], named: true, property: segment };
    }
  },
);
