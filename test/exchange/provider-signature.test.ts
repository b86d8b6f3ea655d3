import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { opens } from "../../src/ledger/commitment.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { emptyDigest, formatDigest } from "../../src/trust/content-digest.ts";
import { generateSigningKey, proveKey } from "../../src/trust/key-proof.ts";
import type { SigningKey } from "../../src/trust/sign.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import { figure, leafOf } from "../support/wire.ts";
import {
  consumer,
  faithful,
  provider,
  record,
  service,
  stranger,
  gatewayFixture,
  type GatewayFixture,
} from "../support/gateway-fixture.ts";
import { signing, type AnswerChange } from "./signing-provider.ts";

let optional: GatewayFixture;
let required: GatewayFixture;
let now: number;
beforeAll(async () => {
  [optional, required] = await Promise.all([gatewayFixture(), gatewayFixture({ serviceManifest: "providerSignature: required\n" })]);
  now = Math.floor(optional.clock() / 1000);
});
afterAll(() => Promise.all([optional.close(), required.close()]));

const unregistered = generateSigningKey("ES256");
const other = Buffer.from('{"nik":"1603010101909002"}');
const codeOf = ({ fields }: Sent): string => fields["spl-problem"] ?? "delivered";
const detailOf = ({ answer }: Sent): string => (JSON.parse(answer.toString()) as { detail: string }).detail;
const leaf = async (w: GatewayFixture, { fields }: Sent) => (await leafOf(w, fields["spl-exchange"]!))!;
const evidence = async (w: GatewayFixture, { fields }: Sent) => {
  const stored = (await w.open.gateway.ledger.findExchange(fields["spl-exchange"]!))!;
  return w.open.gateway.ledger.sealedRecord(stored.index);
};
async function ask(w: GatewayFixture, how: AnswerChange, method = "GET"): Promise<Sent> {
  w.respondWith(signing(w, how));
  const target = `/r1/${service}/catatan${method === "POST" ? "" : "/1"}`;
  return w.call({
    method,
    target,
    fields: { "Accept-Language": "en" },
    ...(method === "POST" ? { content: record, contentType: "application/json" } : {}),
  });
}

