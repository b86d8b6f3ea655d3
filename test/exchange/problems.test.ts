import { readFileSync } from "node:fs";
import { BlockList } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advice } from "../../src/base/problem-messages.ts";
import { problems, type ProblemCode } from "../../src/base/problem.ts";
import type { Load } from "../../src/exchange/load.ts";
import type { Gateway } from "../../src/exchange/ports.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import type { ServiceVersion } from "../../src/registry/snapshot.ts";
import { emptyDigest } from "../../src/trust/content-digest.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import {
  anotherLog,
  consumer,
  faithful,
  environment,
  record,
  service,
  stranger,
  gatewayFixture,
  type Environment,
  type GatewayFixture,
} from "../support/gateway-fixture.ts";
import { audit, ledgerLeaves, metered, posting, shoot, sign, type RequestChange } from "../support/wire.ts";
import { breakableLedger } from "./breakable-ledger.ts";

/** How a problem is reached: a request that differs from a right GET, and what is amiss around it. */
interface Way {
  readonly httpVersion?: string;
  readonly request?: () => RequestChange;
  /** What is sent in place of the content that was signed. */
  readonly sends?: string;
  /** Makes something amiss; what it gives back puts it right. */
  readonly amid?: () => (() => void) | Promise<() => Promise<unknown>>;
  /** Where it happens, if not in the world of most. */
  readonly in?: () => GatewayFixture;
}

const ledger = breakableLedger();
const marker = "1603017777779999";
const secret = "SELECT jwk FROM key at 10.16.3.4:5432";
let w: GatewayFixture;
let ruins: Environment;
let restarted: GatewayFixture;

beforeAll(async () => {
  w = await gatewayFixture({
    storesAt: ledger.storesAt,
    settings: { "max-upstream-waiting": "0", "upstream-failures": "1000", "gathered-refusals-per-minute": "1000" },
    serviceManifest: "limits: { maxRequestBytes: 4096, maxConnections: 1 }\n",
  });
  // A gateway with a new log under the registry of an older one.
  ruins = await environment();
  await (await gatewayFixture({ continues: ruins })).close();
  // Kept within the seconds in which it cannot tell replays.
  restarted = await gatewayFixture({ continues: ruins, settings: anotherLog(ruins), stopped: true });
});
afterAll(async () => {
  await w.close();
  await restarted.close();
  await ruins.close();
});

/** A part of the gateway, or of what it knows, is another one for a while. */
function exchanged<T extends object, K extends keyof T>(of: T, name: K, value: T[K]): () => void {
  const before = of[name];
  of[name] = value;
  return () => void (of[name] = before);
}
const gateway = () => w.open.gateway as { -readonly [K in keyof Gateway]: Gateway[K] };
const inService = (over: Partial<ServiceVersion>) => () =>
  exchanged(
    w.open.gateway.snapshot().services.get(service) as ServiceVersion,
    ...(Object.entries(over)[0] as [keyof ServiceVersion, never]),
  );
const limited = (limit: "rate" | "quota") => () => exchanged(gateway(), "quota", { spend: () => ({ limit, retryAfterSeconds: 42 }) });
const fullLoad: Load = { overload: undefined, enter: () => "in-flight", measure: () => undefined };
const provider = (behaviour: Parameters<GatewayFixture["respondWith"]>[0]) => () => {
  w.respondWith(behaviour);
  return () => w.respondWith(faithful);
};

