import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { open, statfs } from "node:fs/promises";
import { join } from "node:path";
import { systemClock, type Clock } from "../../base/clock.ts";

/** What the checks ask of the machine; a test passes its own, with a full disk or a wrong clock. */
export interface SystemProbes {
  readonly clock: Clock;
  /** As `process.version`. */
  readonly node: string;
  /** Bytes that a writer without privileges may still use on the folder's disk. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** Milliseconds, the median of a few: 64 KiB written to a file in the folder and synced. The file is removed. */
  readonly syncMs: (folder: string) => Promise<number>;
}

export const realProbes: SystemProbes = {
  clock: systemClock,
  node: process.version,
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  async syncMs(folder) {
    const path = join(folder, `doctor-${randomUUID()}.tmp`);
    const file = await open(path, "wx", 0o600);
    try {
      const content = Buffer.alloc(65_536, 1);
      const times: number[] = [];
      for (let i = 0; i < 9; i++) {
        const began = performance.now();
        await file.write(content);
        await file.datasync();
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[4]!;
    } finally {
      await file.close();
      rmSync(path);
    }
  },
};
