import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policiesFolder } from "../base/project.ts";
import { readContract } from "../contract/check/read-contract.ts";
import { createSchemaCheck, type SchemaCheck } from "../contract/check/schema-check.ts";
import { follow, nodeAt } from "../contract/document.ts";
import type { ContractVersion } from "../contract/reading/dialect.ts";
import type { ContractFolder } from "../contract/reading/folder.ts";
import type { ContractNote } from "../contract/reading/notes.ts";
import type { ManifestFault } from "../source/fault.ts";
import type { PointerTokens } from "../source/steps.ts";
import { readSource, type Source } from "../source/source.ts";
import { messages } from "./messages.ts";
import { CannotValidate } from "./cannot-validate.ts";

export type Members = Readonly<Record<string, unknown>>;

/** An OpenAPI document that can be judged, as the gateway reads it. */
export interface LintDocument {
  readonly file: string;
  /** The derived document: OpenAPI 3.1, references local. */
  readonly value: Members;
  /** What was given, in the words of its own version. */
  readonly given: Members;
  readonly version: ContractVersion;
  /** Why the registry would refuse it, whatever the standard says. */
  readonly faults: readonly ManifestFault[];
  readonly notes: readonly ContractNote[];
  /** Line and column, from 1, of the value at these tokens; of its name where the value is missing or with `named`. */
  place(steps: PointerTokens, named?: boolean): { readonly line: number; readonly column: number };
}

/** Faults after which nothing useful can be said of a document: parts of it are not there. */
const incomplete: ReadonlySet<string> = new Set(["reference-remote", "reference-outside", "reference-file", "reference-circular"]);

function documentOf(given: Source, folder: ContractFolder | undefined): LintDocument {
  const { reading, faults } = readContract(given, contractCheck(), folder === undefined ? {} : { folder });
  const fatal = reading === undefined ? faults[0] : faults.find(({ code }) => incomplete.has(code));
  if (reading === undefined || fatal !== undefined) throw new CannotValidate(fatal!.detail, fatal);
  const { source, version, notes } = reading;
  return {
    file: given.file,
    value: source.value as Members,
    given: given.value as Members,
    version,
    faults,
    notes,
    place: (steps, named = false) =>
      named || (nodeAt(source.value, steps) ?? nodeAt(given.value, steps)) === undefined ? source.atName(steps) : source.at(steps),
  };
}

let check: SchemaCheck | undefined;

/** By the same file as the loader's, whatever policies a region has: what OpenAPI is, no region says. */
const contractCheck = (): SchemaCheck =>
  (check ??= createSchemaCheck(
    new Map(
      (["contract", "swagger"] as const).map((name) => [
        name,
        JSON.parse(readFileSync(join(policiesFolder, `schema/${name}.json`), "utf8")) as object,
      ]),
    ),
  ));

/** Reads YAML or JSON from an untrusted author. Throws `CannotValidate`. */
export function readDocument(file: string, text: string, folder?: ContractFolder): LintDocument {
  if (text.startsWith("\ufeff")) throw new CannotValidate(messages.notUtf8);
  const { source, faults } = readSource(file, text);
  const [fault] = faults;
  if (source === undefined || fault !== undefined) throw new CannotValidate(fault?.detail ?? messages.unreadable, fault);
  return documentOf(source, folder);
}

/** The node at these tokens, references followed; `undefined` where they lead nowhere. */
export const resolve = (document: LintDocument, steps: PointerTokens): ReturnType<typeof follow> => follow(document.value, steps);
