import { randomBytes } from "node:crypto";
import { sha256 } from "../../src/base/bytes.ts";
import { encodeBundle, sealedText } from "../../src/verify/seal.ts";
import type { Bundle, EntryProofs } from "../../src/verify/bundle.ts";
import type { Contents } from "../../src/verify/check-contents.ts";
import { signCheckpoint } from "../../src/ledger/checkpoint.ts";
import { commit } from "../../src/ledger/commitment.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { formatVkey, signerOf, signNote } from "../../src/ledger/note.ts";
import { canonicalJson } from "../../src/base/canonical-json.ts";
import type { SignatureAlgorithm } from "../../src/trust/algorithms.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { generateSigningKey, proveKey, publicJwk } from "../../src/trust/key-proof.ts";
import { signJws, type SigningKey } from "../../src/trust/sign.ts";
import { naiveInclusion, naiveRoot } from "./naive-tree.ts";
import { consumer, provider, purpose, record, service } from "./gateway-fixture.ts";

/**
 * A bundle of an accepted, signed POST, made by a forger who holds the log's key and every other key: each hook tells one lie, and
 * everything that comes after it is signed, hashed, proved and sealed again, so that nothing but the lie can be found.
 */
export interface Lies {
  /** What the consumer signs. */
  readonly claims?: Record<string, unknown>;
  /** What the provider signs. */
  readonly answer?: Record<string, unknown>;
  /** By kind and id: other contents or another state of an entry; `undefined` leaves it out. */
  readonly entries?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  /** One more entry in the registry's tree. */
  readonly surplus?: object;
  readonly states?: Readonly<Record<string, string>>;
  /** What both leaves record of the request. */
  readonly request?: Partial<ExchangeLeaf["request"]>;
  readonly intent?: Partial<ExchangeLeaf>;
  readonly leaf?: Partial<ExchangeLeaf>;
  readonly change?: Record<string, unknown>;
  /** The document before it is sealed. */
  readonly bundle?: (bundle: Bundle) => unknown;
  /** Who signs for the consumer, and as whose key it is registered. */
  readonly signer?: SigningKey;
}

export interface Forged {
  readonly bytes: Buffer;
  readonly vkey: string;
  readonly contents: Contents;
}

import { origin } from "./ledger-samples.ts";
const signer = signerOf(origin, generateLogKey());
/** The key of the log that the forger holds. */
export const forgerLog = signer;
export const forgerVkey = formatVkey(signer);
const aud = "https://gw.example";
const at = Date.parse("2026-06-15T08:00:10.000Z");
const algorithms: readonly SignatureAlgorithm[] = ["ES256", "RS256", "PS256", "Ed25519"];
export const keys = Object.fromEntries(algorithms.map((alg) => [alg, generateSigningKey(alg)])) as Readonly<
  Record<SignatureAlgorithm, SigningKey>
>;
const theirs = generateSigningKey("RS256");
const commitmentKeys = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;
const salts = Array.from({ length: 20 }, () => randomBytes(16));

export const answered = Buffer.from('{"nik":"1603010101909001","keterangan":"tercatat"}');
const contract = JSON.stringify({
  openapi: "3.1.0",
  paths: {
    "/catatan": { post: { operationId: "createCatatan" } },
    "/catatan/{nomor}": { get: { operationId: "getCatatan" } },
    "/arsip": { $ref: "#/components/pathItems/Arsip" },
  },
  components: { pathItems: { Arsip: { post: { operationId: "createArsip" } } } },
});
const classification = "classes: {}\n# “terbatas”\n";
const digestOf = (text: string): string => sha256(text).toString("base64url");

