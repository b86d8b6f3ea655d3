import { afterEach, describe, expect, it } from "vitest";
import type { MemoryReplayCache } from "../../src/store/memory/replay-cache.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseCanonicalLeaf } from "../../src/ledger/canonical-leaf.ts";
import type { RefusalsLeaf } from "../../src/ledger/leaf.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import {
  consumer,
  faithful,
  environment,
  record,
  service,
  stranger,
  gatewayFixture,
  type GatewayFixture,
  type FixtureOptions,
} from "../support/gateway-fixture.ts";
import { kept } from "../support/kept-log.ts";
import {
  audit,
  dial,
  figure,
  leafOf,
  ledgerLeaves,
  metered,
  posting,
  shoot,
  sign,
  type RequestChange,
  type WireAnswer,
} from "../support/wire.ts";
import { breakableLedger } from "./breakable-ledger.ts";

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A world that ends with the test, and whose ledger is found sound before that. */
async function enter(options: FixtureOptions = {}): Promise<GatewayFixture> {
  const w = await gatewayFixture(options);
  undo.push(async () => {
    const { findings } = await audit(w);
    await w.close();
    expect(findings).toEqual([]);
  });
  return w;
}
const codeOf = ({ fields }: { fields: Readonly<Record<string, string>> }): string => fields["spl-problem"] ?? "delivered";

/** The leaves of exchanges, oldest first, without those that tell of the registry. */
const exchangesOf = async (w: GatewayFixture) => (await ledgerLeaves(w)).filter(({ type }) => type !== "control");
const connectionsOf = (w: GatewayFixture) => new Promise((resolve) => w.open.publicApp.server.getConnections((_, count) => resolve(count)));

/** What the provider answers waits for the test. */
function held(w: GatewayFixture): () => void {
  const release = Promise.withResolvers<void>();
  w.respondWith((seen, request, response) => void release.promise.then(() => faithful(seen, request, response)));
  return release.resolve;
}

/** The receipt that a link leads to. */
async function follow(w: GatewayFixture, link: string): Promise<NonNullable<ReturnType<typeof parseReceipt>>> {
  const target = /<([^>]+)>/.exec(link)![1]!;
  const { status, content } = await shoot(w, sign(w, { target, claims: { purpose: undefined } }).head);
  expect(status).toBe(200);
  return parseReceipt((JSON.parse(content.toString()) as { receipt: string }).receipt)!;
}

