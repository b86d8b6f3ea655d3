import { generateKeyPairSync, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import type { Bundle } from "../../src/verify/bundle.ts";
import { checkBundle, type BundleFacts } from "../../src/verify/check-bundle.ts";
import type { BundleFinding } from "../../src/verify/check-report.ts";
import { bundleSteps } from "../../src/verify/bundle-steps.ts";
import { encodeBundle } from "../../src/verify/seal.ts";
import { commit } from "../../src/ledger/commitment.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { formatVkey, signerOf } from "../../src/ledger/note.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { generateSigningKey, proveKey, publicJwk } from "../../src/trust/key-proof.ts";
import { signStatement, thumbprint } from "../../src/trust/sign.ts";
import { consumer, provider, purpose, service } from "../support/gateway-fixture.ts";
import { forge, keys, seal, forgerVkey, type Forged, type Lies } from "../support/forger.ts";
import { origin } from "../support/ledger-samples.ts";

const check = ({ bytes, contents }: Forged, facts: BundleFacts = { vkey: forgerVkey, contents }): readonly BundleFinding[] =>
  checkBundle(bytes, facts);
const broken = (findings: readonly BundleFinding[]): string[] => findings.filter(({ holds }) => holds === false).map(({ step }) => step);
const left = (findings: readonly BundleFinding[]): string[] =>
  findings.filter(({ holds }) => holds === "not-checked").map(({ step }) => step);

const parsed = JSON.parse(forge().bytes.toString()) as Bundle;
const outcome = JSON.parse(parsed.leaves[1]!.leaf) as ExchangeLeaf;

/** The document without some parts, or with others in their place. */
const having = (change: { readonly [Name in keyof Bundle]?: unknown }) => (bundle: Bundle) =>
  Object.fromEntries(Object.entries({ ...bundle, ...change }).filter(([, value]) => value !== undefined));

describe("a bundle", () => {
  it("holds in every step, the trace alone is not proved", () => {
    const findings = check(forge());
    expect(broken(findings)).toEqual([]);
    expect(left(findings)).toEqual(["trace"]);
    expect(new Set(findings.map(({ step }) => step))).toEqual(
      new Set(Object.keys(bundleSteps).filter((step) => step !== "changed" && step !== "later")),
    );
  });

  it("says of every finding what it means, in Indonesian and in English, and where it stands", () => {
    for (const { text, where } of check(forge())) {
      expect(text.id).toMatch(/^[^{}]+: [^{}]{8,}$/);
      expect(text.en).toMatch(/^[^{}]+: [^{}]{8,}$/);
      expect(text.id).not.toBe(text.en);
      expect(where).toMatch(/^(\/[^/]+)*$/);
    }
  });

  it.each(Object.values(keys))("holds under a consumer's $alg key", (signer) => {
    expect(broken(check(forge({ signer })))).toEqual([]);
  });

  it("without a pinned key is at best consistent: seal and checkpoint stay open", () => {
    const findings = check(forge(), {});
    expect(broken(findings)).toEqual([]);
    expect(left(findings)).toEqual(["seal", "checkpoint", "trace"]);
  });

  it("of another log's key is broken", () => {
    expect(broken(check(forge(), { vkey: formatVkey(signerOf("gw.example/log/b", generateLogKey())) }))).toEqual([
      "seal",
      "log",
      "checkpoint",
    ]);
    expect(broken(check(forge(), { vkey: formatVkey(signerOf(origin, generateLogKey())) }))).toEqual(["seal", "checkpoint"]);
    expect(() => check(forge(), { vkey: "bukan" })).toThrow(TypeError);
  });

  it("with a checkpoint of another log is broken, whoever vouches", () => {
    const elsewhere = forge({ bundle: (bundle) => ({ ...bundle, checkpoint: bundle.checkpoint.replaceAll(origin, "gw.example/log/b") }) });
    expect(broken(check(elsewhere))).toEqual(["log", "checkpoint"]);
    expect(broken(check(elsewhere, {}))).toEqual(["log"]);
  });

  it("has a seal of one signature; a checkpoint may have the witnesses' beside it", () => {
    const witness = `— saksi.example ${Buffer.alloc(68).toString("base64")}\n`;
    const bundle = JSON.parse(forge().bytes.toString()) as Bundle;
    expect(broken(checkBundle(encodeBundle({ ...bundle, seal: bundle.seal + witness }), { vkey: forgerVkey }))).toEqual(["seal"]);
    expect(broken(check(forge({ bundle: (whole) => ({ ...whole, checkpoint: whole.checkpoint + witness }) })))).toEqual([]);
  });
});

describe("a bundle holds, too,", () => {
  const open = { purpose, legalBasis: "Perbup Uji 1/2026" };
  const byOpenGrant: Lies = { intent: { grant: `${service}#open` }, leaf: { grant: `${service}#open` } };
  const head = { htm: "HEAD", operation: "getCatatan" };
  const problem = Buffer.from('{"code":"response-invalid"}');
  const refused = { status: 502, bytes: problem.length, commit: commit(Buffer.from(parsed.open.delivered!, "base64url"), sha256(problem)) };
  const atLast = Date.parse(outcome.at) / 1000 - 1;
  const others: readonly [string, Lies, readonly string[]][] = [
    ["by the standing grant of an open service", { ...byOpenGrant, entries: { service: { open }, grant: undefined } }, ["trace"]],
    [
      "for HEAD, which the operation of GET answers",
      { claims: { htm: "HEAD", htu: `https://gw.example/r1/${service}/catatan/1` }, intent: head, leaf: head },
      ["trace"],
    ],
    [
      "where a signed answer was refused and a problem delivered",
      { leaf: { problem: "response-invalid", response: { provider: outcome.response!.provider, delivered: refused } } },
      ["delivered", "trace"],
    ],
    ["where measured and dated time differ by a second", { claims: { iat: atLast - 60, exp: atLast } }, ["trace"]],
  ];

  it.each(others)("%s", (_, lies, expected) => {
    const findings = check(forge(lies), { vkey: forgerVkey });
    expect(broken(findings)).toEqual([]);
    expect(left(findings)).toEqual(expected);
  });

  it("but not by a standing grant for another purpose", () => {
    expect(broken(check(forge({ ...byOpenGrant, entries: { service: { open: { ...open, purpose: "lain" } } } })))).toEqual(["grant"]);
  });
});

describe("a lie of somebody who holds the log's key", () => {
  const other = generateSigningKey("ES256");
  const koblitz = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey;
  const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  const digest = formatDigest(sha256("lain"));
  const target = `https://gw.example/r1/${service}/catatan`;
  const lies: readonly [string, readonly string[], Lies][] = [
    ["another issuer in the statement", ["claims"], { claims: { iss: provider } }],
    ["another method", ["claims", "operation"], { claims: { htm: "PUT" } }],
    ["another service in the target", ["claims", "operation"], { claims: { htu: target.replace("warga", "lain") } }],
    ["another purpose", ["claims"], { claims: { purpose: "lain" } }],
    ["another operation of the contract", ["operation"], { claims: { htu: `${target}/1` } }],
    ["a statement signed too late", ["time"], { claims: { iat: 1_781_510_420, exp: 1_781_510_460 } }],
    ["a statement that had expired", ["time"], { claims: { iat: 1_781_510_300, exp: 1_781_510_350 } }],
    ["a statement that lives too long", ["time"], { claims: { exp: 1_781_519_000 } }],
    ["another digest in the statement", ["request"], { claims: { digest } }],
    ["a claim that nobody knows", ["statement"], { claims: { nbf: 1 } }],
    [
      "another signer under the registered kid",
      ["signature", "possession"],
      { signer: { ...other, kid: keys.ES256.kid }, entries: { "key mine": { jwk: publicJwk(keys.ES256) } } },
    ],
    ["a kid that is not the key's thumbprint", ["key"], { signer: { ...other, kid: keys.ES256.kid } }],
    ["a key entry left out", ["signature", "registration"], { entries: { "key mine": undefined } }],
    ["a key of another owner", ["key", "possession"], { entries: { "key mine": { owner: provider } } }],
    ["a key for another algorithm", ["signature", "key", "possession"], { entries: { "key mine": { alg: "Ed25519" } } }],
    [
      "a key for another algorithm of its kind",
      ["signature", "key", "possession"],
      { signer: keys.RS256, entries: { "key mine": { alg: "PS256" } } },
    ],
    [
      "a key of another curve",
      ["signature", "key", "possession"],
      { signer: { alg: "ES256", privateKey: koblitz, kid: thumbprint(koblitz) } },
    ],
    [
      "a key that is too short",
      ["signature", "key", "possession"],
      { signer: { alg: "RS256", privateKey: short, kid: thumbprint(short) } },
    ],
    ["a revoked key", ["key"], { states: { "key mine": "revoked" } }],
    ["a key that was not valid yet", ["key"], { entries: { "key mine": { from: "2026-06-15T08:01:00.000Z" } } }],
    ["a key that was no longer valid", ["key"], { entries: { "key mine": { until: "2026-06-15T08:00:00.000Z" } } }],
    ["a proof of possession of somebody else", ["possession"], { entries: { "key mine": { proof: "e30.e30.e30" } } }],
    [
      "a proof of possession before another instance",
      ["possession"],
      { entries: { "key mine": { proof: proveKey(keys.ES256, consumer, "ID-99.99", 1_780_000_000) } } },
    ],
    [
      "a signature for another use as proof of possession",
      ["possession"],
      { entries: { "key mine": { proof: signStatement({ iss: consumer, aud: "ID-16.03", iat: 1_780_000_000 }, keys.ES256) } } },
    ],
    ["an answer to another exchange", ["answer"], { answer: { exchange: "01976e2a-5c10-7000-8000-00000000000f" } }],
    ["an answer to another consumer", ["answer"], { answer: { aud: provider } }],
    ["an answer about another service", ["answer"], { answer: { service: "lain" } }],
    ["an answer to another statement", ["answer"], { answer: { req: "A".repeat(43) } }],
    ["an answer of another status", ["answer"], { answer: { status: 200 } }],
    ["an answer by somebody else", ["key", "answer"], { answer: { iss: consumer } }],
    ["an answer of another day", ["answer"], { answer: { iat: 1_781_600_000 } }],
    ["an answer with another content", ["provider", "delivered"], { answer: { digest } }],
    ["an answer with no digest", ["answer", "provider", "delivered"], { answer: { digest: "lain" } }],
    [
      "an answer that the leaf does not record",
      ["response"],
      {
        leaf: { response: { delivered: outcome.response!.delivered } },
        bundle: ({ open: { provider: _, ...open }, ...bundle }) => ({ ...bundle, open }),
      },
    ],
    ["another provider of the service", ["service", "answer"], { entries: { service: { provider: consumer } } }],
    ["a service left out", ["service", "answer", "document"], { entries: { service: undefined } }],
    ["a suspended service", ["service"], { states: { service: "suspended" } }],
    ["a grant left out", ["grant"], { entries: { grant: undefined } }],
    ["a grant of somebody else", ["grant"], { entries: { grant: { consumer: provider } } }],
    ["a grant for another service", ["grant"], { entries: { grant: { service: "lain" } } }],
    ["a grant without the operation", ["grant"], { entries: { grant: { operations: ["getCatatan"] } } }],
    ["a grant for another purpose", ["grant"], { entries: { grant: { purpose: "lain" } } }],
    ["a grant that had not begun", ["grant"], { entries: { grant: { from: "2026-07-01T00:00:00.000Z" } } }],
    ["a grant that had ended", ["grant"], { entries: { grant: { until: "2026-06-01T00:00:00.000Z" } } }],
    ["a suspended grant", ["grant"], { entries: { grant: { suspensions: { owner: { by: "x", at: "y", reason: "z" } } } } }],
    ["a revoked grant", ["grant"], { states: { grant: "revoked" } }],
    ["an open grant of a service that is not open", ["intent", "grant"], { leaf: { grant: `${service}#open` } }],
    ["no grant for an effect", ["intent", "grant"], { leaf: { grant: undefined } }],
    ["an intent of another request", ["intent"], { intent: { operation: "getCatatan" } }],
    ["an intent after its outcome", ["intent"], { intent: { at: "2026-06-15T09:00:00.000Z" } }],
    ["an intent that the outcome does not name", ["intent"], { leaf: { intent: undefined } }],
    ["an intent at another place", ["intent"], { leaf: { intent: { log: origin, index: 6 } } }],
    [
      "no intent before an effect",
      ["intent"],
      { leaf: { intent: undefined }, bundle: (bundle) => ({ ...bundle, leaves: bundle.leaves.slice(1) }) },
    ],
    ["an intent alone", ["leaf"], { bundle: (bundle) => ({ ...bundle, leaves: bundle.leaves.slice(0, 1) }) }],
    ["a leaf about another exchange", ["leaf", "trace"], { bundle: having({ exchange: "01976e2a-5c10-7000-8000-00000000000f" }) }],
    ["a leaf with a member that nobody knows", ["leaf"], { leaf: { lain: 1 } as object }],
    [
      "a leaf that is not in the log",
      ["inclusion", "leaf"],
      { bundle: (bundle) => ({ ...bundle, leaves: [bundle.leaves[0], { ...bundle.leaves[1], index: 7 }] }) },
    ],
    ["another kid in the leaf", ["claims"], { request: { kid: "A".repeat(43) } }],
    ["another jti in the leaf", ["claims"], { request: { jti: "A".repeat(22) } }],
    ["another statement in the leaf", ["statement", "answer"], { request: { statement: "A".repeat(43) } }],
    ["another length of the content", ["request"], { request: { bytes: 1 } }],
    ["a registration of another key", ["registration", "registration"], { change: { added: ["key lain"] } }],
    [
      "a registration that is another kind of leaf",
      ["registration", "registration"],
      { bundle: (bundle) => ({ ...bundle, registrations: bundle.registrations.map(({ kid }) => ({ ...bundle.leaves[0]!, kid })) }) },
    ],
    ["an explanation of something else", ["trace"], { bundle: (bundle) => ({ ...bundle, trace: { ...bundle.trace, id: "lain" } }) }],
    [
      "a document that no entry names",
      ["document"],
      { bundle: (bundle) => ({ ...bundle, documents: { ...bundle.documents, [sha256("x").toString("base64url")]: "x" } }) },
    ],
    [
      "a document that is another",
      ["operation", "document", "document"],
      { bundle: (bundle) => ({ ...bundle, documents: Object.fromEntries(Object.keys(bundle.documents).map((name) => [name, "lain"])) }) },
    ],
    [
      "another root of the registry",
      ["basis", "signature", "service", "grant", "signature", "answer", "document", "registration", "registration"],
      { bundle: (bundle) => ({ ...bundle, registry: { ...bundle.registry, root: "A".repeat(43) } }) },
    ],
    [
      "another root of the policies",
      ["basis", "document"],
      { bundle: (bundle) => ({ ...bundle, policy: { ...bundle.policy, root: "A".repeat(43) } }) },
    ],
    [
      "entries of another time",
      ["basis", "basis", "signature", "service", "grant", "signature", "answer", "document", "document", "registration", "registration"],
      { leaf: { basis: { registry: "A".repeat(43), policy: "A".repeat(43) } } },
    ],
    [
      "an entry that is not under the root",
      ["basis", "grant"],
      {
        bundle: (bundle) => ({
          ...bundle,
          registry: {
            ...bundle.registry,
            entries: bundle.registry.entries.map((row, at) => (at === 6 ? { ...row, entry: row.entry.replace("1/2026", "2/2026") } : row)),
          },
        }),
      },
    ],
    ["a policy among the registry's entries", ["basis"], { surplus: { digest: "A".repeat(43) } }],
    [
      "an entry twice",
      ["basis"],
      {
        bundle: (bundle) => ({
          ...bundle,
          registry: { ...bundle.registry, entries: [...bundle.registry.entries, bundle.registry.entries[0]] },
        }),
      },
    ],
    [
      "a key that opens nothing",
      ["request", "request"],
      { bundle: (bundle) => ({ ...bundle, open: { ...bundle.open, request: randomBytes(32).toString("base64url") } }) },
    ],
  ];

  it.each(lies)("is found, and nothing else: %s", (_, expected, lie) => {
    expect(broken(check(forge(lie)))).toEqual(expected);
  });

  it("is found without a pinned key, too", () => {
    for (const [name, expected, lie] of lies) {
      const forged = forge(lie);
      expect(broken(check(forged, { contents: forged.contents })), name).toEqual(expected);
    }
  });
});

describe("what is not there", () => {
  const parts: readonly [string, readonly string[], Lies][] = [
    ["the statement, once it was destroyed", ["statement", "operation", "request"], { bundle: having({ statement: undefined }) }],
    ["the provider's answer, once it was destroyed", ["response", "provider", "delivered"], { bundle: having({ response: undefined }) }],
    ["commitment keys", ["request", "provider", "delivered"], { bundle: having({ open: {} }) }],
    ["documents", ["operation", "document", "document"], { bundle: having({ documents: {} }) }],
    ["registrations", ["registration", "registration"], { bundle: having({ registrations: [] }) }],
    ["the names of a great change", ["registration", "registration"], { change: { added: { count: 9000, digest: "A".repeat(43) } } }],
    [
      "an intent of another log",
      ["intent"],
      { leaf: { intent: { log: "gw.example/log/0", index: 5 } }, bundle: (bundle) => ({ ...bundle, leaves: bundle.leaves.slice(1) }) },
    ],
    [
      "parts that this verifier does not know yet",
      ["later", "later", "later"],
      { bundle: having({ cosignatures: ["a"], timestamps: [], certificates: [] }) },
    ],
  ];

  it.each(parts)("is said, and is no fault: %s", (_, expected, change) => {
    const findings = check(forge(change), { vkey: forgerVkey });
    expect(broken(findings)).toEqual([]);
    expect(left(findings).toSorted()).toEqual([...expected, "trace"].toSorted());
  });

  it("is said of an answer that the provider did not sign: its content is checked if it is given", () => {
    const { provider: _, ...open } = parsed.open;
    const forged = forge({
      leaf: { response: { delivered: outcome.response!.delivered } },
      bundle: ({ open: keys, ...bundle }) =>
        having({ response: undefined })({ ...bundle, open: { request: keys.request!, delivered: keys.delivered! } }),
    });
    expect(Object.keys(open)).toEqual(["delivered", "request"]);
    expect(broken(check(forged))).toEqual([]);
    expect(left(check(forged))).toEqual(["response", "trace"]);
    expect(left(check(forged, { vkey: forgerVkey }))).toEqual(["response", "delivered", "trace"]);
    expect(broken(check(forged, { vkey: forgerVkey, contents: { delivered: Buffer.from("lain") } }))).toEqual(["delivered"]);
  });
});

describe("a refusal", () => {
  const refusal = (leaf: Partial<ExchangeLeaf>, lies: Lies = {}, open?: Bundle["open"]): Forged =>
    forge({
      ...lies,
      leaf: { type: "refusal", intent: undefined, response: { delivered: outcome.response!.delivered }, ...leaf },
      bundle: (bundle) =>
        having({
          response: undefined,
          leaves: bundle.leaves.slice(1),
          open: open ?? { request: bundle.open.request, delivered: bundle.open.delivered },
        })(bundle),
    });

  it("for want of a grant is proved as the gateway's decision; that there was no grant cannot be", () => {
    const unread: Lies = { request: { commit: undefined, bytes: undefined } };
    const findings = check(refusal({ problem: "not-granted", grant: undefined }, unread, { delivered: parsed.open.delivered! }), {
      vkey: forgerVkey,
    });
    expect(broken(findings)).toEqual([]);
    expect(left(findings)).toEqual(["grant", "response", "request", "delivered", "trace"]);
    expect(findings.find(({ step }) => step === "grant")!.text.en).toContain("cannot be proved");
    expect(
      broken(check(refusal({ problem: "not-granted", grant: undefined }, unread), { vkey: forgerVkey })),
      "a key that opens nothing",
    ).toEqual(["request"]);
  });

  it("by the contract proves the grant", () => {
    const findings = check(refusal({ problem: "request-invalid" }), { vkey: forgerVkey });
    expect(broken(findings)).toEqual([]);
    expect(left(findings)).toEqual(["response", "delivered", "trace"]);
    expect(
      broken(check(refusal({ problem: "request-invalid" }, { entries: { grant: { purpose: "lain" } } }), { vkey: forgerVkey })),
    ).toEqual(["grant"]);
  });

  it("by the digest proves that the content was changed, and is a lie if it was not", () => {
    expect(broken(check(refusal({ problem: "digest-mismatch" }), { vkey: forgerVkey }))).toEqual(["changed"]);
    const honest = refusal({ problem: "digest-mismatch" }, { claims: { digest: formatDigest(sha256("yang ditandatangani")) } });
    expect(broken(check(honest))).toEqual([]);
    expect(check(honest).find(({ step }) => step === "changed")!.holds).toBe(true);
  });

  it("that was gathered with others proves no single one", () => {
    const { log, id, at } = outcome;
    const none = Object.fromEntries(
      ["operation", "service", "grant", "purpose", "htm", "request", "intent", "ms", "response", "basis"].map((name) => [name, undefined]),
    );
    const leaf = { ...none, type: "refusal", log, id, since: at, counts: { "not-granted": 61 } } as object;
    const nothing = { root: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", size: 0, entries: [] };
    const parts = {
      statement: undefined,
      response: undefined,
      open: {},
      registry: nothing,
      policy: nothing,
      documents: {},
      registrations: [],
    };
    const bundle = (more: object) => (whole: Bundle) => having({ ...parts, leaves: whole.leaves.slice(1), ...more })(whole);
    const findings = check(forge({ leaf, bundle: bundle({}) }), { vkey: forgerVkey });
    expect(broken(findings)).toEqual([]);
    expect(left(findings)).toEqual(["statement", "trace"]);
    expect(broken(check(forge({ leaf, bundle: bundle({ documents: { ["A".repeat(43)]: "" } }) }), { vkey: forgerVkey }))).toEqual(["leaf"]);
  });
});

describe("bytes that are no bundle", () => {
  const { bytes } = forge();
  const json = bytes.toString();
  const faults: readonly [string, string, Buffer | string][] = [
    ["nothing", "", ""],
    ["no JSON", "", "{"],
    ["no UTF-8", "", Buffer.from(json.replace("“", "\u00ff"), "latin1")],
    ["a byte order mark", "", `\ufeff${json}`],
    ["no line feed at the end", "", json.slice(0, -1)],
    ["two line feeds", "", `${json}\n`],
    ["white space", "", json.replace('"v":1', '"v": 1')],
    ["members in another order", "", `${JSON.stringify({ v: 1, ...(JSON.parse(json) as object) })}\n`],
    ["a member twice", "", json.replace('"v":1', '"v":1,"v":1')],
    ["a number spelt otherwise", "", json.replace('"v":1', '"v":1.0')],
    ["an escape that need not be", "", json.replace('"type":"spl', '"type":"\\u0073pl')],
    ["a lone surrogate", "/log", seal({ ...parsed, log: String.fromCharCode(0xd800) })],
    ["a member that nobody knows", "/crit", seal({ ...parsed, crit: [] } as Bundle)],
    ["a member with the name of a prototype", "/__proto__", json.replace("{", '{"__proto__":{},')],
    ["another version", "/v", seal({ ...parsed, v: 2 } as unknown as Bundle)],
    ["another type", "/type", seal({ ...parsed, type: "lain" } as unknown as Bundle)],
    ["three leaves", "/leaves", seal({ ...parsed, leaves: [...parsed.leaves, parsed.leaves[0]!] })],
    ["no leaf", "/leaves", seal({ ...parsed, leaves: [] })],
    ["a negative index", "/leaves/0/index", seal({ ...parsed, leaves: [{ ...parsed.leaves[0]!, index: -1 }] })],
    ["a commitment key that is too short", "/open/request", seal({ ...parsed, open: { request: "AAAA" } })],
    ["a list", "", "[]\n"],
    ["null", "", "null\n"],
    ["very deep JSON", "", `${"[".repeat(200_000)}${"]".repeat(200_000)}\n`],
  ];

  it.each(faults)("are refused, with the place: %s", (_, where, wrong) => {
    const findings = checkBundle(Buffer.from(wrong), { vkey: forgerVkey });
    expect(findings.map((finding) => [finding.step, finding.holds, finding.where])).toEqual([["form", false, where]]);
  });

  it("are found whichever byte was changed or left out", () => {
    const holds = (changed: Buffer): boolean => broken(checkBundle(changed, { vkey: forgerVkey })).length === 0;
    const accepted: number[] = [];
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << (at % 8);
      if (holds(changed)) accepted.push(at);
      if (at % 5 === 0 && holds(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]))) accepted.push(at);
    }
    expect(accepted).toEqual([]);
  });

  it("never make the check throw, whatever an entry says under a proved root", () => {
    for (const name of ["key mine", "service", "grant"]) {
      for (const member of ["jwk", "owner", "alg", "proof", "provider", "contract", "operations", "suspensions", "from", "open"]) {
        for (const value of [null, 1, "", [], {}, { kty: "RSA", n: "", e: "" }])
          expect(check(forge({ entries: { [name]: { [member]: value } } })).length).toBeGreaterThan(5);
      }
    }
  });
});
