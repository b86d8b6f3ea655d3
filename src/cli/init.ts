import { configFlags, readConfig } from "../config/config.ts";
import { systemClock } from "../base/clock.ts";
import { adminTokenFile, createInstance } from "../gateway/identity.ts";
import { parseArgs } from "node:util";
import type { Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "init [--data FOLDER] [--public-origin ORIGIN]",
  summary: {
    id: "Membuat folder data: kunci log, kunci instansi, dan daftar log",
    en: "Makes the data directory: log key, instance key, and the list of logs",
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: configFlags });
    const { config } = readConfig({ flags: values });
    const { origin, vkey, listVkey, adminToken } = createInstance(config, systemClock);
    console.log(`Instansi dibuat di ${config.data}. (Instance made.)

log    ${origin}
vkey   ${vkey}
       Berikan vkey ini kepada setiap anggota; dengannya mereka memeriksa tanda terima.
       (Give this vkey to every member; with it they check receipts.)

/logs  ${listVkey}
       Dengan vkey ini anggota memeriksa daftar log di /logs bila kunci log berganti.
       (With this vkey members check the list of logs at /logs when a log key changes.)

${config.data}/instance.key menandatangani daftar log dan tidak diperlukan gerbang: pindahkan ke tempat luring.
(It signs the list of logs and the gateway does not need it: move it offline.)

${config.evidenceKey} mengunci bukti di samping buku besar; tanpa itu bukti tidak terbaca. Simpan cadangannya terpisah dari cadangan buku besar.
(It locks the evidence beside the ledger; without it evidence cannot be read. Keep its backup apart from the ledger's.)

${adminTokenFile(config)} berisi token administrator pertama, berlaku sampai ${adminToken!.until.slice(0, 10)}: dengannya petugas ditunjuk dan diberi token sendiri.
(It holds the first administrator's token: with it officers are appointed and given tokens of their own.)

Berikutnya (next):  npm run -s simpul -- apply && npm run -s simpul -- serve`);
    return 0;
  },
};
