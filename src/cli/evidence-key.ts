import { parseArgs } from "node:util";
import { inline, stacked } from "../base/text.ts";
import { configFlags, readConfig, type Config } from "../config/config.ts";
import { rotateMasterKey } from "../ledger/sealed/master-key-file.ts";
import { masterIdOf } from "../ledger/sealed/data-keys.ts";
import { loadMasterKeys } from "../ledger/sealed/master-key.ts";
import { bucketsOfAllLogs } from "./doctor/stores.ts";
import { messages } from "./messages.ts";
import { UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  audience: "operator",
  usage: "evidence-key [rotate] [--data FOLDER] [--evidence-key FILE]",
  summary: {
    id: "Menunjukkan kunci induk bukti dan pemakaiannya, atau menaruh kunci baru",
    en: "Shows the master keys of the evidence and their use, or puts a new one in place",
  },
  help: [
    {
      id:
        "Setiap baris berkas adalah satu kunci, yang terbaru di atas. `rotate` menaruh kunci baru di atas; saat gerbang dimulai " +
        "lagi, semua kunci data dibungkus ulang dengannya. Sesudah itu baris lama tidak dipakai dan boleh dihapus. " +
        "Simpan cadangannya terpisah dari cadangan buku besar: tanpa kunci ini bukti tidak pernah terbaca lagi.",
      en:
        "Each line of the file is a key, the newest on top. `rotate` puts a new one on top; when the gateway starts again, " +
        "all data keys are wrapped anew under it. From then on the older lines are not in use and may be removed. " +
        "Keep its backup apart from the ledger's: without this key evidence is never read again.",
    },
  ],
  settings: true,
  exit: {
    0: { id: "semua kunci yang dipakai ada di berkas", en: "the file has every key in use" },
    1: { id: "ada kunci yang dipakai tetapi tidak ada di berkas", en: "a key is in use that the file does not have" },
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: configFlags, allowPositionals: true });
    const [word, ...more] = positionals;
    if ((word !== undefined && word !== "rotate") || more.length > 0) throw new UsageFault(messages.unknownWord([word, ...more].join(" ")));
    const { config } = readConfig({ flags: values });
    if (word === "rotate") {
      const { file, lines } = rotateMasterKey(config.evidenceKey);
      console.log(stacked(messages.masterKeyAdded(lines[0]!.id, file)));
      return 0;
    }
    return (await show(config)) ? 0 : 1;
  },
};

/** Prints every key with its use, by all logs of the instance; true if the file has every key in use. */
async function show(config: Config): Promise<boolean> {
  const { file, lines } = loadMasterKeys(config.evidenceKey);
  const uses = new Map<string, number>();
  for (const { wrapped } of await bucketsOfAllLogs(config)) {
    const id = masterIdOf(wrapped);
    uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  console.log(file);
  for (const { id, line } of lines) {
    const used = uses.get(id);
    uses.delete(id);
    const unused = line === lines[0]!.line ? messages.masterKeyNotYetUsed : messages.masterKeyUnused;
    console.log(`  ${line}  ${id}  ${inline(used === undefined ? unused : messages.masterKeyInUse(used))}`);
  }
  for (const [id, used] of uses) console.log(`  ✗  ${id}  ${inline(messages.masterKeyMissing(used))}`);
  return uses.size === 0;
}
