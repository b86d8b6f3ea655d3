import { join } from "node:path";
import { projectFolder } from "../base/project.ts";
import { freePort } from "../base/free-port.ts";
import { configFlags, readConfig, type Config } from "../config/config.ts";

/** `parseArgs` options for a verb that starts an instance of its own: every setting, and no file of an operator's. */
export const { config: _file, ...ownConfigFlags } = configFlags;

/**
 * The configuration of an instance that a verb makes for itself. Only flags count: `simpul.yaml`, the environment and the manifests
 * next to them are those of a real instance, which must not be touched. The manifests are the project's, and the log is quiet, unless
 * a flag says otherwise.
 */
export const ownConfig = (flags: Readonly<Record<string, string>>): Config =>
  readConfig({ flags: { services: join(projectFolder, "services"), "log-level": "warn", ...flags }, env: {}, file: false }).config;

/**
 * The same on free ports, unless the flags name some. The public origin is part of every statement, so the port must be known before
 * an instance is made.
 */
export async function configOnFreePorts(flags: Readonly<Record<string, string>>): Promise<Config> {
  const publicPort = await freePort();
  let controlPort = await freePort();
  while (controlPort === publicPort) controlPort = await freePort();
  return ownConfig({ "public-port": String(publicPort), "control-port": String(controlPort), ...flags });
}
