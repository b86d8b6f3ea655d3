import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../base/clock.ts";
import type { Text } from "../base/text.ts";
import { configFlags, readConfig, type Config } from "../config.ts";
import { makeExchanges } from "../demo/exchanges.ts";
import { prepareKabupaten, type Kabupaten } from "../demo/kabupaten.ts";
import { startProviders } from "../demo/providers/index.ts";
import { demoDocument, printDemo } from "../demo/show.ts";
import { createInstance, instanceExists, openInstance } from "../instance.ts";
import { startGateway, untilStopped } from "../main.ts";
import { applyManifests } from "./apply.ts";
import { CommandFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "demo [--once] [--json] [--keep] [--data FOLDER] [--public-port N] …",
  summary: { id: "Kabupaten contoh: gerbang, penyedia, anggota, dan lima pertukaran", en: "A demo kabupaten: gateway, providers, members, and five exchanges" },
  help: [
    {
      id: "--once: dengan data sementara dan port bebas, lalu selesai. --json: satu dokumen JSON saja pada keluaran standar. --keep: data sementara tidak dihapus, untuk `audit --data`.",
      en: "--once: on temporary data and free ports, then ends. --json: one JSON document on standard output and nothing else. --keep: leaves the temporary data, for `audit --data`.",
    },
  ],
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...configFlags, once: { type: "boolean" }, json: { type: "boolean" }, keep: { type: "boolean" } } });
    const { once = false, json = false, keep = false, ...flags } = values as Record<string, string> & { once?: boolean; json?: boolean; keep?: boolean };
    const temporary = once && flags["data"] === undefined ? mkdtempSync(join(tmpdir(), "simpul-")) : undefined;
    try {
      const config = once ? await freeConfig(flags, temporary) : readConfig({ flags }).config;
      await runDemo(config, { once, json });
    } finally {
      if (temporary !== undefined && !keep) rmSync(temporary, { recursive: true, force: true });
    }
    return 0;
  },
};

async function runDemo(config: Config, { once, json }: { readonly once: boolean; readonly json: boolean }): Promise<void> {
  const instance = instanceExists(config) ? openInstance(config) : createInstance(config, systemClock);
  const providers = await startProviders(once ? {} : { ports: manifestPorts }).catch(portTaken);
  try {
    const kabupaten = prepareKabupaten(config.services, join(config.data, "demo"), providers.origins, Math.floor(systemClock() / 1000));
    await register(config, kabupaten);
    const running = await startGateway({ config, instance, logTo: json || once ? 2 : 1 });
    try {
      const exchanges = await makeExchanges(running.publicOrigin, config.services, kabupaten.keys);
      const shown = { config, instance, kabupaten, exchanges, checkpoint: running.gateway.ledger.checkpoint(), controlOrigin: running.controlOrigin };
      if (json) process.stdout.write(`${JSON.stringify(demoDocument(shown))}\n`);
      else printDemo(shown, { serving: !once });
      if (!once) await untilStopped(async () => undefined, config.drainGraceMs);
    } finally {
      await running.close();
    }
  } finally {
    await providers.close();
  }
}

/** The ports that the committed manifests name, so that the demo and a gateway served from them agree. */
const manifestPorts = {
  "ID-16.03/GOV/disdukcapil/siak/penduduk/v1": 4101,
  "ID-16.03/GOV/bapenda/pajak/pbb/v1": 4102,
  "ID-16.03/GOV/dpmptsp/perizinan/izin/v1": 4103,
  "ID-16.03/GOV/bkpsdm/simpeg/pegawai/v1": 4104,
  "ID-16.03/GOV/dinkes/rujukan/rujukan/v1": 4105,
  "ID-16.03/GOV/bappeda/satudata/indikator/v1": 4106,
  "ID-16.03/GOV/dinsos/bansos/penerima/v1": 4107,
};

function portTaken(fault: Error): never {
  const { code, address, port } = fault.cause as NodeJS.ErrnoException & { readonly address?: string; readonly port?: number };
  if (code !== "EADDRINUSE") throw fault;
  const [first, last] = [Math.min(...Object.values(manifestPorts)), Math.max(...Object.values(manifestPorts))];
  throw new CommandFault(
    {
      id: `Port ${port} pada ${address} sudah dipakai program lain, barangkali demo yang masih berjalan; penyedia contoh memerlukan port ${first}–${last}.`,
      en: `Port ${port} on ${address} is taken by another program, perhaps a demo that still runs; the demo's providers need ports ${first} to ${last}.`,
    },
    fault,
  );
}

/** The members' manifests go the way of everybody's. */
async function register(config: Config, { services }: Kabupaten): Promise<void> {
  const applied = await applyManifests({ ...config, services }, { by: "demo" });
  if (!("faults" in applied)) return;
  const list = (language: keyof Text): string => applied.faults.map(({ file, line, column, detail }) => `${file}:${line}:${column} ${detail[language]}`).join("\n");
  throw new CommandFault({ id: list("id"), en: list("en") });
}

/** Free ports, unless some were asked for. The origin is part of every statement, so the port must be known before anything is made. */
async function freeConfig(flags: Readonly<Record<string, string>>, temporary: string | undefined): Promise<Config> {
  const data = temporary === undefined ? undefined : { data: temporary };
  const [publicPort, controlPort] = await freePorts(2);
  return readConfig({ flags: { "public-port": String(publicPort), "control-port": String(controlPort), "log-level": "warn", ...data, ...flags } }).config;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => { const server = createServer(); server.listen(0, "127.0.0.1", () => resolve(server)); })),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
