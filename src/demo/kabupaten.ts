import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { readSigningKey } from "../agent/key-file.ts";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import { generateSigningKey, proveKey } from "../trust/key-proof.ts";
import type { SignatureAlgorithm } from "../trust/algorithms.ts";
import type { SigningKey } from "../trust/sign.ts";
import type { AskedGrant } from "./road/asked-grants.ts";

/** The demo kabupaten before it is applied: its manifests with new keys, as members deliver them, and the private keys. */
export interface Kabupaten {
  /** Folder of manifests, for `apply`. */
  readonly services: string;
  readonly keys: ReadonlyMap<SubsystemId, SigningKey>;
}

/** Every algorithm is used by one subsystem, and ES256 by the others. Few have an RSA key, which takes a start 50 ms to make. */
const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  "dinsos/bansos": "RS256",
  "bapenda/pajak": "PS256",
  "rsud/simrs": "Ed25519",
};

export interface Preparation {
  readonly manifests: string;
  /** Where the demo keeps its own files. */
  readonly folder: string;
  /** The policy profile that the instance chooses. */
  readonly profile: string;
  readonly upstreams: ReadonlyMap<ServiceId, string>;
  /** Grants to take out of the manifests. */
  readonly without?: readonly AskedGrant[];
  readonly nowSeconds: number;
}

/**
 * Copies the manifests into the demo's folder, sets the profile, and gives each subsystem a key and each service its upstream. Keys of
 * an earlier start are kept.
 */
export function prepareKabupaten({ manifests, folder: own, profile, upstreams, without = [], nowSeconds }: Preparation): Kabupaten {
  const services = join(own, "services");
  const keyFolder = join(own, "keys");
  cpSync(manifests, services, { recursive: true });
  mkdirSync(keyFolder, { recursive: true, mode: 0o700 });
  const manifest = join(services, "instance.yaml");
  const chosen = parseDocument(readFileSync(manifest, "utf8"));
  chosen.set("profile", profile);
  writeFileSync(manifest, chosen.toString());
  const { instance } = chosen.toJS() as { instance: string };
  const keys = new Map<SubsystemId, SigningKey>();
  for (const member of foldersIn(services)) {
    const { class: memberClass } = parseDocument(readFileSync(join(services, member, "member.yaml"), "utf8")).toJS() as { class: string };
    for (const subsystem of foldersIn(join(services, member))) {
      const id = `${instance}/${memberClass}/${member}/${subsystem}`;
      const folder = join(services, member, subsystem);
      tailor(join(folder, "subsystem.yaml"), id, upstreams, without);
      keys.set(
        id,
        keyOf(
          id,
          join(keyFolder, `${member}-${subsystem}.pem`),
          join(folder, "keys"),
          algorithms[`${member}/${subsystem}`] ?? "ES256",
          instance,
          nowSeconds,
        ),
      );
    }
  }
  return { services, keys };
}

const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() && entry.name !== "keys" ? [entry.name] : []));

function keyOf(id: SubsystemId, pem: string, proofs: string, alg: SignatureAlgorithm, instance: string, nowSeconds: number): SigningKey {
  const proof = join(proofs, "demo.jwt");
  if (existsSync(pem) && existsSync(proof)) return readSigningKey(pem, alg === "PS256" ? "PS256" : "RS256");
  const key = generateSigningKey(alg);
  mkdirSync(proofs, { recursive: true });
  writeFileSync(pem, key.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(proof, `${proveKey(key, id, instance, nowSeconds)}\n`);
  return key;
}

/** A subsystem of the demo has one service at most, so the upstream of the service is the subsystem's. */
function tailor(file: string, subsystem: SubsystemId, upstreams: ReadonlyMap<ServiceId, string>, without: readonly AskedGrant[]): void {
  const origin = [...upstreams].find(([service]) => service.startsWith(`${subsystem}/`))?.[1];
  const document = parseDocument(readFileSync(file, "utf8"));
  const { grants = [] } = document.toJS() as { readonly grants?: readonly Pick<AskedGrant, "service" | "purpose">[] };
  const surplus = grants.flatMap((grant, i) =>
    without.some(({ consumer, service, purpose }) => consumer === subsystem && service === grant.service && purpose === grant.purpose)
      ? [i]
      : [],
  );
  for (const i of surplus.reverse()) document.deleteIn(["grants", i]);
  if (origin !== undefined) document.set("upstream", origin);
  writeFileSync(file, document.toString());
}
