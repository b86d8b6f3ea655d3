import { freePort } from "../base/free-port.ts";
import { readConfig, type Config } from "../config/config.ts";

/** A configuration on free ports, unless some were asked for, with a quiet log. The origin is part of every statement, so the port must be known before anything is made. */
export async function configOnFreePorts(flags: Readonly<Record<string, string>>): Promise<Config> {
  const publicPort = await freePort();
  let controlPort = await freePort();
  while (controlPort === publicPort) controlPort = await freePort();
  return readConfig({ flags: { "public-port": String(publicPort), "control-port": String(controlPort), "log-level": "warn", ...flags } })
    .config;
}
