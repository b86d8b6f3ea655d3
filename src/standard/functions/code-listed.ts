import { isObject } from "../../base/is-object.ts";
import { pointerOf, tokensBelow } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { validateListed } from "../../contract/formats/reference-list.ts";
import { resolve, type LintDocument } from "../document.ts";
import { lintFunction } from "../function.ts";
import { examplesOf, withoutData } from "./example-valid.ts";

interface Coded {
  readonly format: string;
  readonly value: string;
  /** The tokens of the value. */
  readonly steps: PointerTokens;
}

/** Every string of a value that its schema, at the tokens `at`, gives a format. */
function* codesIn(
  document: LintDocument,
  at: PointerTokens,
  value: unknown,
  steps: PointerTokens = [],
  seen: Set<string> = new Set(),
): Generator<Coded> {
  const found = resolve(document, at);
  if (found === undefined || !isObject(found.node)) return;
  // By however many ways a schema is reached for the same part of the value, it says the same of it.
  const visit = `${pointerOf(found.steps)} ${pointerOf(steps)}`;
  if (seen.has(visit)) return;
  seen.add(visit);
  const { node: schema, steps: here } = found;
  if (typeof value === "string" && typeof schema["format"] === "string") yield { format: schema["format"], value, steps };
  for (const keyword of ["allOf", "anyOf", "oneOf"])
    for (const step of tokensBelow(schema[keyword])) yield* codesIn(document, [...here, keyword, step], value, steps, seen);
  for (const step of tokensBelow(value)) {
    const named = isObject(value) && isObject(schema["properties"]) && Object.hasOwn(schema["properties"], step);
    const below = Array.isArray(value) ? ["items"] : named ? ["properties", step] : ["additionalProperties"];
    yield* codesIn(document, [...here, ...below], (value as Readonly<Record<string, unknown>>)[step], [...steps, step], seen);
  }
}

/**
 * Every code in an example is in its reference list, as far as the list is complete. Target: a parameter or a media
 * type.
 */
export const codeListed = lintFunction<{ readonly severity: "error" | "warn" }>(
  { properties: { severity: { enum: ["error", "warn"] } }, required: ["severity"] },
  function* ({ value, steps }, { severity }, { document, seen, lists }) {
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    for (const example of examplesOf(document, value, steps)) {
      for (const code of codesIn(document, [...steps, "schema"], example.value)) {
        const found = validateListed(code.format, code.value, lists);
        if (found?.severity === severity) yield { steps: [...example.steps, ...withoutData(pointerOf(code.steps))], error: found.detail };
      }
    }
  },
);
