import { commandLine } from "../../base/command-line.ts";
import { userInfo } from "node:os";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../../base/clock.ts";
import { inline, stacked } from "../../base/text.ts";
import { openBackedUpKeys } from "../backup/keys.ts";
import { UsageFault, type Verb, type VerbOptions } from "../verb.ts";
import { readHeld } from "./known.ts";
import { messages } from "./messages.ts";
import { restoreInstance } from "./restore.ts";

const options = {
  data: {
    type: "string",
    value: "FOLDER",
    means: { id: "folder data baru; harus kosong", en: "the new data directory; it must be empty" },
  },
  keys: {
    type: "string",
    value: "FILE|FOLDER",
    means: {
      id: "berkas kunci terenkripsi dari backup; atau folder dengan instance.json, logs.note, log.key, dan evidence.key",
      en: "the file of encrypted keys that backup made; or a directory with instance.json, logs.note, log.key and evidence.key",
    },
  },
  "passphrase-file": {
    type: "string",
    value: "FILE",
    means: { id: "frasa sandi berkas kunci; kalau tidak, ditanyakan", en: "the passphrase of the file of keys; asked for otherwise" },
  },
  identity: {
    type: "string",
    value: "FILE.pem",
    means: { id: "kunci privat penerima berkas kunci", en: "the private key of the recipient of the file of keys" },
  },
  closed: {
    type: "string",
    value: "FOLDER",
    means: {
      id: "folder `closed` dengan log yang ditutup dahulu; biasanya di dalam folder cadangan",
      en: "the folder `closed` with the logs that were closed before; in the backup's folder by default",
    },
  },
  "instance-key": {
    type: "string",
    value: "FILE",
    means: { id: "kunci luring instansi, untuk menandatangani daftar log", en: "the instance's offline key, to sign the list of logs" },
  },
  "new-log-key": {
    type: "boolean",
    means: {
      id: "log yang melanjutkan memakai kunci baru: bila log.key dicuri atau hilang",
      en: "the log that goes on has a new key: where log.key was stolen or lost",
    },
  },
  "newest-checkpoint": {
    type: "string",
    multiple: true,
    value: "FILE",
    means: {
      id:
        "titik periksa terbaru yang dipegang siapa pun: tanda terima, bundel bukti, berkas call --save, berkas --since atau " +
        "remembered, atau folder tanda terima; boleh berulang",
      en:
        "the newest checkpoint that anybody holds: a receipt, a bundle, a file of call --save, a file of --since or remembered, " +
        "or a folder of receipts; may be repeated",
    },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "operator",
  usage:
    "restore FOLDER --data FOLDER [--keys FILE|FOLDER] [--passphrase-file FILE | --identity FILE.pem] " +
    "[--closed FOLDER] [--instance-key FILE] [--newest-checkpoint FILE …]",
  summary: {
    id: "Memulihkan instansi dari cadangan: log lama ditutup, log baru melanjutkannya",
    en: "Restores an instance from a backup: the old log is closed, a new one goes on from it",
  },
  help: [
    {
      id:
        "Tidak ada yang dapat mengetahui apa yang ditandatangani sesudah cadangan dibuat, dan sebuah tempat dalam log tidak boleh " +
        "ditandatangani dua kali. Karena itu log lama selalu ditutup. Kumpulkan dahulu titik periksa dan tanda terima terbaru " +
        "dari anggota dan auditor: log baru menyebut apa yang hilang.",
      en:
        "Nobody can know what was signed after the backup was made, and no place in a log may be signed twice. So the old log is " +
        "always closed. First collect the newest checkpoints and receipts of members and auditors: the new log says what is lost.",
    },
  ],
  options,
  exit: { 0: { id: "dipulihkan", en: "restored" }, 1: { id: "tidak ada yang dipulihkan", en: "nothing was restored" } },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [from] = positionals;
    if (from === undefined || positionals.length > 1 || values.data === undefined) throw new UsageFault(messages.nameCopy);
    const data = resolve(values.data);
    const sealed = values.keys !== undefined && statSync(values.keys).isFile();
    const { closed, next, newest, listSigned } = await restoreInstance({
      from: resolve(from),
      keys: resolve(sealed ? from : (values.keys ?? from)),
      secrets: sealed ? await openBackedUpKeys(values.keys!, values) : undefined,
      closed: resolve(values.closed ?? join(from, "closed")),
      data,
      offlineKey: values["instance-key"],
      held: (values["newest-checkpoint"] ?? []).flatMap(readHeld),
      newLogKey: values["new-log-key"] === true,
      by: `cli:${userInfo().username}`,
      clock: systemClock,
    });
    console.log(`${inline(messages.restored(data))}

${stacked(messages.closed(closed.origin, closed.size))}

log    ${next.origin}
vkey   ${next.vkey}
       ${stacked(messages.goesOn, "       ")}

${stacked(newest === undefined ? messages.lostUnknown : messages.lost(closed.size, newest.size - 1, newest.file))}
`);
    if (!listSigned)
      console.log(`${stacked(messages.listNotSigned)}\n  ${commandLine("log", "sign", "--data", data, "--instance-key", "FILE")}\n`);
    console.log(`${inline(messages.next)}:  ${commandLine("doctor", "--data", data)} && ${commandLine("serve", "--data", data)}`);
    return 0;
  },
};
