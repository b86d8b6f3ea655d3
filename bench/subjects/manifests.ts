import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generateSigningKey, proveKey } from "../../src/trust/key-proof.ts";
import type { SigningKey } from "../../src/trust/sign.ts";
import { contract } from "./records.ts";

export const algorithms = ["RS256", "ES256", "Ed25519"] as const;
export type Algorithm = (typeof algorithms)[number];

export const provider = "ID-16.03/GOV/penyedia/arsip";
export const service = `${provider}/rekaman/v1`;
export const purpose = "pengukuran";
/** One consumer an algorithm. */
export const consumerOf = (alg: Algorithm): string => `ID-16.03/GOV/konsumen/${alg.toLowerCase()}`;

/** A key for each consumer, and the provider's: of the algorithm that is the cheapest to verify. */
export type Keys = Readonly<Record<Algorithm | "provider", SigningKey>>;
export const generateKeys = (): Keys => ({
  ...(Object.fromEntries(algorithms.map((alg) => [alg, generateSigningKey(alg)])) as Record<Algorithm, SigningKey>),
  provider: generateSigningKey("RS256"),
});

/** Writes the manifests of one provider and three consumers, whose grants no measurement exhausts. */
export function writeManifests(folder: string, upstream: string, keys: Keys): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const member = (name: string): string =>
    `class: GOV\nname: ${name}\ncontact: { name: Meja Layanan, email: tik@example.go.id }\ntest: true\n`;
  write("instance.yaml", "instance: ID-16.03\nname: Kabupaten Pengukuran\nprofile: muara-enim-52-2022\ntimeZone: Asia/Jakarta\n");
  write("penyedia/member.yaml", member("Penyedia"));
  write("penyedia/arsip/subsystem.yaml", `name: Arsip\nupstream: ${upstream}\n`);
  write("penyedia/arsip/keys/bench.jwt", `${proveKey(keys.provider, provider, "ID-16.03", Math.floor(Date.now() / 1000))}\n`);
  write("penyedia/arsip/rekaman/v1/openapi.yaml", JSON.stringify(contract, undefined, 2));
  write(
    "penyedia/arsip/rekaman/v1/service.yaml",
    `title: Rekaman
description: Layanan pengukuran
classification: terbatas
validation: { responses: enforce }
limits: { maxConnections: 64 }
`,
  );
  write("konsumen/member.yaml", member("Konsumen"));
  for (const alg of algorithms) {
    const subsystem = `konsumen/${alg.toLowerCase()}`;
    write(
      `${subsystem}/subsystem.yaml`,
      `name: Konsumen ${alg}
grants:
  - id: baca-tulis-${alg.toLowerCase()}
    service: ${service}
    operations: [getRekaman, fileRekaman]
    purpose: ${purpose}
    legalBasis: Pengukuran
    from: 2026-01-01
    rate: { perSecond: 100000, burst: 1000000 }
    dailyQuota: 1000000000
`,
    );
    write(`${subsystem}/keys/bench.jwt`, `${proveKey(keys[alg], consumerOf(alg), "ID-16.03", Math.floor(Date.now() / 1000))}\n`);
  }
}
