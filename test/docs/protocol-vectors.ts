import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { Problem } from "../../src/base/problem.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { encodeBundle as encodeEvidence, sealedText } from "../../src/verify/seal.ts";
import { problemDocument } from "../../src/exchange/answer.ts";
import { signCheckpoint } from "../../src/ledger/checkpoint.ts";
import { commit } from "../../src/ledger/commitment.ts";
import { encodeLeaf, type Delivery, type ExchangeLeaf, type Leaf } from "../../src/ledger/leaf.ts";
import { signHandover } from "../../src/ledger/handover.ts";
import { leafHash, treeRoot } from "../../src/ledger/merkle.ts";
import { formatVkey, signerOf, signNote, type NoteSigner } from "../../src/ledger/note.ts";
import { proveConsistency, proveInclusion } from "../../src/ledger/proofs.ts";
import { formatReceipt } from "../../src/ledger/receipt.ts";
import { encodeEntryBundle as encodeEntries, formatTilePath } from "../../src/ledger/tiles.ts";
import { emptyState, applyChanges } from "../../src/registry/apply-changes.ts";
import type { Entry } from "../../src/registry/entry.ts";
import type { RegistryState } from "../../src/registry/registry-state.ts";
import { proveEntries, provePolicies } from "../../src/evidence/prove-entries.ts";
import { entryName } from "../../src/registry/plan.ts";
import { emptyDigest, formatDigest } from "../../src/trust/content-digest.ts";
import { proveKey, publicJwk } from "../../src/trust/key-proof.ts";
import { signingKeyOf, signJws, type SigningKey } from "../../src/trust/sign.ts";

/**
 * One exchange from the keys to the evidence bundle, and the leaves around it, in fixed bytes: what `docs/protocol.md`
 * shows and `docs/protocol-vectors.json` holds for other implementations. Whatever the gateway computes is computed by
 * its own code; what it draws at random is a hash of a word here.
 */

const parties = { consumer: "ID-16.03/GOV/dinsos/bansos", provider: "ID-16.03/GOV/disdukcapil/siak", instance: "ID-16.03" } as const;
export const gatewayOrigin = "https://simpul.example.go.id";
const host = "simpul.example.go.id";
export const logOrigin = `${host}/log/log-1`;
const service = `${parties.provider}/penduduk/v1`;
const at = (moment: string): number => Date.parse(`2026-01-05T${moment}Z`);
const time = (ms: number): string => new Date(ms).toISOString();
/** A UUIDv7 of this moment whose random bits are zero but the last. */
const uuid = (ms: number, last: number): string =>
  `${ms
    .toString(16)
    .padStart(12, "0")
    .replace(/(.{8})(.{4})/, "$1-$2")}-7000-8000-${String(last).padStart(12, "0")}`;
const b64u = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const drawn = (word: string, bytes = 32): Buffer => sha256(`simpul protocol vectors: ${word}`).subarray(0, bytes);

/** The same statement under the algorithms whose signatures or keys are drawn at random: made once, and only verified. */
const signatures = JSON.parse(readFileSync(new URL("protocol-signatures.json", import.meta.url), "utf8")) as readonly Readonly<
  Record<"alg" | "jwk" | "kid" | "jws", string>
>[];

/** The Ed25519 private key of a seed (RFC 8032), whose signatures are the same each time. */
const keyOf = (name: string) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), drawn(`seed of ${name}`)]),
    format: "der",
    type: "pkcs8",
  });

const consumerKey = signingKeyOf(keyOf("consumer"));
const providerKey = signingKeyOf(keyOf("provider"));
export const logSigner = signerOf(logOrigin, keyOf("log"));
const nextLogSigner = signerOf(logOrigin, keyOf("next log key"));
const listSigner = signerOf(`${host}/logs`, keyOf("instance"));

const jws = (typ: string, key: SigningKey, claims: object): string =>
  signJws({ alg: key.alg, kid: key.kid, typ }, Buffer.from(JSON.stringify(claims)), key);
const hashOf = (claims: object): string => b64u(sha256(JSON.stringify(claims)));
const contentOf = (word: string, content: Buffer) => {
  const key = drawn(word);
  return { key, bytes: content.length, commit: commit(key, sha256(content)) };
};
const delivery = (status: number, { commit, bytes }: ReturnType<typeof contentOf>): Delivery => ({ status, commit, bytes });

