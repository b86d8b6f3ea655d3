import { openControl, readTokenFile, type Control } from "../../control-client/control-client.ts";
import { configFlags, readConfig } from "../../config/config.ts";

/** Options of every verb that speaks to a gateway's control API. */
export const connectionOptions = { ...configFlags, control: { type: "string" } } as const;

/** What `parseArgs` found, by option. */
export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** The control API that the options and the configuration name, with the officer's token. */
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
