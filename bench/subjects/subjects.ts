import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";
import { nodeFlags } from "./flags.ts";
import { prepareGateway, type GatewaySettings } from "./gateway.ts";
import { pathOf } from "./records.ts";
import { freePort } from "../../src/base/free-port.ts";
import { writeHaproxyConfig } from "./haproxy.ts";
import { writeNginxConfig } from "./nginx.ts";
import type { PreparedSubject, Setting } from "./prepared.ts";

export type SubjectName =
  | "provider"
  | "provider, signing"
  | "provider, signing in vain"
  | "proxy"
  | "floor"
  | "nginx"
  | "haproxy"
  | "simpul"
  | "simpul, ledger in a worker"
  | "simpul, 1,000 connections"
  | "simpul, signed answers"
  | "simpul, nothing kept";

interface SubjectKind {
  /** What it is, for the report. */
  readonly title: string;
  /** A program that must be on the PATH. */
  readonly program?: string;
  /** Whether each request is an exchange: signed anew, notarised, receipted. */
  readonly exchanges?: true;
  /** What it stands before; the plain provider unless said otherwise. */
  readonly before?: SubjectName;
  prepare(setting: Setting): PreparedSubject | Promise<PreparedSubject>;
}

const nodeSubject =
  (script: string, more: (setting: Setting) => readonly string[] = ({ upstream }) => [upstream]) =>
  (setting: Setting): PreparedSubject => {
    const { directory, port } = setting;
    const origin = `http://127.0.0.1:${port}`;
    const args = [...nodeFlags, join(import.meta.dirname, script), String(port), ...more(setting)];
    return { command: { command: process.execPath, args, origin, readyUrl: origin + pathOf(1), logFile: join(directory, "log") } };
  };

/** Writes the provider's key down and names the file. */
const providerKey = ({ directory, keys }: Setting): string => {
  const file = join(directory, "provider.pem");
  writeFileSync(file, keys.provider.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return file;
};

const simpul =
  (settings: Pick<GatewaySettings, "ledgerThread" | "nothingKept"> = {}) =>
  async ({ directory, upstream, keys }: Setting): Promise<PreparedSubject> => {
    const gateway = await prepareGateway({ directory, upstream, keys, ...settings });
    return { command: gateway.command(), vkey: gateway.vkey };
  };

export const subjects: Readonly<Record<SubjectName, SubjectKind>> = {
  provider: { title: "Provider, direct", prepare: nodeSubject("provider.ts", () => []) },
  "provider, signing": { title: "Provider that signs", prepare: nodeSubject("provider.ts", (setting) => [providerKey(setting)]) },
  "provider, signing in vain": {
    title: "Provider that signs and does not show it",
    prepare: nodeSubject("provider.ts", (setting) => [providerKey(setting), "in-vain"]),
  },
  proxy: { title: "bare @fastify/http-proxy", prepare: nodeSubject("proxy.ts") },
  floor: { title: "floor: node:http + undici", prepare: nodeSubject("floor.ts") },
  nginx: { title: "nginx, plain", program: "nginx", prepare: writeNginxConfig },
  haproxy: { title: "HAProxy, jwt_verify", program: "haproxy", prepare: writeHaproxyConfig },
  simpul: { title: "Simpul", exchanges: true, prepare: simpul() },
  "simpul, ledger in a worker": { title: "Simpul, ledger-thread worker", exchanges: true, prepare: simpul({ ledgerThread: "worker" }) },
  // A process of its own, so that its memory is not that of the cells before.
  "simpul, 1,000 connections": { title: "Simpul, 1,000 connections", exchanges: true, prepare: simpul() },
  "simpul, signed answers": { title: "Simpul, provider signs", exchanges: true, before: "provider, signing", prepare: simpul() },
  // What evidence and provider signatures add is told from the difference; its provider is as busy signing.
  "simpul, nothing kept": {
    title: "Simpul, no evidence kept",
    exchanges: true,
    before: "provider, signing in vain",
    prepare: simpul({ nothingKept: true }),
  },
};

/** Sets a subject up in a directory of its own; `undefined` when the machine does not have its program. */
export async function prepareSubject(
  name: SubjectName,
  { directory, ...setting }: Omit<Setting, "port">,
): Promise<PreparedSubject | undefined> {
  const { program, prepare } = subjects[name];
  if (program !== undefined && spawnSync(program, ["-v"]).error !== undefined) return undefined;
  const own = join(directory, name.replaceAll(/[^a-z]+/g, "-"));
  mkdirSync(own, { recursive: true });
  return prepare({ ...setting, directory: own, port: await freePort() });
}
