import { policiesFolder } from "../../base/project.ts";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import type { ProfileFault } from "./profile-fault.ts";
import { createSchemaCheck } from "../../contract/check/schema-check.ts";
import { readKept, type Source } from "../../source/source.ts";

/** The structure that this program understands. It comes with the program, not from the folder or registry that is validated. */
const schema = JSON.parse(readFileSync(join(policiesFolder, "schema/regulation.json"), "utf8")) as object;
const check = createSchemaCheck(new Map([["regulation", schema]]));

/** What a profile or the base lacks of the structure in `policies/schema/regulation.json`. */
export const profileStructureFaults = (source: Source): readonly ProfileFault[] => check("regulation", source);

/** Reads the text of a profile or of the base; a source that is returned has its structure. */
export function readProfileSource(
  file: string,
  text: string,
): { readonly source: Source | undefined; readonly faults: readonly ProfileFault[] } {
  const { source, faults } = readKept(file, text);
  const broken = source === undefined ? faults : [...faults, ...profileStructureFaults(source)];
  return { source: broken.length === 0 ? source : undefined, faults: broken };
}