const sent = Buffer.from('{"nik":"1603074512979001","nama":"KARTIKA UMPAMA","tanggalLahir":"1997-12-05"}');
const received = Buffer.from('{"cocok":true}');
const exchange = uuid(at("02:00:00.128"), 1);

const common = { iss: parties.consumer, aud: gatewayOrigin, iat: at("02:00:00.000") / 1000, exp: at("02:01:00.000") / 1000 };
const claims = {
  ...common,
  jti: b64u(drawn("jti of the statement", 16)),
  htm: "POST",
  htu: `${gatewayOrigin}/r1/${service}/pencocokan`,
  htq: "",
  ctype: "application/json",
  digest: formatDigest(sha256(sent)),
  purpose: "verifikasi-penerima-bansos",
  x_salt: b64u(drawn("salt of the statement", 16)),
};
const readingClaims = {
  ...common,
  jti: b64u(drawn("jti of the reading", 16)),
  htm: "GET",
  htu: `${gatewayOrigin}/receipts/${exchange}`,
  htq: "",
  digest: emptyDigest,
};
const statement = jws("spl-req+jwt", consumerKey, claims);
const answerClaims = {
  iss: parties.provider,
  aud: parties.consumer,
  iat: common.iat + 1,
  jti: b64u(drawn("jti of the answer", 16)),
  exchange,
  service,
  req: hashOf(claims),
  status: 200,
  ctype: "application/json",
  digest: formatDigest(sha256(received)),
};
const response = jws("spl-res+jwt", providerKey, answerClaims);

// What the registry holds: first what manifests brought, then an officer's act.
const contract = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Penduduk", version: "1.0.0" },
  paths: { "/pencocokan": { post: { operationId: "matchPenduduk" } } },
});
const classification = "terbatas: {}\n";
const proofs = {
  consumer: proveKey(consumerKey, parties.consumer, parties.instance, common.iat - 86_400),
  provider: proveKey(providerKey, parties.provider, parties.instance, common.iat - 86_400),
};
const keyEntry = (owner: "consumer" | "provider", key: SigningKey): Entry<"key"> => ({
  kind: "key",
  id: key.kid,
  state: "active",
  content: { owner: parties[owner], alg: key.alg, jwk: publicJwk(key) as Record<string, string>, proof: proofs[owner] },
});
const act = { by: "siak-pemilik-1", at: time(at("01:30:00.000")) };
const profile = { id: "contoh-1-2026", version: "1.0.0", digest: b64u(drawn("profile")) };
const requested: Entry<"grant"> = {
  kind: "grant",
  id: "izin-verifikasi-nik",
  state: "requested",
  content: {
    consumer: parties.consumer,
    service,
    operations: ["matchPenduduk"],
    purpose: claims.purpose,
    legalBasis: "Perbup Contoh 1/2026",
    from: "2026-01-01T00:00:00.000Z",
    rate: { perSecond: 10, burst: 20 },
    dailyQuota: 1000,
  },
};
const allowed: Entry<"grant"> = { ...requested, state: "active", content: { ...requested.content, decided: act } };
const decision: Entry<"decision"> = {
  kind: "decision",
  id: uuid(at("01:30:00.000"), 1),
  state: "final",
  content: {
    action: "grant.allow",
    subject: entryName(requested),
    from: "requested",
    to: "active",
    ...act,
    roles: ["service-owner"],
    profile,
    judgements: [],
    documents: [],
  },
};
const brought: readonly Entry[] = [
  {
    kind: "instance",
    id: parties.instance,
    state: "persiapan",
    content: { name: "Kabupaten Contoh", timeZone: "Asia/Jakarta", auditors: [] },
  },
  { kind: "subsystem", id: parties.consumer, state: "active", content: { name: "Bansos" } },
  { kind: "subsystem", id: parties.provider, state: "active", content: { name: "SIAK" } },
  ...[keyEntry("consumer", consumerKey), keyEntry("provider", providerKey)].sort((a, b) => (a.id < b.id ? -1 : 1)),
  {
    kind: "service",
    id: service,
    state: "active",
    content: {
      provider: parties.provider,
      title: "Penduduk",
      description: "Contoh.",
      classification: "terbatas",
      upstream: "http://10.16.3.20:8080",
      validateResponses: "enforce",
      contract: b64u(sha256(contract)),
      limits: { maxRequestBytes: 65_536, maxResponseBytes: 1_048_576, connectTimeoutMs: 1000, responseTimeoutMs: 5000, maxConnections: 64 },
    },
  },
  requested,
  { kind: "policy", id: "classification.yaml", state: "active", content: { digest: b64u(sha256(classification)) } },
];
const grow = (registry: RegistryState, version: number, entries: readonly Entry[]): Promise<RegistryState> =>
  applyChanges(
    registry,
    version,
    entries.map((entry) => ({
      entry,
      salt: entry.kind === "policy" ? Buffer.alloc(0) : drawn(`salt of ${entryName(entry)} ${version}`, 16),
      registeredAt: 0,
    })),
    async () => undefined,
  );

