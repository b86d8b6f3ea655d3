import { createPublicKey } from "node:crypto";
import { writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProblemCode } from "../../src/base/problem.ts";
import { Problem } from "../../src/base/problem.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { generateSigningKey, proveKey, publicJwk } from "../../src/trust/key-proof.ts";
import {
  keyDirectory,
  replayMemory,
  signAnswer,
  signingKeyOf,
  toleratedSkewSeconds,
  verifyRequest,
  type ReceivedRequest,
  type SignerKey,
  type Verifier,
} from "../../src/trust/provider.ts";
import { readAnswerSignature } from "../../src/trust/answer-signature.ts";
import { claimsFor, signStatement, type SigningKey } from "../../src/trust/sign.ts";
import {
  consumer,
  provider,
  record,
  service,
  stranger,
  gatewayFixture,
  type ReceivedCall,
  type GatewayFixture,
} from "../support/gateway-fixture.ts";
import { leafOf } from "../support/wire.ts";

const gateway = "http://spl.uji:8080";
const exchange = "0199c0de-0000-7000-8000-000000000000";
const nowMs = 1_800_000_000_000;
const now = nowMs / 1000;
const key = generateSigningKey("ES256");
const registered = (over: Partial<SignerKey> = {}): SignerKey => ({
  alg: "ES256",
  owner: consumer,
  publicKey: createPublicKey(key.privateKey),
  state: "active",
  from: 0,
  until: undefined,
  ...over,
});
const verifier = (over: Partial<Verifier> = {}): Verifier => ({
  gateway,
  service,
  keyOf: (kid) => (kid === key.kid ? registered() : undefined),
  replays: replayMemory(),
  clock: () => nowMs,
  ...over,
});

interface Change {
  /** Claims over the right ones; `undefined` takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly request?: Partial<ReceivedRequest>;
  /** Fields over the right ones; `undefined` leaves one out. */
  readonly fields?: Readonly<Record<string, string | undefined>>;
  readonly by?: SigningKey;
}