describe("an answer that its provider signed", () => {
  it.each(["GET", "POST", "HEAD", "DELETE"])("to %s is delivered with the signature as it came", async (method) => {
    let sent = "";
    const answer = await ask(required, { fields: (signature) => [(sent = signature)] }, method);
    expect(codeOf(answer)).toBe("delivered");
    expect(answer.fields["spl-signature"]).toBe(sent);
    expect(answer.fields["content-digest"]).toBe(method === "HEAD" || method === "DELETE" ? emptyDigest : formatDigest(sha256(record)));
  });

  it("is recorded: who signed what in the leaf, the signature and a third key beside it", async () => {
    const answer = await ask(optional, {});
    const { response } = await leaf(optional, answer);
    const signature = answer.fields["spl-signature"]!;
    const claims = Buffer.from(signature.split(".")[1]!, "base64url");
    expect(response?.provider).toEqual({
      status: 200,
      commit: expect.any(String) as string,
      bytes: record.length,
      statement: sha256(claims).toString("base64url"),
    });
    expect(response?.delivered).toMatchObject({ status: 200, bytes: record.length });
    expect(response?.provider?.commit).not.toBe(response?.delivered?.commit);
    const kept = (await evidence(optional, answer))!;
    expect(kept.response).toBe(signature);
    expect(kept.keys?.length).toBe(96);
    expect(opens(response!.provider!.commit, kept.keys!.subarray(64), record)).toBe(true);
    expect(opens(response!.delivered!.commit, kept.keys!.subarray(32, 64), record)).toBe(true);
  });

  it("passes without the provider's other Spl-* fields, however they are spelled", async () => {
    const { fields } = await ask(optional, {
      further: ["Spl-Problem", "Spl-Receipt", "Spl_Signature", "Spl-Exchange"].flatMap((name) => [name, "palsu"]),
    });
    expect([fields["spl-problem"], fields["spl_signature"], fields["spl-signature"]?.split(".").length]).toEqual([undefined, undefined, 3]);
    expect(Object.values(fields).filter((value) => value.includes("palsu"))).toEqual([]);
  });

  it("has its receipt like any other", async () => {
    optional.respondWith(signing(optional));
    const { fields, answer, claims, content } = await optional.call();
    const findings = checkReceipt(parseReceipt(fields["spl-receipt"]!)!, {
      vkey: optional.instance.vkey,
      consumer,
      service,
      htm: "GET",
      status: 200,
      exchange: fields["spl-exchange"]!,
      statement: claims,
      requestContent: content,
      responseContent: answer,
    });
    expect(findings.filter(({ holds }) => holds !== true)).toEqual([]);
  });

  it("passes with claims of its own that begin with x_, and as a problem document", async () => {
    expect(codeOf(await ask(required, { claims: { x_berkas: "B-1" } }))).toBe("delivered");
    const problem = { status: 404, contentType: "application/problem+json", content: Buffer.from('{"title":"Tidak ada","status":404}') };
    const answer = await ask(required, problem);
    expect([codeOf(answer), answer.status, answer.answer.equals(problem.content)]).toEqual(["delivered", 404, true]);
    expect((await leaf(required, answer)).response?.provider).toMatchObject({ status: 404, statement: expect.any(String) as string });
  });

  it("is recorded as signed also where it breaks the contract, or where nobody waits for it", async () => {
    const answer = await ask(optional, { content: Buffer.from("{}") });
    expect(codeOf(answer)).toBe("response-invalid");
    expect((await leaf(optional, answer)).response).toMatchObject({
      provider: { status: 200, bytes: 2, statement: expect.any(String) as string },
      delivered: { status: 502 },
    });
    expect(answer.fields["spl-signature"]).toBeUndefined();
    expect((await evidence(optional, answer))?.response).toBeDefined();
  });
});

describe("an answer without a signature", () => {
  it("is delivered where none is asked for, and recorded once", async () => {
    optional.respondWith(faithful);
    const answer = await optional.call();
    expect([codeOf(answer), (await leaf(optional, answer)).response?.provider]).toEqual(["delivered", undefined]);
    expect(await evidence(optional, answer)).not.toHaveProperty("response");
  });

  it.each(["GET", "POST", "HEAD", "DELETE"])("to %s is response-unsigned where one is asked for", async (method) => {
    const counted = () => figure(required, "simpul_response_faults_total");
    const before = await counted();
    const answer = await ask(required, { fields: () => [] }, method);
    expect([codeOf(answer), answer.status, (await counted()) - before]).toEqual(["response-unsigned", 502, 1]);
    expect((await leaf(required, answer)).response?.provider).not.toHaveProperty("statement");
    if (method !== "HEAD") expect(detailOf(answer)).toBe("This service asks its provider for an Spl-Signature on every answer.");
  });

  it("is response-unsigned also as the provider's own problem document", async () => {
    const answer = await ask(required, {
      fields: () => [],
      status: 500,
      contentType: "application/problem+json",
      content: Buffer.from('{"title":"Rusak"}'),
    });
    expect([codeOf(answer), answer.answer.includes("Rusak")]).toEqual(["response-unsigned", false]);
  });
});

const spelled = (signature: string): string => {
  const [header, payload, bytes] = signature.split(".") as [string, string, string];
  const changed = Buffer.from(bytes, "base64url");
  changed[40]! ^= 1;
  return `${header}.${payload}.${changed.toString("base64url")}`;
};

