import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { BlockList } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import type { ProblemCode } from "../../src/base/problem.ts";
import type { KnownCallers } from "../../src/exchange/known-callers.ts";
import type { Load } from "../../src/exchange/load.ts";
import type { Gateway } from "../../src/exchange/ports.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import type { SigningKey } from "../../src/trust/sign.ts";
import {
  consumer,
  faithful,
  provider,
  record,
  service,
  stranger,
  gatewayFixture,
  type Behaviour,
  type GatewayFixture,
} from "../support/gateway-fixture.ts";
import { audit, dial, sign, type RequestChange } from "../support/wire.ts";
import { breakableLedger } from "./breakable-ledger.ts";

/** A request that passes every check, until it is spoiled. */
interface Draft {
  method: string;
  service: string;
  below: string;
  content: Buffer;
  contentType: string;
  key: SigningKey;
  readonly claims: Record<string, unknown>;
  readonly lines: string[];
  signature: "sound" | "spoiled" | "absent";
  source: "inside" | "outside";
  load: Load | undefined;
  behaviour: Behaviour;
}

/**
 * Makes one check fail, and no other. Where a check can fail in several ways, the first one goes along with the
 * spoilers of earlier checks.
 */
type Spoiler = readonly [ProblemCode, how: string, spoil: (pending: Draft) => void];

const calm: Load = { overload: undefined, enter: () => () => undefined, measure: () => undefined };
const strangersOnly: KnownCallers = { see: () => undefined, knows: () => false, onKnown: () => undefined };
const unregistered = generateSigningKey("ES256");
const seconds = () => Math.floor(w.open.gateway.clock() / 1000);

/**
 * The checks of protocol §2.3 in their order; 14 asks who says it before what is said. What cannot come together: two
 * ways of one row (a service is not unknown and suspended at once), and 13 with 14 or the two of 14, for a provider
 * that is not reached gives no answer. Without a statement (the second way of 4) there is nothing for 5 to 10 to fail
 * on; the request that lacks it is spoiled for 11 and 12 all the same.
 */