/** Every problem that a caller meets; `leaf`: it comes after check 7, so it has a leaf. */
const ways: Readonly<Partial<Record<ProblemCode, Way & { readonly leaf: boolean }>>> = {
  "request-malformed": { request: () => ({ lines: ["Range: bytes=0-1"] }), leaf: false },
  "http-version-unsupported": { httpVersion: "2.0", leaf: false },
  "not-intra": { amid: () => exchanged(gateway(), "allowedNetworks", new BlockList()), leaf: false },
  "service-unknown": { request: () => ({ target: `/r1/${service.replace("warga", "arsip")}/catatan/1` }), leaf: false },
  "service-suspended": { amid: inService({ state: "suspended" }), leaf: false },
  "operation-unknown": { request: () => ({ below: "/arsip" }), leaf: false },
  "statement-missing": { request: () => ({ instead: { "Spl-Signature": undefined } }), leaf: false },
  "statement-invalid": { request: () => ({ claims: { x: marker } }), leaf: false },
  "statement-expired": { request: () => ({ claims: { iat: 1_700_000_000, exp: 1_700_000_060 } }), leaf: false },
  "key-unknown": { request: () => ({ key: generateSigningKey("ES256") }), leaf: false },
  "key-invalid": { request: () => ({ key: w.keys[stranger]! }), leaf: false },
  "signature-invalid": { request: () => ({ key: { ...generateSigningKey("ES256"), kid: w.keys[consumer]!.kid } }), leaf: false },
  replayed: { request: () => ({ claims: { jti: usedJti } }), leaf: false },
  "not-granted": { request: () => ({ claims: { purpose: "lain" } }), leaf: true },
  "rate-limited": { amid: limited("rate"), leaf: true },
  "quota-exceeded": { amid: limited("quota"), leaf: true },
  "receipt-unknown": {
    request: () => ({ target: "/receipts/0190c0de-0000-7000-8000-000000000000", claims: { purpose: undefined } }),
    leaf: false,
  },
  "content-too-large": { request: () => ({ ...posting, content: Buffer.alloc(4097, 0x20) }), leaf: true },
  "content-type-unsupported": { request: () => ({ ...posting, contentType: "text/plain" }), leaf: true },
  "digest-mismatch": { request: () => posting, sends: record.toString().replace("9001", "9002"), leaf: true },
  "request-invalid": {
    request: () => ({ ...posting, below: "/catatan", content: Buffer.from(`{"nik":"${marker}x","${marker}":1}`) }),
    leaf: true,
  },
  "upstream-unreachable": { amid: inService({ upstream: "http://127.0.0.1:1" }), leaf: true },
  "upstream-lost": { amid: provider((_, request) => request.socket.destroy()), leaf: true },
  "upstream-timeout": { amid: silent, leaf: true },
  "upstream-busy": { amid: occupied, leaf: true },
  "response-invalid": {
    amid: provider((_, __, response) =>
      response
        .writeHead(200, { "Content-Type": "application/json", "Set-Cookie": `sesi=${marker}`, "X-Inside": secret })
        .end(`{"nik":"${marker}x"}`),
    ),
    leaf: true,
  },
  "response-unsigned": { amid: inService({ signedAnswers: true }), leaf: true },
  overloaded: { amid: () => exchanged(gateway(), "load", fullLoad), leaf: false },
  "ledger-unavailable": { amid: fullDisk, leaf: false },
  "replay-unknown": { in: () => restarted, leaf: false },
  internal: {
    amid: () =>
      exchanged(gateway(), "quota", {
        spend: () => {
          throw new TypeError(secret);
        },
      }),
    leaf: true,
  },
};

/** There is no caller left to receive it: test/exchange/recorded.test.ts. */
const recordedOnly: readonly ProblemCode[] = ["caller-gone", "outcome-unknown"];

/** What each refusal leaves in the log, as docs/protocol.md §3.1 has it. */
const leavesOnPage: ReadonlyMap<string, string> = new Map(
  [
    ...readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8").matchAll(/^\| `([a-z-]+)` \| \d{3} \| \w+ \| ([^|]+) \|/gm),
  ].map(([, code, leaf]) => [code!, leaf!] as const),
);

let usedJti: unknown;

function fullDisk(): () => void {
  ledger.refuse(() => true);
  return () => ledger.refuse(() => false);
}

function silent(): () => void {
  const undo = [provider(() => undefined)(), inService({ responseTimeoutMs: 100 })()];
  return () => undo.forEach((step) => step());
}

