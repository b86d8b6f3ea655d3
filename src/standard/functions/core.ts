import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { explainRule } from "../../contract/rule-text.ts";
import { addFormats } from "../../contract/formats/formats.ts";
import { lintFunction, noOptions, type Found, type Options } from "../function.ts";
import { regularExpression } from "../regular-expression.ts";

/** Functions of Spectral's core, with the same meaning. */
const once: readonly Found[] = [{}];
const none: readonly Found[] = [];

export const truthy = lintFunction(noOptions, ({ value }) => (value ? none : once));

/** The member must be absent. */
export const absent = lintFunction(noOptions, ({ value }) => (value === undefined ? none : [{ named: true }]));

export const pattern = lintFunction<{ readonly match?: string; readonly notMatch?: string }>(
  {
    properties: { match: { type: "string", format: "regular-expression" }, notMatch: { type: "string", format: "regular-expression" } },
    minProperties: 1,
  },
  ({ value }, { match, notMatch }) => {
    if (typeof value !== "string") return none;
    const holds =
      (match === undefined || regularExpression(match).test(value)) && (notMatch === undefined || !regularExpression(notMatch).test(value));
    return holds ? none : once;
  },
);

export const enumeration = lintFunction<{ readonly values: readonly unknown[] }>(
  { properties: { values: { type: "array", minItems: 1 } }, required: ["values"] },
  ({ value }, { values }) => (value === undefined || typeof value === "object" || values.includes(value) ? none : once),
);

const compiled = new WeakMap<object, ValidateFunction>();
let ajv: Ajv2020 | undefined;

/** The validator of a schema that a ruleset, or this program, brings. */
export function judgeOf(schema: Options): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  if (ajv === undefined) {
    ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, verbose: true, logger: false });
    addFormats(ajv);
  }
  const validate = ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The faults of a value by a schema; an unknown member is shown at its name. */
export function* judgeBySchema(validate: ValidateFunction, value: unknown, steps: readonly string[]): Generator<Found> {
  if (validate(value)) return;
  for (const error of validate.errors ?? []) {
    if (error.keyword === "if") continue;
    const extra: unknown = error.params["additionalProperty"] ?? error.params["unevaluatedProperty"];
    const below = [...steps, ...stepsOf(error.instancePath), ...(typeof extra === "string" ? [extra] : [])];
    yield { steps: below, named: typeof extra === "string" || error.keyword === "required", error: explainRule(error) };
  }
}

export const schema = lintFunction<{ readonly schema: Options }>(
  { properties: { schema: { type: "object" } }, required: ["schema"] },
  ({ value, steps }, options) => (value === undefined ? none : judgeBySchema(judgeOf(options.schema), value, steps)),
);
