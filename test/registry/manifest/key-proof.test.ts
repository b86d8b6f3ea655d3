import { createHmac, createPublicKey } from "node:crypto";
import { calculateJwkThumbprint, exportJWK } from "jose";
import { describe, expect, it } from "vitest";
import { readKeyProof } from "../../../src/registry/manifest/key-proof.ts";
import { instance, keyProof, loadTree, newKeys, taxProvider } from "../../support/manifest-tree.ts";
import { consumer } from "../../support/parties.ts";

const place = { file: "services/dinsos/bansos/keys/a.jwt", line: 1, column: 1 };
const read = (text: string): ReturnType<typeof readKeyProof> => readKeyProof(text, { owner: consumer, instance }, place);
const ec = newKeys.ES256();
const rsa = newKeys.RS256();

/** RFC 8037 appendix A.3: the thumbprint of the key of appendix A.1. */
const rfc8037 = { x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", thumbprint: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" };

describe("a proof of possession", () => {
  it.each([
    ["ES256", ec],
    ["Ed25519", newKeys.Ed25519()],
    ["RS256", rsa],
    ["PS256", rsa],
  ] as const)("registers a key of %s by its RFC 7638 thumbprint", async (alg, pair) => {
    const jwk = await exportJWK(pair.publicKey);
    expect(read(await keyProof(pair, { alg, claims: { from: 1_767_225_600, until: 1_798_761_600 } }))).toMatchObject({
      kid: await calculateJwkThumbprint(jwk),
      content: { owner: consumer, alg, jwk, from: "2026-01-01T00:00:00.000Z", until: "2027-01-01T00:00:00.000Z" },
    });
  });

  it("computes the thumbprint of RFC 8037 A.3", async () => {
    expect(await calculateJwkThumbprint({ kty: "OKP", crv: "Ed25519", x: rfc8037.x })).toBe(rfc8037.thumbprint);
    expect(createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: rfc8037.x }, format: "jwk" }).asymmetricKeyType).toBe("ed25519");
  });

  const other = newKeys.ES256();
  it.each([
    ["private members in the jwk", "key-private", () => keyProof(ec, { jwk: { d: "AAAA" } })],
    ["another subsystem as issuer", "key-owner", () => keyProof(ec, { claims: { iss: taxProvider } })],
    ["another instance as audience", "key-audience", () => keyProof(ec, { claims: { aud: "ID-35.14" } })],
    ["the signature of another key", "key-signature", () => keyProof(ec, { signer: other.privateKey })],
    ["an RSA key under ES256", "key-algorithm", () => keyProof(rsa, { alg: "RS256" }).then((jws) => rewriteHeader(jws, { alg: "ES256" }))],
    ["a P-384 key", "key-algorithm", () => keyProof(newKeys.ES384(), { alg: "ES384" })],
    [
      "a P-384 key under ES256",
      "key-algorithm",
      () => keyProof(newKeys.ES384(), { alg: "ES384" }).then((jws) => rewriteHeader(jws, { alg: "ES256" })),
    ],
    ["RS256 said to be PS256", "key-signature", () => keyProof(rsa, { alg: "RS256" }).then((jws) => rewriteHeader(jws, { alg: "PS256" }))],
    ["no signature at all", "key-algorithm", () => keyProof(ec).then((jws) => rewriteHeader(jws, { alg: "none" }))],
    ["a MAC keyed with the public key", "key-algorithm", () => keyProof(rsa, { alg: "RS256" }).then(macWithPublicKey)],
    ["RSA of 1024 bits", "key-weak", () => weakRsa()],
    ["a period that is empty", "period-empty", () => keyProof(ec, { claims: { from: 2, until: 2 } })],
    ["a further header", "key-malformed", () => keyProof(ec, { header: { kid: "x" } })],
    ["another typ", "key-malformed", () => keyProof(ec, { header: { typ: "JWT" } })],
    ["a further claim", "key-malformed", () => keyProof(ec, { claims: { sub: "x" } })],
    ["no iat", "key-malformed", () => keyProof(ec, { claims: { iat: undefined } })],
    ["a further member in the jwk", "key-malformed", () => keyProof(ec, { jwk: { x5u: "https://example.id" } })],
    ["a second line", "key-malformed", () => keyProof(ec).then((jws) => `${jws}\n`)],
    ["padding", "key-malformed", () => keyProof(ec).then((jws) => jws.replace(".", "=."))],
    ["something else", "key-malformed", () => Promise.resolve("-----BEGIN PRIVATE KEY-----")],
  ] as const)("with %s is refused as %s", async (_, code, make) => {
    expect(read(await make())).toMatchObject({ ...place, code });
  });

  it("counts once: the same key for two subsystems, or twice for one, is refused", async () => {
    const again = async (path: string, iss: string, alg = "RS256"): Promise<readonly string[]> => {
      const { faults } = await loadTree({
        "dinsos/bansos/keys/a.jwt": await keyProof(rsa, { alg: "RS256" }),
        [path]: await keyProof(rsa, { alg, claims: { iss } }),
      });
      return faults.map((fault) => `${fault.file} ${fault.code}`);
    };
    expect(await again("bapenda/pajak/keys/a.jwt", taxProvider)).toEqual(["services/dinsos/bansos/keys/a.jwt key-duplicate"]);
    expect(await again("dinsos/bansos/keys/b.jwt", consumer, "PS256")).toEqual(["services/dinsos/bansos/keys/b.jwt key-duplicate"]);
  });
});

function rewriteHeader(jws: string, change: object): string {
  const [header, ...rest] = jws.split(".");
  return [
    Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(header!, "base64url").toString()) as object), ...change })).toString(
      "base64url",
    ),
    ...rest,
  ].join(".");
}

function macWithPublicKey(jws: string): string {
  const [header, payload] = rewriteHeader(jws, { alg: "HS256" }).split(".");
  const pem = rsa.publicKey.export({ type: "spki", format: "pem" });
  return `${header}.${payload}.${createHmac("sha256", pem).update(`${header}.${payload}`).digest("base64url")}`;
}

/** jose refuses to sign with so few bits; the refusal here comes before any signature is looked at. */
async function weakRsa(): Promise<string> {
  const jwk = await exportJWK(newKeys.RS256(1024).publicKey);
  return rewriteHeader(await keyProof(rsa, { alg: "RS256" }), { jwk });
}
