import { parseArgs } from "node:util";
import { configFlags, readConfig, type Config } from "../config/config.ts";
import { rotateMasterKey } from "../ledger/sealed/master-key-file.ts";
import { masterIdOf } from "../ledger/sealed/data-keys.ts";
import { loadMasterKeys } from "../ledger/sealed/master-key.ts";
import { withLedger } from "./doctor/stores.ts";
import { UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "evidence-key [rotate] [--data FOLDER] [--evidence-key FILE]",
  summary: {
    id: "Menunjukkan kunci induk bukti dan pemakaiannya, atau menaruh kunci baru",
    en: "Shows the master keys of the evidence and their use, or puts a new one in place",
  },
  help: [
    {
      id: "Setiap baris berkas adalah satu kunci, yang terbaru di atas. `rotate` menaruh kunci baru di atas; saat gerbang dimulai lagi, semua kunci data dibungkus ulang dengannya. Sesudah itu baris lama tidak dipakai dan boleh dihapus. Simpan cadangannya terpisah dari cadangan buku besar: tanpa kunci ini bukti tidak pernah terbaca lagi. Status keluar: 0, atau 1 bila ada kunci yang dipakai tetapi tidak ada di berkas.",
      en: "Each line of the file is a key, the newest on top. `rotate` puts a new one on top; when the gateway starts again, all data keys are wrapped anew under it. From then on the older lines are not in use and may be removed. Keep its backup apart from the ledger's: without this key evidence is never read again. Exit status: 0, or 1 where a key is in use that the file does not have.",
    },
  ],
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: configFlags, allowPositionals: true });
    const [word, ...more] = positionals;
    if ((word !== undefined && word !== "rotate") || more.length > 0)
      throw new UsageFault({
        id: `Kata ${[word, ...more].join(" ")} tidak dikenal di sini.`,
        en: `The word ${[word, ...more].join(" ")} is not known here.`,
      });
    const { config } = readConfig({ flags: values });
    if (word === "rotate") {
      const { file, lines } = rotateMasterKey(config.evidenceKey);
      console.log(
        `Kunci ${lines[0]!.id} ditaruh di baris 1 ${file}. Mulailah gerbang kembali, lalu periksa dengan evidence-key.\n(The key ${lines[0]!.id} was put on line 1. Start the gateway again, then look with evidence-key.)`,
      );
      return 0;
    }
    return (await show(config)) ? 0 : 1;
  },
};

/** Whether every key in use is in the file. */
async function show(config: Config): Promise<boolean> {
  const { file, lines } = loadMasterKeys(config.evidenceKey);
  const uses = new Map<string, number>();
  for (const { wrapped } of (await withLedger(config, (store) => store.buckets())) ?? []) {
    const id = masterIdOf(wrapped);
    uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  console.log(file);
  for (const { id, line } of lines) {
    const used = uses.get(id);
    uses.delete(id);
    if (used !== undefined) console.log(`  ${line}  ${id}  membungkus kunci ${used} kelompok bukti (wraps the keys of ${used} buckets)`);
    else if (line === lines[0]!.line) console.log(`  ${line}  ${id}  terbaru, belum dipakai (newest, not in use yet)`);
    else console.log(`  ${line}  ${id}  tidak dipakai, boleh dihapus (not in use, may be removed)`);
  }
  for (const [id, used] of uses) {
    console.log(
      `  ✗  ${id}  tidak ada di berkas, tetapi membungkus kunci ${used} kelompok bukti; pulihkan dari cadangan (not in the file, but wraps the keys of ${used} buckets; restore it from a backup)`,
    );
  }
  return uses.size === 0;
}
