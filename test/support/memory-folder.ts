import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

/** The file system that Linux keeps in memory. */
const memory = "/dev/shm";
/** More than the tests keep at once; a container often has 64 MB. */
const neededBytes = 2 * 1024 ** 3;

/** Whether files can be kept in memory here, and programs among them be run. */
function isUsable(): boolean {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    const mount = readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .find((line) => line.split(" ")[1] === memory);
    return bavail * bsize >= neededBytes && mount !== undefined && !mount.split(" ")[3]!.split(",").includes("noexec");
  } catch {
    return false;
  }
}

/**
 * Before the first file: temporary files go to memory where that is possible. They are the same files, databases and locks, and no
 * test takes power from a disk; only nobody waits for one, which is what most of a test's time would be. `TMPDIR` overrides it.
 */
export default function useMemory(): (() => void) | undefined {
  if (process.env["TMPDIR"] !== undefined || !isUsable()) return undefined;
  const folder = mkdtempSync(join(memory, "simpul-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
