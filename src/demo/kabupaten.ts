import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import { generateSigningKey, proveKey } from "../trust/key-proof.ts";
import { readSigningKey } from "../cli/key-file.ts";
import type { SignatureAlgorithm } from "../registry/snapshot.ts";
import type { SigningKey } from "../trust/sign.ts";

/** The demo kabupaten on its way into a registry: its manifests with fresh keys, as its members would deliver them, and their private keys. */
export interface Kabupaten {
  /** Folder of manifests, to be applied like anybody's. */
  readonly services: string;
  readonly keys: ReadonlyMap<SubsystemId, SigningKey>;
}

/** Who signs how, so that the demo shows every algorithm; the others take ES256. An RSA key costs a start 50 ms, so few have one. */
const algorithms: Readonly<Record<string, SignatureAlgorithm>> = { "dinsos/bansos": "RS256", "bapenda/pajak": "PS256", "rsud/simrs": "Ed25519" };

/**
 * Copies the manifests into `directory` and gives each subsystem a key and each service its upstream. Keys that are there from an earlier start
 * are kept.
 */
export function prepareKabupaten(manifests: string, directory: string, upstreams: ReadonlyMap<ServiceId, string>, nowSeconds: number): Kabupaten {
  const services = join(directory, "services");
  const keyFolder = join(directory, "keys");
  cpSync(manifests, services, { recursive: true });
  mkdirSync(keyFolder, { recursive: true, mode: 0o700 });
  const instance = (parseDocument(readFileSync(join(services, "instance.yaml"), "utf8")).toJS() as { instance: string }).instance;
  const keys = new Map<SubsystemId, SigningKey>();
  for (const member of foldersIn(services)) {
    const { class: memberClass } = parseDocument(readFileSync(join(services, member, "member.yaml"), "utf8")).toJS() as { class: string };
    for (const subsystem of foldersIn(join(services, member))) {
      const id = `${instance}/${memberClass}/${member}/${subsystem}`;
      const folder = join(services, member, subsystem);
      setUpstream(join(folder, "subsystem.yaml"), id, upstreams);
      keys.set(id, keyOf(id, join(keyFolder, `${member}-${subsystem}.pem`), join(folder, "keys"), algorithms[`${member}/${subsystem}`] ?? "ES256", instance, nowSeconds));
    }
  }
  return { services, keys };
}

const foldersIn = (path: string): string[] => readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() && entry.name !== "keys" ? [entry.name] : []));

function keyOf(id: SubsystemId, pem: string, proofs: string, alg: SignatureAlgorithm, instance: string, nowSeconds: number): SigningKey {
  const proof = join(proofs, "demo.jwt");
  if (existsSync(pem) && existsSync(proof)) return readSigningKey(pem, alg === "PS256" ? "PS256" : "RS256");
  const key = generateSigningKey(alg);
  mkdirSync(proofs, { recursive: true });
  writeFileSync(pem, key.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(proof, `${proveKey(key, id, instance, nowSeconds)}\n`);
  return key;
}

/** The demo's subsystems have one service each, so the subsystem's upstream is the service's. */
function setUpstream(file: string, subsystem: SubsystemId, upstreams: ReadonlyMap<ServiceId, string>): void {
  const origin = [...upstreams].find(([service]) => service.startsWith(`${subsystem}/`))?.[1];
  if (origin === undefined) return;
  const document = parseDocument(readFileSync(file, "utf8"));
  document.set("upstream", origin);
  writeFileSync(file, document.toString());
}
