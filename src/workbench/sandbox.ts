import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { SubsystemId } from "../base/names.ts";
import { generateSigningKey, proveKey } from "../trust/key-proof.ts";
import type { SigningKey } from "../trust/sign.ts";
import type { Trial } from "./trial.ts";

export const sandboxPurpose = "uji-coba";

/** A tree of manifests in which one consumer may call every operation of one contract. */
export interface Sandbox {
  readonly services: string;
  readonly consumer: SubsystemId;
  readonly key: SigningKey;
  readonly keyFile: string;
}

/**
 * Writes the sandbox's manifests into `folder`: the provider at `upstream`, below `basePath`, and a test consumer with a new key and a
 * grant for every operation.
 */
export function layOutSandbox(
  folder: string,
  { service, contract, examples, files, samples }: Trial,
  { upstream, basePath }: { readonly upstream: string; readonly basePath?: string | undefined },
  nowSeconds: number,
): Sandbox {
  const [instance, memberClass, member, subsystem, name, version] = service.split("/") as [string, string, string, string, string, string];
  const services = join(folder, "services");
  const own = member === "konsumen" ? "konsumencoba" : "konsumen";
  const consumer = `${instance}/GOV/${own}/coba`;
  const key = generateSigningKey("ES256");
  const keyFile = join(folder, "konsumen.pem");
  const write = (path: string, content: string | Buffer | object): void => {
    const file = join(services, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" || Buffer.isBuffer(content) ? content : stringify(content));
  };
  const contact = { name: "Bangku kerja", email: "bangku.kerja@example.go.id" };
  const home = `${member}/${subsystem}/${name}/${version}`;
  write("instance.yaml", { instance, name: "Bangku kerja", timeZone: "Asia/Jakarta" });
  write(`${member}/member.yaml`, { class: memberClass, name: "Penyedia tiruan", contact, test: true });
  write(`${member}/${subsystem}/subsystem.yaml`, { name: "Aplikasi tiruan", upstream });
  write(`${home}/service.yaml`, {
    title: "Layanan yang dicoba",
    description: "Dijawab dengan contoh dari kontraknya.",
    classification: "terbatas",
    ...(basePath === undefined ? {} : { basePath }),
  });
  write(`${home}/openapi.yaml`, contract);
  for (const [example, bytes] of examples) write(`${home}/examples/${example}`, bytes);
  for (const [path, text] of files) write(`${home}/${path}`, text);
  write(`${own}/member.yaml`, { class: "GOV", name: "Konsumen percobaan", contact, test: true });
  write(`${own}/coba/subsystem.yaml`, {
    name: "Aplikasi percobaan",
    grants: [
      {
        id: sandboxPurpose,
        service,
        operations: samples.map(({ id }) => id),
        purpose: sandboxPurpose,
        legalBasis: "Percobaan di bangku kerja",
        from: "2020-01-01",
        rate: { perSecond: 100, burst: 1000 },
        dailyQuota: 1_000_000,
      },
    ],
  });
  write(`${own}/coba/keys/coba.jwt`, `${proveKey(key, consumer, instance, nowSeconds)}\n`);
  writeFileSync(keyFile, key.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return { services, consumer, key, keyFile };
}
