import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { follow, nodeAt, pointerOf, tokensBelow, tokensOfReference, type ContractDocument } from "../document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { explainRule } from "../rule-text.ts";
import { schemaKeywords } from "../schema-keywords.ts";
import { compileAt, documentAjv } from "../schemas.ts";
import { contractLimits } from "../limits.ts";
import { isKnownDialect } from "../reading/dialect.ts";
import { patternRefusal } from "../pattern/matcher.ts";
import { patternFault } from "./pattern-fault.ts";
import { faultAt, type ManifestFault, type SourceFault, type SourcePlace } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";

type Members = Readonly<Record<string, unknown>>;

/** A schema and every schema below it, each with its tokens. */
function* schemasBelow(node: unknown, steps: PointerTokens): Generator<{ schema: Members; steps: PointerTokens }> {
  if (typeof node !== "object" || node === null) return;
  const schema = node as Members;
  yield { schema, steps };
  for (const [keyword, value] of Object.entries(schema)) {
    const holds = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : "plain";
    if (holds === "schema") yield* schemasBelow(value, [...steps, keyword]);
    else if (holds === "list" || holds === "names")
      for (const step of tokensBelow(value)) yield* schemasBelow((value as Members)[step], [...steps, keyword, step]);
  }
}

/** Faults that ajv does not report, or reports without a place: dialects, and patterns that are none or cannot be matched in time. */
function* validateSchema(source: Source, schema: Members, steps: PointerTokens): Generator<ManifestFault> {
  if (schema["$schema"] !== undefined && !isKnownDialect(schema["$schema"]))
    yield faultAt(source.at([...steps, "$schema"]), "dialect-unknown");
  const { pattern } = schema;
  if (typeof pattern === "string") yield* validatePattern(pattern, source.at([...steps, "pattern"]));
  for (const name of tokensBelow(schema["patternProperties"]))
    yield* validatePattern(name, source.atName([...steps, "patternProperties", name]));
}

function* validatePattern(pattern: string, place: SourcePlace): Generator<ManifestFault> {
  const wrong = patternFault(pattern);
  if (wrong !== undefined) yield faultAt(place, "pattern-invalid", wrong.id, wrong.en);
  else {
    const refused = patternRefusal(pattern);
    if (refused !== undefined) yield faultAt(place, refused === "size" ? "pattern-too-large" : "pattern-explodes");
  }
}

/** Keywords whose schemas apply to the very same value. */
const inPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"];

/**
 * The references that close a circle of schemas around one value: validation would never end. `open` is the path so
 * far, `closed` the schemas that are known to end.
 */
function* circlesFrom(
  document: unknown,
  steps: PointerTokens,
  open: ReadonlySet<string>,
  closed: Set<string>,
  from: PointerTokens,
): Generator<PointerTokens> {
  const here = pointerOf(steps);
  if (open.has(here)) {
    yield from;
    return;
  }
  const schema = nodeAt(document, steps) as Members | undefined;
  if (closed.has(here) || typeof schema !== "object") return;
  const way = new Set(open).add(here);
  const reference = schema["$ref"];
  const target = typeof reference === "string" ? tokensOfReference(reference) : undefined;
  if (target !== undefined) yield* circlesFrom(document, target, way, closed, [...steps, "$ref"]);
  for (const keyword of inPlace) {
    const value = schema[keyword];
    const below = schemaKeywords[keyword] === "schema" ? (value === undefined ? [] : [[]]) : tokensBelow(value).map((step) => [step]);
    for (const step of below) yield* circlesFrom(document, [...steps, keyword, ...step], way, closed, from);
  }
  closed.add(here);
}

/** How many schemas are applied to one value, references followed; there is no circle. Beyond the limit counting stops. */
function applications(document: unknown, steps: PointerTokens, known: Map<string, number>): number {
  const here = pointerOf(steps);
  const counted = known.get(here);
  if (counted !== undefined) return counted;
  const schema = nodeAt(document, steps) as Members | undefined;
  if (typeof schema !== "object") return 1;
  const reference = schema["$ref"];
  const target = typeof reference === "string" ? tokensOfReference(reference) : undefined;
  let count = 1 + (target === undefined ? 0 : applications(document, target, known));
  for (const keyword of inPlace) {
    const value = schema[keyword];
    const below = schemaKeywords[keyword] === "schema" ? (value === undefined ? [] : [[]]) : tokensBelow(value).map((step) => [step]);
    for (const step of below) count += applications(document, [...steps, keyword, ...step], known);
  }
  known.set(here, Math.min(count, contractLimits.applications + 1));
  return known.get(here)!;
}

let metaAjv: Ajv2020 | undefined;

/** Validates one schema by the meta-schema, for faults with a place. */
function validateByMetaSchema(source: Source, root: unknown, steps: PointerTokens): readonly ManifestFault[] {
  if (metaAjv === undefined) {
    metaAjv = new Ajv2020({ strict: false, allErrors: true, verbose: true, logger: false });
    metaAjv.addFormat("regex", true);
  }
  if (metaAjv.validate("https://json-schema.org/draft/2020-12/schema", root)) return [];
  const first = metaAjv.errors?.[0];
  if (first === undefined) return [];
  const below = first.instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const detail = explainRule(first);
  return [faultAt(source.at([...steps, ...below]), "schema", detail.id, detail.en)];
}

/** The compiled schemas of a contract in which every schema is sound. */
export type CompiledSchemas = (steps: PointerTokens) => ValidateFunction;

/** Checks the schemas at `roots`: values of keywords, patterns, circles, and that each compiles. */
export function checkSchemas(
  source: Source,
  roots: readonly PointerTokens[],
): { readonly faults: readonly ManifestFault[]; readonly compiled: CompiledSchemas } {
  const document = source.value as ContractDocument;
  const faults: ManifestFault[] = [];
  const closed = new Set<string>();
  for (const root of roots) {
    const node = nodeAt(document, root);
    for (const { steps } of schemasBelow(node, root)) {
      for (const circle of circlesFrom(document, steps, new Set(), closed, steps)) faults.push(faultAt(source.at(circle), "schema-circle"));
    }
    for (const { schema, steps } of schemasBelow(node, root)) faults.push(...validateSchema(source, schema, steps));
    faults.push(...validateByMetaSchema(source, node, root));
  }
  const counted = new Map<string, number>();
  for (const root of faults.some(({ code }) => code === "schema-circle") ? [] : roots)
    for (const { steps } of schemasBelow(nodeAt(document, root), root))
      if (applications(document, steps, counted) > contractLimits.applications)
        faults.push(faultAt(source.at(steps), "schema-multiplies", String(contractLimits.applications)));
  const ajv = documentAjv(document, "response", true);
  const compiled: CompiledSchemas = (steps) => compileAt(ajv, steps);
  if (faults.length > 0) return { faults, compiled };
  for (const root of roots) {
    const target = follow(document, root);
    if (typeof nodeAt(document, root) === "boolean" || target === undefined) continue;
    try {
      compiled(target.steps);
    } catch (error) {
      faults.push(faultAt(source.at(root), "schema-invalid", error instanceof Error ? error.message : String(error)));
    }
  }
  return { faults: onceEach(faults), compiled };
}

/** Each fault once: a component that many operations use is wrong once. */
export function onceEach<Fault extends SourceFault>(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
