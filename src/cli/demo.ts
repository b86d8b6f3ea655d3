import { policiesFolder } from "../base/project.ts";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openControl, readTokenFile } from "../control-client/control-client.ts";
import { systemClock } from "../base/clock.ts";
import { inline, joined, prefixed, stacked } from "../base/text.ts";
import type { Config } from "../config/config.ts";
import { makeExchanges } from "../demo/exchanges.ts";
import { claimDemoData } from "../demo/own-data.ts";
import { prepareKabupaten, type Kabupaten } from "../demo/kabupaten.ts";
import { messages as demoMessages } from "../demo/messages.ts";
import { keepPorts, portsFor } from "../demo/provider-ports.ts";
import { startProviders, type RunningProviders } from "../demo/providers/index.ts";
import { askedGrants } from "../demo/road/asked-grants.ts";
import { readJournal } from "../demo/road/journal.ts";
import { runRoad } from "../demo/road/road.ts";
import { commandLines, demoDocument, exchangeLines, greeting, whyLines, type Demonstration } from "../demo/show.ts";
import { adminTokenFile, createInstance, instanceExists, openInstance } from "../gateway/identity.ts";
import { startGateway, untilStopped } from "../gateway/process.ts";
import { compileProfile } from "../policy/profile/profile-compile.ts";
import type { Profile } from "../policy/profile/profile.ts";
import { applyManifests } from "../gateway/apply-manifests.ts";
import { configOnFreePorts, ownConfig, ownConfigFlags } from "./own-config.ts";
import { faultList } from "./fault-list.ts";
import { messages } from "./messages.ts";
import { CommandFault, UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const usualProfile = "muara-enim-52-2022";

const options = {
  profile: {
    type: "string",
    value: "ID",
    means: {
      id: `peraturan yang dipakai (lihat \`profiles\`), bawaan ${usualProfile}`,
      en: `the regulation to go by (see \`profiles\`), ${usualProfile} unless said`,
    },
  },
  once: {
    type: "boolean",
    means: { id: "dengan data sementara dan port bebas, lalu selesai", en: "on temporary data and free ports, then ends" },
  },
  json: {
    type: "boolean",
    means: { id: "satu dokumen JSON saja pada keluaran standar", en: "one JSON document on standard output and nothing else" },
  },
  "provider-port": {
    type: "string",
    value: "N",
    means: {
      id: "port pertama dari tujuh port penyedia contoh, bawaan 4101",
      en: "the first of the demo providers' seven ports, 4101 unless said",
    },
  },
  road: {
    type: "boolean",
    means: { id: "seluruh jalan langkah demi langkah dengan pasalnya", en: "the whole road step by step, with its pasal" },
  },
  keep: {
    type: "boolean",
    means: { id: "data sementara tidak dihapus, untuk `audit --data`", en: "leaves the temporary data, for `audit --data`" },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "everybody",
  usage: "demo [--profile ID] [--road] [--once] [--json] [--keep] [--data FOLDER] [--public-port N] [--provider-port N] …",
  summary: {
    id: "Kabupaten contoh: jalan menurut profil peraturannya, lalu lima pertukaran",
    en: "A demo kabupaten: the road under the profile of its regulation, then five exchanges",
  },
  options,
  settings: true,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...ownConfigFlags, ...options } });
    const {
      profile,
      once = false,
      json = false,
      keep = false,
      road = false,
      "provider-port": providerPort,
      ...flags
    } = values as Record<string, string> & { once?: boolean; json?: boolean; keep?: boolean; road?: boolean };
    const firstPort = providerPort === undefined ? undefined : portOf(providerPort);
    const temporary = once && flags["data"] === undefined ? mkdtempSync(join(tmpdir(), "simpul-")) : undefined;
    try {
      const config = once ? await configOnFreePorts(temporary === undefined ? flags : { ...flags, data: temporary }) : ownConfig(flags);
      const chosen = profileFor(profile, join(config.data, "demo"));
      claimDemoData(config);
      await runDemo(config, { profile: chosen, once, json, firstPort, inFull: road });
    } finally {
      if (temporary !== undefined && !keep) rmSync(temporary, { recursive: true, force: true });
    }
    return 0;
  },
};