/** The only connection to the provider is taken. */
async function occupied(): Promise<() => Promise<unknown>> {
  const release = Promise.withResolvers<void>();
  w.respondWith((seen, request, response) => void release.promise.then(() => faithful(seen, request, response)));
  const before = w.received.length;
  const slow = w.call();
  await expect.poll(() => w.received.length).toBe(before + 1);
  return async () => {
    release.resolve();
    await slow;
    w.respondWith(faithful);
  };
}

async function meet(code: ProblemCode, lines: readonly string[]) {
  const { request = (): RequestChange => ({}), httpVersion = "1.1", sends, amid, in: where = () => w } = ways[code]!;
  const here = where();
  const done = await amid?.();
  const signing: RequestChange = { ...request(), lines: [...lines, ...(request().lines ?? [])] };
  const { head, claims } = sign(here, signing);
  const before = { leaves: (await ledgerLeaves(here)).length, seen: here.received.length, metered: await metered(here, code) };
  const answer = await shoot(here, head.replace("HTTP/1.1", `HTTP/${httpVersion}`) + (sends ?? signing.content?.toString() ?? ""));
  const after = { leaves: (await ledgerLeaves(here)).length, seen: here.received.length, metered: await metered(here, code) };
  await done?.();
  return { answer, signing, claims, before, after, document: JSON.parse(answer.content.toString()) as Record<string, unknown>, here };
}

