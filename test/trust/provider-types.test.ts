import type { KeyObject } from "node:crypto";
import { expect, expectTypeOf, test } from "vitest";
import * as api from "../../src/trust/provider.ts";

/** The public API `simpul/trust`: a change that breaks a provider's code breaks these lines, the types in `npm run typecheck`. */

test("exports five functions and the tolerated skew", () => {
  expect(Object.keys(api).sort()).toEqual([
    "keyDirectory",
    "replayMemory",
    "signAnswer",
    "signingKeyOf",
    "toleratedSkewSeconds",
    "verifyRequest",
  ]);
});

test("verifyRequest takes what node:http gives and resolves to what signAnswer takes", () => {
  expectTypeOf(api.verifyRequest).parameters.toEqualTypeOf<[api.ReceivedRequest, api.Verifier]>();
  expectTypeOf(api.verifyRequest).returns.resolves.toEqualTypeOf<api.VerifiedRequest>();
  expectTypeOf<api.ReceivedRequest>().toEqualTypeOf<{
    readonly method: string;
    readonly target: string;
    readonly fields: readonly string[];
    readonly content: Buffer;
  }>();
  expectTypeOf<{
    gateway: string;
    service: string;
    keyOf: (kid: string) => undefined;
    replays: api.ReplayMemory;
  }>().toExtend<api.Verifier>();
  expectTypeOf<api.VerifiedRequest>().toExtend<api.AnswerTo>();
  expectTypeOf<api.VerifiedRequest>().toHaveProperty("signature").toEqualTypeOf<string>();
  expectTypeOf<api.VerifiedRequest["claims"]["purpose"]>().toEqualTypeOf<string | undefined>();
});

test("signAnswer makes a field out of status, Content-Type and content", () => {
  expectTypeOf(api.signAnswer).toEqualTypeOf<(answer: api.SignableAnswer, to: api.AnswerTo, key: api.SigningKey, now: number) => string>();
  expectTypeOf<{ status: 204; content: Buffer }>().toExtend<api.SignableAnswer>();
  expectTypeOf(api.signingKeyOf).toEqualTypeOf<(privateKey: KeyObject, rsa?: "RS256" | "PS256") => api.SigningKey>();
  expectTypeOf<api.SigningKey["alg"]>().toEqualTypeOf<"ES256" | "PS256" | "RS256" | "Ed25519">();
});

test("keyDirectory and replayMemory are what a verifier asks for, with or without options", () => {
  expectTypeOf(api.keyDirectory).toEqualTypeOf<
    (gateway: string, options?: api.KeyDirectoryOptions) => (kid: string) => Promise<api.SignerKey | undefined>
  >();
  expectTypeOf(api.keyDirectory).returns.toExtend<api.Verifier["keyOf"]>();
  expectTypeOf(api.replayMemory).toEqualTypeOf<(maxEntries?: number) => api.ReplayMemory>();
  expectTypeOf<api.ReplayMemory["take"]>().returns.toEqualTypeOf<api.Taking | Promise<api.Taking>>();
  expectTypeOf<api.Taking>().toEqualTypeOf<"taken" | "replayed" | "full">();
  // A key that the directory does not know is `undefined`, not an error.
  expectTypeOf<() => Promise<undefined>>().toExtend<api.Verifier["keyOf"]>();
  expectTypeOf<() => string>().not.toExtend<api.Verifier["keyOf"]>();
});
