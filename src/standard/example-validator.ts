import type { ValidateFunction } from "ajv/dist/2020.js";
import { isObject } from "../base/is-object.ts";
import { nodeAt, pointerOf, tokensOfReference, type ContractDocument } from "../contract/document.ts";
import { compileAt, documentAjv, hasWays, wayOf, type Way } from "../contract/schemas.ts";
import type { PointerTokens } from "../source/steps.ts";
import type { LintDocument } from "./document.ts";
import { lintLimits } from "./limits.ts";
import { withoutFaults } from "./without-faults.ts";

type Validators = (steps: PointerTokens) => ValidateFunction | undefined;
const judges = new WeakMap<LintDocument, Validators>();

/** The validators of the schemas of a document, by tokens: those of the gateway, without what other rules report. */
export function exampleValidators(document: LintDocument): Validators {
  const known = judges.get(document);
  if (known !== undefined) return known;
  const ajv = { request: lazyAjv(document, "request"), response: lazyAjv(document, "response") };
  const found = new Map<string, ValidateFunction | undefined>();
  const oneWay = !hasWays(document.value as ContractDocument);
  const judge: Validators = (steps) => {
    // Not what a reference leads to: in OpenAPI 3.1 the keywords beside it count, too.
    if (nodeAt(document.value, steps) === undefined) return undefined;
    const way = oneWay ? "response" : wayOf(steps);
    const named = namedBy(document.value, steps);
    const key = `${way} ${pointerOf(named)}`;
    if (!found.has(key)) found.set(key, compile(ajv[way](), named));
    return found.get(key);
  };
  judges.set(document, judge);
  return judge;
}

/** Where a schema stands that says nothing but where it stands: many contents name one schema, which then is compiled once. */
function namedBy(document: unknown, steps: PointerTokens): PointerTokens {
  let at = steps;
  for (let hops = 0; hops < lintLimits.referenceHops; hops++) {
    const node = nodeAt(document, at);
    if (!isObject(node) || typeof node["$ref"] !== "string" || !Object.keys(node).every((name) => saysNothing.has(name))) break;
    const next = tokensOfReference(node["$ref"]);
    if (next === undefined || nodeAt(document, next) === undefined) break;
    at = next;
  }
  return at;
}

const saysNothing: ReadonlySet<string> = new Set(["$ref", "title", "description"]);

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
