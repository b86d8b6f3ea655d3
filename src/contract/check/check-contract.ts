import { isObject } from "../../base/is-object.ts";
import { nodeAt, pointerOf, tokensBelow, tokensOfReference, type ContractDocument } from "../document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { mayBeJson } from "../media-type.ts";
import { checkOperations } from "./check-operations.ts";
import { collectParameters } from "../operation.ts";
import { isKnownDialect } from "../reading/dialect.ts";
import { objectsIn } from "../reading/object-kinds.ts";
import { checkExamples, type ExampleFile } from "./check-examples.ts";
import { checkSchemas, onceEach } from "./check-schemas.ts";
import { faultAt, placeFault, type ManifestFault } from "../../source/fault.ts";
import { contentsOf, locateOperations, type LocatedOperation } from "./located-operation.ts";
import type { SchemaCheck } from "./schema-check.ts";
import type { Source } from "../../source/source.ts";

/** Faults for references that lead nowhere, or in a circle without ever reaching content. */
function* checkReferences(source: Source): Generator<ManifestFault> {
  for (const { node, steps } of objectsIn(source.value)) {
    if (!isObject(node) || typeof node["$ref"] !== "string") continue;
    const target = tokensOfReference(node["$ref"]);
    const found = target === undefined ? undefined : nodeAt(source.value, target);
    if (found === undefined || found === null) yield faultAt(source.at([...steps, "$ref"]), "reference-invalid");
    else if (leadsBack(source.value, steps, node["$ref"])) yield faultAt(source.at([...steps, "$ref"]), "reference-circular");
  }
}

/** Whether a reference comes back to where it stands, by references alone. */
function leadsBack(document: unknown, from: PointerTokens, reference: string): boolean {
  const seen = new Set<string>();
  for (let next: unknown = reference; typeof next === "string";) {
    const target = tokensOfReference(next);
    const pointer = target === undefined ? "" : pointerOf(target);
    if (target === undefined || seen.has(pointer)) return false;
    if (pointer === pointerOf(from)) return true;
    seen.add(pointer);
    const node = nodeAt(document, target);
    next = isObject(node) ? node["$ref"] : undefined;
  }
  return false;
}

function* checkPaths(source: Source, templates: readonly string[]): Generator<ManifestFault> {
  const shapes = new Map<string, string>();
  for (const template of templates) {
    const shape = template.replaceAll(/\{[^{}]*\}/g, "{}");
    const other = shapes.get(shape);
    if (other !== undefined) yield faultAt(source.atName(["paths", template]), "path-ambiguous", other);
    shapes.set(shape, template);
  }
}

function* checkPathParameters(source: Source, { steps, template }: LocatedOperation): Generator<ManifestFault> {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  if (new Set(names).size < names.length) yield faultAt(source.atName(steps), "parameter-path", names.join(", "));
}

/** The schemas that a parameter is judged by: its own, or that of its JSON. */
function parameterSchemas(document: ContractDocument, steps: PointerTokens): readonly PointerTokens[] {
  const media = tokensBelow(nodeAt(document, [...steps, "content"])).filter(mayBeJson);
  return [[...steps, "schema"], ...media.map((name) => [...steps, "content", name, "schema"])].filter(
    (schema) => nodeAt(document, schema) !== undefined,
  );
}

/**
 * Whether the gateway can hold both sides to this derived document, and the examples in files are valid: every fault, and the operations
 * unless the structure is broken.
 */
export function checkContract(
  source: Source,
  examples: readonly ExampleFile[],
  check: SchemaCheck,
): { readonly operations: readonly LocatedOperation[] | undefined; readonly faults: readonly ManifestFault[] } {
  const structural = [...check("contract", source), ...checkReferences(source)];
  if (structural.length > 0) return { operations: undefined, faults: onceEach(structural) };
  const dialect = (source.value as Readonly<Record<string, unknown>>)["jsonSchemaDialect"];
  if (dialect !== undefined && !isKnownDialect(dialect))
    return { operations: undefined, faults: [faultAt(source.at(["jsonSchemaDialect"]), "dialect-unknown")] };

  const document = source.value as ContractDocument;
  const operations = locateOperations(document);
  const templates = tokensBelow(document.paths).filter((template) => template.startsWith("/"));
  const faults: ManifestFault[] = [...checkPaths(source, templates)];
  if (operations.length === 0) faults.push(faultAt(source.atName(["paths"]), "operations-missing"));
  for (const fault of checkOperations(document)) faults.push(placeFault(source, fault));
  const roots: PointerTokens[] = tokensBelow(document.components?.schemas).map((name) => ["components", "schemas", name]);
  const ids = new Set<string>();
  for (const operation of operations) {
    if (ids.has(operation.id)) faults.push(faultAt(source.at([...operation.steps, "operationId"]), "operation-duplicate"));
    ids.add(operation.id);
    faults.push(...checkPathParameters(source, operation));
    for (const steps of collectParameters(document, operation.steps.slice(0, -1), operation.steps).values())
      roots.push(...parameterSchemas(document, steps));
    for (const contents of contentsOf(document, operation.steps).values()) {
      for (const mediaType of tokensBelow(nodeAt(document, contents))) {
        const schema = [...contents, mediaType, "schema"];
        if (mayBeJson(mediaType) && nodeAt(document, schema) !== undefined) roots.push(schema);
      }
    }
  }
  const schemas = checkSchemas(source, [...new Map(roots.map((steps) => [JSON.stringify(steps), steps])).values()]);
  faults.push(...schemas.faults);
  if (faults.length === 0) faults.push(...checkExamples(source, operations, examples, schemas.compiled));
  return { operations, faults: onceEach(faults) };
}
