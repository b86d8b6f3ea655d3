import { statSync } from "node:fs";

/** What a gateway does without being asked. A job runs from its start until it is closed; closing waits for the step that runs. */
export interface Job {
  close(): Promise<void>;
}

/**
 * Looks at open files now and then: one that was removed, or whose name leads to another file, is written to all the same and is lost
 * when the process ends. `onGone` hears of each once.
 */
export function watchFiles(files: readonly string[], everyMs: number, onGone: (file: string) => void): Job {
  const watched = new Map(files.map((file) => [file, identityOf(file)]));
  const timer = setInterval(() => {
    for (const [file, identity] of watched) {
      if (identityOf(file) === identity) continue;
      watched.delete(file);
      onGone(file);
    }
  }, everyMs);
  timer.unref();
  return { close: async () => clearInterval(timer) };
}

function identityOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev} ${found.ino}`;
}
