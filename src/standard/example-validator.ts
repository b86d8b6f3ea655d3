import type { ValidateFunction } from "ajv/dist/2020.js";
import { nodeAt, pointerOf, type ContractDocument } from "../contract/document.ts";
import { compileAt, documentAjv, wayOf, type Way } from "../contract/schemas.ts";
import type { PointerTokens } from "../source/steps.ts";
import type { LintDocument } from "./document.ts";
import { withoutFaults } from "./without-faults.ts";

type Validators = (steps: PointerTokens) => ValidateFunction | undefined;
const judges = new WeakMap<LintDocument, Validators>();

/** The validators of the schemas of a document, by tokens: those of the gateway, without what other rules report. */
export function exampleValidators(document: LintDocument): Validators {
  const known = judges.get(document);
  if (known !== undefined) return known;
  const ajv = { request: lazyAjv(document, "request"), response: lazyAjv(document, "response") };
  const found = new Map<string, ValidateFunction | undefined>();
  const judge: Validators = (steps) => {
    // Not what a reference leads to: in OpenAPI 3.1 the keywords beside it count, too.
    if (nodeAt(document.value, steps) === undefined) return undefined;
    const way = wayOf(steps);
    const key = `${way} ${pointerOf(steps)}`;
    if (!found.has(key)) found.set(key, compile(ajv[way](), steps));
    return found.get(key);
  };
  judges.set(document, judge);
  return judge;
}

function lazyAjv(document: LintDocument, way: Way): () => ReturnType<typeof documentAjv> {
  let made: ReturnType<typeof documentAjv> | undefined;
  return () => (made ??= documentAjv(withoutFaults(document.value) as ContractDocument, way, true));
}

function compile(ajv: ReturnType<typeof documentAjv>, steps: PointerTokens): ValidateFunction | undefined {
  try {
    return compileAt(ajv, steps);
  } catch {
    return undefined;
  }
}
