import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { processTree } from "./process-tree.ts";

/** Something that takes requests, in a process of its own. */
export interface Subject {
  /** Where its requests go. */
  readonly origin: string;
  readonly tree: ReturnType<typeof processTree>;
  /** From the spawn until it said that it was ready. */
  readonly startMs: number;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
}

export interface SubjectCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: string;
  /** Answers 200 as soon as requests can be taken. */
  readonly readyUrl: string;
  /** Gets what the process prints. */
  readonly logFile: string;
}

const patienceMs = 20_000;

export async function startSubject({ command, args, origin, readyUrl, logFile }: SubjectCommand): Promise<Subject> {
  const log = openSync(logFile, "a");
  const began = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", log, log] });
  closeSync(log);
  let ended = false;
  const end = once(child, "exit").finally(() => (ended = true));
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await end;
  };
  while (!(await isReady(readyUrl))) {
    if (ended) throw new Error(`${command} ${args.join(" ")} ended at once:\n${readFileSync(logFile, "utf8").slice(-2000)}`);
    if (performance.now() - began > patienceMs) {
      await stop();
      throw new Error(`${command} ${args.join(" ")} is not ready after ${patienceMs} ms`);
    }
    await pause(5);
  }
  return { origin, tree: processTree(child.pid!), startMs: performance.now() - began, stop };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { headers: { Connection: "close" } });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
