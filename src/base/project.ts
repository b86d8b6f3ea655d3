import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The project's folder, independent of the working directory. */
export const projectFolder = join(import.meta.dirname, "../..");

/** Regulations, standards, reference lists and their schemas. */
export const policiesFolder = join(projectFolder, "policies");

/** The version of this program, as `package.json` says it: `0.1.0`. */
export const programVersion = (): string =>
  (JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { readonly version: string }).version;
