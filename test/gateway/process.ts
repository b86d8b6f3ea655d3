import { once } from "node:events";
import { request } from "node:http";
import { start } from "../cli/simpul.ts";
import type { Environment } from "../gateway-fixture.ts";

/** A gateway in a process of its own, as an operator runs it. */
export interface GatewayProcess {
  readonly controlOrigin: string;
  /** What it has logged so far. */
  output(): string;
  /** Sends a signal; how the process ended, once it has. */
  kill(signal: NodeJS.Signals): Promise<{ readonly status: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** `simpul serve` on a land; resolves when it says that it has started. */
export async function serve({ config }: Environment, settings: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  const given = {
    data: config.data,
    services: config.services,
    "public-port": String(config.publicPort),
    "control-port": "0",
    "registry-poll-ms": "50",
    ...settings,
  };
  const child = start(["serve", ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value])], config.data);
  // A test that fails halfway must not leave it behind.
  const killed = (): void => void child.kill("SIGKILL");
  process.once("exit", killed);
  child.once("exit", () => process.off("exit", killed));
  const ended = once(child, "exit").then(([status, signal]) => ({
    status: status as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
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
    async kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** A page of a port, on a connection of its own. */
export function page(
  url: string,
): Promise<{ readonly status: number; readonly fields: Readonly<Record<string, string>>; readonly text: string; readonly bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: incoming.statusCode!, fields: incoming.headers as Record<string, string>, text: bytes.toString("utf8"), bytes });
      });
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** Tries again until it succeeds or five seconds have passed: for what another process does in its own time. */
export async function eventually<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (const end = performance.now() + 5000; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = await attempt();
    if (found !== undefined) return found;
  }
  throw new Error("it did not happen within five seconds");
}
