import { addDecimalKeywords } from "../contract/decimal-keywords.ts";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { nodeAt, pointerOf } from "../contract/document.ts";
import type { PointerTokens } from "../source/steps.ts";
import { addFormats } from "../contract/formats/formats.ts";
import type { LintDocument, Members } from "./document.ts";
import { withoutFaults } from "./without-faults.ts";

const base = "contract:document";
const judges = new WeakMap<LintDocument, (steps: PointerTokens) => ValidateFunction | undefined>();

/** Strings under these names would give a schema another address, or an example that ajv takes for a schema. */
const addresses = new Set(["$id", "$anchor", "$dynamicAnchor"]);

/** Translates the keywords of OpenAPI 3.0 into those of JSON Schema 2020-12, so that one engine validates both. */
function modern(node: unknown, version: LintDocument["version"]): unknown {
  if (Array.isArray(node)) return node.map((item) => modern(item, version));
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(([name, child]) => typeof child !== "string" || !addresses.has(name));
  const changed: Record<string, unknown> = Object.fromEntries(kept.map(([name, child]) => [name, modern(child, version)]));
  if (version === "3.1") return changed;
  if (typeof changed["$ref"] === "string") return { $ref: changed["$ref"] };
  const { type, nullable, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = changed;
  if (typeof type === "string" && nullable === true) changed["type"] = [type, "null"];
  for (const [bound, name, flag] of [
    [minimum, "minimum", exclusiveMinimum],
    [maximum, "maximum", exclusiveMaximum],
  ] as const) {
    const exclusive = `exclusiveM${name.slice(1)}`;
    if (typeof flag !== "boolean") continue;
    delete changed[exclusive];
    if (flag && typeof bound === "number") changed[exclusive] = bound;
  }
  return changed;
}

/**
 * The validators of the schemas of a document, by tokens. They are as strict as the gateway, except for keywords that
 * other rules report.
 */
export function exampleValidators(document: LintDocument): (steps: PointerTokens) => ValidateFunction | undefined {
  const known = judges.get(document);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    logger: false,
    inlineRefs: false,
    ownProperties: true,
  });
  addFormats(ajv);
  addDecimalKeywords(ajv);
  const value = modern(withoutFaults(document.value), document.version) as Members;
  // The members of the root are no keywords: if they were left in, ajv would look for schemas in them.
  ajv.addSchema(value, base, false, false);
  const found = new Map<string, ValidateFunction | undefined>();
  const judge = (steps: PointerTokens): ValidateFunction | undefined => {
    // Not what a reference leads to: in OpenAPI 3.1 the keywords beside it count, too.
    if (nodeAt(document.value, steps) === undefined) return undefined;
    const pointer = pointerOf(steps);
    if (!found.has(pointer)) found.set(pointer, compile(ajv, steps));
    return found.get(pointer);
  };
  judges.set(document, judge);
  return judge;
}

function compile(ajv: Ajv2020, steps: PointerTokens): ValidateFunction | undefined {
  try {
    return ajv.getSchema(
      `${base}#${steps.map((step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`,
    );
  } catch {
    return undefined;
  }
}
