import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Environment } from "../support/gateway-fixture.ts";
import type { Order, Ready } from "./crash-child.ts";
import type { KillPlan } from "./steps.ts";

/** A gateway in a process of its own that may die at any moment. */
export interface Child {
  /** Once it serves; `undefined` if it dies before. */
  readonly ready: Promise<Ready["ready"] | undefined>;
  /** Once it is dead. */
  readonly dead: Promise<void>;
  /** SIGKILL. */
  kill(): void;
  /** Lets it drain and end; rejects if it ends otherwise. */
  stop(): Promise<void>;
}

export function startChild({ config }: Environment, plan: KillPlan | undefined, ahead = 0): Child {
  const settings = {
    data: config.data,
    services: config.services,
    "public-port": String(config.publicPort),
    "control-port": "0",
    "log-level": "silent",
    "registry-poll-ms": "50",
    "gathered-refusals-per-minute": "100000",
  };
  const child = fork(join(import.meta.dirname, "crash-child.ts"), [JSON.stringify({ settings, plan, ahead } satisfies Order)], {
    env: {},
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  // A campaign that ends halfway must not leave it behind.
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const dead = ended.then(() => void process.off("exit", kill));
  // One that dies of something else than a kill is not what a campaign is about.
  void ended.then(([status]) => {
    if (status !== null && status !== 0) throw new Error(`the gateway ended with status ${status}`);
  });
  return {
    ready: new Promise((resolve) => {
      child.on("message", (said: Ready) => resolve(said.ready));
      void dead.then(() => resolve(undefined));
    }),
    dead,
    kill,
    async stop() {
      child.send("stop");
      const [status, signal] = await ended;
      if (status !== 0) throw new Error(`the gateway stopped with ${status ?? signal}`);
    },
  };
}
