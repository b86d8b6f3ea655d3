import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { explainRule } from "../rule-text.ts";
import { addFormats } from "../formats/formats.ts";
import { faultAt, type ManifestFault, type SourcePlace } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";

/** The manifests and policies that have a schema in `policies/schema/`. */
export const schemaNames = [
  "common",
  "instance",
  "member",
  "subsystem",
  "service",
  "contract",
  "swagger",
  "classification",
  "regulation",
  "reference",
  "standard",
] as const;

export type SchemaName = (typeof schemaNames)[number];

/** Validates a source by the schema of its kind: all faults, each at its own place. */
export type SchemaCheck = (name: SchemaName, source: Source) => readonly ManifestFault[];

const steps = (pointer: string): readonly string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** A name that is unknown or has the wrong form is shown at the name, everything else at the value. */
function placeOf(error: ErrorObject, source: Source): SourcePlace {
  const extra: unknown =
    error.params["additionalProperty"] ?? error.params["unevaluatedProperty"] ?? error.params["propertyName"] ?? error.propertyName;
  return typeof extra === "string" ? source.atName([...steps(error.instancePath), extra]) : source.at(steps(error.instancePath));
}

/**
 * `schemas` are the parsed documents by name. Throws if one of them is no schema: then the installation is broken, not
 * the manifest.
 */
export function createSchemaCheck(schemas: ReadonlyMap<string, object>): SchemaCheck {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, verbose: true, logger: false });
  addFormats(ajv);
  for (const schema of schemas.values()) ajv.addSchema(schema);
  const compiled = new Map<SchemaName, ValidateFunction>();
  return (name, source) => {
    const validate = compiled.get(name) ?? ajv.getSchema(`https://simpul.id/schema/${name}.json`);
    if (validate === undefined) throw new Error(`policies/schema/${name}.json is missing`);
    compiled.set(name, validate);
    if (validate(source.value)) return [];
    return (validate.errors ?? [])
      .filter((error) => error.keyword !== "if")
      .map((error) => {
        const detail = explainRule(error);
        return faultAt(placeOf(error, source), "schema", detail.id, detail.en);
      });
  };
}