/** A POST as the gateway forwards it, but for what is told. */
function received({ claims, request, fields, by = key }: Change = {}): ReceivedRequest {
  const right = claimsFor({
    iss: consumer,
    aud: gateway,
    method: "POST",
    target: `/r1/${service}/catatan?tahun=2026`,
    purpose: "uji",
    content: record,
    contentType: "application/json",
    nowSeconds: now,
  });
  const changed = Object.fromEntries(Object.entries({ ...right, ...claims }).filter(([, value]) => value !== undefined));
  const all = {
    Host: "10.0.0.1",
    "Content-Type": "application/json",
    "Content-Digest": String(right.digest),
    "Spl-Signature": signStatement(changed, by),
    "Spl-Exchange": exchange,
    ...fields,
  };
  return {
    method: "POST",
    target: "/catatan?tahun=2026",
    content: record,
    fields: Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
    ...request,
  };
}
const codeOf = async (change: Change, over: Partial<Verifier> = {}): Promise<ProblemCode | "verified"> => {
  try {
    await verifyRequest(received(change), verifier(over));
    return "verified";
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};

describe("a provider whose service has a base path", () => {
  const basePath = "/layanan/v2";
  const at = (target: string): Change => ({ request: { target } });

  it("takes what came below it, and nothing else", async () => {
    expect(await codeOf(at("/layanan/v2/catatan?tahun=2026"), { basePath })).toBe("verified");
    for (const target of [
      "/catatan?tahun=2026",
      "/layanan/v1/catatan?tahun=2026",
      "/layanan/v2catatan?tahun=2026",
      "/layanan/v2?tahun=2026",
    ])
      expect(await codeOf(at(target), { basePath })).toBe("statement-invalid");
    expect(await codeOf(at("/layanan/v2/catatan?tahun=2026"))).toBe("statement-invalid");
  });

  it("takes its root, whether it was called with the slash or without", async () => {
    const root = { htu: `${gateway}/r1/${service}`, htq: "" };
    expect(await codeOf({ claims: root, ...at("/layanan/v2/") }, { basePath })).toBe("verified");
    expect(await codeOf({ claims: { ...root, htu: `${root.htu}/` }, ...at("/layanan/v2/") }, { basePath })).toBe("verified");
  });
});

describe("a provider that verifies what it received", () => {
  it("learns who asked for what, and holds the consumer's signature", async () => {
    const request = received();
    const verified = await verifyRequest(request, verifier());
    const [, payload] = verified.signature.split(".");
    expect(verified).toMatchObject({
      method: "POST",
      consumer,
      service,
      exchange,
      claims: { purpose: "uji" },
      statement: sha256(Buffer.from(payload!, "base64url")).toString("base64url"),
    });
    expect(request.fields).toContain(verified.signature);
  });

  it.each<[string, Change, ProblemCode]>([
    ["no statement", { fields: { "Spl-Signature": undefined } }, "statement-missing"],
    ["a statement that is none", { fields: { "Spl-Signature": "a.b.c" } }, "statement-invalid"],
    ["no Spl-Exchange", { fields: { "Spl-Exchange": undefined } }, "request-malformed"],
    ["an Spl-Exchange that is no UUID", { fields: { "Spl-Exchange": "1" } }, "request-malformed"],
    ["a field twice", { fields: { "content-digest": "sha-256=:AA==:" } }, "request-malformed"],
    ["another gateway's aud", { claims: { aud: "http://gerbang.lain" } }, "statement-invalid"],
    ["another gateway's htu", { claims: { htu: `http://gerbang.lain/r1/${service}/catatan` } }, "statement-invalid"],
    ["another method", { request: { method: "PUT" } }, "statement-invalid"],
    ["another path", { request: { target: "/arsip?tahun=2026" } }, "statement-invalid"],
    ["another service of the same path", { claims: { htu: `${gateway}/r1/${provider}/lain/v1/catatan` } }, "statement-invalid"],
    ["another version", { claims: { htu: `${gateway}/r1/${provider}/warga/v2/catatan` } }, "statement-invalid"],
    ["another query", { request: { target: "/catatan?tahun=2025" } }, "statement-invalid"],
    ["a query that was added", { claims: { htq: "" } }, "statement-invalid"],
    ["another Content-Type", { fields: { "Content-Type": "text/plain" } }, "statement-invalid"],
    ["another Content-Digest", { fields: { "Content-Digest": formatDigest(sha256(Buffer.from("lain"))) } }, "statement-invalid"],
    ["content that was changed on the way", { request: { content: Buffer.from('{"nik":"1603010101909002"}') } }, "digest-mismatch"],
    ["a statement that expired", { claims: { iat: now - 200, exp: now - toleratedSkewSeconds } }, "statement-expired"],
    ["a statement of the future", { claims: { iat: now + toleratedSkewSeconds + 1, exp: now + 200 } }, "statement-expired"],
    ["a statement that lives too long", { claims: { exp: now + 301 } }, "statement-invalid"],
    ["a key that is not registered", { by: generateSigningKey("ES256") }, "key-unknown"],
    ["another iss", { claims: { iss: stranger } }, "key-invalid"],
    ["a signature by another key under its kid", { by: { ...generateSigningKey("ES256"), kid: key.kid } }, "signature-invalid"],
  ])("refuses %s", async (_, change, code) => expect(await codeOf(change)).toBe(code));

  it.each<[string, Partial<SignerKey>]>([
    ["was revoked", { state: "revoked" }],
    ["is registered for another alg", { alg: "RS256" }],
    ["is not valid yet", { from: nowMs + 1 }],
    ["is no longer valid", { until: nowMs }],
  ])("refuses a key that %s", async (_, over) => expect(await codeOf({}, { keyOf: () => registered(over) })).toBe("key-invalid"));

  it("takes a statement that expired while it was on the way, by clocks that differ", async () => {
    expect(await codeOf({ claims: { iat: now - 100, exp: now - toleratedSkewSeconds + 1 } })).toBe("verified");
  });

  it("finds the service's root with and without its slash", async () => {
    for (const end of ["", "/"])
      expect(await codeOf({ claims: { htu: `${gateway}/r1/${service}${end}` }, request: { target: "/?tahun=2026" } })).toBe("verified");
    expect(await codeOf({ claims: { htu: `${gateway}/r1/${service}` } })).toBe("statement-invalid");
  });

  it("executes a statement once, in whatever order many come at once", async () => {
    const one = received();
    const same = verifier();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => verifyRequest(one, same)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected", "rejected", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "replayed" } });
  });

  it("keeps the memory for those who can sign: a forgery does not use up the jti that it names", async () => {
    const same = verifier();
    const jti = "j".repeat(22);
    await expect(
      verifyRequest(received({ claims: { jti }, by: { ...generateSigningKey("ES256"), kid: key.kid } }), same),
    ).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(verifyRequest(received({ claims: { jti } }), same)).resolves.toMatchObject({ consumer });
  });

  it("takes a memory of its own, and refuses what it cannot remember", async () => {
    const asked: unknown[] = [];
    const replays = { take: (...given: unknown[]) => (asked.push(given), Promise.resolve("full" as const)) };
    expect(await codeOf({ claims: { jti: "a".repeat(22) } }, { replays })).toBe("replay-unknown");
    expect(asked).toEqual([[`${consumer} ${"a".repeat(22)}`, now + 60 + toleratedSkewSeconds, now]]);
  });
});

describe("the replay memory of one process", () => {
  it("forgets what has expired, and only that", () => {
    const memory = replayMemory();
    expect([memory.take("a", 10, 0), memory.take("a", 10, 9), memory.take("a", 20, 10), memory.take("a", 20, 10)]).toEqual([
      "taken",
      "replayed",
      "taken",
      "replayed",
    ]);
  });

  it("is full rather than forgetful, and has room again when something has expired", () => {
    const memory = replayMemory(2);
    expect([
      memory.take("a", 10, 0),
      memory.take("b", 20, 0),
      memory.take("c", 30, 0),
      memory.take("a", 10, 1),
      memory.take("c", 30, 10),
      memory.take("b", 20, 10),
    ]).toEqual(["taken", "taken", "full", "replayed", "taken", "replayed"]);
  });
});

describe("a signed answer", () => {
  const to = { method: "GET", consumer, service, exchange, statement: "s".repeat(43) };
  const claimsOf = (answer: Parameters<typeof signAnswer>[0], method = "GET") => {
    const signature = readAnswerSignature(signAnswer(answer, { ...to, method }, key, nowMs));
    if ("id" in signature) throw new Error(signature.en);
    expect(signature.jws.algorithm.verify(signature.jws.input, createPublicKey(key.privateKey), signature.jws.signature)).toBe(true);
    return signature.claims;
  };

  it("says whom it answers, about what and with what", () => {
    expect(claimsOf({ status: 200, contentType: "application/json", content: record })).toEqual({
      iss: provider,
      aud: consumer,
      iat: now,
      jti: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/) as string,
      exchange,
      service,
      req: to.statement,
      status: 200,
      ctype: "application/json",
      digest: formatDigest(sha256(record)),
    });
  });

  it("signs no content for HEAD and 204, and no ctype where there is no Content-Type", () => {
    const none = formatDigest(sha256(Buffer.alloc(0)));
    expect(claimsOf({ status: 200, contentType: "application/json", content: record }, "HEAD")).toMatchObject({
      digest: none,
      ctype: "application/json",
    });
    expect(claimsOf({ status: 204, content: record })).not.toHaveProperty("ctype");
    expect(claimsOf({ status: 204, content: record }).digest).toBe(none);
  });

  it("needs a key that the protocol takes", () => {
    const { privateKey } = generateSigningKey("Ed25519");
    expect(signingKeyOf(privateKey)).toMatchObject({ alg: "Ed25519" });
    expect(signingKeyOf(generateSigningKey("RS256").privateKey, "PS256").alg).toBe("PS256");
  });
});

