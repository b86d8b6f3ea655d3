import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPublicKey } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providers, startProviders, type RunningProviders } from "../../src/demo/providers/index.ts";
import { readAnswerSignature } from "../../src/trust/answer-signature.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { generateSigningKey, proveKey, publicJwk } from "../../src/trust/key-proof.ts";
import type { PublishedKey } from "../../src/trust/provider.ts";
import { claimsFor, signStatement, type SigningKey } from "../../src/trust/sign.ts";

const consumer = "ID-16.03/GOV/diskominfo/portal";
const service = "ID-16.03/GOV/bappeda/satudata/indikator/v1";
const exchange = "0199c0de-0000-7000-8000-000000000000";
const portal = generateSigningKey("ES256");
const nowSeconds = Math.floor(Date.now() / 1000);
const subsystemOf = (id: string): string => id.split("/").slice(0, 4).join("/");
const keys = new Map<string, SigningKey>(Object.keys(providers).map((id) => [subsystemOf(id), generateSigningKey("ES256")]));

const published: PublishedKey = {
  kid: portal.kid,
  alg: "ES256",
  jwk: publicJwk(portal) as PublishedKey["jwk"],
  owner: consumer,
  state: "active",
  proof: proveKey(portal, consumer, "ID-16.03", nowSeconds),
};
const pages = createServer(
  (request, response) =>
    void (request.url === `/keys/${portal.kid}` ? response.end(JSON.stringify(published)) : response.writeHead(404).end()),
);
let gateway: string;
let running: RunningProviders;

beforeAll(async () => {
  await once(pages.listen(0, "127.0.0.1"), "listening");
  gateway = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  running = await startProviders();
  running.stand({ gateway, keys });
});
afterAll(async () => {
  await running.close();
  pages.closeAllConnections();
  pages.close();
});

/** Sends what a gateway would forward of this call. */
function forward(path: string, { method = "GET", key = portal }: { readonly method?: string; readonly key?: SigningKey } = {}) {
  const claims = claimsFor({ iss: consumer, aud: gateway, method, target: `/r1/${service}${path}`, purpose: "uji", nowSeconds });
  const statement = signStatement(claims, key);
  const sent = fetch(running.origins.get(service)! + path, {
    method,
    headers: { "Content-Digest": claims.digest, "Spl-Signature": statement, "Spl-Exchange": exchange },
  });
  return { sent, req: sha256(Buffer.from(statement.split(".")[1]!, "base64url")).toString("base64url") };
}

describe("a demo provider that stands behind a gateway", () => {
  it.each([
    ["/indikator", "GET", 200],
    ["/indikator", "HEAD", 200],
    ["/indikator/XXX-999", "GET", 404],
    ["/nirwana", "GET", 404],
  ])("signs its answer to %s by %s, %i", async (path, method, status) => {
    const { sent, req } = forward(path, { method });
    const answer = await sent;
    const content = Buffer.from(await answer.arrayBuffer());
    const signature = readAnswerSignature(answer.headers.get("spl-signature")!);
    if ("id" in signature) throw new Error(signature.en);
    const own = keys.get(subsystemOf(service))!;
    expect([
      signature.jws.kid,
      signature.jws.algorithm.verify(signature.jws.input, createPublicKey(own.privateKey), signature.jws.signature),
    ]).toEqual([own.kid, true]);
    expect(answer.status).toBe(status);
    expect(signature.claims).toMatchObject({
      iss: subsystemOf(service),
      aud: consumer,
      exchange,
      service,
      req,
      status,
      ctype: answer.headers.get("content-type"),
      digest: formatDigest(sha256(content)),
    });
  });

  it("serves nobody who comes without a statement, or with a forged one, and signs nothing for them", async () => {
    const past = await fetch(`${running.origins.get(service)}/indikator`);
    const forged = await forward("/indikator", { key: { ...generateSigningKey("ES256"), kid: portal.kid } }).sent;
    for (const answer of [past, forged]) {
      expect([answer.status, answer.headers.get("content-type"), answer.headers.get("spl-signature")]).toEqual([
        401,
        "application/problem+json",
        null,
      ]);
      expect(await answer.text()).not.toContain("indikator");
    }
  });

  it("needs a key for every service", async () => {
    const some = await startProviders();
    expect(() => some.stand({ gateway, keys: new Map() })).toThrow("has no key to sign with");
    await some.close();
  });
});
