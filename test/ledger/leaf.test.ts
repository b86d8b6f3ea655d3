import { describe, expect, test } from "vitest";
import { encodeLeaf, type ControlLeaf, type RefusalsLeaf } from "../../src/ledger/leaf.ts";
import { readLeaf } from "../../src/ledger/read-leaf.ts";
import { basis, exchangeLeaf, origin } from "../support/ledger-samples.ts";

const head = { v: 1, log: origin, id: exchangeLeaf().id, at: "2025-06-15T15:06:40.000Z" } as const;
const delivered = { status: 200, commit: basis.policy, bytes: 12 };
const refusals: RefusalsLeaf = {
  ...head,
  type: "refusal",
  consumer: "ID-16.03/GOV/dinsos/bansos",
  since: head.at,
  counts: { "rate-limited": 61 },
};
const control: ControlLeaf = {
  ...head,
  type: "control",
  change: { what: "registry", by: "operator", before: basis.registry, after: basis.policy },
};

describe("a leaf", () => {
  test.each([
    [
      "an outcome",
      exchangeLeaf({ response: { provider: { ...delivered, statement: basis.policy }, delivered }, intent: { log: origin, index: 3 } }),
    ],
    ["an intent", exchangeLeaf({ type: "intent" })],
    ["a refusal", exchangeLeaf({ type: "refusal", problem: "not-granted", response: { delivered } })],
    ["gathered refusals", refusals],
    ["a change", control],
  ])("of %s is read back as it was written", (_, leaf) => expect(readLeaf(encodeLeaf(leaf))).toEqual(leaf));

  test("of more than 65,535 bytes is not written", () => {
    expect(() => encodeLeaf({ ...control, change: { long: "x".repeat(65_536) } })).toThrow(RangeError);
  });

  const good = encodeLeaf(exchangeLeaf({ response: { delivered } })).toString();

  test("is read in any spelling that protocol §1 allows", () => {
    expect(readLeaf(Buffer.from(JSON.stringify(JSON.parse(good), null, 2)))).toEqual(JSON.parse(good));
    expect(readLeaf(Buffer.from(good.replace("matchPenduduk", "match\\u0050enduduk")))).toEqual(JSON.parse(good));
  });

  test.each([
    ["is not UTF-8", Buffer.concat([Buffer.from(good.slice(0, -2)), Buffer.of(0xff), Buffer.from('"}')])],
    ["begins with a BOM", Buffer.from(`\ufeff${good}`)],
    ["names a member twice", Buffer.from(good.replace('"v":1', '"v":1,"v":1'))],
    ["names a member twice, once by escape", Buffer.from(good.replace('"v":1', '"v":1,"\\u0076":1'))],
    ["names a member twice further down", Buffer.from(good.replace('"status":200', '"status":500,"status":200'))],
    ["has a fraction", Buffer.from(good.replace('"ms":12', '"ms":12.0'))],
    ["has an exponent", Buffer.from(good.replace('"ms":12', '"ms":1e1'))],
    ["has a negative number", Buffer.from(good.replace('"ms":12', '"ms":-1'))],
    ["has a number beyond 2⁵³", Buffer.from(good.replace('"ms":12', '"ms":9007199254740993'))],
    ["is of another version", Buffer.from(good.replace('"v":1', '"v":2'))],
    ["is of an unknown type", Buffer.from(good.replace('"outcome"', '"result"'))],
    ["has a member nobody knows", Buffer.from(good.replace('"v":1', '"v":1,"nik":"1603010101900001"'))],
    ["lacks its basis", Buffer.from(good.replace(/,"basis":\{[^}]*\}/, ""))],
    ["has a hash with trailing bits", Buffer.from(good.replace(/"kid":"(.{42})./, '"kid":"$1B'))],
    ["has a time without milliseconds", Buffer.from(good.replace(".000Z", "Z"))],
    ["is an array", Buffer.from("[]")],
    ["is cut off", Buffer.from(good.slice(0, -1))],
    ["is too deep", Buffer.from(JSON.stringify({ ...control, change: { a: { b: { c: {} } } } }))],
  ])("that %s is not one", (_, bytes) => expect(readLeaf(bytes)).toBeUndefined());
});