describe("a statement that comes again", () => {
  it("is answered 409 with a link to the first receipt, and is neither executed nor appended", async () => {
    const w = await enter();
    const { head, claims } = sign(w, posting);
    const first = await shoot(w, head + record.toString());
    const before = await exchangesOf(w);
    const again = await shoot(w, head + record.toString());
    expect([codeOf(first), codeOf(again), again.status]).toEqual(["delivered", "replayed", 409]);
    expect([w.received.length, await exchangesOf(w)]).toEqual([1, before]);
    expect(await metered(w, "replayed")).toBe(1);
    const findings = checkReceipt(await follow(w, again.fields["link"]!), {
      vkey: w.instance.vkey,
      consumer,
      service,
      htm: "POST",
      status: 201,
      exchange: first.fields["spl-exchange"]!,
      statement: Buffer.from(JSON.stringify(claims)),
      requestContent: record,
      responseContent: first.content,
    });
    expect(findings.filter(({ holds }) => holds !== true)).toEqual([]);
  });

  it("is executed once, though it comes many times at once", async () => {
    const w = await enter();
    const { head } = sign(w, posting);
    const answers = await Promise.all(Array.from({ length: 20 }, () => shoot(w, head + record.toString())));
    expect(answers.map(codeOf).sort()).toEqual(["delivered", ...Array<string>(19).fill("replayed")]);
    expect(w.received.length).toBe(1);
  });

  it("was taken although it was refused later on", async () => {
    const w = await enter();
    const { head } = sign(w, { claims: { purpose: "lain" } });
    expect([codeOf(await shoot(w, head)), codeOf(await shoot(w, head))]).toEqual(["not-granted", "replayed"]);
  });

  it("raises an alarm, without a link, if it is another statement with the same jti", async () => {
    const w = await enter();
    const { head, claims } = sign(w);
    await shoot(w, head);
    const other = await shoot(w, sign(w, { below: "/catatan/2", claims: { jti: claims["jti"] } }).head);
    expect([codeOf(other), other.fields["link"]]).toEqual(["replayed", undefined]);
    expect(await figure(w, "simpul_replay_alarms_total")).toBe(1);
    expect((await exchangesOf(w)).length).toBe(1);
  });

  it("is known after a restart", async () => {
    const around = await environment();
    undo.push(() => around.close());
    const before = await gatewayFixture({ continues: around });
    const { head } = sign(before);
    await shoot(before, head);
    await before.close();
    expect(codeOf(await shoot(await enter({ continues: around }), head))).toBe("replayed");
  });

  it("is rate-limited for a subsystem without any grant that fills the replay memory; nobody else notices", async () => {
    const settings = { "max-replay-entries": "1000", "gathered-refusals-per-minute": "1" };
    const w = await enter({ settings, stopped: true });
    const greedy: RequestChange = { key: w.keys[stranger]!, claims: { iss: stranger } };
    const wire = dial(w);
    wire.write(Array.from({ length: 1000 }, () => sign(w, greedy).head).join(""));
    const answers: WireAnswer[] = [];
    while (answers.length < 1000) answers.push(await wire.answer());
    const last = answers.at(-1)!;
    expect(answers.map(codeOf)).toEqual([...Array<string>(200).fill("not-granted"), ...Array<string>(800).fill("rate-limited")]);
    expect(last).toMatchObject({ status: 429, fields: { "ratelimit-policy": '"replay-share";q=200;w=300' } });
    expect(last.fields).not.toHaveProperty("link");
    expect(codeOf(await w.call())).toBe("delivered");
    expect(await figure(w, "simpul_limited_total", `subsystem="${stranger}",limit="replay-share"`)).toBe(800);
    wire.socket.destroy();
    w.turnClock(Number(last.fields["retry-after"]) * 1000);
    expect(codeOf(await shoot(w, sign(w, greedy).head))).toBe("not-granted");
  });

  it("is rate-limited for a subsystem that sends faster than any may, before its statement is taken; replays do not count", async () => {
    const { log, lines } = kept("limited");
    const w = await enter({ settings: { "max-statements-per-second": "1" }, stopped: true, log });
    const first = sign(w).head;
    expect(codeOf(await shoot(w, first))).toBe("delivered");
    for (let i = 0; i < 20; i++) expect(codeOf(await shoot(w, first))).toBe("replayed");
    for (let i = 0; i < 9; i++) expect(codeOf(await w.call())).toBe("delivered");
    const before = (await ledgerLeaves(w)).length;
    const again = sign(w).head;
    const refused = await shoot(w, again);
    expect(refused).toMatchObject({
      status: 429,
      fields: {
        "spl-problem": "rate-limited",
        "retry-after": "1",
        ratelimit: '"statements";r=0;t=1',
        "ratelimit-policy": '"statements";q=10;w=10',
      },
    });
    await w.call();
    await w.call();
    expect((await ledgerLeaves(w)).length).toBe(before);
    expect(codeOf(await shoot(w, sign(w, { key: w.keys[stranger]!, claims: { iss: stranger } }).head))).toBe("not-granted");
    expect(lines).toEqual([["limited", { subsystem: consumer, limit: "statements", refused: 1 }]]);
    w.turnClock(1000);
    expect(codeOf(await shoot(w, again))).toBe("delivered");
    w.turnClock(60_000);
    for (let i = 0; i < 11; i++) await w.call();
    expect(lines[1]).toEqual(["limited", { subsystem: consumer, limit: "statements", refused: 3 }]);
    expect(lines).toHaveLength(2);
  });
});

