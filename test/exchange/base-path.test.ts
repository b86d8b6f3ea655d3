import { createPublicKey } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { consumer, gatewayFixture, record, service, type GatewayFixture } from "../support/gateway-fixture.ts";
import { replayMemory, verifyRequest } from "../../src/trust/provider.ts";

const second = service.replace(/v1$/, "v2");
const basePath = "/layanan/v2";
let w: GatewayFixture;
beforeAll(async () => {
  w = await gatewayFixture();
  // The next version behind the same upstream: the same contract, and a path of its own at the provider.
  const folder = join(w.services, "disdukcapil/siak/warga");
  cpSync(join(folder, "v1"), join(folder, "v2"), { recursive: true });
  writeFileSync(join(folder, "v2/service.yaml"), `${readFileSync(join(folder, "v1/service.yaml"), "utf8")}basePath: ${basePath}\n`);
  const consumers = join(w.services, "dinsos/bansos/subsystem.yaml");
  const text = readFileSync(consumers, "utf8");
  const [, grant] = /grants:\n([^]*)$/.exec(text)!;
  writeFileSync(consumers, text + grant!.replace("uji-baca-tulis", "uji-baca-tulis-2").replace(service, second));
  await w.apply();
});
afterAll(() => w.close());

const call = (version: string, path: string, over: object = {}) => w.call({ target: `/r1/${version}${path}`, ...over });

it("is put before the path at the provider: the versions behind one upstream are told apart by it", async () => {
  const post = { method: "POST", content: record, contentType: "application/json" };
  const answers = [await call(service, "/catatan", post), await call(second, "/catatan", post), await call(second, "/catatan/1")];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 200]);
  expect(w.received.map(({ target }) => target)).toEqual(["/catatan", `${basePath}/catatan`, `${basePath}/catatan/1`]);
});

it("is no part of what the consumer signs, and a provider that knows it verifies the request", async () => {
  await call(second, "/catatan/1");
  const { method, target, rawHeaders: fields, content } = w.received.at(-1)!;
  const { kid, privateKey, alg } = w.keys[consumer]!;
  const keyOf = (asked: string) =>
    asked === kid
      ? { alg, owner: consumer, publicKey: createPublicKey(privateKey), state: "active" as const, from: 0, until: undefined }
      : undefined;
  const verifier = { gateway: w.publicOrigin, service: second, keyOf, replays: replayMemory(), clock: w.clock };
  await expect(verifyRequest({ method, target, fields, content }, verifier)).rejects.toMatchObject({ code: "statement-invalid" });
  const verified = await verifyRequest({ method, target, fields, content }, { ...verifier, basePath });
  expect(verified.claims.htu).toBe(`${w.publicOrigin}/r1/${second}/catatan/1`);
});