/** Every claim wrong, every claim away, and what else a signature may be and is not. */
const wrong: readonly (readonly [string, AnswerChange | ((w: GatewayFixture) => AnswerChange), RegExp])[] = [
  ["iss of another subsystem", { claims: { iss: stranger } }, /key does not belong to the subsystem in iss/],
  ["the signature of another subsystem", (w) => ({ claims: { iss: stranger }, key: w.keys[stranger]! }), /claim iss differs/],
  ["another consumer's aud", { claims: { aud: stranger } }, /claim aud differs/],
  ["an iat more than 300 s ago", () => ({ claims: { iat: now - 400 } }), /claim iat is 4\d\d seconds off the gateway's clock/],
  ["an iat more than 300 s ahead", () => ({ claims: { iat: now + 400 } }), /claim iat is \d+ seconds off/],
  ["a jti that is too short", { claims: { jti: "abc" } }, /claim jti is malformed/],
  ["another exchange", { claims: { exchange: "0199c0de-0000-7000-8000-000000000000" } }, /claim exchange differs/],
  ["another service", { claims: { service: `${provider}/warga/v2` } }, /claim service differs/],
  ["another statement", { claims: { req: "A".repeat(43) } }, /claim req differs/],
  ["another status", { claims: { status: 201 } }, /claim status differs/],
  ["another Content-Type", { claims: { ctype: "application/xml" } }, /claim ctype differs/],
  ["a ctype that is no text", { claims: { ctype: 1 } }, /claim ctype is malformed/],
  ["no ctype, though there is a Content-Type", { claims: { ctype: undefined } }, /claim ctype differs/],
  ["a ctype, though there is no Content-Type", { claims: { ctype: "application/json" }, status: 204 }, /claim ctype differs/],
  ["another digest", { claims: { digest: formatDigest(sha256(other)) } }, /claim digest differs/],
  ["content that was changed after it was signed", { sent: other }, /claim digest differs/],
  ...(["iss", "aud", "iat", "jti", "exchange", "service", "req", "status", "digest"] as const).map(
    (name) => [`no ${name}`, { claims: { [name]: undefined } }, new RegExp(`claim ${name} is missing`)] as const,
  ),
  ["a claim that nobody knows", { claims: { exp: 1 } }, /unknown claim/],
  ["a status that is text", { claims: { status: "200" } }, /claim status is malformed/],
  ["an iat with a fraction", () => ({ claims: { iat: now + 0.5 } }), /not a strict JSON object/],
  ["the typ of a statement", { header: { typ: "spl-req+jwt" } }, /typ must be spl-res\+jwt/],
  ["a further header", { header: { crit: ["x"] } }, /header must hold exactly/],
  ["another alg in the header", { header: { alg: "RS256" } }, /registered for ES256/],
  ["no alg", { header: { alg: "none" } }, /alg must be/],
  ["a key that is not registered", { key: unregistered }, /kid\) is not registered/],
  ["a signature in which one bit is another", { fields: (signature) => [spelled(signature)] }, /signature does not verify/],
  [
    "a signature by another key under the right kid",
    (w) => ({ key: { ...unregistered, kid: w.keys[provider]!.kid } }),
    /signature does not verify/,
  ],
  ["two signatures", { fields: (signature) => [signature, signature] }, /may come only once/],
  ["a field that is no JWS", { fields: () => ["a.b"] }, /not a compact JWS/],
  ["an empty field", { fields: () => [""] }, /not a compact JWS/],
  ["more than 4096 bytes", { claims: { x_panjang: "x".repeat(4000) } }, /longer than 4096 bytes/],
];

