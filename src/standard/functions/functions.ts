import type { LintFunction } from "../function.ts";
import { barePattern } from "./bare-pattern.ts";
import { codeListed } from "./code-listed.ts";
import { comparable, compatible, versionRaised } from "./compatible.ts";
import { contentJudged } from "./content-judged.ts";
import { absent, enumeration, pattern, schema, truthy } from "./core.ts";
import { examplePresent } from "./example-present.ts";
import { exampleValid } from "./example-valid.ts";
import { nameFormat } from "./name-format.ts";
import { noVerb } from "./no-verb.ts";
import { openapiStructure } from "./openapi-structure.ts";
import { paginated } from "./paginated.ts";
import { parameterNot } from "./parameter-not.ts";
import { pathsDistinct } from "./paths-distinct.ts";
import { referencesResolve } from "./references-resolve.ts";
import { problemContent } from "./problem-content.ts";
import { absenceDeclared, failureDeclared, successDeclared } from "./responses.ts";
import { schemaObject } from "./schema-object.ts";
import { bounded, closedObjects, formatKnown, nameNotNumber, safePattern } from "./schema-rules.ts";
import { unique } from "./unique.ts";
import { valueTravels } from "./value-travels.ts";

/** The functions of Spectral's core, with the same meaning here. */
export const coreFunctions: Readonly<Record<string, LintFunction>> = { enumeration, pattern, schema, truthy, undefined: absent };

/** Our own functions: a ruleset that uses one lists it under `functions`. */
export const ownFunctions: Readonly<Record<string, LintFunction>> = {
  absenceDeclared,
  barePattern,
  bounded,
  closedObjects,
  codeListed,
  comparable,
  compatible,
  contentJudged,
  examplePresent,
  exampleValid,
  failureDeclared,
  formatKnown,
  nameFormat,
  nameNotNumber,
  noVerb,
  openapiStructure,
  paginated,
  parameterNot,
  pathsDistinct,
  problemContent,
  referencesResolve,
  safePattern,
  schemaObject,
  successDeclared,
  unique,
  valueTravels,
  versionRaised,
};
