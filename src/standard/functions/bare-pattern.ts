import { isObject } from "../../base/is-object.ts";
import { tokensBelow } from "../../contract/document.ts";
import { lintFunction, noOptions } from "../function.ts";
import { schemaUses } from "../schema-uses.ts";
import { messages } from "./messages.ts";

/** A regular expression as programs write it, `/^…$/flags`: with an anchor inside, so that the pattern of a path is none. */
const literal = /^\/(\^[\s\S]*|[\s\S]*\$)\/([a-z]*)$/;

const compiles = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
};

/**
 * The pattern that such a literal means; `undefined` where it is none. The flags m and s, and i where there are letters,
 * stay as modifiers.
 */
function bareForm(pattern: string): string | undefined {
  const [, source, flags = ""] = literal.exec(pattern) ?? [];
  if (source === undefined) return undefined;
  const plain = source.replaceAll("\\/", "/");
  const letters = /[a-z]/i.test(plain.replaceAll(/\\(?:[pP]\{[^}]*\}|u\{?[0-9a-f]+\}?|x[0-9a-f]{2}|.)/gis, ""));
  const kept = [...flags].filter((flag) => (flag === "i" && letters) || flag === "m" || flag === "s").join("");
  const right = kept === "" ? plain : `(?${kept}:${plain})`;
  return compiles(right) ? right : plain;
}

/** A `pattern` is a regular expression alone: slashes and flags around it are characters of the text. Target: a schema. */
export const barePattern = lintFunction(noOptions, function* (target, _, { document, seen }) {
  for (const { schema, steps, first } of schemaUses(document, target, seen)) {
    if (!first) continue;
    const { pattern, patternProperties } = schema;
    const right = typeof pattern === "string" ? bareForm(pattern) : undefined;
    if (right !== undefined) yield { steps: [...steps, "pattern"], error: messages.writePattern(right) };
    for (const name of isObject(patternProperties) ? tokensBelow(patternProperties) : []) {
      const better = bareForm(name);
      if (better !== undefined) yield { steps: [...steps, "patternProperties", name], named: true, error: messages.writePattern(better) };
    }
  }
});
