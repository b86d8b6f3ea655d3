import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { randomOctets } from "../../src/base/uuid.ts";
import { checkReceipt, type ReceiptFinding, type ReceiptFacts } from "../../src/verify/check-receipt.ts";
import { signCheckpoint } from "../../src/ledger/checkpoint.ts";
import { commit, commitmentKeyBytes } from "../../src/ledger/commitment.ts";
import { emptyRange, appendToRange, inclusionProofs } from "../../src/ledger/compact-range.ts";
import { encodeLeaf, type ExchangeLeaf } from "../../src/ledger/leaf.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { leafHash } from "../../src/ledger/merkle.ts";
import { formatVkey, signerOf } from "../../src/ledger/note.ts";
import { formatReceipt, parseReceipt, type Receipt } from "../../src/ledger/receipt.ts";
import { exchangeLeaf, origin } from "../support/ledger-samples.ts";

const signer = signerOf(origin, generateLogKey());
const claims = Buffer.from('{"iss":"ID-16.03/GOV/dinsos/bansos"}');
const [requestContent, responseContent] = [Buffer.from('{"nik":"…"}'), Buffer.from('{"cocok":true}')];
const [kRequest, kDelivered] = [randomOctets(commitmentKeyBytes), randomOctets(commitmentKeyBytes)];
const leaf = exchangeLeaf({
  request: {
    statement: sha256(claims).toString("base64url"),
    jti: "0123456789abcdefghijkl",
    kid: sha256(Buffer.from("kid")).toString("base64url"),
    commit: commit(kRequest, sha256(requestContent)),
    bytes: requestContent.length,
  },
  response: { delivered: { status: 200, commit: commit(kDelivered, sha256(responseContent)), bytes: responseContent.length } },
});

function receiptOf(of: ExchangeLeaf): Receipt {
  const bytes = encodeLeaf(of);
  const before = appendToRange(emptyRange, Buffer.concat(["a", "b", "c"].map((text) => leafHash(Buffer.from(text))))).range;
  const appended = appendToRange(before, leafHash(bytes));
  return {
    leaf: bytes,
    index: 3,
    proof: inclusionProofs(appended, 3),
    checkpoint: signCheckpoint(4, appended.root, signer),
    open: Buffer.concat([kRequest, kDelivered]),
  };
}

const receipt = receiptOf(leaf);
const facts: Required<ReceiptFacts> = {
  vkey: formatVkey(signer),
  consumer: leaf.consumer,
  service: leaf.service!,
  htm: "POST",
  status: 200,
  exchange: leaf.id,
  statement: claims,
  requestContent,
  responseContent,
};
const broken = (findings: readonly ReceiptFinding[]): number[] => findings.filter(({ holds }) => holds === false).map(({ step }) => step);

describe("the field Spl-Receipt", () => {
  const field = formatReceipt({ ...receipt, keys: Buffer.concat([receipt.open, Buffer.alloc(32, 9)]) });

  test("is written as protocol §5 shows it and read back", () => {
    expect(field).toMatch(
      /^leaf=:[A-Za-z0-9+/=]+:, index=3, proof=:[A-Za-z0-9+/=]+:, checkpoint=:[A-Za-z0-9+/=]+:, open=:[A-Za-z0-9+/=]+:$/,
    );
    expect(parseReceipt(field)).toEqual(receipt);
    expect(parseReceipt(field.split(", ").reverse().join(" ,\t"))).toEqual(receipt);
  });

  test("carries its own checkpoint, whichever came before", () => {
    for (const checkpoint of [receipt.checkpoint, "another — note\n", receipt.checkpoint]) {
      expect(parseReceipt(formatReceipt({ ...receipt, checkpoint }))?.checkpoint).toBe(checkpoint);
    }
  });

  test("carries zeros for keys that there never were, or no longer are", () => {
    expect(parseReceipt(formatReceipt({ ...receipt, keys: undefined }))?.open).toEqual(Buffer.alloc(64));
  });

  test.each([
    ["lacks a member", field.replace(/, open=.*/, "")],
    ["has a member twice", `${field}, index=3`],
    ["has an unknown member", `${field}, more=1`],
    ["has parameters", field.replace("index=3", "index=3;a=1")],
    ["has a signed index", field.replace("index=3", "index=-3")],
    ["has an index with a leading zero", field.replace("index=3", "index=03")],
    ["has an index of bytes", field.replace("index=3", "index=:Aw==:")],
    ["has base64url", field.replace("leaf=:", "leaf=:_")],
    ["has unpadded base64", field.replace(/=:$/, ":")],
    ["has a proof that is not whole hashes", field.replace(/proof=:[^:]+:/, "proof=:AAAA:")],
    ["opens with too few bytes", field.replace(/open=:[^:]+:/, "open=:AAAA:")],
    ["is empty", ""],
  ])("that %s is refused", (_, malformed) => expect(parseReceipt(malformed)).toBeUndefined());
});