const checks: readonly { readonly check: number; readonly spoilers: readonly Spoiler[] }[] = [
  // Before all checks: a stranger, while the gateway is overloaded.
  { check: 0, spoilers: [["overloaded", "a stranger", (pending) => void (pending.load = { ...calm, overload: "delay" })]] },
  {
    check: 1,
    spoilers: [
      ["request-malformed", "a field that overrides the method", (pending) => void pending.lines.push("X-HTTP-Method-Override: GET")],
    ],
  },
  { check: 2, spoilers: [["not-intra", "from outside", (pending) => void (pending.source = "outside")]] },
  {
    check: 3,
    spoilers: [
      ["operation-unknown", "no such path", (pending) => void (pending.below = "/arsip/1")],
      ["service-unknown", "no such service", (pending) => void (pending.service = `${provider}/arsip/v1`)],
      ["service-unknown", "a retired service", (pending) => void (pending.service = `${provider}/warga/v8`)],
      ["service-suspended", "a suspended service", (pending) => void (pending.service = `${provider}/warga/v9`)],
    ],
  },
  {
    check: 4,
    spoilers: [
      ["statement-invalid", "a claim that nobody knows", (pending) => void (pending.claims["nbf"] = 1)],
      ["statement-missing", "no statement", (pending) => void (pending.signature = "absent")],
      ["statement-invalid", "no purpose", (pending) => void (pending.claims["purpose"] = undefined)],
    ],
  },
  {
    check: 5,
    spoilers: [
      ["key-unknown", "a key that is not registered", (pending) => void (pending.key = unregistered)],
      ["key-invalid", "another subsystem's key", (pending) => void (pending.key = w.keys[stranger]!)],
    ],
  },
  {
    check: 6,
    spoilers: [
      ["statement-expired", "exp is now", (pending) => void Object.assign(pending.claims, { iat: seconds() - 60, exp: seconds() })],
      ["statement-invalid", "another gateway's aud", (pending) => void (pending.claims["aud"] = "https://gerbang.lain")],
      ["statement-invalid", "another method", (pending) => void (pending.claims["htm"] = "GET")],
      ["statement-invalid", "another query", (pending) => void (pending.claims["htq"] = "?a=b")],
    ],
  },
  { check: 7, spoilers: [["signature-invalid", "one bit is another", (pending) => void (pending.signature = "spoiled")]] },
  {
    check: 8,
    spoilers: [
      ["overloaded", "a subsystem that asks most", (pending) => void (pending.load ??= { ...calm, enter: () => "delay" })],
      ["rate-limited", "a subsystem with its share in flight", (pending) => void (pending.load = { ...calm, enter: () => ({ share: 1 }) })],
      ["replayed", "a jti that was used", (pending) => void (pending.claims["jti"] = usedJti)],
    ],
  },
  {
    check: 9,
    spoilers: [
      ["not-granted", "an operation without grant", (pending) => void Object.assign(pending, { method: "PATCH", below: "/catatan/1" })],
    ],
  },
  {
    check: 10,
    spoilers: [
      ["quota-exceeded", "a grant that is used up", (pending) => void (pending.claims["purpose"] = "uji-habis")],
      ["rate-limited", "a grant that is asked too often", (pending) => void (pending.claims["purpose"] = "uji-laju")],
    ],
  },
  {
    check: 11,
    spoilers: [
      [
        "digest-mismatch",
        "other content was signed",
        (pending) => void (pending.claims["digest"] = formatDigest(sha256(Buffer.from("lain")))),
      ],
    ],
  },
  {
    check: 12,
    spoilers: [
      ["request-invalid", "content that breaks the schema", (pending) => void (pending.content = Buffer.from('{"nik":"1"}'))],
      ["content-type-unsupported", "a type that the contract lacks", (pending) => void (pending.contentType = "text/plain")],
    ],
  },
  {
    check: 13,
    spoilers: [
      ["upstream-lost", "the provider hangs up", (pending) => void (pending.behaviour = (_, request) => request.socket.destroy())],
    ],
  },
  {
    check: 14,
    spoilers: [
      [
        "response-unsigned",
        "a signature that is none",
        (pending) =>
          void (pending.behaviour = (_, __, response) =>
            response.writeHead(201, { "Content-Type": "application/json", "Spl-Signature": "-" }).end("{}")),
      ],
    ],
  },
  {
    check: 14,
    spoilers: [
      [
        "response-invalid",
        "an answer that breaks the contract",
        (pending) =>
          void (pending.behaviour = (_, __, response) => response.writeHead(201, { "Content-Type": "application/json" }).end("{}")),
      ],
    ],
  },
];
const lastBeforeContent = 10;
const lastBeforeProvider = 12;

const ledger = breakableLedger();
let w: GatewayFixture;
let usedJti: unknown;

beforeAll(async () => {
  w = await gatewayFixture({ storesAt: ledger.storesAt, settings: { "gathered-refusals-per-minute": "1000" } });
  const grants = join(w.services, "dinsos/bansos/subsystem.yaml");
  // Nobody may revise; and two grants that are soon used up.
  writeFileSync(grants, readFileSync(grants, "utf8").replace(", reviseCatatan", ""));
  const small = (purpose: string, perSecond: string, dailyQuota: number) =>
    appendFileSync(
      grants,
      `  - { id: ${purpose}, service: ${service}, operations: [createCatatan], purpose: ${purpose}, legalBasis: Perbup ` +
        `Uji 1/2026, from: 2026-01-01, rate: { perSecond: ${perSecond}, burst: 1 }, dailyQuota: ${dailyQuota} }\n`,
    );
  small("uji-habis", "1000", 1);
  small("uji-laju", "0.01", 100);
  await w.apply();
  // The service in two states that a registry knows: the snapshot is given two more versions of it.
  const { services } = w.open.gateway.snapshot();
  const versions = services as Map<string, unknown>;
  versions.set(`${provider}/warga/v8`, { ...services.get(service), state: "retired" });
  versions.set(`${provider}/warga/v9`, { ...services.get(service), state: "suspended" });
  for (const purpose of ["uji-habis", "uji-laju", "verifikasi-uji"])
    usedJti = (await ask([(pending) => void (pending.claims["purpose"] = purpose)])).jti;
});
afterAll(() => w.close());

