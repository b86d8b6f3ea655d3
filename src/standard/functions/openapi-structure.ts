import { policiesFolder } from "../../base/project.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lintFunction, noOptions, type Options } from "../function.ts";
import { judgeBySchema, judgeOf } from "./core.ts";

const file = join(policiesFolder, "schema/contract.json");
let structure: Options | undefined;

/** The document has the structure of OpenAPI, in the words of 3.1; schemas are judged by `schemaObject`. */
export const openapiStructure = lintFunction(noOptions, ({ value, steps }) => {
  structure ??= JSON.parse(readFileSync(file, "utf8")) as Options;
  return judgeBySchema(judgeOf(structure), value, steps);
});
