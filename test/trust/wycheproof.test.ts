import { createPublicKey, type KeyObject } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signatureAlgorithms, type SignatureAlgorithm } from "../../src/trust/algorithms.ts";
import { importPublicJwk, type JwkFault } from "../../src/trust/public-jwk.ts";

const folder = join(import.meta.dirname, "wycheproof");

type Vector = readonly [id: number, result: "valid" | "invalid" | "acceptable", message: string, signature: string, comment: string];

interface Judged {
  readonly id: number;
  readonly result: Vector[1];
  readonly comment: string;
  readonly taken: boolean;
  readonly key: JwkFault | "good";
}

/** Each signature of a file as the gateway judges it: its key as a JWK, then the row of its algorithm. */
function judge(file: string): readonly Judged[] {
  const [head, ...lines] = readFileSync(join(folder, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  const { alg } = head as { alg: SignatureAlgorithm };
  let key: KeyObject | JwkFault = "malformed";
  const judged: Judged[] = [];
  for (const line of lines as readonly ({ readonly key: string } | Vector)[]) {
    if ("key" in line) {
      const jwk = createPublicKey({ key: Buffer.from(line.key, "base64"), format: "der", type: "spki" }).export({ format: "jwk" });
      key = importPublicJwk(alg, jwk as Record<string, unknown>);
      continue;
    }
    const [id, result, message, signature, comment] = line;
    const bytes = (text: string): Buffer => Buffer.from(text, "base64");
    const taken = typeof key !== "string" && signatureAlgorithms[alg].verify(bytes(message), key, bytes(signature));
    judged.push({ id, result, comment, taken, key: typeof key === "string" ? key : "good" });
  }
  return judged;
}

/** What is judged otherwise than Wycheproof says, with the reason. */
const differences: Readonly<Record<string, (judged: Judged) => boolean>> = {
  "PKCS #1 v1.5 whose algorithm has no NULL parameter: RFC 8017 wants it, Wycheproof lets either pass": ({ result }) =>
    result === "acceptable",
  "an RSA exponent below 65537 is no key of the protocol (1.3)": ({ key }) => key === "weak",
  "PSS with a salt as long as the hash is PS256, where the file wants none": ({ comment, taken }) =>
    comment === "s_len changed to 32" && taken,
  "PSS with a salt of another length than the hash's is no PS256 (RFC 7518 §3.5)": ({ key, result, taken }) =>
    key === "good" && result === "valid" && !taken,
};
const mayDiffer: Readonly<Record<string, readonly string[]>> = {
  "rsa_signature_2048_sha256.jsonl": Object.keys(differences).slice(0, 2),
  "rsa_signature_4096_sha256.jsonl": Object.keys(differences).slice(0, 1),
  "rsa_pss_2048_sha256_mgf1_0.jsonl": Object.keys(differences).slice(2, 4),
};

const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));

describe("signatures of Wycheproof", () => {
  it("are there", () => expect(files).toHaveLength(7));

  it.each(files)("%s: nothing invalid is taken, and what is valid is, but for differences with a reason", (file) => {
    const judged = judge(file);
    expect(judged.length).toBeGreaterThan(100);
    const reasons = (mayDiffer[file] ?? []).map((name) => differences[name]!);
    const otherwise = judged.filter((one) => (one.result === "valid") !== one.taken);
    expect(otherwise.filter((one) => !reasons.some((reason) => reason(one)))).toEqual([]);
    if (!file.includes("mgf1_0")) expect(judged.filter(({ taken }) => taken).length).toBeGreaterThan(5);
  });

  it("each difference occurs", () => {
    const all = files.flatMap((file) => judge(file).map((one) => ({ file, one })));
    for (const [name, reason] of Object.entries(differences))
      expect(
        all.some(({ file, one }) => mayDiffer[file]?.includes(name) === true && reason(one)),
        name,
      ).toBe(true);
  });
});
