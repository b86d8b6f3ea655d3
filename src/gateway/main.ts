import { Fault } from "../base/fault.ts";
import { once } from "node:events";
import { type Clock, systemClock } from "../base/clock.ts";

import { openGateway, type GatewayOptions, type OpenGateway } from "./gateway.ts";
import { createLog } from "../telemetry/logs.ts";

export interface RunningGateway extends OpenGateway {
  readonly publicOrigin: string;
  readonly controlOrigin: string;
}

export interface StartOptions extends Pick<GatewayOptions, "config" | "instance" | "openLedger"> {
  readonly clock?: Clock;
  /** Where the log goes, a file descriptor; 2 where standard output is a document. */
  readonly logTo?: number;
}

/** A port that cannot be listened on; said to the operator as it is. */
export class ListenFault extends Fault {
  override readonly name = "ListenFault";
}

/** The process: config, stores, apps, listen. It is ready when the promise resolves, and not before. */
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
    if (code === "EADDRINUSE")
      throw new ListenFault(
        {
          id: `Port ${port} pada ${host} sudah dipakai program lain; hentikan program itu atau pilih ${flag} lain.`,
          en: `Port ${port} on ${host} is taken by another program; stop it or choose another ${flag}.`,
        },
        cause,
      );
    throw new ListenFault(
      {
        id: `Tidak dapat mendengar pada ${host} port ${port} (${code ?? "?"}).`,
        en: `Cannot listen on ${host} port ${port} (${code ?? "?"}).`,
      },
      cause,
    );
  }
}

/** Waits for SIGTERM or SIGINT, then drains: what is in flight is answered, what is gathered is written. `graceMs` bounds it. */
export async function untilStopped(close: () => Promise<void>, graceMs: number): Promise<void> {
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  const late = setTimeout(() => process.exit(1), graceMs);
  late.unref();
  await close();
}
