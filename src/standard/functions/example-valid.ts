import { isObject } from "../../base/is-object.ts";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { pointerOf, tokensBelow } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { mayBeJson } from "../../contract/media-type.ts";
import { explainRule } from "../../contract/rule-text.ts";
import { resolve, type LintDocument, type Members } from "../document.ts";
import { exampleValidators } from "../example-validator.ts";
import { lintFunction, noOptions, type Found } from "../function.ts";
import { mayExplode } from "../../contract/check/exploding-pattern.ts";
import { schemaUses } from "../schema-uses.ts";

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

interface Patterns {
  /** Patterns that may explode: never run, since another rule reports them. */
  readonly unsafe: ReadonlySet<string>;
  /** Patterns that repeat often enough to be slow in the worst case. */
  readonly slow: ReadonlySet<string>;
}
const known = new WeakMap<LintDocument, Patterns>();

const patternsIn = ({ pattern, patternProperties }: Members): readonly string[] =>
  [pattern, ...tokensBelow(patternProperties)].filter((one): one is string => typeof one === "string");

/** The patterns of the document that need care. A `pattern` outside of schemas only makes for more care. */
function carefulPatterns(document: LintDocument): Patterns {
  const found = known.get(document);
  if (found !== undefined) return found;
  const all = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const pattern of patternsIn(node as Members)) all.add(pattern);
    Object.values(node).forEach(collect);
  };
  collect(document.value);
  const slow = new Set([...all].filter((pattern) => (pattern.match(/[*+]|,\}/g) ?? []).length > 2));
  const patterns = { unsafe: new Set([...all].filter(mayExplode)), slow };
  known.set(document, patterns);
  return patterns;
}

/** Those of `patterns` that the schema at `steps` uses. */
function usedBy(document: LintDocument, steps: PointerTokens, patterns: ReadonlySet<string>): readonly string[] {
  if (patterns.size === 0) return [];
  return [...schemaUses(document, { value: undefined, steps }, new Set())].flatMap(({ schema, first }) =>
    first ? patternsIn(schema).filter((pattern) => patterns.has(pattern)) : [],
  );
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
  if (validate(value)) return;
  for (const error of (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").slice(0, 16))
    yield { steps: [...steps, ...withoutData(error.instancePath)], error: explainRule(error) };
}

/** Every example is valid by its schema, formats included. Target: a parameter or a media type. */
export const exampleValid = lintFunction(noOptions, function* ({ value, steps }, _, { document, seen, about }) {
  if (!isObject(value) || seen.has(value) || !isObject(value["schema"])) return;
  seen.add(value);
  const mediaType = steps.at(-2) === "content" ? steps.at(-1)! : undefined;
  if (mediaType !== undefined && !mayBeJson(mediaType)) return;
  const examples = [...examplesOf(document, value, steps)];
  const { unsafe, slow } = carefulPatterns(document);
  if (examples.length === 0 || usedBy(document, [...steps, "schema"], unsafe).length > 0) return;
  const named = usedBy(document, [...steps, "schema"], slow)
    .slice(0, 3)
    .map((pattern) => `“${pattern.slice(0, 80)}”`);
  about(`${pointerOf(steps)}/schema${named.length === 0 ? "" : ` (pattern ${named.join(", ")})`}`);
  const validate = exampleValidators(document)([...steps, "schema"]);
  if (validate !== undefined) for (const example of examples) yield* judge(validate, example.value, example.steps);
});