export function forge(lies: Lies = {}): Forged {
  const mine = lies.signer ?? keys.ES256;
  const exchange = "01976e2a-5c10-7000-8000-000000000001";
  const claims = {
    iss: consumer,
    aud,
    iat: at / 1000 - 2,
    exp: at / 1000 + 58,
    jti: "0123456789abcdefghijkl",
    htm: "POST",
    htu: `${aud}/r1/${service}/catatan`,
    htq: "",
    ctype: "application/json",
    digest: formatDigest(sha256(record)),
    purpose,
    ...lies.claims,
  };
  const statement = signJws({ alg: mine.alg, kid: mine.kid, typ: "spl-req+jwt" }, Buffer.from(JSON.stringify(claims)), mine);
  const req = sha256(JSON.stringify(claims)).toString("base64url");
  const answer = {
    iss: provider,
    aud: consumer,
    iat: at / 1000,
    jti: "abcdefghijkl0123456789",
    exchange,
    service,
    req,
    status: 201,
    ctype: "application/json",
    digest: formatDigest(sha256(answered)),
    ...lies.answer,
  };
  const response = signJws({ alg: theirs.alg, kid: theirs.kid, typ: "spl-res+jwt" }, Buffer.from(JSON.stringify(answer)), theirs);

  const registry = openAll(entriesOf(lies, mine), (index) => salts[index]!);
  const policy = openAll([entry("policy", "classification.yaml", { digest: digestOf(classification) })], () => Buffer.alloc(0));
  const common = {
    v: 1,
    log: origin,
    id: exchange,
    consumer,
    service,
    operation: "createCatatan",
    grant: "uji-baca-tulis",
    purpose,
    htm: "POST",
    request: {
      statement: req,
      jti: claims.jti,
      kid: mine.kid,
      commit: commit(commitmentKeys[0], sha256(record)),
      bytes: record.length,
      ...lies.request,
    },
    basis: { registry: registry.root, policy: policy.root },
  } as const;
  const received = { status: 201, bytes: answered.length };
  const intent = { ...common, type: "intent", at: new Date(at - 50).toISOString(), ...lies.intent };
  const outcome = {
    ...common,
    type: "outcome",
    at: new Date(at).toISOString(),
    intent: { log: origin, index: 5 },
    ms: 120,
    response: {
      provider: {
        ...received,
        commit: commit(commitmentKeys[2], sha256(answered)),
        statement: sha256(JSON.stringify(answer)).toString("base64url"),
      },
      delivered: { ...received, commit: commit(commitmentKeys[1], sha256(answered)) },
    },
    ...lies.leaf,
  };
  const control = {
    v: 1,
    log: origin,
    type: "control",
    id: "01976e2a-0000-7000-8000-000000000001",
    at: "2026-06-01T00:00:00.000Z",
    change: {
      registry: { before: sha256("").toString("base64url"), after: registry.root, version: 1 },
      policy: { before: sha256("").toString("base64url"), after: policy.root },
      by: "uji",
      added: [`key ${mine.kid}`, `key ${theirs.kid}`],
      changed: [],
      retired: [],
      ...lies.change,
    },
  };
  const leaves = Array.from({ length: 11 }, (_, index) => Buffer.from(`daun ${index}`));
  leaves[2] = Buffer.from(JSON.stringify(control));
  leaves[5] = Buffer.from(JSON.stringify(intent));
  leaves[8] = Buffer.from(JSON.stringify(outcome));
  const proved = (index: number) => ({
    index,
    leaf: leaves[index]!.toString(),
    proof: Buffer.concat(naiveInclusion(index, leaves)).toString("base64url"),
  });

  const told = { id: "Diizinkan.", en: "Allowed." };
  const bundle: Omit<Bundle, "seal"> = {
    v: 1,
    type: "spl-evidence",
    exchange,
    log: origin,
    checkpoint: signCheckpoint(leaves.length, naiveRoot(leaves), signer),
    leaves: [proved(5), proved(8)],
    statement,
    response,
    open: {
      request: commitmentKeys[0].toString("base64url"),
      delivered: commitmentKeys[1].toString("base64url"),
      provider: commitmentKeys[2].toString("base64url"),
    },
    registry,
    policy,
    documents: { [digestOf(contract)]: contract, [digestOf(classification)]: classification },
    registrations: [mine, theirs].map(({ kid }) => ({ ...proved(2), kid })),
    trace: { kind: "exchange", id: exchange, summary: told, steps: [{ detail: told, cite: null, basis: "project rule" }], missing: [] },
  };
  return {
    bytes: seal((lies.bundle?.(bundle as Bundle) ?? bundle) as Bundle),
    vkey: forgerVkey,
    contents: { request: record, delivered: answered },
  };
}

/** Sealed by whoever holds the log's key, whatever it says. */
export const seal = (bundle: Omit<Bundle, "seal">): Buffer => encodeBundle({ ...bundle, seal: signNote(sealedText(bundle), signer) });

const entry = (kind: string, id: string, content: object, state = "active") => ({ kind, id, state, content });

function entriesOf({ entries = {}, states = {}, surplus }: Lies, mine: SigningKey) {
  const key = (owner: string, signing: SigningKey) =>
    entry("key", signing.kid, {
      owner,
      alg: signing.alg,
      jwk: publicJwk(signing),
      proof: proveKey(signing, owner, "ID-16.03", at / 1000 - 900_000),
    });
  const all = [
    entry("instance", "ID-16.03", { name: "Uji" }, "persiapan"),
    entry("subsystem", consumer, { name: "Bansos" }),
    entry("subsystem", provider, { name: "SIAK" }),
    key(consumer, mine),
    key(provider, theirs),
    entry("service", service, { provider, contract: digestOf(contract) }),
    ...(surplus === undefined ? [] : [entry("policy", "lain.yaml", surplus)]),
    entry("grant", "uji-baca-tulis", {
      consumer,
      service,
      operations: ["getCatatan", "createCatatan"],
      purpose,
      legalBasis: "Perbup Uji 1/2026",
      from: "2026-01-01T00:00:00.000Z",
    }),
  ];
  const named = all.map((one) => ({ ...one, name: one.kind === "key" ? `key ${one.id === mine.kid ? "mine" : "theirs"}` : one.kind }));
  return named.flatMap(({ name, ...one }) =>
    name in entries && entries[name] === undefined
      ? []
      : [{ ...one, state: states[name] ?? one.state, content: { ...one.content, ...entries[name] } }],
  );
}

function openAll(entries: readonly ReturnType<typeof entry>[], saltOf: (index: number) => Buffer): EntryProofs {
  const texts = entries.map((one) => canonicalJson(one));
  const leaves = texts.map((text, index) => Buffer.concat([saltOf(index), Buffer.from(text)]));
  const opened = texts.map((text, index) => ({
    index,
    salt: saltOf(index).toString("base64url"),
    entry: text,
    proof: Buffer.concat(naiveInclusion(index, leaves)).toString("base64url"),
  }));
  return { root: naiveRoot(leaves).toString("base64url"), size: leaves.length, entries: opened };
}
