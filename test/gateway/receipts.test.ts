import { createHash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sending, Sent } from "../../src/agent/consumer.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseReceipt, type Receipt } from "../../src/ledger/receipt.ts";
import { auditor, consumer, provider, record, service, stranger, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { kept } from "../support/kept-log.ts";
import { again } from "../support/log-leaves.ts";
import { page } from "../support/page.ts";
import { figure } from "../support/wire.ts";

let w: GatewayFixture;
let written: Sent;
let refused: Sent;
beforeAll(async () => {
  w = await gatewayFixture();
  written = await w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
  refused = await w.call({ purpose: "tujuan-lain" });
});
afterAll(() => w.close());

const read = (iss: string, target: string, over: Partial<Sending> = {}): Promise<Sent> =>
  w.call({ iss, target, ...without("purpose"), ...over });
const without = (name: string): object => ({ [name]: undefined });
const idOf = ({ fields }: Sent): string => fields["spl-exchange"]!;
const hashOf = ({ claims }: Sent): string => createHash("sha256").update(claims).digest("base64url");
const receiptIn = ({ answer }: Sent): Receipt => parseReceipt((JSON.parse(answer.toString()) as { receipt: string }).receipt)!;

describe("a receipt that is asked for", () => {
  it.each([
    ["by id", () => `/receipts/${idOf(written)}`],
    ["by the hash of the statement", () => `/receipts?statement=${hashOf(written)}`],
  ])("%s is the first one again, proved against the newest checkpoint", async (_, target) => {
    const newest = await page(`${w.publicOrigin}/log/log-1/checkpoint`);
    const sent = await read(consumer, target());
    expect(sent.status).toBe(200);
    expect(sent.fields).toMatchObject({ "content-type": "application/json", "cache-control": "no-store, no-transform" });
    const [first, second] = [parseReceipt(written.fields["spl-receipt"]!)!, receiptIn(sent)];
    expect(second).toMatchObject({ leaf: first.leaf, index: first.index, open: first.open, checkpoint: newest.text });
    expect(parseCheckpoint(second.checkpoint)!.size).toBeGreaterThan(parseCheckpoint(first.checkpoint)!.size);
    const { claims, content, answer } = written;
    const findings = checkReceipt(second, {
      vkey: w.instance.vkey,
      consumer,
      service,
      htm: "POST",
      status: 201,
      exchange: idOf(written),
      statement: claims,
      requestContent: content,
      responseContent: answer,
    });
    expect(findings.filter(({ holds }) => holds !== true)).toEqual([]);
  });

  it.each([consumer, provider, auditor])("is given to %s", async (reader) => {
    expect((await read(reader, `/receipts/${idOf(written)}`)).status).toBe(200);
    expect((await read(reader, `/receipts?statement=${hashOf(refused)}`)).status).toBe(200);
  });

  it("says to anybody else the same as of an exchange that does not exist", async () => {
    const answers = await Promise.all([
      read(stranger, `/receipts/${idOf(written)}`),
      read(stranger, `/receipts?statement=${hashOf(written)}`),
      read(stranger, "/receipts/01900000-0000-7000-8000-000000000000"),
      read(consumer, `/receipts?statement=${createHash("sha256").update("nothing").digest("base64url")}`),
    ]);
    expect(new Set(answers.map(({ status, answer }) => `${status} ${answer.toString()}`)).size).toBe(1);
    expect(answers[0].fields["spl-problem"]).toBe("receipt-unknown");
  });

  it.each([
    ["a path that names none", {}, "/receipts/lain", "receipt-unknown"],
    ["a query that names none", {}, "/receipts?statement=lain", "receipt-unknown"],
    ["another method than GET", { method: "DELETE" }, "", "receipt-unknown"],
    ["a statement with a purpose", { purpose: "verifikasi-uji" }, "", "statement-invalid"],
    ["a statement that is out of date", { nowMs: 1_000_000_000_000 }, "", "statement-expired"],
    ["a key of somebody else", { iss: provider, key: undefined }, "", "key-invalid"],
  ])("is refused to %s", async (_, over, path, code) => {
    const key = "key" in over ? { key: w.keys[consumer]! } : {};
    const sent = await read(consumer, path === "" ? `/receipts/${idOf(written)}` : path, { ...over, ...key } as Partial<Sending>);
    expect(sent.fields["spl-problem"]).toBe(code);
  });

  it("is refused to who sends no statement", async () => {
    const { status, fields } = await page(`${w.publicOrigin}/receipts/${idOf(written)}`);
    expect([status, fields["spl-problem"]]).toEqual([401, "statement-missing"]);
  });

  it("is given once for one statement", async () => {
    const sent = await read(consumer, `/receipts/${idOf(written)}`);
    const repeated = await again(w, sent);
    expect(repeated.fields["spl-problem"]).toBe("replayed");
    expect(repeated.fields).not.toHaveProperty("link");
    expect(repeated.answer.toString()).not.toContain("Link");
  });

  it("does not exist while the exchange is under way", async () => {
    let release: (() => void) | undefined;
    const reached = new Promise<string>((resolve) => {
      w.respondWith(({ rawHeaders }, _, response) => {
        release = () => void response.writeHead(201, { "Content-Type": "application/json" }).end(record);
        resolve(rawHeaders[rawHeaders.indexOf("Spl-Exchange") + 1]!);
      });
    });
    const inFlight = w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
    const id = await reached;
    expect((await read(consumer, `/receipts/${id}`)).fields["spl-problem"]).toBe("receipt-unknown");
    release!();
    expect(idOf(await inFlight)).toBe(id);
    expect((await read(consumer, `/receipts/${id}`)).status).toBe(200);
  });

  it("takes no statement that the process before may have taken, since reading leaves no trace to rebuild from", async () => {
    const next = await gatewayFixture();
    const early = await next.call();
    await next.open.close();
    const restarted = await gatewayFixture({ continues: next, stopped: true });
    const ask = (): Promise<Sent> => restarted.call({ target: `/receipts/${idOf(early)}`, ...without("purpose") });
    const first = await ask();
    expect(first.fields).toMatchObject({ "spl-problem": "replay-unknown", "retry-after": "6" });
    restarted.turnClock(7000);
    expect((await ask()).status).toBe(200);
    await restarted.close();
    await next.close();
  });

  it("of a leaf that was altered in the ledger's file is given to nobody, and the gateway says that something is wrong", async () => {
    const { log, lines } = kept("failed");
    const altered = await gatewayFixture({ log });
    const id = idOf(await altered.call());
    const ask = (target: string): Promise<Sent> => altered.call({ target, ...without("purpose") });
    expect((await ask(`/receipts/${id}`)).status).toBe(200);
    const db = new DatabaseSync(join(altered.config.data, "ledger.sqlite"));
    const { leaf_index: index, bytes } = db.prepare("SELECT leaf_index, bytes FROM leaf ORDER BY leaf_index DESC LIMIT 1").get()!;
    const other = Buffer.from(
      Buffer.from(bytes as Uint8Array)
        .toString("utf8")
        .replace('"status":200', '"status":201'),
    );
    expect(other.equals(bytes as Uint8Array)).toBe(false);
    db.prepare("UPDATE leaf SET bytes = ? WHERE leaf_index = ?").run(other, index!);
    db.close();
    for (const target of [`/receipts/${id}`, `/evidence/${id}`]) {
      const refused = await ask(target);
      expect([refused.status, refused.fields["spl-problem"]]).toEqual([500, "internal"]);
    }
    expect(lines.map(([, words]) => (words as { error: Error }).error.name)).toEqual(["LedgerFault", "LedgerFault"]);
    expect(await figure(altered, "simpul_readings_total", 'code="internal"')).toBe(2);
    await altered.close();
  });
});
