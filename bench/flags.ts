import { readFileSync } from "node:fs";
import { join } from "node:path";

export const repository = join(import.meta.dirname, "..");

/** What stands between `node` and the script in an npm script: the V8 flags that the project sets. */
export function nodeFlagsOf(script: string): readonly string[] {
  return script
    .split(" ")
    .slice(1)
    .filter((word) => word.startsWith("--"));
}

const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { scripts: { simpul: string } };

/** The flags with which every subject written for Node runs, comparators too. */
export const nodeFlags = nodeFlagsOf(scripts.simpul);
