import { join } from "node:path";

/** The project's folder, independent of the working directory. */
export const projectFolder = join(import.meta.dirname, "../..");

/** Regulations, standards, reference lists and their schemas. */
export const policiesFolder = join(projectFolder, "policies");
