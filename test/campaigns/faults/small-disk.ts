import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system of its own, of a few megabytes, that can be filled up or made read-only: for who may mount one, which on Linux is root. */
export interface SmallDisk {
  readonly directory: string;
  /** Leaves not a byte. */
  fill(): void;
  empty(): void;
  /** Only while nothing on it is open for writing. */
  readOnly(is: boolean): void;
  remove(): void;
}

const mount = (...args: string[]): void => void execFileSync("mount", args, { stdio: "pipe" });

export function smallDisk(megabytes: number): SmallDisk {
  const directory = mkdtempSync(join(tmpdir(), "simpul-disk-"));
  mount("-t", "tmpfs", "-o", `size=${megabytes}m,mode=700`, "simpul-campaign", directory);
  mkdirSync(join(directory, "ledger"));
  const filler = join(directory, "filler");
  return {
    directory: join(directory, "ledger"),
    fill() {
      const file = openSync(filler, "a");
      try {
        for (let size = 1 << 20; size >= 1; size >>= 1) {
          const chunk = Buffer.alloc(size, 1);
          try {
            for (;;) if (writeSync(file, chunk) < size) break;
          } catch (fault) {
            if ((fault as NodeJS.ErrnoException).code !== "ENOSPC") throw fault;
          }
        }
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    readOnly: (is) => mount("-o", `remount,${is ? "ro" : "rw"}`, directory),
    remove() {
      execFileSync("umount", ["-l", directory], { stdio: "pipe" });
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Why there can be no such disk here. */
export function lacksDisks(): string | undefined {
  try {
    smallDisk(1).remove();
    return undefined;
  } catch {
    return "the right to mount a file system of its own";
  }
}
