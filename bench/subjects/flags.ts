import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../src/base/project.ts";

/** What stands between `node` and the script in an npm script: the V8 flags that the project sets. */
export function nodeFlagsOf(script: string): readonly string[] {
  return script
    .split(" ")
    .slice(1)
    .filter((word) => word.startsWith("--"));
}

/** The flags with which a checkout of the project runs. */
export function nodeFlagsIn(checkout: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { scripts: { simpul: string } };
  return nodeFlagsOf(scripts.simpul);
}

/** The flags with which every subject written for Node runs, comparators too. */
export const nodeFlags = nodeFlagsIn(projectFolder);
