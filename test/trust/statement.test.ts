import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { calculateJwkThumbprint, CompactSign, compactVerify } from "jose";
import { describe, expect, it } from "vitest";
import { generateSigningKey, publicJwk } from "../../src/trust/key-proof.ts";
import { claimsFor, signJws, signStatement } from "../../src/trust/sign.ts";
import { readStatement, type Statement } from "../../src/trust/statement.ts";
import { signatureAlgorithms, type SignatureAlgorithm } from "../../src/trust/algorithms.ts";

const keys = Object.fromEntries((["ES256", "RS256", "PS256", "Ed25519"] as const).map((alg) => [alg, generateSigningKey(alg)]));
const key = keys["ES256"]!;
const claims = claimsFor({
  iss: "ID-16.03/GOV/dinsos/bansos",
  aud: "http://spl.test",
  method: "GET",
  target: "/r1/x?a=1",
  purpose: "uji",
  nowSeconds: 1_800_000_000,
});
const read = (value: object, header: object = { alg: "ES256", kid: key.kid, typ: "spl-req+jwt" }) =>
  readStatement(signJws(header as Record<string, unknown>, Buffer.from(JSON.stringify(value)), key));
const isStatement = (result: unknown): result is Statement => typeof result === "object" && result !== null && "claims" in result;

describe("a statement (protocol §2.1)", () => {
  it.each(Object.keys(keys) as SignatureAlgorithm[])("of %s verifies, also when jose made or checks it", async (alg) => {
    const own = keys[alg]!;
    const mine = signStatement(claims, own);
    await expect(compactVerify(mine, createPublicKey(own.privateKey), { algorithms: [alg] })).resolves.toBeDefined();
    const theirs = await new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg, kid: own.kid, typ: "spl-req+jwt" })
      .sign(own.privateKey);
    for (const text of [mine, theirs]) {
      const statement = readStatement(text);
      if (!isStatement(statement)) throw new Error(statement.en);
      const { jws } = statement;
      const publicKey = createPublicKey(own.privateKey);
      expect(jws.algorithm.alg).toBe(alg);
      expect(jws.algorithm.verify(jws.input, publicKey, jws.signature)).toBe(true);
      expect(jws.algorithm.verify(Buffer.concat([jws.input, Buffer.from("x")]), publicKey, jws.signature)).toBe(false);
    }
  });

  it.each([
    ["P-384", () => generateKeyPairSync("ec", { namedCurve: "P-384" })],
    ["secp256k1", () => generateKeyPairSync("ec", { namedCurve: "secp256k1" })],
    ["Ed25519", () => generateKeyPairSync("ed25519")],
    ["RSA", () => generateKeyPairSync("rsa", { modulusLength: 2048 })],
  ])("of ES256 is no matter for a key of %s", (_, make) => {
    expect(signatureAlgorithms.ES256.takes(make().publicKey)).toBe(false);
  });

  it("takes EdDSA as the alias of Ed25519 (RFC 9864)", () => {
    const statement = readStatement(
      signJws({ alg: "EdDSA", kid: key.kid, typ: "spl-req+jwt" }, Buffer.from(JSON.stringify(claims)), keys["Ed25519"]!),
    );
    expect(isStatement(statement) && statement.jws.algorithm.alg).toBe("Ed25519");
  });

  it("names its key by the RFC 7638 thumbprint", async () => {
    for (const own of Object.values(keys)) expect(own.kid).toBe(await calculateJwkThumbprint(publicJwk(own)));
  });

  it("refuses the DER form of an ES256 signature", () => {
    const { algorithm, input } = (readStatement(signStatement(claims, key)) as Statement).jws;
    const der = Buffer.concat([Buffer.from("3044022000", "hex"), Buffer.alloc(66)]);
    expect(algorithm.verify(input, createPublicKey(key.privateKey), der)).toBe(false);
  });

  it.each([
    ["alg none", { alg: "none", kid: key.kid, typ: "spl-req+jwt" }],
    ["alg HS256", { alg: "HS256", kid: key.kid, typ: "spl-req+jwt" }],
    ["alg from the prototype", { alg: "constructor", kid: key.kid, typ: "spl-req+jwt" }],
    ["another typ", { alg: "ES256", kid: key.kid, typ: "JWT" }],
    ["a batch", { alg: "ES256", kid: key.kid, typ: "spl-batch+jwt" }],
    ["crit", { alg: "ES256", kid: key.kid, typ: "spl-req+jwt", crit: ["exp"] }],
    ["a jwk in the header", { alg: "ES256", kid: key.kid, typ: "spl-req+jwt", jwk: {} }],
    ["no kid", { alg: "ES256", typ: "spl-req+jwt" }],
    ["a kid that is no thumbprint", { alg: "ES256", kid: "../../etc/passwd", typ: "spl-req+jwt" }],
  ])("is refused with %s in its header", (_, header) => expect(isStatement(read(claims, header))).toBe(false));

  it.each([
    ...(["iss", "aud", "iat", "exp", "jti", "htm", "htu", "htq", "digest"] as const).map(
      (name) => [`without ${name}`, { [name]: undefined }] as [string, object],
    ),
    ["with a short jti", { jti: "short" }],
    ["with nbf", { nbf: 1 }],
    ["with an unknown claim", { foo: 1 }],
    ["with a constructor", { constructor: 1 }],
    ["with aud as a list", { aud: ["http://spl.test"] }],
    ["with iat as a string", { iat: "1" }],
    ["with a NIK-like pseudonym", { act: { sub: "1603010101909001", loa: "2" } }],
    ["with 17 acknowledgements", { ack: Array.from({ length: 17 }, () => "A".repeat(43)) }],
    ["with a padded digest of MD5", { digest: "md5=:AAAA:" }],
    ["with hdr as a list", { hdr: ["x"] }],
    ["with a line feed in hdr", { hdr: { x: "a\nb" } }],
    ["with a subsystem of three parts", { iss: "ID-16.03/GOV/dinsos" }],
  ])("is refused %s", (_, change) => expect(isStatement(read({ ...claims, ...change }))).toBe(false));

  it("may carry claims of its own under x_", () => expect(isStatement(read({ ...claims, x_trace: { a: [1] } }))).toBe(true));

  it.each([
    ["padding", (text: string) => text + "="],
    ["a fourth part", (text: string) => text + ".x"],
    ["white space", (text: string) => text.replace(".", " .")],
    ["base64 instead of base64url", (text: string) => text.slice(0, -4) + "+/+/"],
    ["trailing bits that are not zero", (text: string) => text.slice(0, -1) + (text.endsWith("B") ? "C" : "B")],
    ["more than 4096 bytes", (text: string) => text + "A".repeat(4096)],
    ["no signature part", (text: string) => text.slice(0, text.lastIndexOf("."))],
  ])("is refused with %s", (_, change) => expect(isStatement(readStatement(change(signStatement(claims, key))))).toBe(false));
});
