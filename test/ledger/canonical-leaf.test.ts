import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { encodeLeaf, type ExchangeLeaf } from "../../src/ledger/leaf.ts";
import { parseJsonLeaf, readLeaf } from "../../src/ledger/read-leaf.ts";
import { parseCanonicalLeaf } from "../../src/ledger/canonical-leaf.ts";
import { basis, exchangeLeaf, origin } from "../support/ledger-samples.ts";

const delivered = { status: 200, commit: basis.policy, bytes: 12 };
const request = exchangeLeaf().request;

/** A leaf with its members in the order of protocol §4, as the exchange writes it. */
function inOrder(over: Partial<ExchangeLeaf> = {}): Buffer {
  const { basis: roots, ms, problem, response, intent, ...first } = exchangeLeaf(over);
  const { type, id, at, v, log, ...rest } = first;
  return encodeLeaf({ v, log, type, id, at, ...rest, intent, response, problem, ms, basis: roots });
}

const spellings: [string, Partial<ExchangeLeaf>][] = [
  ["an outcome of a read", { response: { delivered } }],
  [
    "an outcome with its intent",
    { request: { ...request, commit: basis.policy, bytes: 0 }, intent: { log: origin, index: 3 }, response: { delivered } },
  ],
  ["an answer that the provider signed", { response: { provider: { ...delivered, statement: basis.registry }, delivered } }],
  ["an answer of which nothing was delivered", { response: { provider: delivered } }],
  ["an answer without anything", { response: {} }],
  ["an intent", { type: "intent", ms: undefined }],
  ["a refusal", { type: "refusal", problem: "not-granted", grant: undefined, response: { delivered } }],
  ["a statement of a batch", { request: { ...request, batch: basis.policy } }],
  [
    "the least that there can be",
    { service: undefined, operation: undefined, grant: undefined, purpose: undefined, htm: undefined, ms: undefined },
  ],
];

test.each(spellings)("%s, as the encoder spells it, is read as any strict reader reads it", (_, over) => {
  const bytes = inOrder(over);
  expect(parseCanonicalLeaf(bytes)).toEqual(parseJsonLeaf(bytes));
  expect(JSON.stringify(parseCanonicalLeaf(bytes))).toBe(bytes.toString());
});

test.each([
  ["another order", (text: string) => text.replace(/"v":1,("log":"[^"]*")/, '$1,"v":1')],
  ["white space", (text: string) => text.replace('"v":1', '"v": 1')],
  ["an escape", (text: string) => text.replace("matchPenduduk", "match\\u0050enduduk")],
  ["a letter beyond ASCII", (text: string) => text.replace("matchPenduduk", "matchPendudük")],
  ["a cut-off stream", (text: string) => text.replace('"delivered":', '"truncated":true,"delivered":')],
])("%s is left to the strict reader, and read all the same", (_, respell) => {
  const bytes = Buffer.from(respell(inOrder({ response: { delivered } }).toString()));
  expect(parseCanonicalLeaf(bytes)).toBeUndefined();
  expect(readLeaf(bytes)).toEqual(JSON.parse(bytes.toString()));
});

test("what it takes, a strict reader takes and understands alike, wherever a byte was changed", () => {
  const bytes = inOrder({
    intent: { log: origin, index: 3 },
    problem: "upstream-timeout",
    response: { provider: { ...delivered, statement: basis.registry }, delivered },
  });
  let taken = 0;
  for (let at = 0; at < bytes.length; at++) {
    for (const byte of [0x22, 0x2c, 0x30, 0x5c, 0x7d, randomInt(256)]) {
      const changed = Buffer.from(bytes);
      changed[at] = byte;
      const own = parseCanonicalLeaf(changed);
      if (own === undefined) continue;
      taken++;
      expect(parseJsonLeaf(changed)).toEqual(own);
    }
  }
  expect(taken).toBeGreaterThan(500);
});