describe("checking a receipt", () => {
  test("finds every step of protocol §5 to hold for a good one", () => {
    const findings = checkReceipt(receipt, facts);
    expect(findings.every(({ holds }) => holds === true)).toBe(true);
    expect([...new Set(findings.map(({ step }) => step))]).toEqual([0, 1, 2, 3, 4]);
  });

  test("says what was not checked when nothing was given to check it against", () => {
    const findings = checkReceipt(receipt);
    expect(broken(findings)).toEqual([]);
    expect(findings.filter(({ holds }) => holds === "not-checked").map(({ step }) => step)).toEqual([0, 0, 0, 0, 0, 1, 3, 3, 4]);
  });

  test.each([
    [0, "another consumer", receipt, { ...facts, consumer: "ID-16.03/GOV/dinkes/rujukan" }],
    [0, "another service", receipt, { ...facts, service: "ID-16.03/GOV/bapenda/pbb/objek/v1" }],
    [0, "another method", receipt, { ...facts, htm: "GET" }],
    [0, "another status", receipt, { ...facts, status: 404 }],
    [0, "another exchange", receipt, { ...facts, exchange: exchangeLeaf().id }],
    [0, "an intent", receiptOf({ ...leaf, type: "intent" }), facts],
    [1, "another log key", receipt, { ...facts, vkey: formatVkey(signerOf(origin, generateLogKey())) }],
    [2, "an altered proof", { ...receipt, proof: Buffer.alloc(receipt.proof.length) }, facts],
    [2, "a proof that is too long", { ...receipt, proof: Buffer.concat([receipt.proof, Buffer.alloc(32)]) }, facts],
    [2, "another index", { ...receipt, index: 2 }, facts],
    [3, "another statement", receipt, { ...facts, statement: Buffer.from("{}") }],
    [3, "another request", receipt, { ...facts, requestContent: Buffer.from("{}") }],
    [4, "another answer", receipt, { ...facts, responseContent: Buffer.from('{"cocok":false}') }],
  ] as const)("breaks step %i for %s", (step, _, of, given) => expect(broken(checkReceipt(of, given))).toEqual([step]));

  test("breaks steps 0 and 1 for a pinned key of another log, and for one that is none", () => {
    expect(broken(checkReceipt(receipt, { ...facts, vkey: formatVkey(signerOf("gw.example/log/b", signer.privateKey)) }))).toEqual([0, 1]);
    expect(broken(checkReceipt(receipt, { ...facts, vkey: "kunci" }))).toEqual([0, 1]);
  });

  test("breaks steps 0 and 2 for an index beyond the log, and step 3 and 4 with the wrong keys", () => {
    expect(broken(checkReceipt({ ...receipt, index: 4 }, facts))).toEqual([0, 2]);
    expect(broken(checkReceipt({ ...receipt, open: Buffer.alloc(64) }, facts))).toEqual([3, 4]);
  });

  test("stops at a leaf or a checkpoint that cannot be read", () => {
    expect(broken(checkReceipt({ ...receipt, leaf: Buffer.from("{}") }, facts))).toEqual([0]);
    expect(broken(checkReceipt({ ...receipt, checkpoint: "x\n" }, facts))).toEqual([0]);
  });

  test("does not judge a content that the gateway never read", () => {
    const unread = exchangeLeaf({
      ...leaf,
      type: "refusal",
      request: { statement: leaf.request.statement, jti: leaf.request.jti, kid: leaf.request.kid },
    });
    const findings = checkReceipt(receiptOf(unread), facts);
    expect(broken(findings)).toEqual([]);
    expect(findings.filter(({ step }) => step === 3).map(({ holds }) => holds)).toEqual([true, "not-checked"]);
  });
});