interface Asked {
  readonly code: string | undefined;
  readonly status: number;
  readonly continued: boolean;
  readonly connection: string | undefined;
  readonly jti: unknown;
}

/** Announces the content and sends it only when the gateway asks for it. */
async function ask(spoilers: readonly Spoiler[2][]): Promise<Asked> {
  const pending: Draft = {
    method: "POST",
    service,
    below: "/catatan",
    content: record,
    contentType: "application/json",
    key: w.keys[consumer]!,
    claims: {},
    lines: ["Expect: 100-continue"],
    signature: "sound",
    source: "inside",
    load: undefined,
    behaviour: faithful,
  };
  for (const spoil of spoilers) spoil(pending);
  const signing: RequestChange = { ...pending, target: `/r1/${pending.service}${pending.below}` };
  const { head, statement, claims } = sign(w, signing);
  w.respondWith(pending.behaviour);
  const gateway = w.open.gateway as { -readonly [K in keyof Gateway]: Gateway[K] };
  const { allowedNetworks, load, knownCallers } = gateway;
  if (pending.load !== undefined) Object.assign(gateway, { load: pending.load, knownCallers: strangersOnly });
  if (pending.source === "outside") gateway.allowedNetworks = new BlockList();
  const wire = dial(w);
  try {
    wire.write(
      pending.signature === "absent"
        ? head.replace(`Spl-Signature: ${statement}\r\n`, "")
        : pending.signature === "spoiled"
          ? head.replace(statement, spoiled(statement))
          : head,
    );
    void wire.continued().then(() => wire.write(pending.content));
    const { status, fields, continued } = await wire.answer();
    return { code: fields["spl-problem"], status, continued, connection: fields["connection"], jti: claims["jti"] };
  } finally {
    Object.assign(gateway, { allowedNetworks, load, knownCallers });
    wire.socket.destroy();
  }
}

/** Well-formed, and of the right length. */
function spoiled(statement: string): string {
  const [header, payload, signature] = statement.split(".") as [string, string, string];
  const bytes = Buffer.from(signature, "base64url");
  bytes[40]! ^= 1;
  return `${header}.${payload}.${bytes.toString("base64url")}`;
}

const cases = checks.flatMap(({ check, spoilers }) => spoilers.map(([code, how, spoil]) => ({ check, code, how, spoil })));
/** The first spoiler of every later check. */
const fromThenOn = (check: number) =>
  checks.filter((later) => later.check > check && !(check === 13 && later.check === 14)).map(({ spoilers }) => spoilers[0]![2]);

describe("an exchange that fails several checks is refused with the code of the first", () => {
  it("and one that fails none is delivered", async () =>
    expect(await ask([])).toMatchObject({ code: undefined, status: 201, continued: true }));

  it.each(cases)("check $check, $how: $code", async ({ check, code, spoil }) => {
    for (const spoilers of [[spoil], [...fromThenOn(check), spoil]]) {
      const before = w.received.length;
      const asked = await ask(spoilers);
      expect(asked.code).toBe(code);
      expect(asked.continued).toBe(check > lastBeforeContent);
      if (check <= lastBeforeContent) expect(asked.connection).toBe("close");
      expect(w.received.length - before).toBe(check <= lastBeforeProvider ? 0 : 1);
    }
  });

  it.each(cases)("check $check, $how: without a ledger, $code is said only if it needs no leaf", async ({ check, code, spoil }) => {
    ledger.refuse(() => true);
    const before = w.received.length;
    expect((await ask([spoil])).code).toBe(check <= 8 ? code : "ledger-unavailable");
    expect(w.received.length).toBe(before);
    ledger.refuse(() => false);
  });

  it("and the ledger is sound after all that", async () => expect(await audit(w)).toMatchObject({ findings: [], openIntents: [] }));
});
