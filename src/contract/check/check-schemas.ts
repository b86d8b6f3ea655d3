import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { follow, nodeAt, pointerOf, tokensBelow, tokensOfReference, type ContractDocument } from "../document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { explainRule } from "../rule-text.ts";
import { schemaKeywords } from "../schema-keywords.ts";
import { compileAt, documentAjv, extensionForm } from "../schemas.ts";
import { findFormat, formats } from "../formats/formats.ts";
import { faultAt, type ManifestFault, type SourceFault } from "../../source/fault.ts";
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

/**
 * Faults that ajv does not report, or reports without a place: unknown keywords, and keywords that would have no
 * effect.
 */
function validateSchema(source: Source, schema: Members, steps: PointerTokens): readonly ManifestFault[] {
  const faults: ManifestFault[] = [];
  for (const keyword of Object.keys(schema)) {
    if (!Object.hasOwn(schemaKeywords, keyword) && !extensionForm.test(keyword))
      faults.push(faultAt(source.atName([...steps, keyword]), "keyword-unknown", keyword));
  }
  const name = schema["format"];
  if (typeof name === "string") {
    const format = findFormat(name);
    const types = [schema["type"]].flat();
    const held = format?.type === "number" ? ["integer", "number"] : ["string"];
    const at = source.at([...steps, "format"]);
    if (format === undefined) faults.push(faultAt(at, "format-unknown", Object.keys(formats).join(", ")));
    // ajv skips values of another type, so `type: string, format: rupiah` would validate nothing.
    else if (!types.every((type) => held.includes(String(type)) || type === "null") || types.every((type) => type === "null"))
      faults.push(faultAt(at, "format-type", held.join(", ")));
  }
  const most = schema["maxItems"];
  // Comparing each item with every other takes minutes for a megabyte from a caller.
  if (schema["uniqueItems"] === true && !(typeof most === "number" && most <= 1000))
    faults.push(faultAt(source.at([...steps, "uniqueItems"]), "items-unbounded"));
  return faults;
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

let metaAjv: Ajv2020 | undefined;

/** Validates one schema by the meta-schema, for faults with a place. */
function validateByMetaSchema(source: Source, root: unknown, steps: PointerTokens): readonly ManifestFault[] {
  metaAjv ??= new Ajv2020({ strict: false, allErrors: true, verbose: true, logger: false });
  if (metaAjv.validateSchema(root as object) === true) return [];
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

/** Checks the schemas at `roots`: keywords, formats, references, and that ajv accepts them in strict mode. */
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
    const own = [...schemasBelow(node, root)].flatMap(({ schema, steps }) => validateSchema(source, schema, steps));
    faults.push(...(own.length > 0 ? own : validateByMetaSchema(source, node, root)));
  }
  const ajv = documentAjv(document, true);
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
