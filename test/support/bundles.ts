import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import type { Sent } from "../../src/agent/consumer.ts";
import { sha256 } from "../../src/base/bytes.ts";
import type { Bundle } from "../../src/verify/bundle.ts";
import { checkBundle } from "../../src/verify/check-bundle.ts";
import type { Contents } from "../../src/verify/check-contents.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import type { Entry } from "../../src/registry/entry.ts";
import { signAnswer } from "../../src/trust/sign-answer.ts";
import { provider, service, type Behaviour, type Environment, type GatewayFixture } from "./gateway-fixture.ts";

/** The provider answers with this content, and signs it unless it is told not to. */
export function answering(
  { keys, clock }: Pick<Environment, "keys" | "clock">,
  status: number,
  content: Buffer,
  { signs = true } = {},
): Behaviour {
  return ({ method, rawHeaders }, _, response) => {
    const field = (name: string): string => rawHeaders[rawHeaders.findIndex((given) => given.toLowerCase() === name) + 1]!;
    const octets = Buffer.from(field("spl-signature").split(".")[1]!, "base64url");
    const { iss } = JSON.parse(octets.toString()) as { iss: string };
    const to = { method, consumer: iss, service, exchange: field("spl-exchange"), statement: sha256(octets).toString("base64url") };
    const signature = signAnswer({ status, contentType: "application/json", content }, to, keys[provider]!, clock());
    response
      .writeHead(status, {
        "Content-Type": "application/json",
        "Content-Length": content.length,
        ...(signs ? { "Spl-Signature": signature } : {}),
      })
      .end(content);
  };
}

/** Asks a gateway for the evidence of an exchange, as one of its parties. */
export const ask = (w: Environment, reader: string, id: string): Promise<Sent> =>
  w.call({ iss: reader, target: `/evidence/${id}`, ...({ purpose: undefined } as object) });

export const idOf = ({ fields }: Pick<Sent, "fields">): string => fields["spl-exchange"]!;

/** The bundle that a reader gets: it is checked, offline and by its schema, before it is looked at. */
export async function bundleFor(w: GatewayFixture, reader: string, id: string, contents: Contents = {}): Promise<Bundle> {
  const sent = await ask(w, reader, id);
  expect([sent.status, sent.fields["spl-problem"]]).toEqual([200, undefined]);
  return sound(w.instance.vkey, sent.answer, contents);
}

/** A bundle without a fault. */
export function sound(vkey: string, bytes: Buffer, contents: Contents = {}): Bundle {
  expect(checkBundle(bytes, { vkey, contents }).filter(({ holds }) => holds === false)).toEqual([]);
  const bundle = JSON.parse(bytes.toString("utf8")) as Bundle;
  expect(ofForm(bundle) ? [] : ofForm.errors).toEqual([]);
  return bundle;
}

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../policies/schema/evidence.json"), "utf8")) as object;
export const ofForm: ValidateFunction = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(
  schema,
);

export const leavesIn = ({ leaves }: Bundle): readonly ExchangeLeaf[] => leaves.map(({ leaf }) => JSON.parse(leaf) as ExchangeLeaf);
export const entriesIn = ({ registry, policy }: Pick<Bundle, "registry" | "policy">): readonly Entry[] =>
  [...registry.entries, ...policy.entries].map(({ entry }) => JSON.parse(entry) as Entry);
