import { inline, stacked } from "../base/text.ts";
import { configFlags, readConfig } from "../config/config.ts";
import { systemClock } from "../base/clock.ts";
import { adminTokenFile, createInstance } from "../gateway/identity.ts";
import { parseArgs } from "node:util";
import { messages } from "./messages.ts";
import type { Verb } from "./verb.ts";

export const verb: Verb = {
  audience: "operator",
  usage: "init [--data FOLDER] [--public-origin ORIGIN]",
  summary: {
    id: "Membuat folder data: kunci log, kunci instansi, dan daftar log",
    en: "Makes the data directory: log key, instance key, and the list of logs",
  },
  settings: true,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: configFlags });
    const { config } = readConfig({ flags: values });
    const { origin, vkey, listVkey, adminToken } = createInstance(config, systemClock);
    console.log(`${inline(messages.instanceMade(config.data))}

log    ${origin}
vkey   ${vkey}
       ${stacked(messages.giveVkey, "       ")}

/logs  ${listVkey}
       ${stacked(messages.listVkey, "       ")}

${stacked(messages.moveInstanceKey(`${config.data}/instance.key`))}

${stacked(messages.backUpMasterKey(config.evidenceKey))}

${stacked(messages.firstToken(adminTokenFile(config), adminToken!.until.slice(0, 10)))}

${inline(messages.next)}:  npm run -s simpul -- apply && npm run -s simpul -- serve`);
    return 0;
  },
};