/** Everything, as plain JSON. */
export async function protocolVectors() {
  const empty = emptyState();
  const applied = await grow(empty, 1, brought);
  const state = await grow(applied, 2, [allowed, decision]);
  const between = (before: RegistryState, after: RegistryState) => ({
    registry: { before: before.roots.registry, after: after.roots.registry, version: after.version },
    policy: { before: before.roots.policy, after: after.roots.policy },
  });
  const basis = { registry: state.roots.registry, policy: state.roots.policy };

  const contents = {
    request: contentOf("k_request", sent),
    delivered: contentOf("k_delivered", received),
    provider: contentOf("k_provider", received),
  };
  const refusedProblem = problemDocument(gatewayOrigin, refusal, "en", uuid(at("02:00:01.001"), 2));
  const refused = contentOf("k_delivered of the refusal", refusedProblem);
  const head = (type: Leaf["type"], id: string, moment: number) => ({ v: 1, log: logOrigin, type, id, at: time(moment) }) as const;
  const requestOf = (word: string) => ({
    statement: b64u(drawn(`statement ${word}`)),
    jti: b64u(drawn(`jti ${word}`, 16)),
    kid: consumerKey.kid,
  });
  const called = {
    consumer: parties.consumer,
    service,
    operation: "matchPenduduk",
    grant: allowed.id,
    purpose: claims.purpose,
    htm: "POST",
  };
  const request = {
    statement: hashOf(claims),
    jti: claims.jti,
    kid: consumerKey.kid,
    commit: contents.request.commit,
    bytes: contents.request.bytes,
  };
  const lost = {
    ...requestOf("of the lost exchange"),
    commit: contentOf("k_request of the lost exchange", sent).commit,
    bytes: sent.length,
  };
  const lostId = uuid(at("02:01:40.990"), 4);
  const lostIntent = { ...head("intent", lostId, at("02:01:41.000")), ...called, request: lost, basis } as ExchangeLeaf;
  const outcome: ExchangeLeaf = {
    ...head("outcome", exchange, at("02:00:00.240")),
    ...called,
    request,
    intent: { log: logOrigin, index: 2 },
    response: {
      provider: { ...delivery(200, contents.provider), statement: hashOf(answerClaims) },
      delivered: delivery(200, contents.delivered),
    },
    ms: 112,
    basis,
  } as ExchangeLeaf;
  const leaves = (
    [
      {
        ...head("control", uuid(at("01:00:00.000"), 1), at("01:00:00.000")),
        change: { ...between(empty, applied), by: "cli:operator", added: brought.map(entryName), changed: [], retired: [] },
      },
      {
        ...head("control", uuid(at("01:30:00.000"), 2), at("01:30:00.000")),
        change: {
          ...between(applied, state),
          by: act.by,
          decision: { id: decision.id, action: "grant.allow", subject: entryName(allowed), from: "requested", to: "active" },
          profile,
          changed: [entryName(allowed), entryName(decision)],
        },
      },
      { ...head("intent", exchange, at("02:00:00.140")), ...called, request, basis },
      outcome,
      {
        ...head("refusal", uuid(at("02:00:01.001"), 2), at("02:00:01.003")),
        ...called,
        grant: undefined,
        operation: "lookupPenduduk",
        request: requestOf("of the refusal"),
        response: { delivered: delivery(403, refused) },
        problem: "not-granted",
        ms: 2,
        basis,
      },
      {
        ...head("refusal", uuid(at("02:01:40.000"), 3), at("02:01:40.000")),
        consumer: parties.consumer,
        since: time(at("02:00:38.512")),
        counts: { "not-granted": 214, "request-invalid": 3 },
      },
      lostIntent,
      {
        ...head("outcome", lostId, at("02:03:10.000")),
        ...called,
        request: lost,
        intent: { log: logOrigin, index: 6 },
        response: {},
        problem: "outcome-unknown",
        basis,
      },
      {
        ...head("control", uuid(at("02:01:44.000"), 5), at("02:03:10.000")),
        change: { ledger: { refused: 3, from: time(at("02:01:44.000")), until: time(at("02:03:04.118")) }, by: "gateway" },
      },
      {
        ...head("control", uuid(Date.parse("2028-02-01T00:12:00.000Z"), 6), Date.parse("2028-02-01T00:12:00.000Z")),
        change: { evidence: { destroyed: "2026-01/24", leaves: { from: 2, to: 7 } }, by: "retention" },
      },
      {
        ...head("control", uuid(Date.parse("2028-02-01T18:00:00.000Z"), 7), Date.parse("2028-02-01T18:00:00.000Z")),
        change: {
          registry: { before: state.roots.registry, after: state.roots.registry, version: 3 },
          policy: { before: state.roots.policy, after: state.roots.policy },
          by: "cli:operator",
          backup: { log: logOrigin, size: 10, manifest: b64u(sha256("backup.json of this example")) },
        },
      },
    ] as const satisfies readonly object[]
  ).map((leaf) => encodeLeaf(leaf as unknown as Leaf));

  const hashes = Buffer.concat(leaves.map((leaf) => leafHash(leaf)));
  const tiles = async (level: number | "entries", n: number, width: number) =>
    level === 0 && n === 0 ? hashes.subarray(0, width * 32) : undefined;
  const rootAt = (size: number): Buffer => treeRoot(hashes.subarray(0, size * 32));
  const checkpointAt = (size: number): string => signCheckpoint(size, rootAt(size), logSigner);
  const prove = (index: number, size: number) => proveInclusion(tiles, index, size);
  const proved = async (index: number, size: number) => ({ index, leaf: leaves[index]!.toString(), proof: b64u(await prove(index, size)) });

  const receipt = formatReceipt({
    leaf: leaves[3]!,
    index: 3,
    proof: await prove(3, 4),
    checkpoint: checkpointAt(4),
    keys: Buffer.concat([contents.request.key, contents.delivered.key]),
  });
  const told = { id: "Diizinkan oleh izin-verifikasi-nik, dijawab HTTP 200.", en: "Allowed by izin-verifikasi-nik, answered HTTP 200." };
  const names: readonly Pick<Entry, "kind" | "id">[] = [...brought.filter(({ kind }) => kind !== "policy"), decision];
  const registry = proveEntries(state, names);
  const policy = await provePolicies(state, new Set(["classification.yaml"]));
  const bundle = {
    v: 1,
    type: "spl-evidence",
    exchange,
    log: logOrigin,
    checkpoint: checkpointAt(9),
    leaves: [await proved(2, 9), await proved(3, 9)],
    statement,
    response,
    open: { request: b64u(contents.request.key), delivered: b64u(contents.delivered.key), provider: b64u(contents.provider.key) },
    registry,
    policy,
    documents: { [b64u(sha256(contract))]: contract, [b64u(sha256(classification))]: classification },
    registrations: await Promise.all([consumerKey.kid, providerKey.kid].map(async (kid) => ({ ...(await proved(0, 9)), kid }))),
    trace: { kind: "exchange", id: exchange, summary: told, steps: [{ detail: told, cite: null, basis: "project rule" }], missing: [] },
  } as const;
  const seal = signNote(sealedText(bundle), logSigner);

  const next = encodeLeaf({
    ...head("control", uuid(at("03:00:00.000"), 7), at("03:00:00.000")),
    log: `${host}/log/log-2-7f3a`,
    change: {
      log: { previous: logOrigin, checkpoint: checkpointAt(9), newest: checkpointAt(10), reason: "restored" },
      by: "cli:operator",
    },
  } as Leaf);
  const ended = encodeLeaf({
    ...head("control", uuid(Date.parse("2028-02-01T00:00:00.000Z"), 8), Date.parse("2028-02-01T00:12:00.000Z")),
    log: `${host}/log/log-2-7f3a`,
    change: { evidence: { destroyed: "2026-01/24", leaves: { from: 2, to: 7 }, log: logOrigin }, by: "retention" },
  } as Leaf);

  // After all of these leaves the log's key hands over.
  const handover = signHandover(leaves.length, rootAt(leaves.length), logSigner, nextLogSigner);
  const rotated = encodeLeaf({
    ...head("control", uuid(Date.parse("2028-02-02T01:00:00.000Z"), 9), Date.parse("2028-02-02T01:00:00.000Z")),
    change: { key: { before: formatVkey(logSigner), after: formatVkey(nextLogSigner), checkpoint: handover }, by: "cli:operator" },
  } as Leaf);
  const rotatedRoot = treeRoot(Buffer.concat([hashes, leafHash(rotated)]));

  return {
    about:
      "Test vectors of docs/protocol.md. The keys are known to everybody: never register one. Where " +
      "this file shows a string, its UTF-8 is the bytes.",
    keys: {
      consumer: showKey("consumer", consumerKey, proofs.consumer),
      provider: showKey("provider", providerKey, proofs.provider),
      log: showSigner("log", logSigner),
      nextLog: showSigner("next log key", nextLogSigner),
      instance: showSigner("instance", listSigner),
    },
    statement: {
      content: sent.toString(),
      header: headerOf(statement),
      claims: JSON.stringify(claims),
      jws: statement,
      hash: hashOf(claims),
    },
    signatures,
    reading: { claims: JSON.stringify(readingClaims), jws: jws("spl-req+jwt", consumerKey, readingClaims) },
    answer: {
      content: received.toString(),
      header: headerOf(response),
      claims: JSON.stringify(answerClaims),
      jws: response,
      hash: hashOf(answerClaims),
    },
    commitments: Object.fromEntries(
      Object.entries(contents).map(([part, { key, commit }]) => [
        part,
        { key: b64u(key), hash: b64u(sha256(part === "request" ? sent : received)), commit },
      ]),
    ),
    problem: refusedProblem.toString(),
    leaves: leaves.map((leaf, index) => ({ index, leaf: leaf.toString(), hash: b64(leafHash(leaf)) })),
    log: {
      checkpoints: Object.fromEntries([1, 4, 9, leaves.length].map((size) => [size, checkpointAt(size)])),
      inclusion: await Promise.all(
        (
          [
            [3, 4],
            [3, 9],
            [8, 9],
            [0, leaves.length],
          ] as const
        ).map(async ([index, size]) => ({ index, size, proof: b64(await prove(index, size)) })),
      ),
      consistency: await Promise.all(
        (
          [
            [1, 4],
            [4, 9],
            [9, leaves.length],
            [4, leaves.length],
          ] as const
        ).map(async ([first, second]) => ({ first, second, proof: b64(await proveConsistency(tiles, first, second)) })),
      ),
      tile: { path: formatTilePath({ level: 0, n: 0, width: leaves.length }), bytes: b64(hashes) },
      entries: { path: formatTilePath({ level: "entries", n: 0, width: leaves.length }), bytes: b64(encodeEntries(leaves)) },
      list: signNote(`${host}/logs\n${logOrigin} ${formatVkey(logSigner)} 2026-01-05T00:50:00.000Z - -\n`, listSigner),
    },
    next: { leaf: next.toString(), hash: b64(leafHash(next)) },
    rotated: {
      index: leaves.length,
      leaf: rotated.toString(),
      hash: b64(leafHash(rotated)),
      handover,
      checkpoint: signCheckpoint(leaves.length + 1, rotatedRoot, nextLogSigner),
    },
    ended: { leaf: ended.toString(), hash: b64(leafHash(ended)) },
    receipt: { field: receipt, document: JSON.stringify({ receipt }) },
    sealed: sealedText(bundle),
    bundle: encodeEvidence({ ...bundle, seal }).toString(),
  };
}

const refusal = new Problem("not-granted", {
  detail: {
    id: "Subsistem Anda tidak memiliki izin akses atas layanan ini; ajukan kepada pemilik layanan.",
    en: "Your subsystem has no grant for this service; ask its owner for one.",
  },
});
const headerOf = (compact: string): string => Buffer.from(compact.split(".")[0]!, "base64url").toString();
const showKey = (name: string, { alg, kid, privateKey }: SigningKey, proof: string) => {
  const { crv, kty, x } = createPublicKey(privateKey).export({ format: "jwk" });
  return { seed: b64u(drawn(`seed of ${name}`)), alg, jwk: JSON.stringify({ crv, kty, x }), kid, proof };
};
const showSigner = (name: string, signer: NoteSigner) => ({ seed: b64u(drawn(`seed of ${name}`)), vkey: formatVkey(signer) });
