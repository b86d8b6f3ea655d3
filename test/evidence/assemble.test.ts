import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { assembleFrom } from "../../src/evidence/assemble.ts";
import { encodeBundle } from "../../src/verify/seal.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { opens } from "../../src/ledger/commitment.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { policyReader } from "../../src/policy/profile/policies-in-force.ts";
import { registryHistory } from "../../src/policy/registry-history.ts";
import { leavesOf } from "../support/log-leaves.ts";
import { serve } from "../support/gateway-process.ts";
import {
  auditor,
  consumer,
  environment,
  provider,
  purpose,
  record,
  service,
  stranger,
  gatewayFixture,
  type GatewayFixture,
} from "../support/gateway-fixture.ts";
import { answering, ask, bundleFor, entriesIn, idOf, leavesIn, ofForm, sound } from "../support/bundles.ts";

const write = { method: "POST", target: `/r1/${service}/catatan`, contentType: "application/json" } as const;
const full = Buffer.from('{"nik":"1603010101909001","keterangan":"dirahasiakan"}');
const broken = Buffer.from('{"nik":"bukan NIK"}');
const readers = [consumer, provider, auditor];

let w: GatewayFixture;
let strict: GatewayFixture;
beforeAll(async () => {
  [w, strict] = await Promise.all([gatewayFixture(), gatewayFixture({ serviceManifest: "providerSignature: required\n" })]);
});
afterAll(() => Promise.all([w.close(), strict.close()]));

const names = (bundle: Parameters<typeof entriesIn>[0]): string[] => entriesIn(bundle).map(({ kind, id }) => `${kind} ${id}`);

