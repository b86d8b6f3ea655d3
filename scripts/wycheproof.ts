import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes `test/trust/wycheproof` from a clone of C2SP/wycheproof: `node scripts/wycheproof.ts CLONE`. */
interface File {
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly result: string;
      readonly msg: string;
      readonly sig: string;
      readonly comment: string;
    }[];
  }[];
}

/** Each file with the algorithm of the protocol under which its signatures are judged. */
const files: Readonly<Record<string, string>> = {
  ecdsa_secp256r1_sha256_p1363: "ES256",
  ed25519: "Ed25519",
  rsa_signature_2048_sha256: "RS256",
  rsa_signature_4096_sha256: "RS256",
  rsa_pss_2048_sha256_mgf1_32: "PS256",
  rsa_pss_4096_sha256_mgf1_32: "PS256",
  rsa_pss_2048_sha256_mgf1_0: "PS256",
};

const [clone = "."] = process.argv.slice(2);
const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

for (const [name, alg] of Object.entries(files)) {
  const text = execFileSync("git", ["-C", clone, "show", `HEAD:testvectors_v1/${name}_test.json`], {
    maxBuffer: 2 ** 27,
    encoding: "utf8",
  });
  const lines: unknown[] = [{ alg }];
  for (const { publicKeyDer, tests } of (JSON.parse(text) as File).testGroups) {
    lines.push({ key: base64(publicKeyDer) });
    for (const { tcId, result, msg, sig, comment } of tests) lines.push([tcId, result, base64(msg), base64(sig), comment]);
  }
  const to = join(import.meta.dirname, `../test/trust/wycheproof/${name}.jsonl`);
  writeFileSync(to, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
}
