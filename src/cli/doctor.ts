import { parseArgs } from "node:util";
import { ConfigFault, configFlags, readConfig, type Config, type Sources } from "../config/config.ts";
import { clock } from "./doctor/clock.ts";
import { diskSpace, diskSync } from "./doctor/disk.ts";
import { evidenceKey } from "./doctor/evidence-key.ts";
import { good, wrong, type DoctorCheck, type Diagnosis } from "./doctor/diagnosis.ts";
import { dataFolder, identity } from "./doctor/identity.ts";
import { ledger } from "./doctor/ledger.ts";
import { manifests } from "./doctor/manifests.ts";
import { nodeVersion } from "./doctor/node-version.ts";
import { ports } from "./doctor/ports.ts";
import { keyPeriods, registry } from "./doctor/registry.ts";
import { realProbes, type SystemProbes } from "./doctor/system-probes.ts";
import type { Verb } from "./verb.ts";

/** Everything that is looked at once the configuration can be read, by name. */
const checks: Readonly<Record<string, DoctorCheck>> = {
  "node version": nodeVersion,
  "data directory": dataFolder,
  identity,
  registry,
  "key periods": keyPeriods,
  manifests,
  ledger,
  "evidence keys": evidenceKey,
  clock,
  "disk space": diskSpace,
  "disk sync": diskSync,
  ports,
};

export const verb: Verb = {
  usage: "doctor [--data FOLDER] [--config FILE] [--<pengaturan> NILAI …]",
  summary: {
    id: "Memeriksa konfigurasi, data, jam, cakram, dan port: apa yang salah dan apa tindakannya",
    en: "Examines configuration, data, clock, disk and ports: what is wrong and what to do",
  },
  help: [
    {
      id: "Tidak mengubah apa pun, dan boleh dijalankan di samping gerbang. Berikan pengaturan yang sama seperti kepada serve. ✓ baik, ! perlu perhatian, ✗ salah. Status keluar: 0 tanpa ✗, 1 dengan ✗.",
      en: "Changes nothing, and may run beside the gateway. Give it the settings that serve gets. ✓ good, ! needs attention, ✗ wrong. Exit status: 0 without any ✗, 1 otherwise.",
    },
  ],
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: configFlags });
    const counts = { good: 0, doubtful: 0, wrong: 0 };
    for await (const { state, text } of examine({ flags: values })) {
      counts[state]++;
      console.log(`${marks[state]} ${text.id}\n    ${text.en}`);
    }
    console.log(`\n✓ ${counts.good}   ! ${counts.doubtful}   ✗ ${counts.wrong}`);
    return counts.wrong === 0 ? 0 : 1;
  },
};

const marks = { good: "✓", doubtful: "!", wrong: "✗" } as const satisfies Record<Diagnosis["state"], string>;

/** All findings, in order. With a configuration that cannot be read, its faults are the findings. */
export async function* examine(sources: Sources, senses: SystemProbes = realProbes): AsyncGenerator<Diagnosis> {
  let config: Config;
  try {
    const read = readConfig(sources);
    config = read.config;
    yield good(
      `Konfigurasi terbaca; ${read.origins.size} nilai bukan nilai baku.`,
      `The configuration reads; ${read.origins.size} values are not defaults.`,
    );
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault;
    for (const { at, detail } of fault.faults) yield wrong(`${at}: ${detail.id}`, `${at}: ${detail.en}`);
    yield wrong(
      "Pemeriksaan lain menunggu konfigurasi yang benar; lihat docs/configuration.md.",
      "The other checks wait for a right configuration; see docs/configuration.md.",
    );
    return;
  }
  for (const [name, check] of Object.entries(checks)) {
    try {
      yield* await check({ config, ...senses });
    } catch (fault) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      yield wrong(`Pemeriksaan “${name}” sendiri gagal: ${reason}`, `The check “${name}” itself failed: ${reason}`);
    }
  }
}