describe("the evidence of an exchange", () => {
  it.each(readers)("that was allowed and signed by both is whole for %s", async (reader) => {
    w.respondWith(answering(w, 200, record));
    const sent = await w.call();
    const bundle = await bundleFor(w, reader, idOf(sent), { request: Buffer.alloc(0), delivered: sent.answer });
    expect(leavesIn(bundle)).toMatchObject([{ type: "outcome", id: idOf(sent), service }]);
    expect(bundle).toMatchObject({
      exchange: idOf(sent),
      log: w.instance.origin,
      statement: sent.statement,
      trace: { kind: "exchange", id: idOf(sent) },
    });
    expect(bundle.response).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(Object.keys(bundle.open)).toEqual(["delivered", "provider", "request"]);
    const kids = [w.keys[consumer]!.kid, w.keys[provider]!.kid];
    expect(names(bundle).sort()).toEqual(
      [
        "instance ID-16.03",
        `subsystem ${consumer}`,
        `subsystem ${provider}`,
        ...kids.map((kid) => `key ${kid}`),
        `service ${service}`,
        `grant ${consumer}#uji-baca-tulis`,
        "policy classification.yaml",
        "policy regulations/base.yaml",
        "policy regulations/muara-enim-52-2022.yaml",
      ].sort(),
    );
    expect(bundle.registrations.map(({ kid, index }) => [kid, index])).toEqual(kids.map((kid) => [kid, 0]));
    expect(Object.entries(bundle.documents).every(([digest, text]) => sha256(text).toString("base64url") === digest)).toBe(true);
    expect(Object.keys(bundle.documents)).toHaveLength(4);
    expect(bundle.trace.summary.en).toContain(`allowed by ${consumer}#uji-baca-tulis, answered HTTP 200`);
  });

  it.each(readers)("that changed something has its intent, proved to the same checkpoint, for %s", async (reader) => {
    w.respondWith(answering(w, 201, record));
    const sent = await w.call({ ...write, content: full });
    const bundle = await bundleFor(w, reader, idOf(sent), { request: full, delivered: record });
    expect(leavesIn(bundle).map(({ type, id }) => [type, id])).toEqual([
      ["intent", idOf(sent)],
      ["outcome", idOf(sent)],
    ]);
    expect(bundle.statement).toBe(sent.statement);
    expect(parseCheckpoint(bundle.checkpoint)!.size).toBeGreaterThan(bundle.leaves[1]!.index);
  });

  it("is the bytes that were sealed, as JSON that nobody keeps", async () => {
    const sent = await ask(w, consumer, idOf(await w.call()));
    expect(sent.fields).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store, no-transform",
      "content-digest": `sha-256=:${sha256(sent.answer).toString("base64")}:`,
    });
    expect(encodeBundle(JSON.parse(sent.answer.toString()) as Parameters<typeof encodeBundle>[0])).toEqual(sent.answer);
  });

  it.each([
    ["not-granted", () => w, { purpose: "tujuan-lain" }, "refusal"],
    ["request-invalid", () => w, { ...write, content: broken }, "refusal"],
    ["response-invalid", () => w, {}, "outcome"],
    ["response-unsigned", () => strict, {}, "outcome"],
  ] as const)("that was refused (%s) is there for all three", async (code, where, over, type) => {
    const here = where();
    here.respondWith(answering(here, 200, code === "response-invalid" ? broken : record, { signs: code !== "response-unsigned" }));
    const sent = await here.call(over);
    expect(sent.fields["spl-problem"]).toBe(code);
    for (const reader of readers) {
      const bundle = await bundleFor(here, reader, idOf(sent), {
        delivered: sent.answer,
        ...("content" in over ? { request: over.content } : {}),
      });
      expect(leavesIn(bundle)).toMatchObject([{ type, problem: code }]);
      expect(bundle).toMatchObject({ open: { delivered: expect.any(String) as string } });
      expect(bundle.statement).toBe(type === "refusal" && reader === provider ? undefined : sent.statement);
      expect(names(bundle)).toContain(`grant ${consumer}#uji-baca-tulis`);
      expect(bundle.trace.summary.en).toContain(`refused (${code})`);
    }
  });

  it("whose answer broke off says so, and with what status it began", async () => {
    w.respondWith((_, __, response) => {
      response.writeHead(201, { "Content-Type": "application/json", "Content-Length": 999 });
      response.write("{", () => response.socket!.destroy());
    });
    const sent = await w.call({ ...write, content: full });
    expect(sent.fields["spl-problem"]).toBe("upstream-lost");
    for (const reader of readers) {
      const bundle = await bundleFor(w, reader, idOf(sent), { request: full, delivered: sent.answer, provider: Buffer.from("{") });
      expect(leavesIn(bundle).at(-1)).toMatchObject({ response: { provider: { status: 201, bytes: 1 }, truncated: true } });
      expect(bundle.trace.summary.en).toContain("refused (upstream-lost)");
    }
  });

  it("after a crash says that nobody knows what came of it, with statement and key of the request", async () => {
    const l = await environment();
    const first = await serve(l);
    let id = "";
    const taken = new Promise<void>((resolve) => {
      l.respondWith(({ rawHeaders }) => {
        id = rawHeaders[rawHeaders.indexOf("Spl-Exchange") + 1]!;
        resolve();
      });
    });
    const unanswered = l.call({ ...write, content: record }).catch((error: Error) => error);
    await taken;
    await first.kill("SIGKILL");
    await unanswered;
    const next = await gatewayFixture({ continues: l });
    next.turnClock(7000);
    for (const reader of readers) {
      const bundle = await bundleFor(next, reader, id, { request: record });
      expect(leavesIn(bundle)).toMatchObject([{ type: "intent" }, { type: "outcome", problem: "outcome-unknown" }]);
      expect(Object.keys(bundle.open)).toEqual(["request"]);
      expect(bundle.statement).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    }
    await next.close();
    await l.close();
  });

  it("of gathered refusals is their leaf and its number alone, for consumer and auditor", async () => {
    const few = await gatewayFixture({ settings: { "gathered-refusals-per-minute": "2" }, stopped: true });
    for (let call = 0; call < 5; call++) await few.call({ purpose: "tujuan-lain" });
    await few.open.gateway.refusals.flush(true);
    const { id } = (await leavesOf(few)).find(({ counts }) => counts !== undefined)!;
    for (const reader of [consumer, auditor]) {
      const bundle = await bundleFor(few, reader, id);
      expect(bundle).toMatchObject({
        open: {},
        registry: { size: 0, entries: [] },
        policy: { size: 0, entries: [] },
        documents: {},
        registrations: [],
      });
      expect(bundle.statement).toBeUndefined();
      expect(bundle.trace.summary.en).toContain("not-granted × 3");
    }
    expect((await ask(few, provider, id)).fields["spl-problem"]).toBe("receipt-unknown");
    await few.close();
  });

  it("names the registry and the policies as they were then, whatever has come since", async () => {
    w.respondWith(answering(w, 200, record));
    const early = await w.call();
    appendFileSync(
      join(w.services, "dinsos/bansos/subsystem.yaml"),
      "  - { id: uji-kedua, service: " +
        service +
        ", operations: [getCatatan], purpose: kedua, legalBasis: Perbup Uji 2/2026, from: 2026-01-01, " +
        "rate: { perSecond: 9, burst: 9 }, dailyQuota: 9 }\n",
    );
    await w.apply();
    const late = await w.call({ purpose: "kedua" });
    const [before, after] = [await bundleFor(w, auditor, idOf(early)), await bundleFor(w, auditor, idOf(late))];
    expect(before.registry.root).toBe(leavesIn(before)[0]!.basis.registry);
    expect(after.registry.size).toBe(before.registry.size + 1);
    expect(names(after)).toContain(`grant ${consumer}#uji-kedua`);
    expect(names(before)).not.toContain(`grant ${consumer}#uji-kedua`);
  });

  it("is without what was destroyed, and still whole", async () => {
    w.respondWith(answering(w, 200, record));
    const stored = (await w.open.gateway.ledger.findExchange(idOf(await w.call())))!;
    const registry = storesAt(w.config.registry).openRegistry();
    const { newest } = followRegistry(registry);
    const history = registryHistory({ store: registry, newest, policies: policyReader(registry) });
    const ledger = { ...w.open.gateway.ledger, sealedRecord: async () => undefined };
    const bundle = await assembleFrom({ registry, history, logKeyFor: () => w.instance.logKey })(ledger, stored, "auditor");
    await registry.close();
    expect(sound(w.instance.vkey, encodeBundle(bundle!))).toMatchObject({ open: {} });
    expect([bundle!.statement, bundle!.response]).toEqual([undefined, undefined]);
  });
});

