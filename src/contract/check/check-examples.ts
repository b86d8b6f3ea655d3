import type { ValidateFunction } from "ajv/dist/2020.js";
import { follow, nodeAt, tokensBelow, type ContractDocument } from "../document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { parseJson } from "../json.ts";
import { mayBeJson } from "../media-type.ts";
import { explainRule } from "../rule-text.ts";
import { errorsOf } from "../schemas.ts";
import type { CompiledSchemas } from "./check-schemas.ts";
import { faultAt, type ManifestFault, type SourcePlace } from "../../source/fault.ts";
import { contentsOf, type LocatedOperation } from "./located-operation.ts";
import { readSource, type Source } from "../../source/source.ts";

/** A file of `examples/`: its path for faults, its name, its text. */
export interface ExampleFile {
  readonly file: string;
  readonly name: string;
  readonly text: string;
}

const nameForm = /^([A-Za-z][A-Za-z0-9_-]{0,63})(?:\.[A-Za-z0-9_-]{1,64})?\.(request|response|[1-5][0-9]{2})\.json$/;

function validateExample(
  validate: ValidateFunction,
  value: unknown,
  placeOf: (steps: PointerTokens) => SourcePlace,
): readonly ManifestFault[] {
  return errorsOf(validate, value)
    .filter((error) => error.keyword !== "if")
    .slice(0, 16)
    .map((error) => {
      const detail = explainRule(error);
      const steps = error.instancePath
        .split("/")
        .slice(1)
        .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
      return faultAt(placeOf(steps), "example-invalid", detail.id, detail.en);
    });
}

/** The compiled schema of a holder (parameter or media type); `undefined` if it has none. */
function schemaOf(document: ContractDocument, holder: PointerTokens, compiled: CompiledSchemas): ValidateFunction | undefined {
  const target = follow(document, [...holder, "schema"]);
  return target === undefined ? undefined : compiled(target.steps);
}

/** The JSON content that a file of examples is about. */
function holderOf(document: ContractDocument, operations: readonly LocatedOperation[], name: string): PointerTokens | undefined {
  const parts = nameForm.exec(name);
  const operation = operations.find((candidate) => candidate.id === parts?.[1]);
  if (parts === null || operation === undefined) return undefined;
  const contents = contentsOf(document, operation.steps);
  const part = parts[2]!;
  const keys =
    part === "response"
      ? [...contents.keys()]
          .filter((key) => key.startsWith("2"))
          .sort()
          .slice(0, 1)
      : [part, `${part[0]}XX`, "default"];
  const found = keys.map((key) => contents.get(key)).find((steps) => steps !== undefined);
  const mediaType =
    part === "request" && !contents.has("request") ? undefined : tokensBelow(nodeAt(document, found ?? ["–"])).find(mayBeJson);
  return found === undefined || mediaType === undefined ? undefined : [...found, mediaType];
}

/**
 * The faults of examples in files that break their schemas. Those in the contract are for the standard to judge: OpenAPI only says that
 * they should be valid, so a contract is carried whatever they are.
 */
export function checkExamples(
  source: Source,
  operations: readonly LocatedOperation[],
  files: readonly ExampleFile[],
  compiled: CompiledSchemas,
): readonly ManifestFault[] {
  const document = source.value as ContractDocument;
  const faults: ManifestFault[] = [];
  for (const { file, name, text } of files) {
    const start: SourcePlace = { file, line: 1, column: 1 };
    const holder = holderOf(document, operations, name);
    const parsed = parseJson(Buffer.from(text));
    if (holder === undefined) faults.push(faultAt(start, "example-unknown"));
    else if ("wrong" in parsed) faults.push(faultAt(start, "json-invalid", parsed.wrong.en));
    else {
      const validate = schemaOf(document, holder, compiled);
      // JSON is YAML: it is parsed again as such for the places of the faults.
      const read = validate === undefined ? undefined : readSource(file, text).source;
      if (validate !== undefined) faults.push(...validateExample(validate, parsed.value, (below) => read?.at(below) ?? start));
    }
  }
  return faults;
}
