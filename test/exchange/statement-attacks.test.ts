import { createHmac, createPublicKey, sign as signBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProblemCode } from "../../src/base/problem.ts";
import type { Gateway } from "../../src/exchange/ports.ts";
import type { RegisteredKey } from "../../src/trust/registered-key.ts";
import { generateSigningKey, proveKey, publicJwk } from "../../src/trust/key-proof.ts";
import { signJws, type SigningKey } from "../../src/trust/sign.ts";
import { consumer, record, service, stranger, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { audit, ledgerLeaves, posting, shoot, sign, type RequestChange, type WireAnswer } from "../support/wire.ts";

let w: GatewayFixture;
let key: SigningKey;
const pss = generateSigningKey("PS256");
const rsa = generateSigningKey("RS256");

beforeAll(async () => {
  w = await gatewayFixture();
  key = w.keys[consumer]!;
  for (const [name, extra] of Object.entries({ pss, rsa })) {
    writeFileSync(
      join(w.services, `dinsos/bansos/keys/${name}.jwt`),
      `${proveKey(extra, consumer, "ID-16.03", Math.floor(Date.now() / 1000))}\n`,
    );
  }
  await w.apply();
});
afterAll(() => w.close());

/** Sends the right request with another `Spl-Signature`. */
function present(statement: string, signing: RequestChange = {}): Promise<WireAnswer> {
  const right = sign(w, signing);
  return shoot(w, right.head.replace(right.statement, statement) + (signing.content?.toString() ?? ""));
}
const codeOf = ({ fields }: WireAnswer): string => fields["spl-problem"] ?? "delivered";
const detailOf = ({ content }: WireAnswer): string => String((JSON.parse(content.toString()) as Record<string, unknown>)["detail"]);
const encode = (value: unknown): string => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const headerOf = (over: object = {}): object => ({ alg: "ES256", kid: key.kid, typ: "spl-req+jwt", ...over });
const claims = (over: RequestChange["claims"] = {}): Readonly<Record<string, unknown>> => sign(w, { claims: over }).claims;
const octets = (over: RequestChange["claims"] = {}): Buffer => Buffer.from(JSON.stringify(claims(over)));

/** Signs what a correct client would never write. */
const signed = (written: string | Buffer, header: object = headerOf(), by: Pick<SigningKey, "alg" | "privateKey"> = key): string =>
  signJws(header as Record<string, unknown>, Buffer.from(written), by);
const hmac = (secret: string | Buffer): string => {
  const input = `${encode(headerOf({ alg: "HS256" }))}.${octets().toString("base64url")}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
};
const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
const der = (): string => {
  const input = `${encode(headerOf())}.${octets().toString("base64url")}`;
  return `${input}.${signBytes("sha256", Buffer.from(input), key.privateKey).toString("base64url")}`;
};

/** Replaces one part of a right statement. */
function part(index: 0 | 1 | 2, change: (part: string) => string): string {
  const parts = signed(octets()).split(".");
  parts[index] = change(parts[index]!);
  return parts.join(".");
}

/** Sets the unused bits of the last base64url digit: the same bytes, spelled another way. */
function respell(text: string): string {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + digits[digits.indexOf(text.at(-1)!) + 1]!;
}

describe("a statement that somebody has tampered with", () => {
  it.each<[string, () => string, ProblemCode]>([
    ["alg none", () => `${encode(headerOf({ alg: "none" }))}.${octets().toString("base64url")}.`, "statement-invalid"],
    ["alg NONE with a signature", () => signed(octets(), headerOf({ alg: "NONE" })), "statement-invalid"],
    [
      "HS256 with the public key's PEM as secret",
      () => hmac(createPublicKey(key.privateKey).export({ type: "spki", format: "pem" })),
      "statement-invalid",
    ],
    ["HS256 with the public JWK as secret", () => hmac(JSON.stringify(publicJwk(key))), "statement-invalid"],
    [
      "RS256 by a key registered for PS256",
      () => signed(octets(), headerOf({ alg: "RS256", kid: pss.kid }), { alg: "RS256", privateKey: pss.privateKey }),
      "key-invalid",
    ],
    [
      "PS256 by a key registered for RS256",
      () => signed(octets(), headerOf({ alg: "PS256", kid: rsa.kid }), { alg: "PS256", privateKey: rsa.privateKey }),
      "key-invalid",
    ],
    [
      "RS256 padding under the name PS256",
      () => signed(octets(), headerOf({ alg: "PS256", kid: pss.kid }), { alg: "RS256", privateKey: pss.privateKey }),
      "signature-invalid",
    ],
    ["an RSA signature for an EC key", () => signed(octets(), headerOf(), rsa), "signature-invalid"],
    ["the signature in DER", der, "signature-invalid"],
    ["no signature", () => part(2, () => ""), "signature-invalid"],
    ["a signature of zeros (CVE-2022-21449)", () => part(2, () => Buffer.alloc(64).toString("base64url")), "signature-invalid"],
    [
      "another subsystem's kid",
      () => signed(octets(), headerOf({ alg: "Ed25519", kid: w.keys[stranger]!.kid }), w.keys[stranger]),
      "key-invalid",
    ],
    ["its own key in the header", () => signed(octets(), headerOf({ jwk: publicJwk(generateSigningKey("ES256")) })), "statement-invalid"],
    ["a jku", () => signed(octets(), headerOf({ jku: "http://127.0.0.1/" })), "statement-invalid"],
    ["crit", () => signed(octets(), headerOf({ crit: ["exp"] })), "statement-invalid"],
    ["b64 false", () => signed(octets(), headerOf({ b64: false })), "statement-invalid"],
    ["a kid that is no thumbprint", () => signed(octets(), headerOf({ kid: "../kunci" })), "statement-invalid"],
    ["no kid", () => signed(octets(), headerOf({ kid: undefined })), "statement-invalid"],
    ["the typ of an answer", () => signed(octets(), headerOf({ typ: "spl-res+jwt" })), "statement-invalid"],
    ["the typ of a batch", () => signed(octets(), headerOf({ typ: "spl-batch+jwt" })), "statement-invalid"],
    [
      "a header that repeats alg",
      () => part(0, () => encode(`{"alg":"none","alg":"ES256","kid":"${key.kid}","typ":"spl-req+jwt"}`)),
      "statement-invalid",
    ],
    ["two parts", () => signed(octets()).replace(/\.[^.]*$/, ""), "statement-invalid"],
    ["four parts", () => `${signed(octets())}.`, "statement-invalid"],
    ["the JSON serialization", () => JSON.stringify({ payload: octets().toString("base64url") }), "statement-invalid"],
    ["padded base64url", () => part(2, (text) => `${text}==`), "statement-invalid"],
    [
      "base64 for base64url",
      () =>
        part(
          1,
          () =>
            Buffer.from(octets({ x_a: "???>>>" }))
              .toString("base64")
              .replace(/=+$/, "") + "/",
        ),
      "statement-invalid",
    ],
    ["trailing bits in the signature", () => part(2, respell), "statement-invalid"],
    [
      "bytes that are not UTF-8",
      () => signed(Buffer.concat([octets().subarray(0, -1), Buffer.from(',"x_a":"\xff"}', "latin1")])),
      "statement-invalid",
    ],
    ["a byte order mark", () => signed(`\ufeff${octets().toString()}`), "statement-invalid"],
    ["two jti", () => signed(octets().toString().replace("{", '{"jti":"AAAAAAAAAAAAAAAAAAAAAA",')), "statement-invalid"],
    [
      "two jti, one of them spelled with an escape",
      () => signed(octets().toString().replace("{", '{"\\u006ati":"AAAAAAAAAAAAAAAAAAAAAA",')),
      "statement-invalid",
    ],
    ["JSON deeper than four", () => signed(octets({ x_a: deep(4) })), "statement-invalid"],
    [
      "JSON that is much deeper",
      () => signed(`${octets().toString().slice(0, -1)},"x_a":${"[".repeat(700)}${"]".repeat(700)}}`),
      "statement-invalid",
    ],
    ["a statement of 4097 bytes", () => signed(octets({ x_a: "a".repeat(3000) })).padEnd(4097, "A"), "statement-invalid"],
    ["an array for the claims", () => signed(`[${octets().toString()}]`), "statement-invalid"],
    [
      "iat with a fraction",
      () =>
        signed(
          octets()
            .toString()
            .replace(/"iat":\d+/, "$&.5"),
        ),
      "statement-invalid",
    ],
    [
      "exp as a power of ten",
      () =>
        signed(
          octets()
            .toString()
            .replace(/"exp":\d+/, '"exp":1e10'),
        ),
      "statement-invalid",
    ],
    ["iat as a text", () => signed(octets({ iat: String(claims()["iat"]) })), "statement-invalid"],
    ["a jti of 21 characters", () => signed(octets({ jti: "a".repeat(21) })), "statement-invalid"],
    ["nbf", () => signed(octets({ nbf: 0 })), "statement-invalid"],
    ["__proto__", () => signed(`${octets().toString().slice(0, -1)},"__proto__":{"purpose":"a"}}`), "statement-invalid"],
    ["an act whose sub is a NIK", () => signed(octets({ act: { sub: "1603010101909001", loa: "2" } })), "statement-invalid"],
    ["no purpose", () => signed(octets({ purpose: undefined })), "statement-invalid"],
    ["another gateway's aud", () => signed(octets({ aud: "https://gerbang.kabupaten-lain.go.id" })), "statement-invalid"],
    ["two aud", () => signed(octets({ aud: [w.publicOrigin, "https://lain"] })), "statement-invalid"],
    ["an aud with a slash", () => signed(octets({ aud: `${w.publicOrigin}/` })), "statement-invalid"],
    ["the htu of another path", () => signed(octets({ htu: `${w.publicOrigin}/r1/${service}/catatan/2` })), "statement-invalid"],
    ["the htu in capitals", () => signed(octets({ htu: `${w.publicOrigin}/r1/${service}/Catatan/1` })), "statement-invalid"],
    ["the htm of another method", () => signed(octets({ htm: "HEAD" })), "statement-invalid"],
    ["the htq of another query", () => signed(octets({ htq: "?tahun=2020" })), "statement-invalid"],
    ["an htq of ? where there is no query", () => signed(octets({ htq: "?" })), "statement-invalid"],
    [
      "the digest of other content",
      () => signed(octets({ digest: `sha-256=:${Buffer.alloc(32).toString("base64")}:` })),
      "statement-invalid",
    ],
    ["a ctype without content", () => signed(octets({ ctype: "application/json" })), "statement-invalid"],
  ])("%s", async (_, statement, code) => {
    const before = [w.received.length, (await ledgerLeaves(w)).length];
    expect(codeOf(await present(statement()))).toBe(code);
    expect([w.received.length, (await ledgerLeaves(w)).length]).toEqual(before);
  });

  it("is not helped by the fields of profile B, which this gateway does not take", async () =>
    expect(codeOf(await shoot(w, sign(w, { lines: ["Spl-Inclusion: i=0, n=2, p=:AA==:"] }).head))).toBe("statement-invalid"));
});

describe("a request that differs from what was signed", () => {
  it.each<[string, string, string, ProblemCode]>([
    ["another path", "/catatan/1", "/catatan/2", "statement-invalid"],
    ["a query put in", "/catatan/1 ", "/catatan/1?tahun=2020 ", "statement-invalid"],
    ["an empty query put in", "/catatan/1 ", "/catatan/1? ", "statement-invalid"],
    ["another case of an escape in the path", "/catatan/%C3%A9", "/catatan/%c3%a9", "request-malformed"],
    ["another digest in the field", "Content-Digest: sha-256=:4", "Content-Digest: sha-256=:5", "statement-invalid"],
  ])("%s", async (_, from, to, code) => {
    const { head } = sign(w, { below: from.trim() === "/catatan/%C3%A9" ? from : "/catatan/1" });
    expect(head).toContain(from);
    expect(codeOf(await shoot(w, head.replace(from, to)))).toBe(code);
  });

  it("a query taken away, or its parts in another order", async () => {
    const { head } = sign(w, { below: "/catatan/1?tahun=2020" });
    expect(codeOf(await shoot(w, head.replace("?tahun=2020", "")))).toBe("statement-invalid");
    expect(codeOf(await shoot(w, head.replace("?tahun=2020", "?tahun=2021")))).toBe("statement-invalid");
    expect(codeOf(await shoot(w, head))).toBe("delivered");
  });

  it("another Content-Type", async () => {
    const { head } = sign(w, posting);
    expect(codeOf(await shoot(w, head.replace("application/json", "application/json;charset=utf-8") + record.toString()))).toBe(
      "statement-invalid",
    );
  });

  it("other content: digest-mismatch, and the provider does not see it", async () => {
    const before = w.received.length;
    expect(codeOf(await shoot(w, sign(w, posting).head + record.toString().replace("9001", "9002")))).toBe("digest-mismatch");
    expect(w.received.length).toBe(before);
  });
});

describe("the two forms of one ES256 signature", () => {
  /** (r, s) and (r, n − s) both verify. n: SEC 2, section 2.4.2. */
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const mirror = (statement: string): string => {
    const [header, payload, signature] = statement.split(".") as [string, string, string];
    const bytes = Buffer.from(signature, "base64url");
    const s = order - BigInt(`0x${bytes.toString("hex", 32)}`);
    bytes.write(s.toString(16).padStart(64, "0"), 32, "hex");
    return `${header}.${payload}.${bytes.toString("base64url")}`;
  };

  it("are one statement: whichever comes second is a replay of the first", async () => {
    for (const second of [(form: string) => form, mirror]) {
      const { head, statement } = sign(w);
      const first = second === mirror ? statement : mirror(statement);
      expect(codeOf(await shoot(w, head.replace(statement, first)))).toBe("delivered");
      const before = [w.received.length, (await ledgerLeaves(w)).length];
      const again = await shoot(w, head.replace(statement, second(statement)));
      expect(codeOf(again)).toBe("replayed");
      expect(again.fields["link"]).toContain("/receipts?statement=");
      expect([w.received.length, (await ledgerLeaves(w)).length]).toEqual(before);
    }
  });
});

describe("algorithms that a key was registered for", () => {
  it.each<[string, () => [SigningKey, string]]>([
    ["PS256", () => [pss, "PS256"]],
    ["RS256", () => [rsa, "RS256"]],
    ["ES256", () => [key, "ES256"]],
  ])("%s is taken", async (_, of) => {
    const [by, alg] = of();
    expect(codeOf(await present(signed(octets(), headerOf({ alg, kid: by.kid }), by)))).toBe("delivered");
  });

  it.each(["Ed25519", "EdDSA"])("%s is taken for an Ed25519 key, and what is missing then is the grant", async (alg) => {
    const by = w.keys[stranger]!;
    expect(codeOf(await present(signed(octets({ iss: stranger }), headerOf({ alg, kid: by.kid }), by)))).toBe("not-granted");
  });
});

describe("clocks and validity, to the second", () => {
  const now = 1_800_000_000;
  /** The gateway's clock stands still within that second. */
  const at = async <T>(ms: number, work: () => Promise<T>): Promise<T> => {
    const gateway = w.open.gateway as { -readonly [K in keyof Gateway]: Gateway[K] };
    const { clock } = gateway;
    gateway.clock = () => ms;
    return work().finally(() => (gateway.clock = clock));
  };

  it.each<[string, number, number, string]>([
    ["iat 5 s ahead", 5, 65, "delivered"],
    ["iat 6 s ahead", 6, 66, "statement-expired"],
    ["exp in 1 s", -59, 1, "delivered"],
    ["exp now", -60, 0, "statement-expired"],
    ["300 s of life", -100, 200, "delivered"],
    ["301 s of life", -100, 201, "statement-invalid"],
    ["301 s of life, and over", -301, 0, "statement-invalid"],
    ["no life", 1, 1, "statement-invalid"],
    ["exp before iat", 3, 2, "statement-invalid"],
    ["iat in the year 287396", 2 ** 53 - 400 - now, 2 ** 53 - 200 - now, "statement-expired"],
  ])("%s", async (_, iat, exp, code) => {
    for (const ms of [now * 1000, now * 1000 + 999]) {
      expect(codeOf(await at(ms, () => shoot(w, sign(w, { claims: { iat: now + iat, exp: now + exp } }).head)))).toBe(code);
    }
  });

  it("statement-expired names the gateway's time and the difference, in either language", async () => {
    const detail = (iat: number, exp: number, lines: string[] = []) =>
      at(now * 1000 + 250, async () => detailOf(await shoot(w, sign(w, { claims: { iat: now + iat, exp: now + exp }, lines }).head)));
    expect(await detail(-100, -40, ["Accept-Language: en"])).toBe(
      "The statement has expired: the gateway's clock says 2027-01-15T08:00:00.250Z, exp passed 40 seconds ago, iat was 100 seconds ago.",
    );
    expect(await detail(3600, 3660)).toBe(
      "iat ada di masa depan: jam gerbang 2027-01-15T08:00:00.250Z, iat 3600 detik di depannya; setel jam Anda (NTP).",
    );
  });

  it.each<[string, Partial<RegisteredKey>, string]>([
    ["revoked", { state: "revoked" }, "key-invalid"],
    ["valid from this millisecond on", { from: now * 1000 }, "delivered"],
    ["valid from the next millisecond on", { from: now * 1000 + 1 }, "key-invalid"],
    ["valid until this millisecond", { until: now * 1000 }, "key-invalid"],
    ["valid until the next millisecond", { until: now * 1000 + 1 }, "delivered"],
  ])("a key that is %s", async (_, over, code) => {
    const keys = w.open.gateway.snapshot().keys as Map<string, RegisteredKey>;
    const registered = keys.get(key.kid)!;
    keys.set(key.kid, { ...registered, ...over });
    expect(codeOf(await at(now * 1000, () => shoot(w, sign(w).head)))).toBe(code);
    keys.set(key.kid, registered);
  });
});

it("the ledger is sound after all that", async () => expect(await audit(w)).toMatchObject({ findings: [], openIntents: [] }));