describe("what a consumer may open", () => {
  it("is not what its grant withheld: only provider and auditor have the key and see what was sent", async () => {
    const limited = await gatewayFixture();
    appendFileSync(join(limited.services, "dinsos/bansos/subsystem.yaml"), "    fields: [/nik]\n");
    await limited.apply();
    limited.respondWith(answering(limited, 200, full, { signs: false }));
    const sent = await limited.call();
    expect(sent.answer.toString()).toBe('{"nik":"1603010101909001"}');
    for (const reader of readers) {
      const bundle = await bundleFor(limited, reader, idOf(sent), { delivered: sent.answer });
      const { commit } = leavesIn(bundle)[0]!.response!.provider!;
      expect(bundle.open.provider === undefined ? "no key" : opens(commit, Buffer.from(bundle.open.provider, "base64url"), full)).toBe(
        reader === consumer ? "no key" : true,
      );
    }
    await limited.close();
  });

  it("is not what the provider signed and the gateway did not deliver", async () => {
    w.respondWith(answering(w, 200, broken));
    const sent = await w.call();
    expect(sent.fields["spl-problem"]).toBe("response-invalid");
    const [mine, theirs, audited] = await Promise.all(readers.map((reader) => bundleFor(w, reader, idOf(sent))));
    expect([mine!.response, mine!.open.provider]).toEqual([undefined, undefined]);
    for (const bundle of [theirs!, audited!])
      expect(bundle).toMatchObject({ response: expect.any(String) as string, open: { provider: expect.any(String) as string } });
  });
});

describe("what a provider may open", () => {
  it("is no request that never came to it, neither by bundle nor by receipt", async () => {
    const sent = await w.call({ ...write, content: Buffer.from('{"nik":"1"}') });
    expect(sent.fields["spl-problem"]).toBe("request-invalid");
    const [mine, theirs, audited] = await Promise.all(readers.map((reader) => bundleFor(w, reader, idOf(sent))));
    expect([theirs!.statement, theirs!.open.request]).toEqual([undefined, undefined]);
    for (const bundle of [mine!, audited!])
      expect(bundle).toMatchObject({ statement: sent.statement, open: { request: expect.any(String) as string } });
    const opened = async (reader: string): Promise<Buffer> => {
      const { answer } = await w.call({ iss: reader, target: `/receipts/${idOf(sent)}`, ...({ purpose: undefined } as object) });
      return parseReceipt((JSON.parse(answer.toString()) as { receipt: string }).receipt)!.open.subarray(0, 32);
    };
    expect(await opened(provider)).toEqual(Buffer.alloc(32));
    expect((await opened(consumer)).toString("base64url")).toBe(mine!.open.request);
  });
});

describe("the evidence is given to nobody else", () => {
  it("a stranger hears the same of any exchange, and nobody hears of one that is under way or of what is none", async () => {
    w.respondWith(answering(w, 200, record));
    const id = idOf(await w.call());
    const [control] = await leavesOf(w);
    let release: (() => void) | undefined;
    const reached = new Promise<string>((resolve) => {
      w.respondWith((seen, request, response) => {
        release = () => answering(w, 201, record)(seen, request, response);
        resolve(seen.rawHeaders[seen.rawHeaders.indexOf("Spl-Exchange") + 1]!);
      });
    });
    const inFlight = w.call({ ...write, content: record });
    const answers = await Promise.all([
      ask(w, stranger, id),
      ask(w, stranger, "01900000-0000-7000-8000-000000000000"),
      ask(w, stranger, await reached),
      ask(w, consumer, await reached),
      ask(w, auditor, await reached),
      ask(w, auditor, control!.id),
      ask(w, consumer, "bukan-id"),
    ]);
    expect(new Set(answers.map(({ status, answer }) => `${status} ${answer.toString()}`)).size).toBe(1);
    expect(answers[0].fields["spl-problem"]).toBe("receipt-unknown");
    release!();
    expect((await ask(w, consumer, idOf(await inFlight))).status).toBe(200);
    expect((await w.call({ target: `/evidence/${id}`, purpose })).fields["spl-problem"]).toBe("statement-invalid");
  });
});

it("the schema refuses a bundle with a member too many, too few, or of another form", async () => {
  w.respondWith(answering(w, 200, record));
  const bundle = await bundleFor(w, auditor, idOf(await w.call()));
  const { seal: _, ...unsealed } = bundle;
  const [leaf] = bundle.leaves;
  for (const wrong of [
    unsealed,
    { ...bundle, lain: 1 },
    { ...bundle, leaves: [{ ...leaf, lain: 1 }] },
    { ...bundle, open: { request: "pendek" } },
    { ...bundle, registrations: bundle.leaves },
    { ...bundle, v: 2 },
  ])
    expect(ofForm(wrong)).toBe(false);
});
