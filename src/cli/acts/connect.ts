import { openControl, readTokenFile, type Control } from "../../control-client/control-client.ts";
import { configFlags, readConfig } from "../../config/config.ts";
import type { VerbOptions } from "../verb.ts";
import { messages } from "./messages.ts";

/** The options, besides the settings, of every verb that asks a gateway's control API. */
export const connectionOptions = {
  control: {
    type: "string",
    value: "URL",
    means: messages.controlOrigin,
  },
  json: { type: "boolean", means: messages.oneJsonDocument },
} as const satisfies VerbOptions;

/** The values that `parseArgs` found, by option. */
export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** The control API that the options and the configuration name, with the officer's token of `--token-file`. */
export function connect(values: Values): Control {
  const flags = Object.fromEntries(Object.keys(configFlags).map((name) => [name, values[name] as string | undefined]));
  const { config } = readConfig({ flags });
  const { control } = values;
  const host = config.controlHost.includes(":") ? `[${config.controlHost}]` : config.controlHost;
  return openControl({
    origin: typeof control === "string" ? control : `http://${host}:${config.controlPort}`,
    token: readTokenFile(config.tokenFile),
  });
}
