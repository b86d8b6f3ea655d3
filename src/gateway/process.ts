import { once } from "node:events";
import { type Clock, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { createLog } from "../telemetry/logs.ts";
import { messages } from "./messages.ts";
import { openGateway, type OpenGateway } from "./open.ts";
import type { GatewayOptions } from "./options.ts";

export interface RunningGateway extends OpenGateway {
  readonly publicOrigin: string;
  readonly controlOrigin: string;
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
    return { ...open, close, publicOrigin: config.publicOrigin, controlOrigin };
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

/** Waits for SIGTERM or SIGINT, then for `close`, which answers what is in flight; after `graceMs` the process exits with status 1. */
export async function untilStopped(close: () => Promise<void>, graceMs: number): Promise<void> {
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  const late = setTimeout(() => process.exit(1), graceMs);
  late.unref();
  await close();
}
