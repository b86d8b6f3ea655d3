import { join } from "node:path";

/** The folder of the project, wherever the program is started from. */
export const projectFolder = join(import.meta.dirname, "../..");

/** Regulations, standards, reference lists and their schemas. */
export const policiesFolder = join(projectFolder, "policies");
