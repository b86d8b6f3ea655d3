import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { open, statfs } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { systemClock, type Clock } from "../../base/clock.ts";
import { readChrony, readTimedatectl, type TimeService } from "./time-service.ts";

/** What the checks ask of the machine; a test passes its own, with a full disk or a wrong clock. */
export interface SystemProbes {
  readonly clock: Clock;
  /** As `process.version`. */
  readonly node: string;
  /** The Unix user who runs the checks. */
  readonly user: { readonly name: string; readonly id: number };
  /** Whether this user can read a folder: its owner's id, and the error code where it cannot be read; neither for one that is not there. */
  readonly access: (folder: string) => { readonly owner?: number; readonly code?: string };
  /** Bytes that a writer without privileges may still use on the folder's disk. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** Milliseconds, the median of a few: 64 KiB written to a file in the folder and synced. The file is removed. */
  readonly syncMs: (folder: string) => Promise<number>;
  /** The time by an HTTP server's `Date` (RFC 9110 §6.6.1), in milliseconds, exact to a second; `undefined` if it does not tell. */
  readonly dateOf: (url: string) => Promise<number | undefined>;
  /** What keeps this machine's clock; `undefined` if nothing here can say. */
  readonly timeService: () => Promise<TimeService | undefined>;
}

const patienceMs = 2000;

export const realProbes: SystemProbes = {
  clock: systemClock,
  node: process.version,
  user: { name: userInfo().username, id: userInfo().uid },
  access(folder) {
    try {
      const { uid } = statSync(folder);
      try {
        readdirSync(folder);
        return { owner: uid };
      } catch (fault) {
        return { owner: uid, code: (fault as NodeJS.ErrnoException).code ?? "?" };
      }
    } catch (fault) {
      const { code = "?" } = fault as NodeJS.ErrnoException;
      return code === "ENOENT" ? {} : { code, ...ownerOf(dirname(folder)) };
    }
  },
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
  async dateOf(url) {
    try {
      const answer = await fetch(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
      const date = Date.parse(answer.headers.get("date") ?? "");
      return Number.isNaN(date) ? undefined : date;
    } catch {
      return undefined;
    }
  },
  async timeService() {
    return (
      (await printed("chronyc", "-c", "tracking").then(readChrony)) ??
      (await printed("timedatectl", "show", "--property=NTPSynchronized", "--value").then(readTimedatectl))
    );
  },
};

function ownerOf(folder: string): { readonly owner?: number } {
  try {
    return { owner: statSync(folder).uid };
  } catch {
    return {};
  }
}

/** What a program prints; nothing if it is not there or fails. */
const printed = (program: string, ...args: readonly string[]): Promise<string> =>
  promisify(execFile)(program, args, { timeout: patienceMs }).then(
    ({ stdout }) => stdout,
    () => "",
  );
