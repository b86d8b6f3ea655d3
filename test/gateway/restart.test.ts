import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import { auditLog } from "../../src/audit/recompute.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { commitmentKeyBytes, opens } from "../../src/ledger/commitment.ts";
import { LedgerFault } from "../../src/ledger/fault.ts";
import { parseCheckpoint, verifyCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseVkey } from "../../src/ledger/note.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import { naiveRoot } from "../support/naive-tree.ts";
import {
  anotherLog,
  consumer,
  faithful,
  environment,
  purpose,
  record,
  service,
  stranger,
  gatewayFixture,
  type Environment,
  type GatewayFixture,
} from "../support/gateway-fixture.ts";
import { again, leafBytes, leavesOf } from "../support/log-leaves.ts";
import { serve, type GatewayProcess } from "../support/gateway-process.ts";
import { page } from "../support/page.ts";
import { eventually } from "../support/patience.ts";

const dailyQuota = 60;
const write = `/r1/${service}/catatan`;

describe("a gateway that was killed with -9 under load and started again", () => {
  let l: Environment;
  let gateway: GatewayProcess;
  const answered: Sent[] = [];
  /** What the provider took and never answered. */
  let lost: Pick<Sent, "statement" | "claims" | "content">;
  /** Exchanges of which the log knew when the second process began to serve. */
  let recorded: number;

  beforeAll(async () => {
    l = await environment({ dailyQuota });
    gateway = await serve(l);
    const content = Buffer.from('{"nik":"1603010101909001","keterangan":"tidak pernah dijawab"}');
    const claims = claimsFor({
      iss: consumer,
      aud: l.publicOrigin,
      method: "POST",
      target: write,
      purpose,
      content,
      contentType: "application/json",
      nowSeconds: Math.floor(Date.now() / 1000),
    });
    lost = { statement: signStatement(claims, l.keys[consumer]!), claims: Buffer.from(JSON.stringify(claims)), content };
    const taken = new Promise<void>((resolve) => {
      l.respondWith((seen, request, response) => (seen.content.equals(content) ? resolve() : faithful(seen, request, response)));
    });
    const unanswered = again(l, lost).catch((error: Error) => error);
    await taken;

    const caller = async (): Promise<void> => {
      for (let i = 0; ; i++)
        answered.push(await l.call(i % 2 === 0 ? {} : { method: "POST", target: write, content: record, contentType: "application/json" }));
    };
    const callers = Array.from({ length: 6 }, () => caller().catch((error: Error) => error));
    await eventually(async () => answered.length >= 24);
    expect(await gateway.kill("SIGKILL")).toMatchObject({ signal: "SIGKILL" });
    expect((await Promise.all([unanswered, ...callers])).every((end) => end instanceof Error)).toBe(true);

    gateway = await serve(l);
    recorded = new Set((await leavesOf(l)).filter(({ type }) => type !== "control").map(({ id }) => id)).size;
  });
  afterAll(async () => {
    await gateway.kill("SIGTERM");
    await l.close();
  });

  it("executes no statement a second time, neither an answered one nor the one whose end nobody knows", async () => {
    const before = l.received.length;
    const statuses = await Promise.all([...answered, lost].map(async (sent) => (await again(l, sent)).fields["spl-problem"]));
    expect(new Set(statuses)).toEqual(new Set(["replayed"]));
    expect(l.received).toHaveLength(before);
  });

  it("closed the open intent with outcome-unknown, and gives the receipt of that to its consumer", async () => {
    const leaves = await leavesOf(l);
    const intent = leaves.find(
      ({ type, request }) => type === "intent" && request?.jti === (JSON.parse(lost.claims.toString()) as { jti: string }).jti,
    )!;
    const outcome = leaves.find(({ type, id }) => type === "outcome" && id === intent.id)!;
    expect(outcome).toMatchObject({
      problem: "outcome-unknown",
      intent: { log: l.instance.origin, index: intent.index },
      request: intent.request,
      basis: intent.basis,
    });
    // Readers' statements are not in the log, so early ones are refused; this one comes from a clock that is 5 s ahead.
    const asked = await eventually(async () => {
      const sent = await gatewayReader(l, `/receipts/${intent.id}`);
      return sent.fields["spl-problem"] === "replay-unknown" ? undefined : sent;
    });
    const receipt = parseReceipt((JSON.parse(asked.answer.toString()) as { receipt: string }).receipt)!;
    expect(receipt.index).toBe(outcome.index);
    expect(opens(intent.request!.commit!, receipt.open.subarray(0, commitmentKeyBytes), lost.content)).toBe(true);
    const findings = checkReceipt(receipt, {
      vkey: l.instance.vkey,
      consumer,
      service,
      htm: "POST",
      statement: lost.claims,
      requestContent: lost.content,
    });
    expect(findings.filter(({ holds }) => holds === false)).toEqual([]);
  });

  it("has a log that an audit finds sound and complete, also while it writes", async () => {
    const log = storesAt(l.config.ledger).readLog();
    expect(await auditLog(log, { vkey: l.instance.vkey })).toMatchObject({ findings: [], openIntents: [] });
    await log.close();
  });

  it("stands by every receipt from before: its checkpoint is a head of the same tree", async () => {
    const leaves = await leafBytes(l);
    for (const { fields, claims, content, answer, status } of answered) {
      const receipt = parseReceipt(fields["spl-receipt"]!)!;
      const findings = checkReceipt(receipt, {
        vkey: l.instance.vkey,
        consumer,
        service,
        status,
        exchange: fields["spl-exchange"]!,
        statement: claims,
        requestContent: content,
        responseContent: answer,
      });
      expect(findings.filter(({ holds }) => holds === false)).toEqual([]);
      const { size, root } = parseCheckpoint(receipt.checkpoint)!;
      expect(naiveRoot(leaves.slice(0, size))).toEqual(root);
    }
    const { text } = await page(`${l.publicOrigin}/log/log-1/checkpoint`);
    expect(verifyCheckpoint(text, parseVkey(l.instance.vkey)!)).toBe(true);
    const { size, root } = parseCheckpoint(text)!;
    expect(naiveRoot((await leafBytes(l)).slice(0, size))).toEqual(root);
  });

  it("goes on counting the daily quota where the log left it", async () => {
    let delivered = 0;
    for (; ; delivered++) {
      const { fields } = await l.call();
      if (fields["spl-problem"] === undefined) continue;
      expect(fields["spl-problem"]).toBe("quota-exceeded");
      break;
    }
    expect(recorded).toBeGreaterThan(answered.length);
    expect(delivered).toBe(dailyQuota - recorded);
  });
});