describe("a signature that is not right is response-unsigned, asked for or not", () => {
  it.each(wrong)("%s", async (_, how, detail) => {
    for (const w of [optional, required]) {
      const answer = await ask(w, typeof how === "function" ? how(w) : how);
      expect([codeOf(answer), answer.status]).toEqual(["response-unsigned", 502]);
      expect(detailOf(answer)).toMatch(detail);
      expect(answer.fields).not.toHaveProperty("spl-signature");
      expect(answer.answer.toString()).not.toContain("1603010101");
      const { response, problem } = await leaf(w, answer);
      expect(problem).toBe("response-unsigned");
      expect(response?.provider).toMatchObject({ commit: expect.any(String) as string });
      expect(response?.provider).not.toHaveProperty("statement");
      expect(await evidence(w, answer)).not.toHaveProperty("response");
    }
  });

  it("is said in Indonesian to who did not ask for English", async () => {
    required.respondWith(signing(required, { claims: { status: 201 } }));
    expect(detailOf(await required.call())).toBe("Klaim status berbeda dari status jawaban.");
  });

  it("to HEAD says no to a digest of what GET would send", async () => {
    expect(codeOf(await ask(required, { claims: { digest: formatDigest(sha256(record)) } }, "HEAD"))).toBe("response-unsigned");
  });

  it("comes before what is said: an unsigned answer that breaks the contract is unsigned", async () => {
    expect(codeOf(await ask(required, { fields: () => [], content: Buffer.from("{}") }))).toBe("response-unsigned");
  });

  it.each([
    [-300, "delivered"],
    [300, "delivered"],
    [-301, "response-unsigned"],
    [302, "response-unsigned"],
  ])("iat %i s from now is %s", async (seconds, code) => {
    // The gateway's clock may pass a second in between: only towards the past.
    const at = Math.floor(required.clock() / 1000);
    expect(codeOf(await ask(required, { claims: { iat: at + seconds + (seconds === -300 ? 1 : 0) } }))).toBe(code);
  });
});

describe("the provider's key", () => {
  const file = (w: GatewayFixture, name: string): string => join(w.services, `disdukcapil/siak/keys/${name}.jwt`);
  async function register(w: GatewayFixture, alg: SigningKey["alg"], name: string, period: object = {}): Promise<SigningKey> {
    const key = generateSigningKey(alg);
    writeFileSync(file(w, name), `${proveKey(key, provider, "ID-16.03", now, period)}\n`);
    await w.apply();
    return key;
  }

  it.each(["RS256", "PS256", "Ed25519"] as const)("may be of %s", async (alg) => {
    expect(codeOf(await ask(required, { key: await register(required, alg, alg) }))).toBe("delivered");
  });

  it("serves no more once it is revoked", async () => {
    const key = await register(required, "ES256", "sementara");
    expect(codeOf(await ask(required, { key }))).toBe("delivered");
    rmSync(file(required, "sementara"));
    await required.apply();
    const answer = await ask(required, { key });
    expect([codeOf(answer), detailOf(answer)]).toEqual([
      "response-unsigned",
      "This key was revoked; a revocation is final. Make and register a new key.",
    ]);
  });

  it("serves in its period only", async () => {
    const early = await register(required, "ES256", "nanti", { from: now + 3600 });
    expect(detailOf(await ask(required, { key: early }))).toBe("This key is not valid yet.");
    const late = await register(required, "ES256", "lalu", { until: now - 3600 });
    expect(detailOf(await ask(required, { key: late }))).toBe("This key is no longer valid.");
  });
});

describe("whether a service asks for signatures", () => {
  it.each([
    ["terbatas", "", false, 24],
    ["terbatas", "providerSignature: required\n", true, 24],
    ["terbatas", "providerSignature: optional\n", false, 24],
    ["rahasia", "", true, 60],
    ["rahasia", "providerSignature: optional\n", true, 60],
  ])(
    "of class %s %sis said by its class and by itself: %s, and its evidence is kept for %i months",
    async (classification, line, asked, months) => {
      const path = join(optional.services, "disdukcapil/siak/warga/v1/service.yaml");
      const before = readFileSync(path, "utf8");
      writeFileSync(path, before.replace("terbatas", classification));
      appendFileSync(path, line);
      await optional.apply();
      expect(optional.open.gateway.snapshot().services.get(service)).toMatchObject({ signedAnswers: asked, evidenceMonths: months });
      writeFileSync(path, before);
      await optional.apply();
    },
  );
});
