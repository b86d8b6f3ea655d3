import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Text } from "../base/text.ts";
import { addFormats } from "./formats/formats.ts";
import { noLists, type ReferenceLists } from "./formats/reference-list.ts";
import { contentLimits } from "./limits.ts";
import { pointerOf, type ContractDocument } from "./document.ts";
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

/** Keywords that OpenAPI adds to JSON Schema and that validate nothing. */
export const annotations = ["example", "xml", "externalDocs", "discriminator"] as const;

const base = "contract:document";

/** A strict ajv over one OpenAPI document. Schemas compile on first use (1.3 ms and 119 KB each). */
export function documentAjv(document: ContractDocument, allErrors: boolean, lists: ReferenceLists = noLists): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors,
    verbose: true,
    // A member named constructor or toString that was not sent is absent.
    ownProperties: true,
    validateSchema: false,
    logger: false,
  });
  // On the way to a schema ajv compiles the root of the document, whose members are no keywords; the loader has checked
  // them.
  ajv.addVocabulary([
    ...new Set([...annotations, ...Object.keys(document), ...[...namesIn(document)].filter((name) => extensionForm.test(name))]),
  ]);
  addLengthKeywords(ajv);
  addDecimalKeywords(ajv);
  addFormats(ajv, lists);
  ajv.addSchema(document, base, false, false);
  return ajv;
}

/** The compiled schema at these tokens of the document. Throws the error of ajv if it is no schema. */
export function compileAt(ajv: Ajv2020, steps: PointerTokens): ValidateFunction {
  const fragment = steps.map((step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");
  const compiled = ajv.getSchema(`${base}#${fragment}`);
  if (compiled === undefined) throw new Error(`no schema at ${pointerOf(steps)}`);
  return compiled;
}

export const extensionForm = /^x-[a-z0-9_$:-]+$/i;

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
): (steps: PointerTokens) => SchemaValidator {
  let lazyNames: ReadonlySet<string> | undefined;
  const names = (): ReadonlySet<string> => (lazyNames ??= namesIn(document));
  let deciding: Ajv2020 | undefined;
  let explaining: Ajv2020 | undefined;

  /** The keys of a map come from the sender and may be anything, even a NIK. */
  const shown = (pointer: string): string =>
    pointer
      .split("/")
      .map((step, depth) =>
        depth === 0 || /^\d{1,6}$/.test(step) || names().has(step.replaceAll("~1", "/").replaceAll("~0", "~")) ? step : "*",
      )
      .join("/");

  return (steps) => {
    let decide: ValidateFunction | undefined;
    let explain: ValidateFunction | undefined;
    return (value, bytes) => {
      decide ??= compileAt((deciding ??= documentAjv(document, false, lists)), steps);
      if (decide(value)) return [];
      let errors = decide.errors ?? [];
      if (bytes <= contentLimits.explainedBytes) {
        explain ??= compileAt((explaining ??= documentAjv(document, true, lists)), steps);
        explain(value);
        errors = explain.errors ?? errors;
        explain.errors = null;
      }
      decide.errors = null;
      return errors.slice(0, contentLimits.faults).map((error) => ({ pointer: shown(error.instancePath), detail: explainRule(error) }));
    };
  };
}
