import { isObject } from "../../base/is-object.ts";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { pointerOf, tokensBelow } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { mayBeJson } from "../../contract/media-type.ts";
import { errorsOf } from "../../contract/schemas.ts";
import { explainRule } from "../../contract/rule-text.ts";
import { resolve, type LintDocument, type Members } from "../document.ts";
import { exampleValidators } from "../example-validator.ts";
import { lintFunction, noOptions, type Found } from "../function.ts";

/** The examples next to a schema, each with its tokens. */
export function* examplesOf(
  document: LintDocument,
  holder: Members,
  steps: PointerTokens,
): Generator<{ readonly value: unknown; readonly steps: PointerTokens }> {
  if (holder["example"] !== undefined) yield { value: holder["example"], steps: [...steps, "example"] };
  for (const name of tokensBelow(holder["examples"])) {
    const one = resolve(document, [...steps, "examples", name]);
    if (one?.node["value"] !== undefined) yield { value: one.node["value"], steps: [...one.steps, "value"] };
  }
}

/**
 * Tokens below an example are names and indices of the contract. The pointer ends before a name that looks like a
 * person's number.
 */
export function withoutData(pointer: string): PointerTokens {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const personal = steps.findIndex((step) => /\d{5}|@/.test(step));
  return personal === -1 ? steps : steps.slice(0, personal);
}

function* judge(validate: ValidateFunction, value: unknown, steps: PointerTokens): Generator<Found> {
  for (const error of errorsOf(validate, value)
    .filter(({ keyword }) => keyword !== "if")
    .slice(0, 16))
    yield { steps: [...steps, ...withoutData(error.instancePath)], error: explainRule(error) };
}

/** Every example is valid by its schema, formats included. Target: a parameter or a media type. */
export const exampleValid = lintFunction(noOptions, function* ({ value, steps }, _, { document, seen, about }) {
  if (!isObject(value) || seen.has(value) || !isObject(value["schema"])) return;
  seen.add(value);
  const mediaType = steps.at(-2) === "content" ? steps.at(-1)! : undefined;
  if (mediaType !== undefined && !mayBeJson(mediaType)) return;
  const examples = [...examplesOf(document, value, steps)];
  if (examples.length === 0) return;
  about(`${pointerOf(steps)}/schema`);
  const validate = exampleValidators(document)([...steps, "schema"]);
  if (validate !== undefined) for (const example of examples) yield* judge(validate, example.value, example.steps);
});