/** The consumer asks to read, with a clock that is as far ahead as a clock may be. */
const gatewayReader = (l: Environment, target: string): Promise<Sent> =>
  l.call({ target, nowMs: Date.now() + 4900, ...without("purpose") });
const without = (name: string): object => ({ [name]: undefined });

describe("a gateway that was started again", () => {
  it("does not begin anew under an origin that was in use: a lost ledger is restored or replaced by a log of another origin", async () => {
    const first = await gatewayFixture();
    await first.open.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(join(first.config.data, `ledger.sqlite${end}`), { force: true });
    await expect(gatewayFixture({ continues: first })).rejects.toThrow(LedgerFault);
    await first.close();
  });

  it("does not go on with a registry that the log does not go by: one that was lost and applied again, an old copy", async () => {
    const first = await gatewayFixture();
    await first.open.close();
    const files = ["", "-wal", "-shm"].map((end) => join(first.config.data, `registry.sqlite${end}`));
    const file = files[0]!;
    const begin = (): Promise<GatewayFixture> => gatewayFixture({ continues: first });
    const refused = { name: "LedgerFault", message: expect.stringContaining("Do not apply anew") as string };
    cpSync(file, `${file}.old`);

    // The fixture applies the manifests before it begins, as an operator would who reads that the registry is empty.
    for (const one of files) rmSync(one, { force: true });
    await expect(begin()).rejects.toMatchObject(refused);
    cpSync(`${file}.old`, file);
    const second = await begin();
    expect((await second.call()).status).toBe(200);
    await second.open.close();

    for (const one of files) rmSync(one, { force: true });
    cpSync(`${file}.old`, file);
    await expect(begin()).rejects.toMatchObject(refused);
    await first.close();
  });

  it("with another log under the same registry, refuses what may have been used before: iat up to 5 s after its start", async () => {
    const first = await gatewayFixture();
    const used = await first.call();
    expect(used.status).toBe(200);
    await first.open.close();

    const second = await gatewayFixture({ continues: first, settings: anotherLog(first), stopped: true });
    const begun = second.clock();
    expect((await again(second, used)).fields["spl-problem"]).toBe("replay-unknown");
    expect((await second.call({ nowMs: begun + 4000 })).fields["spl-problem"]).toBe("replay-unknown");
    second.turnClock(6000);
    expect((await second.call({ nowMs: begun + 4000 })).fields["spl-problem"]).toBe("replay-unknown");
    expect((await second.call()).status).toBe(200);
    await second.close();
    await first.close();
  });

  it("refuses what may have been used before of a consumer whose refusals were gathered, and of nobody else", async () => {
    const settings = { "gathered-refusals-per-minute": "2" };
    const first = await gatewayFixture({ settings, stopped: true });
    for (let i = 0; i < 4; i++) await first.call({ purpose: "lain" });
    await first.open.close();
    const second = await gatewayFixture({ settings, continues: first, stopped: true });
    expect((await second.call()).fields["spl-problem"]).toBe("replay-unknown");
    expect((await second.call({ iss: stranger })).fields["spl-problem"]).toBe("not-granted");
    second.turnClock(11_000);
    expect((await second.call()).status).toBe(200);
    await second.close();
    await first.close();
  });

  it("knows every statement again when only the process is new", async () => {
    const first = await gatewayFixture();
    const used = await first.call();
    await first.open.close();
    const second = await gatewayFixture({ continues: first });
    expect((await again(second, used)).fields["spl-problem"]).toBe("replayed");
    expect((await second.call()).status).toBe(200);
    await second.close();
    await first.close();
  });
});
