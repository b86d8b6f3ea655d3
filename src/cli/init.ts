import { commandLine } from "../base/command-line.ts";
import { inline, stacked } from "../base/text.ts";
import { configFlags, readConfig } from "../config/config.ts";
import { systemClock } from "../base/clock.ts";
import { adminTokenFile, createInstance } from "../gateway/identity.ts";
import { parseArgs } from "node:util";
import { messages } from "./messages.ts";
import { choosePublicOrigin } from "./public-origin.ts";
import { openTerminal } from "./terminal.ts";
import type { Verb, VerbOptions } from "./verb.ts";

const options = {
  development: {
    type: "boolean",
    means: {
      id: "untuk mencoba di mesin ini saja: asal publik boleh loopback, bawaan http://127.0.0.1:8080",
      en: "to try it on this machine alone: the public origin may be loopback, http://127.0.0.1:8080 unless said",
    },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "operator",
  usage: "init --public-origin ORIGIN [--data FOLDER] | init --development [--data FOLDER]",
  summary: {
    id: "Membuat folder data: kunci log, kunci instansi, dan daftar log",
    en: "Makes the data directory: log key, instance key, and the list of logs",
  },
  help: [
    {
      id:
        "Asal publik ditandatangani konsumen dan tercatat dalam setiap daun: ia tidak dapat diganti kemudian. " +
        "Tanpa --public-origin (atau public-origin dalam simpul.yaml) ia ditanyakan di terminal.",
      en:
        "Consumers sign the public origin and every leaf carries it: it cannot be changed later. " +
        "Without --public-origin (or public-origin in simpul.yaml) it is asked for on a terminal.",
    },
  ],
  options,
  settings: true,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...configFlags, ...options } });
    const { development = false, ...flags } = values as Readonly<Record<string, string>> & { readonly development?: boolean };
    const before = readConfig({ flags });
    const terminal = openTerminal();
    const chosen = await choosePublicOrigin({
      given: before.origins.has("publicOrigin") ? before.config.publicOrigin : undefined,
      development,
      ask: terminal?.ask,
    }).finally(() => terminal?.close());
    const typed = chosen === undefined || before.origins.has("publicOrigin") ? {} : { "public-origin": chosen };
    const { config } = readConfig({ flags: { ...flags, ...typed } });
    const { origin, vkey, listVkey, adminToken } = createInstance(config, systemClock);
    const repeated = Object.entries({ ...flags, ...typed }).flatMap(([name, value]) => [`--${name}`, value]);
    console.log(`${inline(messages.instanceMade(config.data))}

log    ${origin}
vkey   ${vkey}
       ${stacked(messages.giveVkey, "       ")}

/logs  ${listVkey}
       ${stacked(messages.listVkey, "       ")}

${stacked(messages.moveInstanceKey(`${config.data}/instance.key`))}

${stacked(messages.backUpMasterKey(config.evidenceKey))}

${stacked(messages.firstToken(adminTokenFile(config), adminToken!.until.slice(0, 10)))}

${inline(messages.next)}:  ${commandLine("apply", ...repeated)} && ${commandLine("serve", ...repeated)}`);
    return 0;
  },
};
