import { generateKeyPairSync } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { exchangeFile } from "../../src/agent/exchange-file.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import type { Audit } from "../../src/audit/audit.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { environment, record, service, type Environment } from "../support/gateway-fixture.ts";
import { serve } from "../support/gateway-process.ts";
import { eventually } from "../support/patience.ts";
import { simpul } from "../support/simpul.ts";

const post = { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" } as const;
const get = { method: "GET", target: `/r1/${service}/catatan/1` } as const;
const receiptOf = ({ fields }: Sent) => parseReceipt(fields["spl-receipt"]!)!;

it("an instance is backed up under load, destroyed, restored elsewhere, and audited as whole, with the break told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "simpul-disaster-"));
  const at = (name: string): string => join(folder, name);
  mkdirSync(at("receipts"));
  const kept: { readonly name: string; readonly index: number; readonly size: number }[] = [];
  /** Makes one exchange, and keeps it as its consumer does. */
  async function exchange(around: Environment, when: "before" | "after"): Promise<void> {
    const request = kept.length % 3 === 0 ? post : get;
    const sent = await around.call(request);
    expect(sent.status, sent.answer.toString()).toBe(request === post ? 201 : 200);
    const name = `${when}-${kept.length}.json`;
    const { index, checkpoint } = receiptOf(sent);
    kept.push({ name, index, size: parseCheckpoint(checkpoint)!.size });
    writeFileSync(at(`receipts/${name}`), JSON.stringify(exchangeFile(request.method, request.target, sent)));
  }
  const recipient = generateKeyPairSync("x25519");
  writeFileSync(at("recipient.pem"), recipient.publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(at("identity.pem"), recipient.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });

  const around = await environment();
  const { config, publicOrigin, instance } = around;
  const gateway = await serve(around);
  let busy = true;
  const callers = Array.from({ length: 2 }, async () => {
    for (let count = 0; busy && count < 2_000; count++, await pause(20)) await exchange(around, "before");
  });
  await eventually(() => kept.length >= 10);
  const own = ["--data", config.data, "--public-origin", publicOrigin];
  const backup = await simpul(["backup", at("copy"), "--recipient", at("recipient.pem"), "--json", ...own]);
  expect(backup).toMatchObject({ status: 0 });
  const during = kept.length;
  await eventually(() => kept.length >= during + 10);
  busy = false;
  await Promise.all(callers);

  // The machine burns: the process, its data and its keys are gone.
  await gateway.kill("SIGKILL");
  mkdirSync(at("elsewhere"));
  cpSync(around.services, at("services"), { recursive: true });
  rmSync(config.data, { recursive: true });
  expect(existsSync(config.data)).toBe(false);

  const opened = ["--keys", at("copy.keys"), "--identity", at("identity.pem"), "--newest-checkpoint", at("receipts")];
  expect(await simpul(["restore", at("copy"), "--data", at("elsewhere"), ...opened])).toMatchObject({ status: 0 });
  cpSync(at("services"), at("elsewhere/services"), { recursive: true });
  const there = await environment({ continues: { ...around, config: { ...config, data: at("elsewhere") } } });
  const second = await serve(there);
  // What was used up before is not remembered, so statements of the first seconds are refused.
  await eventually(async () => (await there.call()).status === 200);
  for (let count = 0; count < 5; count++) await exchange(there, "after");

  const asked = ["--data", at("elsewhere"), "--logs", at("elsewhere/logs.note"), "--receipts", at("receipts")];
  const report = JSON.parse((await simpul(["audit", ...asked, "--json"])).stdout) as Audit;
  expect(report.findings).toEqual([]);
  const size = report.before!.size;
  expect(report).toMatchObject({ verdict: "sound", begun: { reason: "restored" }, before: { verdict: "sound", findings: [] } });
  expect(size).toBeGreaterThan(10);
  expect(parseCheckpoint(report.before!.checkpoint)!.origin).toBe(instance.origin);
  const lost = kept.filter(({ name, index }) => name.startsWith("before") && index >= size);
  expect(lost.length).toBeGreaterThanOrEqual(10);
  const closed = report.before!.checks.find(({ id }) => id === "closed")!.said.en;
  // The break is told: which leaves are lost, and whose receipts lie there; never one that was saved.
  expect(closed).toContain(`leaves ${size} to ${Math.max(...lost.map((receipt) => receipt.size)) - 1}.`);
  const named = Array.from(closed.matchAll(/(?:before|after)-\d+\.json/g), ([name]) => name);
  expect(named.length).toBeGreaterThanOrEqual(10);
  expect(lost.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
  expect(readdirSync(at("receipts")).filter((name) => name.startsWith("after"))).toHaveLength(5);
  const said = await simpul(["audit", ...asked]);
  expect(said).toMatchObject({ status: 0, stdout: expect.stringContaining("Log sebelumnya (the log before)") as string });

  await second.kill("SIGTERM");
  await there.close();
  await around.close();
  rmSync(folder, { recursive: true });
});
