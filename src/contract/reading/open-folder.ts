import { isUtf8 } from "node:buffer";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { folderLimits, type ContractFolder } from "./folder.ts";

/**
 * The folder of a contract on disk. What is no ordinary file of it, also by a link, is not there; nor is what is too
 * large or not UTF-8.
 */
export function openFolder(path: string): ContractFolder {
  return {
    read(name) {
      try {
        const real = realpathSync(join(path, name));
        const stat = statSync(real);
        if (!real.startsWith(realpathSync(path) + sep) || !stat.isFile() || stat.size > folderLimits.bytes) return undefined;
        const bytes = readFileSync(real);
        return isUtf8(bytes) ? bytes.toString() : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