describe("behind a real gateway", () => {
  let w: GatewayFixture;
  let directory: ReturnType<typeof keyDirectory>;
  let verified: Awaited<ReturnType<typeof verifyRequest>>[] = [];
  let refused: unknown[] = [];

  beforeAll(async () => {
    w = await gatewayFixture({ serviceManifest: "providerSignature: required\n" });
    directory = keyDirectory(w.publicOrigin);
    const replays = replayMemory();
    w.respondWith((seen, _, response) => {
      void verifyRequest({ ...seen, fields: seen.rawHeaders }, { gateway: w.publicOrigin, service, keyOf: directory, replays }).then(
        (one) => {
          verified.push(one);
          const answer =
            seen.method === "DELETE"
              ? { status: 204, content: Buffer.alloc(0) }
              : { status: seen.method === "POST" ? 201 : 200, contentType: "application/json", content: record };
          const fields = {
            "Spl-Signature": signAnswer(answer, one, w.keys[provider]!, Date.now()),
            ...(answer.contentType === undefined ? {} : { "Content-Type": answer.contentType }),
          };
          response.writeHead(answer.status, fields).end(seen.method === "HEAD" ? undefined : answer.content);
        },
        (error: unknown) => {
          refused.push(error);
          response.writeHead(500).end();
        },
      );
    });
  });
  afterAll(() => w.close());

  it.each(["GET", "HEAD", "POST", "PUT", "DELETE"])(
    "it verifies and signs a %s, and the signature reaches the consumer and the ledger",
    async (method) => {
      [verified, refused] = [[], []];
      const content = method === "POST" || method === "PUT" ? { content: record, contentType: "application/json" } : {};
      const sent = await w.call({
        method,
        target: `/r1/${service}/catatan${method === "POST" ? "" : "/1?tahun=2026"}`.replace(
          method === "GET" || method === "HEAD" ? "" : "?tahun=2026",
          "",
        ),
        ...content,
      });
      expect(refused).toEqual([]);
      expect([sent.fields["spl-problem"], verified.length]).toEqual([undefined, 1]);
      expect(verified[0]).toMatchObject({ consumer, exchange: sent.fields["spl-exchange"], signature: sent.statement });
      expect((await leafOf(w, sent.fields["spl-exchange"]!))?.response?.provider?.statement).toBe(
        sha256(Buffer.from(sent.fields["spl-signature"]!.split(".")[1]!, "base64url")).toString("base64url"),
      );
    },
  );

  it("whoever sends it the same once more, past the gateway, is refused", async () => {
    [verified, refused] = [[], []];
    await w.call();
    const seen: ReceivedCall = w.received.at(-1)!;
    const { status } = await new Promise<{ status: number }>((resolve) => {
      const response = { writeHead: (code: number) => (resolve({ status: code }), response), end: () => undefined };
      void verifyRequest(
        { ...seen, fields: seen.rawHeaders },
        { gateway: w.publicOrigin, service, keyOf: directory, replays: { take: () => "replayed" } },
      ).catch((error: Problem) => resolve({ status: error.code === "replayed" ? 409 : 500 }));
    });
    expect(status).toBe(409);
  });

  const page = (kid: string): Promise<Response> => fetch(`${w.publicOrigin}/keys/${kid}`);

  it("the key's page says whose it is and how it was registered", async () => {
    const own = w.keys[consumer]!;
    const answer = await page(own.kid);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    const published = (await answer.json()) as { proof: string };
    expect(published).toEqual({
      kid: own.kid,
      alg: "ES256",
      jwk: publicJwk(own),
      owner: consumer,
      state: "active",
      proof: expect.any(String) as string,
    });
    expect(JSON.parse(Buffer.from(published.proof.split(".")[1]!, "base64url").toString())).toMatchObject({
      iss: consumer,
      aud: "ID-16.03",
    });
  });

  it("the key's page says its period, and that it was revoked", async () => {
    const other = generateSigningKey("ES256");
    const file = join(w.services, "dinsos/bansos/keys/lain.jwt");
    writeFileSync(file, `${proveKey(other, consumer, "ID-16.03", now, { from: now, until: now + 60 })}\n`);
    await w.apply();
    expect(await (await page(other.kid)).json()).toMatchObject({
      from: new Date(nowMs).toISOString(),
      until: new Date(nowMs + 60_000).toISOString(),
      state: "active",
    });
    expect(await directory(other.kid)).toMatchObject({ from: nowMs, until: nowMs + 60_000, state: "active" });
    rmSync(file);
    await w.apply();
    expect(await (await page(other.kid)).json()).toMatchObject({ state: "revoked" });
  });

  it("there is no page for a key that nobody registered, and none for who is outside the intra network", async () => {
    expect((await page(key.kid)).status).toBe(404);
    expect((await page("..%2Flog")).status).toBe(404);
    const { gateway: inside } = w.open as unknown as { gateway: { allowedNetworks: unknown } };
    const { allowedNetworks } = inside;
    const { BlockList } = await import("node:net");
    inside.allowedNetworks = new BlockList();
    try {
      const answer = await page(w.keys[consumer]!.kid);
      expect([answer.status, answer.headers.get("spl-problem")]).toEqual([403, "not-intra"]);
    } finally {
      inside.allowedNetworks = allowedNetworks;
    }
  });
});