describe("a caller who hangs up", () => {
  it.each<[string, (wire: ReturnType<typeof dial>) => void]>([
    ["by a reset", ({ socket }) => void socket.resetAndDestroy()],
    ["by closing", ({ socket }) => void socket.end()],
  ])("%s while sending content is a leaf and is metered; the provider sees nothing", async (_, hangUp) => {
    const w = await enter();
    const wire = dial(w);
    wire.write(sign(w, { ...posting, lines: ["Expect: 100-continue"] }).head);
    await wire.continued();
    wire.write(record.subarray(0, 5));
    hangUp(wire);
    await expect.poll(() => metered(w, "caller-gone")).toBe(1);
    expect(await exchangesOf(w)).toMatchObject([{ type: "refusal", problem: "caller-gone", consumer, response: {} }]);
    expect([w.received.length, await metered(w)]).toEqual([0, 1]);
  });

  it.each<[string, boolean]>([
    ["GET", false],
    ["POST", true],
  ])(
    "while the provider works on a %s is an outcome that says what the provider answered, and that nothing was delivered",
    async (method, announced) => {
      const w = await enter();
      const release = held(w);
      const wire = dial(w);
      wire.write(method === "GET" ? sign(w).head : sign(w, posting).head + record.toString());
      await expect.poll(() => w.received.length).toBe(1);
      wire.socket.resetAndDestroy();
      await expect.poll(() => connectionsOf(w)).toBe(0);
      release();
      await expect.poll(() => metered(w, "caller-gone")).toBe(1);
      const outcome = (await exchangesOf(w)).at(-1);
      expect(outcome).toMatchObject({
        type: "outcome",
        problem: "caller-gone",
        htm: method,
        response: { provider: { status: announced ? 201 : 200, bytes: record.length } },
      });
      expect(outcome).not.toHaveProperty("response.delivered");
      expect("intent" in outcome!).toBe(announced);
      expect((await audit(w)).openIntents).toEqual([]);
    },
  );
});

describe("a caller who ends its side after its request (RFC 9112 §9.6)", () => {
  it.each<[string, string]>([
    ["GET", "before the provider is asked"],
    ["POST", "before the provider is asked"],
    ["GET", "while the provider works"],
    ["POST", "while the provider works"],
  ])("is answered on a %s, whether it ended %s, and the connection is closed", async (method, when) => {
    const w = await enter();
    const release = held(w);
    const wire = dial(w, { allowHalfOpen: true });
    wire.write(method === "GET" ? sign(w).head : sign(w, posting).head + record.toString());
    if (when === "while the provider works") await expect.poll(() => w.received.length).toBe(1);
    wire.socket.end();
    await expect.poll(() => w.received.length).toBe(1);
    release();
    const answer = await wire.answer();
    expect([answer.status, answer.fields["connection"]]).toEqual([method === "GET" ? 200 : 201, "close"]);
    await wire.ended;
    await expect.poll(() => connectionsOf(w)).toBe(0);
    expect((await exchangesOf(w)).at(-1)).toMatchObject({ type: "outcome", response: { delivered: { status: answer.status } } });
    expect(await metered(w)).toBe(1);
  });
});

describe("when the ledger cannot be written", () => {
  it("nothing that changes anything reaches the provider", async () => {
    const ledger = breakableLedger();
    const w = await enter({ storesAt: ledger.storesAt });
    ledger.refuse(({ type }) => type === "intent");
    for (const [method, below, content] of [
      ["POST", "/catatan", record],
      ["PUT", "/catatan/1", record],
      ["PATCH", "/catatan/1", record],
      ["DELETE", "/catatan/1", undefined],
    ] as const) {
      const refused = await shoot(
        w,
        sign(w, { method, below, ...(content === undefined ? {} : { content }) }).head + (content?.toString() ?? ""),
      );
      expect([codeOf(refused), refused.status]).toEqual(["ledger-unavailable", 503]);
    }
    expect([w.received.length, await exchangesOf(w)]).toEqual([0, []]);
  });

  it("what was read is not delivered", async () => {
    const ledger = breakableLedger();
    const w = await enter({ storesAt: ledger.storesAt });
    ledger.refuse(({ type }) => type === "outcome");
    const { answer, fields } = await w.call();
    expect(codeOf({ fields })).toBe("ledger-unavailable");
    expect(answer.includes("nik")).toBe(false);
    expect([w.received.length, await metered(w, "ledger-unavailable"), await metered(w)]).toEqual([1, 1, 1]);
  });

  it("and what was changed is not known to be, the intent says so, and a restart closes it as outcome-unknown", async () => {
    const around = await environment();
    undo.push(() => around.close());
    const ledger = breakableLedger();
    const before = await gatewayFixture({ continues: around, storesAt: ledger.storesAt });
    ledger.refuse(({ type }) => type === "outcome");
    const { head } = sign(before, posting);
    const lost = await shoot(before, head + record.toString());
    expect([codeOf(lost), before.received.length]).toEqual(["ledger-unavailable", 1]);
    expect((await audit(before)).openIntents.length).toBe(1);
    await before.close();

    const after = await enter({ continues: around });
    expect(await leafOf(after, lost.fields["spl-exchange"]!)).toMatchObject({
      type: "outcome",
      problem: "outcome-unknown",
      consumer,
      htm: "POST",
      response: {},
      intent: { log: after.instance.origin },
    });
    expect((await audit(after)).openIntents).toEqual([]);
    // The consumer learns of it when it asks the same again. Readers' statements are taken again 5 s after a restart.
    after.turnClock(7000);
    const again = await shoot(after, head + record.toString());
    expect(codeOf(again)).toBe("replayed");
    const { leaf } = await follow(after, again.fields["link"]!);
    expect(parseCanonicalLeaf(leaf)).toMatchObject({ problem: "outcome-unknown" });
    expect(after.received.length).toBe(0);
  });
});

