import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Text } from "../base/text.ts";
import { addFormats } from "./formats/formats.ts";
import { noLists, type ReferenceLists } from "./formats/reference-list.ts";
import { compileLimits, contentLimits } from "./limits.ts";
import { isObject } from "../base/is-object.ts";
import { pointerOf, type ContractDocument } from "./document.ts";
import { oneWayRequired } from "./reading/derive-schema.ts";
import { define, isReference, mapParts, heldBy, type ObjectKind } from "./reading/object-kinds.ts";
import { addPatternKeyword } from "./pattern/pattern-keyword.ts";
import { TooManySteps, withinSteps } from "./pattern/steps.ts";
import { isJudged } from "./schema-keywords.ts";
import { addUniqueKeyword } from "./unique-keyword.ts";
import { addBranchKeyword, branchesOf, branchKeyword } from "./branch-keyword.ts";
import { addEnumKeyword } from "./enum-keyword.ts";
import type { PointerTokens } from "../source/steps.ts";
import { addDecimalKeywords } from "./decimal-keywords.ts";
import { addLengthKeywords } from "./length-keywords.ts";
import { explainRule } from "./rule-text.ts";

export interface SchemaFault {
  readonly pointer: string;
  readonly detail: Text;
}

/** Validates a value by one schema. `bytes` is the size of the content: it bounds how long faults are looked for. */
export type SchemaValidator = (value: unknown, bytes: number) => readonly SchemaFault[];

/** The way that content goes: OpenAPI 3.0 requires some members in one of them only. */
export type Way = "request" | "response";

/** Which way a schema at these tokens goes. */
export const wayOf = (steps: PointerTokens): Way => (steps.includes("responses") || steps.includes("headers") ? "response" : "request");

const base = "contract:document";

/**
 * An ajv over the schemas of one derived document, and nothing but its schemas: on the way to one, ajv would take any
 * member of the document for a keyword and any `$id` of an example for an address. Schemas compile on first use (1.3 ms
 * and 119 KB each). ajv's strict mode is off: it refuses valid schemas, such as `anyOf` of `required` (JSON Schema
 * 2020-12 core §10.2.1.2).
 */
export function documentAjv(document: ContractDocument, way: Way, allErrors: boolean, lists: ReferenceLists = noLists): Ajv2020 {
  const schemas = schemasOf(document, way);
  const { large, wide } = sizeOf(schemas);
  const ajv = new Ajv2020({
    ...{ strict: false, verbose: true, validateSchema: false, logger: false },
    // Without it, `{}` would have a member `constructor`.
    ownProperties: true,
    // To stop at the first fault, code within code is made for each of a row of schemas: a thousand are more than the stack holds.
    allErrors: allErrors || wide,
    // Copying schemas to where they are referred to, and improving the code, take more than linear time.
    ...(large ? { inlineRefs: false, code: { optimize: false } } : {}),
  });
  addBranchKeyword(ajv);
  addEnumKeyword(ajv);
  addLengthKeywords(ajv);
  addDecimalKeywords(ajv);
  addUniqueKeyword(ajv);
  addPatternKeyword(ajv);
  addFormats(ajv, lists);
  ajv.addSchema(schemas, base, false, false);
  return ajv;
}

const kept = new WeakMap<ContractDocument, Map<Way, object>>();

/** The schemas of a document at their places, with the keywords by which values that go this way are judged. */
function schemasOf(document: ContractDocument, way: Way): object {
  const made = kept.get(document) ?? new Map<Way, object>();
  kept.set(document, made);
  const known = made.get(way);
  if (known !== undefined) return known;
  const bare = (kind: ObjectKind, node: unknown): unknown => {
    if (!isObject(node)) return kind === "schema" ? node : {};
    const judged: Record<string, unknown> = {};
    if (kind === "schema") {
      for (const [name, value] of Object.entries(node)) if (isJudged(name)) define(judged, name, value);
      const more = node[oneWayRequired[way]];
      if (Array.isArray(more)) judged["required"] = [...((node["required"] as unknown[] | undefined) ?? []), ...(more as unknown[])];
    }
    const branches = kind === "schema" ? branchesOf(node) : undefined;
    if (branches !== undefined) judged[branchKeyword] = branches;
    if (isReference(kind, node)) return judged;
    const parts = mapParts(kind, node, (part) => bare(part.kind, part.node));
    for (const { steps } of heldBy(kind, node)) define(judged, steps[0]!, parts[steps[0]!]);
    return judged;
  };
  const found = bare("document", document) as object;
  made.set(way, found);
  return found;
}

