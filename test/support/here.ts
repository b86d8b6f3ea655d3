import { vi } from "vitest";
import { main } from "../../src/cli/cli.ts";
import type { Run } from "./simpul.ts";

/** The console is the process's, so commands that are asked for at once run one after the other. */
let turn: Promise<unknown> = Promise.resolve();

/** Runs one command in this process, to its end. */
export function here(args: readonly string[]): Promise<Run> {
  const run = turn.then(() => captured(args));
  turn = run.catch(() => undefined);
  return run;
}

async function captured(args: readonly string[]): Promise<Run> {
  const printed = { stdout: "", stderr: "" };
  const spies = [
    vi.spyOn(console, "log").mockImplementation((...line) => void (printed.stdout += `${line.join(" ")}\n`)),
    vi.spyOn(console, "error").mockImplementation((...line) => void (printed.stderr += `${line.join(" ")}\n`)),
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      printed.stdout += String(text);
      return true;
    }),
  ];
  try {
    return { status: await main(args), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