async function runDemo(
  config: Config,
  {
    profile,
    once,
    json,
    firstPort,
    inFull,
  }: { profile: Profile; once: boolean; json: boolean; firstPort: number | undefined; inFull: boolean },
): Promise<void> {
  const folder = join(config.data, "demo");
  const instance = instanceExists(config) ? openInstance(config) : createInstance(config, systemClock);
  const providers = await providersOf(portsFor(folder, once, firstPort), folder);
  try {
    const kabupaten = prepareKabupaten({
      manifests: config.services,
      folder,
      profile: profile.id,
      upstreams: providers.origins,
      without: askedGrants,
      nowSeconds: Math.floor(systemClock() / 1000),
    });
    await register(config, kabupaten);
    const running = await startGateway({ config, instance, logTo: json || once ? 2 : 1 });
    try {
      const { publicOrigin, controlOrigin } = running;
      providers.stand({ gateway: publicOrigin, keys: kabupaten.keys });
      const say = json ? () => undefined : (line: string) => console.log(line);
      const sayAll = (lines: readonly string[]): void => lines.forEach(say);
      sayAll(greeting({ publicOrigin, controlOrigin, profile }));
      const token = readTokenFile(adminTokenFile(config));
      const road = await runRoad({ controlOrigin, token, profile, folder, now: systemClock(), say, inFull });
      await running.reconcile();
      const exchanges = await makeExchanges(publicOrigin, config.services, kabupaten.keys);
      const shown: Demonstration = {
        config,
        instance,
        kabupaten,
        exchanges,
        road,
        checkpoint: running.gateway.ledger.checkpoint(),
        controlOrigin,
      };
      if (json) process.stdout.write(`${JSON.stringify(demoDocument(shown))}\n`);
      if (!json) sayAll(await whyLines(openControl({ origin: controlOrigin, token }), exchanges));
      if (!once) sayAll(commandLines(shown));
      // Last, so that they are what stays on the screen.
      sayAll(exchangeLines(shown));
      if (once) return;
      say(`
${inline(demoMessages.ctrlC)}`);
      await untilStopped(running, config.drainGraceMs);
      say(`
${inline(messages.demoStopped(config.data))}`);
    } finally {
      await running.close();
    }
  } finally {
    await providers.close();
  }
}

/**
 * The profile that `--profile` names, else that of the data, else the usual one. A data directory keeps its profile, since the
 * decisions made under it stay in force.
 */
function profileFor(asked: string | undefined, folder: string): Profile {
  const begun = readJournal(folder)?.profile;
  const id = asked ?? begun ?? usualProfile;
  const regulations = join(policiesFolder, "regulations");
  const known = readdirSync(regulations).flatMap((name) => (name === "base.yaml" ? [] : [name.replace(/\.yaml$/, "")]));
  if (!known.includes(id)) throw new UsageFault(messages.noSuchProfile(id, known.join(", ")));
  if (begun !== undefined && begun !== id) throw new CommandFault(messages.otherProfileBegun(begun, id));
  const [base, own] = ["base", id].map((name) => readFileSync(join(regulations, `${name}.yaml`), "utf8")) as [string, string];
  const { profile, faults } = compileProfile(base, own);
  if (profile !== undefined) return profile;
  throw new CommandFault(joined(faults.map(({ line, detail }) => prefixed(`${id}.yaml:${line} `, detail))));
}

/** The first of seven ports that a user can listen on. */
function portOf(text: string): number {
  const port = /^[1-9]\d{3,4}$/.test(text) ? Number(text) : NaN;
  if (port >= 1024 && port <= 65_529) return port;
  throw new UsageFault(messages.providerPort(text));
}

async function providersOf(ports: ReturnType<typeof portsFor>, folder: string): Promise<RunningProviders> {
  const providers = await startProviders({ ports }).catch((fault: Error) => portTaken(fault, Object.values(ports)));
  keepPorts(folder, providers.origins);
  return providers;
}

function portTaken(fault: Error, ports: readonly number[]): never {
  const { code, address, port } = fault.cause as NodeJS.ErrnoException & { readonly address?: string; readonly port?: number };
  if (code !== "EADDRINUSE") throw fault;
  throw new CommandFault(messages.demoPortTaken(port, address, Math.min(...ports), Math.max(...ports)), fault);
}

/** Applies the members' manifests as `apply` does. In production they may be refused; then the entries in force go on serving. */
async function register(config: Config, { services }: Kabupaten): Promise<void> {
  const applied = await applyManifests({ ...config, services }, { by: "demo" });
  if (applied.faults.length > 0) throw new CommandFault(faultList(applied.faults));
  for (const { entry, detail } of applied.plan?.refused ?? []) console.error(`${entry.kind} ${entry.id}: ${stacked(detail, "    ")}`);
}
