import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseSubsystemId } from "../base/names.ts";
import { inline } from "../base/text.ts";
import type { SignatureAlgorithm } from "../trust/algorithms.ts";
import { generateSigningKey, proveKey } from "../trust/key-proof.ts";
import { messages } from "./messages.ts";
import { UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const algorithms: readonly SignatureAlgorithm[] = ["RS256", "PS256", "ES256", "Ed25519"];

const options = {
  subsystem: { type: "string", value: "ID", means: { id: "subsistem pemilik kunci", en: "the subsystem that owns the key" } },
  alg: {
    type: "string",
    default: "RS256",
    value: algorithms.join("|"),
    means: { id: "algoritma tanda tangannya", en: "the algorithm of its signatures" },
  },
  out: { type: "string", default: ".", value: "FOLDER", means: { id: "tempat kedua berkas ditulis", en: "where both files are written" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "developer",
  usage: "keygen --subsystem ID-16.03/GOV/dinsos/bansos [--alg RS256|PS256|ES256|Ed25519] [--out FOLDER]",
  summary: {
    id: "Membuat kunci privat subsistem dan bukti kepemilikannya untuk didaftarkan",
    en: "Makes a subsystem's private key and the proof of possession that registers it",
  },
  help: [
    {
      id:
        "NAMA.pem tinggal pada Anda (mode 0600). " +
        "NAMA.jwt diserahkan kepada Dinas: `services/<anggota>/<subsistem>/keys/NAMA.jwt`, lalu `apply`.",
      en:
        "NAME.pem stays with you (mode 0600). " +
        "NAME.jwt goes to the Dinas: `services/<member>/<subsystem>/keys/NAME.jwt`, then `apply`.",
    },
  ],
  options,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    const names = parseSubsystemId(values.subsystem ?? "");
    if (names === undefined) throw new UsageFault(messages.subsystemForm);
    const alg = algorithms.find((name) => name === values.alg);
    if (alg === undefined) throw new UsageFault(messages.oneOfAlgorithms(algorithms.join(", ")));

    const key = generateSigningKey(alg);
    const name = `${names.subsystem}-${key.kid
      .replaceAll(/[^A-Za-z0-9]/g, "")
      .slice(0, 8)
      .toLowerCase()}`;
    mkdirSync(values.out, { recursive: true });
    const pem = join(values.out, `${name}.pem`);
    const proof = join(values.out, `${name}.jwt`);
    writeFileSync(pem, key.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
    writeFileSync(proof, `${proveKey(key, values.subsystem!, names.instance, Math.floor(Date.now() / 1000))}\n`, { flag: "wx" });
    console.log(`kid    ${key.kid}\nalg    ${alg}`);
    console.log(`${pem}    ${inline(messages.keepSecret)}\n${proof}    ${inline(messages.registerProof)}`);
    return 0;
  },
};