/** Whether schemas are so many in all, or in one row, that code is made of them in another way. */
function sizeOf(schemas: object): { readonly large: boolean; readonly wide: boolean } {
  let [objects, widest] = [0, 0];
  const measure = (node: object): void => {
    const parts = Object.values(node).filter((part) => typeof part === "object" && part !== null);
    objects += 1;
    widest = Math.max(widest, parts.length);
    parts.forEach(measure);
  };
  measure(schemas);
  return { large: objects > compileLimits.objects, wide: widest > compileLimits.row };
}

/** Whether a document requires members in one way of the exchange only; else both ways are judged by the same validators. */
export const hasWays = (document: ContractDocument): boolean => {
  const text = JSON.stringify(document);
  return Object.values(oneWayRequired).some((name) => text.includes(`"${name}"`));
};

/** The compiled schema at these tokens of the document. Throws the error of ajv if it is no schema. */
export function compileAt(ajv: Ajv2020, steps: PointerTokens): ValidateFunction {
  const fragment = steps.map((step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");
  const compiled = ajv.getSchema(`${base}#${fragment}`);
  if (compiled === undefined) throw new Error(`no schema at ${pointerOf(steps)}`);
  return compiled;
}

/**
 * What is wrong with a value by a compiled schema; nothing if it is valid. A value that takes more steps than one judgement may is refused
 * as a whole.
 */
export function errorsOf(validate: ValidateFunction, value: unknown, steps?: number): readonly ErrorObject[] {
  try {
    if (withinSteps(() => validate(value), steps)) return [];
    return validate.errors ?? [];
  } catch (error) {
    if (!(error instanceof TooManySteps || error instanceof RangeError)) throw error;
    return [{ keyword: "steps", instancePath: "", schemaPath: "", params: {} }];
  } finally {
    validate.errors = null;
  }
}

const isBrokenOff = ([first]: readonly ErrorObject[]): boolean => first?.keyword === "steps";

/** The member names that occur in the document: a fault may show them, because the contract itself contains them. */
function namesIn(document: ContractDocument): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if (!Array.isArray(node)) names.add(name);
      collect(child);
    }
  };
  collect(document);
  return names;
}

/**
 * The validators of one document. There are two ajv: one stops at the first fault; the other, used once a message is
 * known to be wrong, looks for all.
 */
export function createSchemaValidators(
  document: ContractDocument,
  lists: ReferenceLists = noLists,
): (steps: PointerTokens, way: Way) => SchemaValidator {
  let lazyNames: ReadonlySet<string> | undefined;
  const names = (): ReadonlySet<string> => (lazyNames ??= namesIn(document));
  let lazyWays: boolean | undefined;
  const made = new Map<string, Ajv2020>();
  const ajvFor = (way: Way, allErrors: boolean): Ajv2020 => {
    const key = `${(lazyWays ??= hasWays(document)) ? way : ""} ${allErrors}`;
    const ajv = made.get(key) ?? documentAjv(document, way, allErrors, lists);
    made.set(key, ajv);
    return ajv;
  };

  /** The keys of a map come from the sender and may be anything, even a NIK. */
  const shown = (pointer: string): string =>
    pointer
      .split("/")
      .map((step, depth) =>
        depth === 0 || /^\d{1,6}$/.test(step) || names().has(step.replaceAll("~1", "/").replaceAll("~0", "~")) ? step : "*",
      )
      .join("/");

  return (steps, way) => {
    let decide: ValidateFunction | undefined;
    let explain: ValidateFunction | undefined;
    return (value, bytes) => {
      decide ??= compileAt(ajvFor(way, false), steps);
      const decided = errorsOf(decide, value);
      if (decided.length === 0) return [];
      const explained =
        bytes > contentLimits.explainedBytes || isBrokenOff(decided)
          ? []
          : errorsOf((explain ??= compileAt(ajvFor(way, true), steps)), value, contentLimits.explainingSteps);
      const errors = explained.length === 0 || isBrokenOff(explained) ? decided : explained;
      return errors.slice(0, contentLimits.faults).map((error) => ({ pointer: shown(error.instancePath), detail: explainRule(error) }));
    };
  };
}
