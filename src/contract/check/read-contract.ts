import type { ContractDocument } from "../document.ts";
import { derive } from "../reading/derive.ts";
import { versionOf, type ContractVersion } from "../reading/dialect.ts";
import type { ContractFolder } from "../reading/folder.ts";
import type { ContractNote } from "../reading/notes.ts";
import type { ManifestFault, SourcePlace } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";
import { checkContract } from "./check-contract.ts";
import type { ExampleFile } from "./check-examples.ts";
import { onceEach } from "./check-schemas.ts";
import type { LocatedOperation } from "./located-operation.ts";
import type { SchemaCheck } from "./schema-check.ts";

/** A contract as everything in this program reads it. */
export interface ContractReading {
  readonly version: ContractVersion;
  /** The derived document, by which both sides are judged, with the places of what was given. */
  readonly source: Source;
  readonly document: ContractDocument;
  /** What was changed, and why. */
  readonly notes: readonly ContractNote[];
  /** Why it cannot be carried; none where it can. */
  readonly faults: readonly ManifestFault[];
  /** The texts of the files beside the contract that it is made of, too, by their paths. */
  readonly files: ReadonlyMap<string, string>;
  /** `undefined` where the structure is broken. */
  readonly operations: readonly LocatedOperation[] | undefined;
}

/** What may come with a contract. */
export interface Beside {
  readonly examples?: readonly ExampleFile[];
  readonly folder?: ContractFolder;
}

const placeOf = ({ file, line, column }: SourcePlace): string => `${file}:${line}:${column}`;

/**
 * The only reader of contracts: the loader, `try`, lint and the workbench take what it takes and refuse what it
 * refuses, with the same codes at the same places. A document that is no OpenAPI at all has no reading, only a fault.
 */
export function readContract(
  given: Source,
  check: SchemaCheck,
  { examples = [], folder }: Beside = {},
): { readonly reading: ContractReading | undefined; readonly faults: readonly ManifestFault[] } {
  const version = versionOf(given);
  if (typeof version !== "string") return { reading: undefined, faults: [version] };
  const derived = derive(given, version, folder);
  // The structure of 2.0 is judged as it was given: what the conversion leaves out would not be missed in what it makes.
  const structural = version === "2.0" ? check("swagger", given) : [];
  const checked =
    structural.length > 0 ? { operations: undefined, faults: onceEach(structural) } : checkContract(derived.source, examples, check);
  // What leads nowhere is told by the reader that tried it, and no second time.
  const told = new Set(derived.faults.map(placeOf));
  const broken = new Set(structural.map(placeOf));
  const faults = onceEach([
    ...derived.faults.filter((fault) => !broken.has(placeOf(fault))),
    ...checked.faults.filter((fault) => fault.code !== "reference-invalid" || !told.has(placeOf(fault))),
  ]);
  const { source, notes, files } = derived;
  return {
    reading: { version, source, document: source.value as ContractDocument, notes, faults, files, operations: checked.operations },
    faults,
  };
}