describe("a ledger that was lost", () => {
  it("makes statements replay-unknown whose iat is up to 5 s after the restart, and no longer", async () => {
    const w = await enter({ stopped: true });
    const lostAt = w.clock();
    (w.open.gateway.replays as MemoryReplayCache).markUncertain(lostAt);
    const iat = (after: number) => ({ iat: Math.floor(lostAt / 1000) + after, exp: Math.floor(lostAt / 1000) + after + 60 });
    w.turnClock(3000);
    expect(codeOf(await shoot(w, sign(w, { claims: iat(5) }).head))).toBe("replay-unknown");
    expect(codeOf(await shoot(w, sign(w, { claims: iat(6) }).head))).toBe("delivered");
    expect((await exchangesOf(w)).length).toBe(1);
  });
});

describe("refusals of one consumer beyond the number that a minute may have", () => {
  it("are gathered into one leaf with counts when the minute is over", async () => {
    const w = await enter({ settings: { "gathered-refusals-per-minute": "2" }, stopped: true });
    const { day, ledger } = w.open.gateway;
    const begun = day(w.clock()).name;
    const notGranted = () => shoot(w, sign(w, { claims: { purpose: "lain" }, lines: ["Prefer: receipt=full"] }).head);
    const changed = () => shoot(w, sign(w, posting).head + record.toString().replace("9001", "9002"));
    const answers = [await notGranted(), await notGranted(), await notGranted(), await changed(), await changed()];
    expect(answers.map(codeOf)).toEqual(["not-granted", "not-granted", "not-granted", "digest-mismatch", "digest-mismatch"]);
    expect(answers.map(({ fields }) => "spl-receipt" in fields || "link" in fields)).toEqual([true, true, false, false, false]);
    expect((await exchangesOf(w)).length).toBe(2);

    await w.open.gateway.refusals.flush();
    expect((await exchangesOf(w)).length).toBe(2);
    w.turnClock(61_000);
    await w.open.gateway.refusals.flush();
    const leaves = await exchangesOf(w);
    expect(leaves.length).toBe(3);
    expect((leaves[2] as RefusalsLeaf).counts).toEqual({ "not-granted": 1, "digest-mismatch": 2 });
    expect(leaves[2]).toMatchObject({ type: "refusal", consumer });
    // What was gathered had used up its grant all the same, and is counted with the leaf.
    const days = new Set([begun, day(w.clock()).name]);
    const uses = (await Promise.all([...days].map((name) => ledger.usage(name)))).flat();
    expect(uses.map(({ used }) => used)).toEqual([2]);

    expect(await notGranted()).toHaveProperty("fields.spl-receipt");
    expect([await metered(w, "not-granted"), await metered(w, "digest-mismatch")]).toEqual([4, 2]);
  });

  it("are not lost when the gateway stops, and make replay memory uncertain for that consumer when it starts", async () => {
    const around = await environment();
    undo.push(() => around.close());
    const before = await gatewayFixture({ continues: around, settings: { "gathered-refusals-per-minute": "1" }, stopped: true });
    for (let i = 0; i < 3; i++) await before.call({ purpose: "lain" });
    await before.close();
    const after = await enter({ continues: around, settings: { "gathered-refusals-per-minute": "1" }, stopped: true });
    expect((await exchangesOf(after)).map((leaf) => ("counts" in leaf ? leaf.counts : leaf.type))).toEqual([
      "refusal",
      { "not-granted": 2 },
    ]);
    expect(codeOf(await after.call())).toBe("replay-unknown");
    after.turnClock(7000);
    expect(codeOf(await after.call())).toBe("delivered");
  });
});
