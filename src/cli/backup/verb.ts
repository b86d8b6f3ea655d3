import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { checkBackup } from "../../backup/check.ts";
import { makeBackup } from "../../backup/make.ts";
import { systemClock } from "../../base/clock.ts";
import { inline, stacked } from "../../base/text.ts";
import { configFlags, readConfig } from "../../config/config.ts";
import { showProgress } from "../audit/progress.ts";
import { UsageFault, type Verb, type VerbOptions } from "../verb.ts";
import { chooseLock, openBackedUpKeys } from "./keys.ts";
import { messages } from "./messages.ts";

const options = {
  keys: {
    type: "string",
    value: "FILE",
    means: {
      id: "berkas kunci terenkripsi; tanpa pilihan ini NAMA.keys di samping foldernya",
      en: "the file of encrypted keys; NAME.keys beside the folder unless given",
    },
  },
  "passphrase-file": {
    type: "string",
    value: "FILE",
    means: {
      id: "frasa sandi untuk kunci, dalam berkas 0600; tanpa pilihan apa pun ditanyakan di terminal",
      en: "the passphrase of the keys, in a file of mode 0600; asked on a terminal where no option is given",
    },
  },
  recipient: {
    type: "string",
    value: "FILE.pem",
    means: {
      id: "mengenkripsi kunci bagi pemilik kunci publik X25519 ini: tidak ada rahasia pada mesin gerbang",
      en: "encrypts the keys for the owner of this X25519 public key: no secret on the gateway's machine",
    },
  },
  identity: {
    type: "string",
    value: "FILE.pem",
    means: { id: "untuk verify: kunci privat penerimanya", en: "for verify: the recipient's private key" },
  },
  "without-keys": { type: "boolean", means: { id: "kunci tidak ikut dicadangkan", en: "the keys are not backed up" } },
  json: { type: "boolean", means: { id: "hasilnya sebagai JSON", en: "the result as JSON" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "operator",
  usage:
    "backup (TO [--keys FILE] [--passphrase-file FILE | --recipient FILE.pem | --without-keys] | " +
    "verify FROM [--keys FILE [--passphrase-file FILE | --identity FILE.pem]]) [--data FOLDER] [--json]",
  summary: {
    id: "Mencadangkan registri, buku besar, bukti, dan kunci selagi gerbang melayani; atau memeriksa satu cadangan",
    en: "Backs up registry, ledger, evidence and keys while the gateway serves; or checks a backup",
  },
  help: [
    {
      id:
        "TO adalah folder baru berisi satu saat dari data, tanpa rahasia; kuncinya satu berkas terenkripsi di sampingnya. " +
        "Salinan dibuka dan dihitung ulang sebelum mendapat namanya, lalu dicatat di registri dan di log. " +
        "Simpan folder dan berkas kunci di tempat yang berbeda, jauh dari mesin ini. Selengkapnya: docs/operations/backup.md.",
      en:
        "TO is a new folder with one moment of the data, without secrets; the keys are one encrypted file beside it. " +
        "The copy is opened and recomputed before it gets its name, and recorded in the registry and the log. " +
        "Keep folder and file of keys in different places, away from this machine. More: docs/operations/backup.md.",
    },
  ],
  options,
  settings: true,
  exit: {
    0: { id: "cadangan utuh", en: "the backup is whole" },
    1: { id: "tidak ada cadangan, atau tidak utuh", en: "there is no backup, or it is not whole" },
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...configFlags, ...options }, allowPositionals: true });
    const [first, second, ...more] = positionals;
    const verifies = first === "verify";
    if (first === undefined || more.length > 0 || (second === undefined) === verifies) throw new UsageFault(messages.oneFolder);
    return verifies ? verify(resolve(second!), values) : make(resolve(first), values);
  },
};

type Values = Readonly<Record<string, string | boolean | undefined>> & {
  readonly [K in keyof typeof options]?: ((typeof options)[K]["type"] extends "boolean" ? boolean : string) | undefined;
};

async function make(to: string, values: Values): Promise<number> {
  if (values.identity !== undefined) throw new UsageFault(messages.identityToVerify);
  const settings = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in options))) as Record<string, string>;
  const { config } = readConfig({ flags: settings });
  const lock = await chooseLock(values);
  const keys = lock && { file: values.keys === undefined ? `${to}.keys` : resolve(values.keys), lock };
  const megabyte = 1 << 20;
  const bars = {
    copy: showProgress(process.stderr, undefined, messages.megabytes),
    check: undefined as ReturnType<typeof showProgress> | undefined,
  };
  const progress = (step: "copy" | "check", done: number, total: number): void => {
    if (step === "copy") bars.copy.progress(Math.round(done / megabyte), Math.round(total / megabyte));
    else (bars.check ??= showProgress(process.stderr)).progress(done, total);
  };
  const began = performance.now();
  try {
    const made = await makeBackup({ config, to, keys, by: `cli:${userInfo().username}`, clock: systemClock, progress });
    bars.copy.end();
    const { manifest, digest, bytes, recorded } = made;
    if (values.json === true) {
      const seconds = Number(((performance.now() - began) / 1000).toFixed(3));
      const { made: at, log, registry } = manifest;
      console.log(JSON.stringify({ to, keys: keys?.file ?? null, made: at, log, registry, bytes, digest, recorded, seconds }));
      return 0;
    }
    console.log(stacked(messages.made(to, manifest.log.size, manifest.registry.version, bytes)));
    console.log(stacked(keys === undefined ? messages.noKeys : messages.keysBeside(keys.file)));
    return 0;
  } finally {
    bars.copy.end();
  }
}

async function verify(folder: string, values: Values): Promise<number> {
  if (values.recipient !== undefined || values["without-keys"] === true) throw new UsageFault(messages.makesOnly);
  const keys = values.keys === undefined ? undefined : await openBackedUpKeys(resolve(values.keys), values);
  const { progress, end } = showProgress(process.stderr);
  try {
    const { manifest, digest, faults } = await checkBackup(folder, { keys, progress });
    end();
    const { made, program, log, registry } = manifest;
    if (values.json === true) {
      const result = { whole: faults.length === 0, faults, keysChecked: keys !== undefined, made, program, log, registry, digest };
      console.log(JSON.stringify(result));
    } else {
      console.log(`${log.origin}  ${made}  Simpul ${program}`);
      for (const fault of faults) console.error(`✗ ${stacked(fault, "  ")}`);
      if (faults.length === 0) console.log(stacked(messages.whole(log.size, registry.version)));
      if (keys === undefined) console.log(stacked(messages.keysNotChecked));
      console.log(`${digest}  ${inline(messages.digest)}`);
    }
    return faults.length === 0 ? 0 : 1;
  } finally {
    end();
  }
}
