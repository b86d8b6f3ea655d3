import { parseArgs } from "node:util";
import { prefixed } from "../../base/text.ts";
import { ConfigFault, configFlags, readConfig, type Config, type Sources } from "../../config/config.ts";
import { clock } from "./clock.ts";
import { diskSpace, diskSync } from "./disk.ts";
import { evidenceKey } from "./evidence-key.ts";
import { good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { dataFolder, identity } from "./identity.ts";
import { ledger } from "./ledger.ts";
import { manifests } from "./manifests.ts";
import { nodeVersion } from "./node-version.ts";
import { ports } from "./ports.ts";
import { keyPeriods, registry } from "./registry.ts";
import { realProbes, type SystemProbes } from "./system-probes.ts";
import type { Verb } from "../verb.ts";
import { messages } from "./messages.ts";

/** The checks in their order, by name; they run once the configuration can be read. */
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
  audience: "operator",
  usage: "doctor [--data FOLDER] [--config FILE] [--<pengaturan> NILAI …]",
  summary: {
    id: "Memeriksa konfigurasi, data, jam, cakram, dan port: apa yang salah dan apa tindakannya",
    en: "Examines configuration, data, clock, disk and ports: what is wrong and what to do",
  },
  help: [
    {
      id:
        "Tidak mengubah apa pun, dan boleh dijalankan di samping gerbang. Berikan pengaturan yang sama seperti kepada serve. " +
        "✓ baik, ! perlu perhatian, ✗ salah.",
      en: "Changes nothing, and may run beside the gateway. Give it the settings that serve gets. " + "✓ good, ! needs attention, ✗ wrong.",
    },
  ],
  settings: true,
  exit: { 0: { id: "tanpa ✗", en: "without any ✗" }, 1: { id: "dengan ✗", en: "otherwise" } },
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

/** All diagnoses, in the order of the checks. If the configuration cannot be read, its faults are the only ones. */
export async function* examine(sources: Sources, probes: SystemProbes = realProbes): AsyncGenerator<Diagnosis> {
  let config: Config;
  try {
    const read = readConfig(sources);
    config = read.config;
    yield good(messages.configurationReads(read.origins.size));
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault;
    for (const { at, detail } of fault.faults) yield wrong(prefixed(`${at}: `, detail));
    yield wrong(messages.othersWait);
    return;
  }
  for (const [name, check] of Object.entries(checks)) {
    try {
      yield* await check({ config, ...probes });
    } catch (fault) {
      yield wrong(messages.checkFailed(name, fault instanceof Error ? fault.message : String(fault)));
    }
  }
}
