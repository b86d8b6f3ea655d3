import { type Clock, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { StopReason } from "../telemetry/log-words.ts";
import { createLog } from "../telemetry/logs.ts";
import { messages } from "./messages.ts";
import { openGateway, type OpenGateway } from "./open.ts";
import type { GatewayOptions } from "./options.ts";

export interface RunningGateway extends OpenGateway {
  readonly publicOrigin: string;
  readonly controlOrigin: string;
  /** Logs why it is going to close. */
  stopping(reason: StopReason): void;
  /** Logs that it did not close in time, and writes out the log: the process is about to end. */
  gaveUp(): void;
}

export interface StartOptions extends Pick<GatewayOptions, "config" | "instance" | "storesAt"> {
  readonly clock?: Clock;
  /** The file descriptor of the structured log; 2 where standard output is a document. */
  readonly logTo?: number;
}

/** A port that cannot be listened on; the operator is shown the detail as it is. */
export class ListenFault extends Fault {
  override readonly name = "ListenFault";
}

/**
 * Opens a gateway and listens. It is ready when the promise resolves, and not before. Throws `ListenFault`, and what
 * `openGateway` throws.
 */
export async function startGateway({ clock = systemClock, logTo = 1, ...options }: StartOptions): Promise<RunningGateway> {
  const { config, instance } = options;
  const { log, flush } = createLog({ level: config.logLevel, to: logTo });
  const open = await openGateway({ ...options, clock, log });
  const close = async (): Promise<void> => {
    await open.close();
    flush();
  };
  try {
    const controlOrigin = await listen(open.controlApp, config.controlHost, config.controlPort, "--control-port");
    await listen(open.publicApp, config.publicHost, config.publicPort, "--public-port");
    log.started({ publicOrigin: config.publicOrigin, controlOrigin, log: instance.origin, version: open.gateway.snapshot().version });
    flush();
    return {
      ...open,
      close,
      publicOrigin: config.publicOrigin,
      controlOrigin,
      stopping: (reason) => log.stopRequested({ reason }),
      gaveUp() {
        log.stoppedLate({ exchanges: open.inFlight() });
        flush();
      },
    };
  } catch (fault) {
    await close();
    throw fault;
  }
}

async function listen(app: OpenGateway["publicApp"], host: string, port: number, flag: string): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const detail = code === "EADDRINUSE" ? messages.portTaken(port, host, flag) : messages.cannotListen(port, host, code ?? "?");
    throw new ListenFault(detail, cause);
  }
}

/** The process that started this one. Its number changes when that process ends, since another one then takes its place. */
const parent = process.ppid;
const parentPollMs = 250;

/**
 * Listens from this call on. Resolves at the first SIGTERM or SIGINT, or when the process that started this one is gone: npm and a
 * shell end at a signal without passing it on, and what they started would hold the log unseen. Later signals change nothing, since
 * a terminal's Ctrl-C comes twice, from the terminal and from npm.
 */
export function stopRequested(): Promise<StopReason> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => resolve(signal));
    const poll = setInterval(() => {
      if (process.ppid !== parent) resolve("parent-gone");
    }, parentPollMs);
    poll.unref();
  });
}

/**
 * Waits until the process is asked to stop, then closes the gateway, which answers what is in flight; after `graceMs` the process
 * exits with status 1.
 */
export async function untilStopped(running: RunningGateway, graceMs: number, requested = stopRequested()): Promise<void> {
  running.stopping(await requested);
  const late = setTimeout(() => {
    running.gaveUp();
    process.exit(1);
  }, graceMs);
  late.unref();
  await running.close();
}
