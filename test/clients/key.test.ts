import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { calculateJwkThumbprint, compactVerify, importJWK, decodeProtectedHeader } from "jose";
import type { JWK } from "jose";
import { expect, test } from "vitest";
import { readKeyProof } from "../../src/registry/manifest/key-proof.ts";
import { clients, missing } from "./clients.ts";

const script = fileURLToPath(new URL("../../docs/clients/key.sh", import.meta.url));
const absent = missing(clients.find(({ file }) => file === "client.sh")!);

test.skipIf(absent !== undefined)(
  "key.sh makes a private key for its owner alone and a proof of possession that any JOSE library and the registry verify",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "simpul-key-"));
    try {
      const make = (): string =>
        execFileSync("bash", [script, "ID-16.03/GOV/dinsos/bansos", join(folder, "k")], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        });
      const printed = make();
      expect(statSync(join(folder, "k.pem")).mode & 0o777).toBe(0o600);
      const proof = readFileSync(join(folder, "k.jwt"), "utf8");
      expect(proof).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      const { alg, typ, jwk, ...rest } = decodeProtectedHeader(proof.trim()) as { alg: string; typ: string; jwk: JWK };
      expect({ alg, typ, rest }).toEqual({ alg: "RS256", typ: "spl-key+jwt", rest: {} });
      expect(Object.keys(jwk).sort()).toEqual(["e", "kty", "n"]);
      expect(printed).toBe(`kid: ${await calculateJwkThumbprint(jwk)}\n`);
      const { payload } = await compactVerify(proof.trim(), await importJWK(jwk, alg));
      const claims = JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
      expect(claims).toEqual({ iss: "ID-16.03/GOV/dinsos/bansos", aud: "ID-16.03", iat: expect.any(Number) as number });
      const expected = { owner: "ID-16.03/GOV/dinsos/bansos", instance: "ID-16.03" };
      expect(readKeyProof(proof, expected, { file: "k.jwt", line: 1, column: 1 })).toMatchObject({
        kid: await calculateJwkThumbprint(jwk),
      });
      expect(make).toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
