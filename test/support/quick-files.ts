import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../src/base/project.ts";

/** The file system that Linux keeps in memory. */
const memory = "/dev/shm";
/** More than the tests keep at once; a container often has 64 MB. */
const neededBytes = 2 * 1024 ** 3;

/** Whether files can be kept in memory here, and programs among them be run. */
function isUsable(): boolean {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
    const options = mounts.find((line) => line.split(" ")[1] === memory)?.split(" ")[3];
    return bavail * bsize >= neededBytes && options !== undefined && !options.split(",").includes("noexec");
  } catch {
    return false;
  }
}

/**
 * Runs before the first file. The program's threads find compiled code where `src/simpul.mjs` caches it. Temporary files go to memory
 * where that is possible: they are the same files, databases and locks, and no test takes power from a disk; only nobody waits for
 * one, which else is most of what a test does. `TMPDIR` overrides it.
 */
export default function quickFiles(): (() => void) | undefined {
  process.env["NODE_COMPILE_CACHE"] ??= join(projectFolder, "node_modules/.cache/simpul");
  if (process.env["TMPDIR"] !== undefined || !isUsable()) return undefined;
  const folder = mkdtempSync(join(memory, "simpul-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
