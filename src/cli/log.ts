import { join } from "node:path";
import { parseArgs } from "node:util";
import { stacked } from "../base/text.ts";
import { configFlags, readConfig, type Config } from "../config/config.ts";
import { fileNames, listedLogs, openInstance, readIdentity } from "../gateway/identity.ts";
import { signLogList } from "../gateway/log-succession.ts";
import { messages } from "./messages.ts";
import { UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const options = {
  "instance-key": {
    type: "string",
    value: "FILE",
    means: {
      id: "kunci luring instansi; biasanya instance.key dalam folder data",
      en: "the instance's offline key; instance.key in the data directory by default",
    },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "operator",
  usage: "log [sign] [--data FOLDER] [--instance-key FILE]",
  summary: {
    id: "Menunjukkan log instansi ini dengan kunci dan masanya, atau menandatangani daftarnya",
    en: "Shows the logs of this instance with their keys and periods, or signs the list of them",
  },
  help: [
    {
      id:
        "`sign` menandatangani daftar log untuk /logs dengan kunci luring instansi, sesudah log baru dimulai. " +
        "Mulailah gerbang kembali sesudahnya.",
      en:
        "`sign` signs the list of logs for /logs with the instance's offline key, after a new log was begun. " +
        "Start the gateway again afterwards.",
    },
  ],
  options,
  settings: true,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...configFlags, ...options }, allowPositionals: true });
    const { "instance-key": instanceKey, ...flags } = values;
    const [word, ...more] = positionals;
    if ((word !== undefined && word !== "sign") || more.length > 0) throw new UsageFault(messages.unknownWord([word, ...more].join(" ")));
    const { config } = readConfig({ flags });
    if (word === "sign") {
      openInstance(config);
      signLogList(config, instanceKey ?? join(config.data, fileNames.offlineKey));
      console.log(stacked(messages.listSigned(join(config.data, fileNames.logList))));
    }
    show(config);
    return 0;
  },
};

function show(config: Config): void {
  for (const { origin, vkey, from, until = "–", lastSize } of listedLogs(config.data, readIdentity(config)))
    console.log(`${origin}  ${from} – ${until}${lastSize === undefined ? "" : `  ${lastSize} daun (leaves)`}\n  ${vkey}`);
}
