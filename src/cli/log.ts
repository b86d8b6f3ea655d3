import { userInfo } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../base/clock.ts";
import { stacked } from "../base/text.ts";
import { configFlags, readConfig, type Config } from "../config/config.ts";
import { fileNames, listedLogs, openInstance, readIdentity } from "../gateway/identity.ts";
import { nextLogKey, putNextLogKey } from "../gateway/log-key.ts";
import { signLogList } from "../gateway/log-succession.ts";
import { loadLogKey, vkeyOf } from "../ledger/log-key.ts";
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
  "new-key": {
    type: "string",
    value: "FILE",
    means: {
      id: "untuk rotate: kunci log yang baru (PKCS#8 PEM, Ed25519), bila dibuat di tempat lain",
      en: "for rotate: the new log key (PKCS#8 PEM, Ed25519), where it was made elsewhere",
    },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "operator",
  usage: "log [sign [--instance-key FILE] | rotate [--new-key FILE]] [--data FOLDER]",
  summary: {
    id: "Menunjukkan log instansi ini dengan kunci dan masanya, menandatangani daftarnya, atau mengganti kunci log",
    en: "Shows the logs of this instance with their keys and periods, signs the list of them, or changes the log's key",
  },
  help: [
    {
      id:
        "`sign` menandatangani daftar log untuk /logs dengan kunci luring instansi, sesudah log baru dimulai " +
        "atau kuncinya berganti. Gerbang yang berjalan langsung menyajikannya.",
      en:
        "`sign` signs the list of logs for /logs with the instance's offline key, after a new log was begun " +
        "or its key changed. A gateway that runs serves it at once.",
    },
    {
      id:
        "`rotate` menaruh kunci log yang baru. Gerbang yang berjalan memakainya dalam lima detik, tanpa kehilangan pertukaran; yang " +
        "berhenti, saat dimulai lagi. Kunci lama menyerahkan log kepada yang baru dalam sebuah daun, lalu dihapus. Kunci yang dicuri " +
        "atau hilang tidak diganti dengan cara ini: lihat docs/operations/disaster.md.",
      en:
        "`rotate` puts a new log key down. A gateway that runs takes it over within five seconds and loses no exchange; one that is " +
        "stopped, when it starts again. The old key hands the log over to the new one in a leaf, and is deleted. A key that was stolen " +
        "or lost is not replaced in this way: see docs/operations/disaster.md.",
    },
  ],
  options,
  settings: true,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...configFlags, ...options }, allowPositionals: true });
    const { "instance-key": instanceKey, "new-key": newKey, ...flags } = values;
    const [word, ...more] = positionals;
    if ((word !== undefined && word !== "sign" && word !== "rotate") || more.length > 0)
      throw new UsageFault(messages.unknownWord([word, ...more].join(" ")));
    if (newKey !== undefined && word !== "rotate") throw new UsageFault(messages.newKeyForRotate);
    const { config } = readConfig({ flags });
    if (word === "sign") {
      openInstance(config);
      signLogList(config, instanceKey ?? join(config.data, fileNames.offlineKey));
      console.log(stacked(messages.listSigned(join(config.data, fileNames.logList))));
    }
    if (word === "rotate") {
      const key = newKey === undefined ? undefined : loadLogKey(newKey);
      const vkey = putNextLogKey(config, { ...(key && { key }), by: `cli:${userInfo().username}`, clock: systemClock });
      console.log(stacked(messages.keyPutDown(vkey)));
    }
    show(config);
    return 0;
  },
};

function show(config: Config): void {
  for (const { origin, vkey, from, until = "–", lastSize } of listedLogs(config.data, readIdentity(config)))
    console.log(`${origin}  ${from} – ${until}${lastSize === undefined ? "" : `  ${lastSize} daun (leaves)`}\n  ${vkey}`);
  const waits = nextLogKey(config.data);
  if (waits !== undefined) console.log(stacked(messages.keyWaits(vkeyOf(openInstance(config).origin, waits.key))));
}
