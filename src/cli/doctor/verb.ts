import { parseArgs } from "node:util";
import { prefixed } from "../../base/text.ts";
import { ConfigFault, configFlags, readConfig, type Config, type Sources } from "../../config/config.ts";
import { otherOwner, unreadable } from "./access.ts";
import { clock } from "./clock.ts";
import { diskSpace, diskSync } from "./disk.ts";
import { due } from "./due.ts";
import { evidenceKey } from "./evidence-key.ts";
import { good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { dataFolder, identity } from "./identity.ts";
import { ledger } from "./ledger.ts";
import { manifests } from "./manifests.ts";
import { nodeVersion } from "./node-version.ts";
import { ports } from "./ports.ts";
import { production } from "./production.ts";
import { registry } from "./registry.ts";
import { through } from "./through.ts";
import { messages as throughMessages } from "./through-messages.ts";
import { realProbes, type SystemProbes } from "./system-probes.ts";
import { UsageFault, type Verb, type VerbOptions } from "../verb.ts";
import { messages } from "./messages.ts";

/** The checks in their order, by name; they run once the configuration can be read. */
const checks: Readonly<Record<string, DoctorCheck>> = {
  "node version": nodeVersion,
  "data directory": dataFolder,
  owner: ({ config, ...probes }) => otherOwner(config, probes),
  identity,
  registry,
  production,
  "what runs out": due,
  manifests,
  ledger,
  "evidence keys": evidenceKey,
  clock,
  "disk space": diskSpace,
  "disk sync": diskSync,
  ports,
};

/** Those that say something without the data directory. */
const withoutData: readonly string[] = ["node version", "manifests", "clock", "ports"];

const options = {
  "time-source": {
    type: "string",
    value: "URL",
    means: {
      id: "server HTTP yang jamnya dipercaya, dibandingkan lewat `Date`-nya",
      en: "an HTTP server whose clock is trusted, compared by its `Date`",
    },
  },
  through: {
    type: "string",
    value: "ASAL",
    means: {
      id: "mengirim permintaan melalui proksi di depan gerbang yang berjalan, dan menyebut apa yang diubahnya",
      en: "sends requests through the proxy in front of the running gateway, and says what it changes",
    },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "operator",
  usage: "doctor [--time-source URL] [--through ASAL] [--data FOLDER] [--config FILE] [--<pengaturan> NILAI …]",
  summary: {
    id: "Memeriksa konfigurasi, data, jam, cakram, dan port: apa yang salah dan apa tindakannya",
    en: "Examines configuration, data, clock, disk and ports: what is wrong and what to do",
  },
  help: [
    {
      id:
        "Tidak mengubah apa pun, dan boleh dijalankan di samping gerbang. Berikan pengaturan yang sama seperti kepada serve. " +
        "Jalankan sebagai pengguna gerbang. Jam dibandingkan dengan `Date` para penyedia (permintaan HEAD), " +
        "dan ditanyakan kepada chrony atau timedatectl. " +
        "✓ baik, ! perlu perhatian, ✗ salah, – tidak dapat diperiksa.",
      en:
        "Changes nothing, and may run beside the gateway. Give it the settings that serve gets. Run it as the gateway's user. " +
        "The clock is compared with the `Date` of the providers (HEAD requests), and chrony or timedatectl is asked. " +
        "✓ good, ! needs attention, ✗ wrong, – could not be examined.",
    },
  ],
  options,
  settings: true,
  exit: {
    0: { id: "tanpa ✗", en: "without any ✗" },
    1: { id: "dengan ✗", en: "with a ✗" },
    3: { id: "tanpa ✗, tetapi gerbang tidak berjalan", en: "without any ✗, but the gateway does not run" },
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...configFlags, ...options } });
    const { "time-source": timeSource, through: front, ...flags } = values as Readonly<Record<string, string>>;
    if (timeSource !== undefined && !URL.canParse(timeSource)) throw new UsageFault(messages.timeSourceForm(timeSource));
    if (front !== undefined && !/^https?:\/\/[^/]+$/.test(front)) throw new UsageFault(throughMessages.throughForm(front));
    const counts = { good: 0, unchecked: 0, doubtful: 0, wrong: 0 };
    let stopped = false;
    for await (const { state, text, isStopped = false } of examine({ flags }, realProbes, { timeSource, front })) {
      stopped ||= isStopped;
      counts[state]++;
      console.log(`${marks[state]} ${text.id}\n    ${text.en}`);
    }
    const left = counts.unchecked === 0 ? "" : `   – ${counts.unchecked}`;
    console.log(`\n✓ ${counts.good}   ! ${counts.doubtful}   ✗ ${counts.wrong}${left}`);
    if (counts.wrong > 0) return 1;
    return stopped ? 3 : 0;
  },
};

const marks = { good: "✓", unchecked: "–", doubtful: "!", wrong: "✗" } as const satisfies Record<Diagnosis["state"], string>;

/** All diagnoses, in the order of the checks. If the configuration cannot be read, its faults are the only ones. */
export async function* examine(
  sources: Sources,
  probes: SystemProbes = realProbes,
  { timeSource, front }: { readonly timeSource?: string | undefined; readonly front?: string | undefined } = {},
): AsyncGenerator<Diagnosis> {
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
  const closed = unreadable(config, probes);
  yield* closed;
  const able = Object.entries(checks).filter(([name]) => closed.length === 0 || withoutData.includes(name));
  for (const [name, check] of able) {
    try {
      yield* await check({ config, ...probes, ...(timeSource === undefined ? {} : { timeSource }) });
    } catch (fault) {
      yield wrong(messages.checkFailed(name, fault instanceof Error ? fault.message : String(fault)));
    }
  }
  if (front !== undefined) yield* through(front, config);
}
