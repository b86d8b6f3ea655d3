import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../src/base/free-port.ts";
import { projectFolder } from "../../src/base/project.ts";
import { namesOf } from "../../src/config/variables.ts";
import { nodeFlagsIn } from "./flags.ts";
import { writeManifests, type Keys } from "./manifests.ts";
import type { SubjectCommand } from "./subject.ts";

/** A gateway that is set up and has yet to be started: `simpul serve` on data of its own, as by default but for ports and limits. */
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
  /** The folder of another commit; its own command line sets it up and serves. */
  readonly checkout?: string;
}

/** One consumer makes the whole load here, from one address. An older commit that is measured next to this one has no such limits. */
function withoutLimits(checkout: string): string[] {
  const known = readFileSync(join(checkout, "src/config/variables.ts"), "utf8");
  const limits = {
    maxReplayShare: 100,
    maxStatementsPerSecond: 1_000_000,
    maxReadingsPerSecond: 1_000_000,
    maxConnectionsPerAddress: 65_535,
  };
  return Object.entries(limits).flatMap(([key, most]) => (known.includes(` ${key}: `) ? [`--${namesOf(key).kebab}=${most}`] : []));
}

export async function prepareGateway({
  directory,
  upstream,
  keys,
  ledgerThread = "main",
  nothingKept,
  checkout = projectFolder,
}: GatewaySettings): Promise<PreparedGateway> {
  const services = join(directory, "services");
  writeManifests(services, upstream, keys);
  const [publicPort, controlPort] = [await freePort(), await freePort()];
  const flags = [
    `--data=${join(directory, "data")}`,
    `--services=${services}`,
    `--public-port=${publicPort}`,
    `--control-port=${controlPort}`,
    `--ledger-thread=${ledgerThread}`,
    ...withoutLimits(checkout),
  ];
  const program = [...nodeFlagsIn(checkout), join(checkout, "src/simpul.mjs")];
  const simpul = (...verb: string[]): string =>
    execFileSync(process.execPath, [...program, ...verb, ...flags], {
      cwd: directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  // An older commit that is measured next to this one takes a loopback origin without the option.
  const development = existsSync(join(checkout, "src/cli/public-origin.ts")) ? ["--development"] : [];
  const vkey = /^vkey\s+(\S+)$/m.exec(simpul("init", ...development))?.[1];
  if (vkey === undefined) throw new Error("init did not print the log's verifier key");
  simpul("apply");
  const origin = `http://127.0.0.1:${publicPort}`;
  const serve =
    nothingKept === undefined ? [...program, "serve"] : [...nodeFlagsIn(checkout), join(import.meta.dirname, "evidence-off.ts")];
  return {
    vkey,
    origin,
    command: (nodeOptions = []) => ({
      command: process.execPath,
      args: [...nodeOptions, ...serve, ...flags],
      origin,
      readyUrl: `http://127.0.0.1:${controlPort}/readyz`,
      logFile: join(directory, "gateway.log"),
    }),
  };
}
