import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How a run of the program ended, and all that it printed. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const program = fileURLToPath(new URL("../../src/simpul.mjs", import.meta.url));

/** Starts the program as an operator does, with no setting of this machine's. */
export function startSimpul(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
}

/** Runs one command to its end. */
export function simpul(
  args: readonly string[],
  { cwd = import.meta.dirname, input = "", env }: { readonly cwd?: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = startSimpul(args, cwd, env);
    const printed = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream]!.on("data", (chunk: Buffer) => void (printed[stream] += chunk.toString()));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...printed }));
    child.stdin!.end(input);
  });
}
