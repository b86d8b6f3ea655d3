import { join } from "node:path";
import { applyManifests } from "../src/cli/apply.ts";
import { readConfig } from "../src/config/config.ts";
import { createInstance } from "../src/gateway/instance.ts";
import { nodeFlags, repository } from "./flags.ts";
import { writeManifests, type Keys } from "./manifests.ts";
import { type SubjectCommand } from "./subject.ts";
import { freePort } from "../src/base/free-port.ts";

/** A gateway that is set up and has yet to be started: `simpul serve` on data of its own, default settings but for ports. */
export interface PreparedGateway {
  /** More flags for Node, before the ones of the project. */
  command(nodeOptions?: readonly string[]): SubjectCommand;
  /** The log's verifier key, as a member holds it. */
  readonly vkey: string;
  readonly origin: string;
}

export interface GatewaySettings {
  readonly directory: string;
  readonly upstream: string;
  readonly keys: Keys;
  readonly ledgerThread?: "main" | "worker";
  /** Runs it without its evidence store, which no configuration can do: the baseline for what that store costs. */
  readonly nothingKept?: true;
}

export async function prepareGateway({
  directory,
  upstream,
  keys,
  ledgerThread = "main",
  nothingKept,
}: GatewaySettings): Promise<PreparedGateway> {
  const services = join(directory, "services");
  writeManifests(services, upstream, keys);
  const [publicPort, controlPort] = [await freePort(), await freePort()];
  const flags = {
    data: join(directory, "data"),
    services,
    "public-port": String(publicPort),
    "control-port": String(controlPort),
    "ledger-thread": ledgerThread,
  };
  const { config } = readConfig({ flags, env: {}, cwd: directory });
  const { vkey } = createInstance(config, Date.now);
  const applied = await applyManifests(config, { by: "bench" });
  if ("faults" in applied) throw new Error(applied.faults.map(({ file, line, detail }) => `${file}:${line} ${detail.en}`).join("\n"));
  return {
    vkey,
    origin: config.publicOrigin,
    command: (nodeOptions = []) => ({
      command: process.execPath,
      args: [
        ...nodeOptions,
        ...nodeFlags,
        ...(nothingKept === undefined
          ? [join(repository, "src/simpul.mjs"), "serve"]
          : [join(repository, "bench/subjects/evidence-off.ts")]),
        ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
      ],
      origin: config.publicOrigin,
      readyUrl: `http://127.0.0.1:${controlPort}/readyz`,
      logFile: join(directory, "gateway.log"),
    }),
  };
}