describe("a directory of keys", () => {
  const published = (over: object = {}): object => ({
    kid: key.kid,
    alg: "ES256",
    jwk: publicJwk(key),
    owner: consumer,
    state: "active",
    proof: proveKey(key, consumer, "ID-16.03", now),
    ...over,
  });
  let asked: string[] = [];
  const answering =
    (body: object | number): typeof fetch =>
    (url) => {
      asked.push(url as string);
      return Promise.resolve(typeof body === "number" ? new Response(null, { status: body }) : Response.json(body));
    };

  it("asks once while the answer is fresh, and again after that", async () => {
    asked = [];
    let clock = 0;
    const keyOf = keyDirectory(gateway, { maxAgeMs: 1000, clock: () => clock, fetch: answering(published()) });
    expect(await keyOf(key.kid)).toMatchObject({ owner: consumer, alg: "ES256", state: "active", from: 0, until: undefined });
    clock = 999;
    await keyOf(key.kid);
    expect(asked).toEqual([`${gateway}/keys/${key.kid}`]);
    clock = 1000;
    await keyOf(key.kid);
    expect(asked).toHaveLength(2);
  });

  it("does not remember that a key was unknown: it may have been registered since", async () => {
    asked = [];
    const keyOf = keyDirectory(gateway, { fetch: answering(404) });
    expect([await keyOf(key.kid), await keyOf(key.kid), asked.length]).toEqual([undefined, undefined, 2]);
  });

  it("forgets rather than grows", async () => {
    asked = [];
    const other = generateSigningKey("ES256");
    const keyOf = keyDirectory(gateway, {
      maxEntries: 1,
      fetch: (url) =>
        answering(
          (url as string).endsWith(key.kid)
            ? published()
            : published({ kid: other.kid, jwk: publicJwk(other), proof: proveKey(other, consumer, "ID-16.03", now) }),
        )(url),
    });
    for (const { kid } of [key, other, key]) await keyOf(kid);
    expect(asked).toHaveLength(3);
  });

  it.each<[string, object | number, RegExp]>([
    ["is another's under this kid", published({ jwk: publicJwk(generateSigningKey("ES256")) }), /not the one of this kid/],
    ["is given to another owner than proved it", published({ owner: stranger }), /does not name this owner/],
    [
      "has a proof that it did not sign",
      published({ proof: proveKey({ ...generateSigningKey("ES256"), kid: key.kid }, consumer, "ID-16.03", now) }),
      /proof of possession/,
    ],
    ["has another alg than it was proved with", published({ alg: "Ed25519" }), /proof of possession/],
    ["cannot be told for a fault of the gateway", 503, /answers 503/],
  ])("rejects a key that %s", async (_, body, message) => {
    await expect(keyDirectory(gateway, { fetch: answering(body) })(key.kid)).rejects.toThrow(message);
  });
});