describe("every problem that a caller is told", () => {
  it("has a row here, or a reason why not", () => {
    expect([...Object.keys(ways), ...recordedOnly].sort()).toEqual(Object.keys(problems).sort());
  });

  beforeAll(async () => {
    const { head, claims } = sign(w);
    usedJti = claims["jti"];
    await shoot(w, head);
  });

  describe.each(Object.keys(ways) as ProblemCode[])("%s", (code) => {
    const { status, title } = problems[code];

    it.each([
      ["id", []],
      ["en", ["Accept-Language: en-GB, id;q=0.5"]],
    ] as const)("is a problem document in the language %s, with the fields that go with it", async (language, lines) => {
      const { answer, document, here } = await meet(code, lines);
      expect(answer.status).toBe(status);
      expect(answer.fields).toMatchObject({
        "content-type": "application/problem+json",
        "spl-problem": code,
        "cache-control": "no-store, no-transform",
      });
      expect(document).toMatchObject({ type: `${here.publicOrigin}/problems/${code}`, title: title[language], status, code });
      expect(document["detail"]).toMatch(/^\S.{19,}\.$/s);
      expect(document["detail"]).not.toBe(title[language]);
      expect(document["instance"]).toBe(ways[code]!.leaf ? `/receipts/${answer.fields["spl-exchange"]!}` : undefined);
      expect(
        Object.keys(document).filter((name) => !["type", "title", "status", "detail", "instance", "code", "errors"].includes(name)),
      ).toEqual([]);
      expect(answer.fields["www-authenticate"]).toBe(status === 401 ? `Spl realm="${w.publicOrigin}"` : undefined);
      expect(answer.fields["retry-after"] ?? "none").toMatch(status === 429 || status === 503 ? /^[1-9][0-9]*$/ : /^none$/);
      expect("ratelimit" in answer.fields && "ratelimit-policy" in answer.fields).toBe(status === 429);
      const page = await fetch(String(document["type"]));
      const words = await page.text();
      expect([page.status, [title, advice[code]].every((text) => words.includes(text[language]))]).toEqual([200, true]);
    });

    it("shows nothing of the inside and repeats nothing that was sent", async () => {
      const { answer } = await meet(code, []);
      const shown = JSON.stringify(answer.fields) + answer.content.toString();
      for (const hidden of [marker, secret, "SELECT", "TypeError", "ENOSPC", "ledger.sqlite", "node:", "sesi=", "127.0.0.1:1/"])
        expect(shown).not.toContain(hidden);
      const upstream = w.open.gateway.snapshot().services.get(service)!.upstream;
      expect(shown).not.toContain(new URL(upstream).host);
    });

    it(ways[code]!.leaf ? "is a leaf with a receipt that verifies" : "does not grow the ledger", async () => {
      const { answer, before, after, signing, claims } = await meet(code, ["Prefer: receipt=full"]);
      if (code !== "receipt-unknown") expect(after.metered).toBe(before.metered + 1);
      if (!ways[code]!.leaf) {
        expect(after.leaves).toBe(before.leaves);
        expect(answer.fields["spl-receipt"]).toBeUndefined();
        expect(leavesOnPage.get(code)).toMatch(/^none/);
        return;
      }
      const receipt = parseReceipt(answer.fields["spl-receipt"]!)!;
      const { type, request } = JSON.parse(receipt.leaf.toString()) as ExchangeLeaf;
      if (code !== "internal")
        expect(leavesOnPage.get(code)?.split(";")[0]).toBe(type === "outcome" || request.commit === undefined ? type : `${type}, commit`);
      if (type === "outcome") expect(request).toHaveProperty("commit");
      const wasRead = signing.content !== undefined && code !== "content-too-large";
      const findings = checkReceipt(receipt, {
        vkey: w.instance.vkey,
        consumer,
        service,
        htm: signing.method ?? "GET",
        status,
        exchange: answer.fields["spl-exchange"]!,
        statement: Buffer.from(JSON.stringify(claims)),
        responseContent: answer.content,
        ...(wasRead ? { requestContent: Buffer.from(ways[code]!.sends ?? signing.content) } : {}),
      });
      expect(findings.filter(({ holds }) => holds === false)).toEqual([]);
      expect(findings.filter(({ holds }) => holds === "not-checked").length).toBe(wasRead ? 0 : 1);
    });
  });

  it("429 says which limit it was, in the fields of draft-ietf-httpapi-ratelimit-headers-10", async () => {
    for (const [code, name] of [
      ["rate-limited", "rate"],
      ["quota-exceeded", "quota"],
    ] as const) {
      const { fields } = (await meet(code, [])).answer;
      expect(fields).toMatchObject({
        "retry-after": "42",
        ratelimit: `"${name}";r=0;t=42`,
        "ratelimit-policy": '"rate";q=2000;w=2, "quota";q=1000000;w=86400',
      });
    }
  });

  it("a refusal of HEAD, also by check 1, has no content and the digest of none", async () => {
    for (const over of [{ lines: ["Range: bytes=0-1"] }, { claims: { purpose: "lain" } }, { target: "/receipts" }]) {
      const { fields } = await shoot(w, sign(w, { method: "HEAD", ...over }).head, { bodiless: true });
      expect(fields["content-digest"]).toBe(emptyDigest);
      expect(fields).toHaveProperty("spl-problem");
    }
  });

  it("request-invalid points to every fault, wherever it stands", async () => {
    const errors = async (signing: RequestChange) => {
      const answer = await shoot(w, sign(w, signing).head + (signing.content?.toString() ?? ""));
      return (JSON.parse(answer.content.toString()) as { errors: { in: string; pointer: string; detail: string }[] }).errors.map(
        ({ in: place, pointer }) => `${place} ${pointer}`,
      );
    };
    expect(await errors({ below: `/catatan/x?tahun=${marker}`, claims: { hdr: { ringkas: marker } } })).toEqual([
      "path /nomor",
      "query /tahun",
      "hdr /Ringkas",
    ]);
    expect(await errors({ below: "/catatan/0?bulan=1" })).toEqual(["path /nomor", "query "]);
    expect(await errors({ ...posting, content: Buffer.from('{"nik":"1","lain":1}') })).toEqual(expect.arrayContaining(["content /nik"]));
    expect(await errors({ ...posting, content: Buffer.from('{"nik":') })).toEqual(["content "]);
  });

  it("and the ledger is sound after all that", async () => {
    expect(await audit(w)).toMatchObject({ findings: [], openIntents: [] });
    expect(await audit(restarted)).toMatchObject({ findings: [] });
  });
});
