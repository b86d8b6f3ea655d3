import { once } from "node:events";
import type { ChildProcess } from "node:child_process";
import { startSimpul } from "./simpul.ts";
import type { Environment } from "./gateway-fixture.ts";

/** A gateway in a process of its own, as an operator runs it. */
export interface GatewayProcess {
  readonly controlOrigin: string;
  /** What it has logged so far. */
  output(): string;
  /** Sends a signal to what was started; how that process ended, once it has. */
  kill(signal: NodeJS.Signals): Promise<{ readonly status: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Resolves when everything that could write to its log has ended. */
  readonly silent: Promise<unknown>;
}

/** Starts the program with these arguments in a folder, through whatever an operator starts it with. */
export type Launcher = (args: readonly string[], cwd: string) => ChildProcess;

/** `simpul serve` in an environment; resolves when it says that it has started. */
export async function serve(
  { config }: Environment,
  settings: Readonly<Record<string, string>> = {},
  launch: Launcher = startSimpul,
): Promise<GatewayProcess> {
  const given = {
    data: config.data,
    services: config.services,
    "public-port": String(config.publicPort),
    "control-port": "0",
    "registry-poll-ms": "50",
    ...settings,
  };
  const child = launch(["serve", ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value])], config.data);
  // A test that fails halfway must not leave it behind.
  const killed = (): void => void child.kill("SIGKILL");
  process.once("exit", killed);
  child.once("exit", () => process.off("exit", killed));
  const ended = once(child, "exit").then(([status, signal]) => ({
    status: status as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const silent = once(child, "close");
  let output = "";
  const controlOrigin = await new Promise<string>((resolve, reject) => {
    child.stderr!.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    child.stdout!.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.split("\n").find((text) => text.includes('"event":"started"'));
      if (line !== undefined) resolve((JSON.parse(line) as { controlOrigin: string }).controlOrigin);
    });
    void ended.then(({ status }) => reject(new Error(`the gateway ended with ${status}: ${output}`)));
  });
  return {
    controlOrigin,
    output: () => output,
    silent,
    async kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
