import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactSign, calculateJwkThumbprint } from "jose";
import type { JWK } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { clients, missing, runClient } from "./clients.ts";
import { answerContent, ending, strictGateway } from "./strict-gateway.ts";
import type { KnownKey } from "./strict-gateway.ts";

const consumer = "ID-16.03/GOV/dinsos/bansos";
const service = "/r1/ID-16.03/GOV/disdukcapil/siak/penduduk/v1";
const folder = mkdtempSync(join(tmpdir(), "simpul-clients-"));
const keyFile = (alg: string): string => join(folder, `${alg}.pem`);

/** An ES256 key whose x begins with a zero octet, as one in 256 does: a JWK keeps the zero, OpenSSL's big numbers drop it. */
function makeKeyPair(alg: "RS256" | "ES256"): { publicKey: KeyObject; privateKey: KeyObject } {
  if (alg === "RS256") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  for (;;) {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    if (Buffer.from(pair.publicKey.export({ format: "jwk" }).x!, "base64url")[0] === 0) return pair;
  }
}

async function makeKey(alg: "RS256" | "ES256"): Promise<KnownKey & { privateKey: KeyObject }> {
  const { publicKey, privateKey } = makeKeyPair(alg);
  writeFileSync(keyFile(alg), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const jwk = publicKey.export({ format: "jwk" }) as JWK;
  return { kid: await calculateJwkThumbprint(jwk), alg, owner: consumer, jwk, privateKey };
}

let key: Awaited<ReturnType<typeof makeKey>>;
let keys: readonly KnownKey[];
let gateway: Awaited<ReturnType<typeof strictGateway>>;
beforeAll(async () => {
  key = await makeKey("RS256");
  keys = [key, await makeKey("ES256")];
});
afterAll(() => rmSync(folder, { recursive: true }));
// Each test has its own, so that no request of one is found in another.
beforeEach(async () => {
  gateway = await strictGateway(keys);
});
afterEach(() => gateway.close());

test("the strict gateway takes a statement once, for its own target and method only", async () => {
  const { privateKey } = key;
  const sign = async (claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> =>
    new CompactSign(new TextEncoder().encode(JSON.stringify({ ...honest(), ...claims })))
      .setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "spl-req+jwt", ...header })
      .sign(privateKey);
  const empty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
  const honest = (): Record<string, unknown> => {
    const iat = Math.floor(Date.now() / 1000);
    const about = { htm: "GET", htu: `${gateway.origin}/a`, htq: "?b", digest: empty };
    return { iss: consumer, aud: gateway.origin, iat, exp: iat + 60, jti: randomBytes(16).toString("base64url"), ...about };
  };
  const refusal = async (statement: string, target = "/a?b", method = "GET"): Promise<string | null> => {
    const answer = await fetch(gateway.origin + target, { method, headers: { "Spl-Signature": statement, "Content-Digest": empty } });
    return answer.headers.get("spl-problem");
  };
  const statement = await sign({});
  expect(await refusal(statement, "/a?c")).toBe("statement-invalid");
  expect(await refusal(statement, "/a?b", "DELETE")).toBe("statement-invalid");
  expect(await refusal(statement.slice(0, -8) + "AAAAAAAA")).toBe("signature-invalid");
  expect(await refusal(statement)).toBe(null);
  expect(await refusal(statement)).toBe("replayed");
  expect(await refusal(await sign({ nbf: 1 }))).toBe("statement-invalid");
  expect(await refusal(await sign({ exp: Math.floor(Date.now() / 1000) + 400 }))).toBe("statement-expired");
  expect(await refusal(await sign({}, { typ: "JWT" }))).toBe("statement-invalid");
  expect(await refusal(await sign({}, { alg: "PS256" }))).toBe("key-invalid");
  expect(await refusal(await sign({}, { kid: "x" }))).toBe("key-unknown");
});

