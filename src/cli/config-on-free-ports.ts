import { freePort } from "../base/free-port.ts";
import { readConfig, type Config } from "../config/config.ts";

/**
 * A configuration with a quiet log, on free ports unless the flags name some. The public origin is part of every statement, so the
 * port must be known before an instance is made.
 */
export async function configOnFreePorts(flags: Readonly<Record<string, string>>): Promise<Config> {
  const publicPort = await freePort();
  let controlPort = await freePort();
  while (controlPort === publicPort) controlPort = await freePort();
  return readConfig({ flags: { "public-port": String(publicPort), "control-port": String(controlPort), "log-level": "warn", ...flags } })
    .config;
}
