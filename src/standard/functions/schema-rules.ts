import { isObject } from "../../base/is-object.ts";
import { tokensBelow } from "../../contract/document.ts";
import { contractLimits } from "../../contract/limits.ts";
import { patternRefusal } from "../../contract/pattern/matcher.ts";
import { mayBeJson } from "../../contract/media-type.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { lintFunction, noOptions } from "../function.ts";
import { regularExpression } from "../regular-expression.ts";
import { schemaUses, typesOf } from "../schema-uses.ts";
import { wordsOf } from "../split-name.ts";

/** The targets of these functions are schemas; each is judged with all below it. */

/** Whether it is the schema of content that is never JSON, of which the gateway judges nothing by a schema. */
const unjudged = (steps: PointerTokens): boolean => steps.at(-1) === "schema" && steps.at(-3) === "content" && !mayBeJson(steps.at(-2)!);

/** Every `format` is one of this list. */
export const formatKnown = lintFunction<{ readonly formats: readonly string[] }>(
  { properties: { formats: { type: "array", minItems: 1, items: { type: "string" } } }, required: ["formats"] },
  function* (target, { formats }, { document, seen }) {
    if (unjudged(target.steps)) return;
    for (const { schema, steps, first } of schemaUses(document, target, seen)) {
      const { format } = schema;
      if (first && typeof format === "string" && !formats.includes(format))
        yield { steps: [...steps, "format"], property: format.slice(0, 64) };
    }
  },
);

/** A value with a name of this form is never a number; `except` are names that only mention the word, such as counts. */
export const nameNotNumber = lintFunction<{ readonly words: string; readonly except?: string }>(
  {
    properties: { words: { type: "string", format: "regular-expression" }, except: { type: "string", format: "regular-expression" } },
    required: ["words"],
  },
  function* (target, { words, except }, { document, seen }) {
    for (const { schema, site, name } of schemaUses(document, target, seen)) {
      const named = name === undefined ? "" : wordsOf(name);
      if (
        name !== undefined &&
        regularExpression(words).test(named) &&
        !(except !== undefined && regularExpression(except).test(named)) &&
        typesOf(schema).some((type) => type === "integer" || type === "number")
      )
        yield { steps: site, named: true, property: name };
    }
  },
);

/** Whether a pattern is anchored at both ends and has no unbounded repetition. */
const bounds = (pattern: unknown): boolean => {
  if (typeof pattern !== "string" || pattern.length > contractLimits.patternLength || !/^\^.*\$$/s.test(pattern)) return false;
  const plain = pattern.replaceAll(/\\./gs, "x").replaceAll(/\[[^\]]*\]/g, "x");
  return !/[*+]|\{\d+,\}|\|/.test(plain) || (/^\^\((?:\?:)?[^()*+]*\)[^*+|]*\$$/.test(plain) && !/\{\d+,\}/.test(plain));
};

/** Strings and arrays state how large they get. */
export const bounded = lintFunction<{ readonly strings: boolean; readonly boundedFormats?: readonly string[] }>(
  { properties: { strings: { type: "boolean" }, boundedFormats: { type: "array", items: { type: "string" } } }, required: ["strings"] },
  function* (target, { strings, boundedFormats = [] }, { document, seen }) {
    if (unjudged(target.steps)) return;
    for (const { schema, steps, first } of schemaUses(document, target, seen)) {
      if (!first || schema["enum"] !== undefined || schema["const"] !== undefined) continue;
      const types = typesOf(schema);
      const limited = schema["maxLength"] !== undefined || bounds(schema["pattern"]) || boundedFormats.includes(schema["format"] as string);
      if (strings && types.includes("string") && !limited) yield { steps: [...steps], property: "maxLength" };
      if (types.includes("array") && schema["maxItems"] === undefined) yield { steps: [...steps], property: "maxItems" };
    }
  },
);

/** Objects allow no member that they do not name; a map states what its values are and how many. */
export const closedObjects = lintFunction(noOptions, function* (target, _, { document, seen }) {
  if (unjudged(target.steps)) return;
  for (const { schema, steps, first, part, closed } of schemaUses(document, target, seen)) {
    const object = typesOf(schema).includes("object") || isObject(schema["properties"]);
    if (!first || !object || (part && closed)) continue;
    const more = schema["additionalProperties"];
    const map = isObject(more) && schema["maxProperties"] !== undefined;
    const shut = more === false || schema["unevaluatedProperties"] === false || map;
    if (!shut) yield { steps };
  }
});

/** Every pattern is one that the gateway matches in linear time. */
export const safePattern = lintFunction(noOptions, function* (target, _, { document, seen }) {
  for (const { schema, steps, first } of schemaUses(document, target, seen)) {
    if (!first) continue;
    if (typeof schema["pattern"] === "string" && patternRefusal(schema["pattern"]) !== undefined) yield { steps: [...steps, "pattern"] };
    for (const pattern of tokensBelow(schema["patternProperties"]))
      if (patternRefusal(pattern) !== undefined) yield { steps: [...steps, "patternProperties", pattern], named: true };
  }
});