for (const client of clients)
  describe.skipIf(missing(client) !== undefined).each(client.algorithms)(`${client.file} with %s`, (alg) => {
    let command: readonly string[];
    beforeAll(() => {
      command = client.compile?.(folder) ?? client.command;
    });
    const call = (method: string, target: string, purpose: string, ...content: string[]): ReturnType<typeof runClient> =>
      runClient({ command }, [gateway.origin, consumer, keyFile(alg), method, target, purpose, ...content]);

    it("called without all arguments, prints how it is called and nothing else, and exits 2", async () => {
      for (const parameters of [[], [gateway.origin, consumer, keyFile(alg), "POST", service, "-", keyFile(alg)]]) {
        const printed = await runClient({ command }, parameters);
        expect(printed).toMatchObject({ exit: 2, content: Buffer.alloc(0) });
        expect(printed.errors).toMatch(/^[^\n]*ORIGIN SUBSYSTEM KEY\.pem METHOD TARGET PURPOSE \[CONTENT-FILE CONTENT-TYPE\]\n$/);
      }
    });

    it("makes a statement that a strict gateway accepts, and prints the answer octet for octet", async () => {
      const printed = await call("GET", `${service}/status?lengkap=1&q=a%20b`, "verifikasi-penerima-bansos");
      expect(printed).toMatchObject({ errors: "", exit: 0 });
      expect(printed.content).toEqual(answerContent);
      expect(printed.fields.get("status")).toBe("200");
      expect(printed.fields.get("spl-exchange")).toBe("01900000-0000-7000-8000-000000000000");
      expect(printed.fields.get("spl-signature")).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(printed.fields.has("x-other")).toBe(false);
      // Since when the version is deprecated and until when it is served: a consumer learns it from no other place.
      expect(printed.fields.get("deprecation")).toBe(ending.Deprecation);
      expect(printed.fields.get("sunset")).toBe(ending.Sunset);
      const { claims, fields } = gateway.accepted.at(-1)!;
      expect(claims).toMatchObject({ iss: consumer, htm: "GET", htq: "?lengkap=1&q=a%20b", purpose: "verifikasi-penerima-bansos" });
      expect(fields["prefer"]).toBe("receipt=full");
    });

    it("sends any content byte for byte, with its type", async () => {
      const content = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet).concat(13, 10, 10));
      const file = join(folder, "content");
      writeFileSync(file, content);
      for (const method of ["POST", "PUT", "PATCH"]) {
        expect(
          await call(method, `${service}/pencocokan`, "verifikasi-penerima-bansos", file, 'text/plain; charset="utf-8"'),
        ).toMatchObject({ errors: "", exit: 0 });
        const { claims, content: arrived } = gateway.accepted.at(-1)!;
        expect(arrived).toEqual(content);
        expect(claims).toMatchObject({ htm: method, htq: "", ctype: 'text/plain; charset="utf-8"' });
      }
    });

    it("calls without content by every method, and leaves purpose out when asked", async () => {
      for (const method of ["HEAD", "POST", "DELETE"]) {
        const printed = await call(method, `${service}/sesuatu`, "-");
        expect(printed).toMatchObject({ errors: "", exit: 0 });
        expect(printed.content).toEqual(method === "HEAD" ? Buffer.alloc(0) : answerContent);
        const { claims } = gateway.accepted.at(-1)!;
        expect(claims["htm"]).toBe(method);
        expect(claims).not.toHaveProperty("ctype");
        expect(claims).not.toHaveProperty("purpose");
      }
    });

    it("prints the statement before it sends, so that a lost answer can be asked for", async () => {
      const printed = await runClient({ command }, ["http://127.0.0.1:9", consumer, keyFile(alg), "POST", `${service}/x`, "-"]);
      expect(printed.exit).not.toBe(0);
      expect(printed.transcript.toString()).toMatch(/^Spl-Signature: [\w-]+\.[\w-]+\.[\w-]+\n(?!Status)/);
    });

    it("shows a refusal and exits 1", async () => {
      const printed = await call("GET", `${service}/status`, "tanpa-izin");
      expect(printed).toMatchObject({ errors: "", exit: 1 });
      expect(printed.fields.get("status")).toBe("403");
      expect(printed.fields.get("spl-problem")).toBe("not-granted");
      expect(JSON.parse(printed.content.toString())).toEqual({ code: "not-granted" });
    });
  });
