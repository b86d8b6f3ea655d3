import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Audit } from "../../src/audit/audit.ts";
import { exchangeFile } from "../../src/agent/exchange-file.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import { readIdentity } from "../../src/gateway/identity.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { encodeLogKey, generateLogKey, loadLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { parseLogList } from "../../src/ledger/log-list.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { storesAt } from "../../src/store/open.ts";
import { auditor, gatewayFixture, record, service, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { page } from "../support/page.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-log-key-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));
const write = { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" } as const;

let gateway: GatewayFixture;
beforeEach(async () => void (gateway = await gatewayFixture()));
afterEach(() => gateway.close());

const data = (name: string): string => join(gateway.config.data, name);
const waits = (): boolean => existsSync(data("log-key.next.json"));
const keyOnDisk = (): string => vkeyOf(gateway.instance.origin, loadLogKey(data("log.key")));
const rotate = (...args: readonly string[]) => here(["log", "rotate", "--data", gateway.config.data, ...settings(), ...args]);
const settings = (): readonly string[] => ["--public-port", String(gateway.config.publicPort)];
const idOf = ({ fields }: Sent): string => fields["spl-exchange"]!;
const sizeOf = ({ fields }: Sent): number => parseCheckpoint(parseReceipt(fields["spl-receipt"]!)!.checkpoint)!.size;
const without = (name: string): object => ({ [name]: undefined });

/** What a stranger says of a receipt with the key that it pinned before, and the handovers that the gateway gives. */
async function verified(sent: Sent, method: string, vkey: string): Promise<number | null> {
  writeFileSync(
    at("exchange.json"),
    JSON.stringify(exchangeFile(method, method === "GET" ? `/r1/${service}/catatan/1` : write.target, sent)),
  );
  writeFileSync(at("handovers.note"), (await page(`${gateway.publicOrigin}/logs/handovers`)).text);
  return (await here(["verify", "--vkey", vkey, "--handovers", at("handovers.note"), at("exchange.json")])).status;
}

describe("a log key that is rotated while exchanges run", () => {
  it("loses none; receipts and evidence from before and after verify from either key, and the log audits whole", async () => {
    const { vkey } = gateway.instance;
    const [early] = [await gateway.call(write)];
    let running = true;
    const during: { readonly method: string; readonly sent: Sent }[] = [];
    const caller = async (): Promise<void> => {
      for (let i = 0; running || i < 4; i++) {
        const method = i % 2 === 0 ? "POST" : "GET";
        during.push({ method, sent: await gateway.call(method === "POST" ? write : {}) });
      }
    };
    const callers = Array.from({ length: 4 }, caller);
    const put = await rotate();
    expect(put).toMatchObject({ status: 0, stdout: expect.stringContaining("A key waits for the gateway") as string });
    expect(statSync(data("log-key.next.json")).mode & 0o777).toBe(0o600);
    await gateway.open.runMaintenance();
    await gateway.call();
    running = false;
    await Promise.all(callers);
    expect(during.filter(({ method, sent }) => sent.status !== (method === "POST" ? 201 : 200))).toEqual([]);
    expect(waits()).toBe(false);

    const later = await gateway.call(write);
    const after = keyOnDisk();
    expect(after).not.toBe(vkey);
    const [first, second] = readIdentity(gateway.config).logs!;
    expect([first, second]).toMatchObject([{ vkey, until: second!.from }, { vkey: after }]);
    const border = first!.lastSize!;
    expect(sizeOf(early)).toBeLessThanOrEqual(border);
    expect(sizeOf(later)).toBeGreaterThan(border);
    for (const pinned of [vkey, after]) {
      for (const sent of [early, later]) expect(await verified(sent, "POST", pinned)).toBe(0);
      for (const { method, sent } of during) expect(await verified(sent, method, pinned)).toBe(0);
    }
    expect(await verified(later, "POST", vkeyOf(gateway.instance.origin, generateLogKey()))).toBe(1);

    for (const sent of [early, later]) {
      const bundle = await gateway.call({ target: `/evidence/${idOf(sent)}`, iss: auditor, ...without("purpose") });
      writeFileSync(at("bundle.json"), bundle.answer);
      for (const pinned of [vkey, after])
        expect((await here(["verify", "--vkey", pinned, "--handovers", at("handovers.note"), at("bundle.json")])).status).toBe(0);
      expect((await here(["verify", "--vkey", vkey, at("bundle.json")])).status).toBe(1);
      expect((await here(["verify", "--logs", data("logs.note"), at("bundle.json")])).status).toBe(0);
    }
    const list = (await page(`${gateway.publicOrigin}/logs`)).text;
    expect(parseLogList(list)).toMatchObject([{ vkey, lastSize: border }, { vkey: after }]);
    for (const pinned of [["--vkey", vkey], ["--vkey", after], ["--logs", data("logs.note")], []]) {
      const report = JSON.parse((await here(["audit", "--data", gateway.config.data, ...pinned, "--json"])).stdout) as Audit;
      expect([report.verdict, report.findings]).toEqual(["sound", []]);
    }
    const doctor = await here(["doctor", "--data", gateway.config.data, ...settings()]);
    expect(doctor.stdout).not.toContain("does not list the present key");
  });
});

describe("a rotation that is cut off", () => {
  /** The gateway starts again, serves, and ends; the log is whole, under one key, which has taken the other's place once. */
  async function goesOn(before: string): Promise<void> {
    const again = await gatewayFixture({ continues: gateway });
    again.turnClock(6_000);
    const sent = await again.call(write);
    await again.open.close();
    await again.close();
    expect(sent.status).toBe(201);
    expect(waits()).toBe(false);
    expect(keyOnDisk()).not.toBe(before);
    const { logs } = readIdentity(gateway.config);
    expect(logs!.map(({ vkey }) => vkey)).toEqual([before, keyOnDisk()]);
    const report = JSON.parse((await here(["audit", "--data", gateway.config.data, "--vkey", before, "--json"])).stdout) as Audit;
    expect([report.verdict, report.findings]).toEqual(["sound", []]);
    expect(report.chronicle.changes.filter(({ what }) => what === "log.rotate")).toHaveLength(1);
  }

  it("before the gateway saw the key: the next start takes it over", async () => {
    await gateway.call();
    await gateway.open.close();
    expect((await rotate()).status).toBe(0);
    await goesOn(gateway.instance.vkey);
  });

  it.each(["instance.json", "log.key"])("after its leaf, with %s as before: the next start goes on from the leaf", async (old) => {
    await gateway.call();
    expect((await rotate()).status).toBe(0);
    for (const name of ["log-key.next.json", "instance.json", "log.key"]) copyFileSync(data(name), at(name));
    await gateway.open.runMaintenance();
    await gateway.call();
    await gateway.open.close();
    copyFileSync(at("log-key.next.json"), data("log-key.next.json"));
    copyFileSync(at("log.key"), data("log.key"));
    if (old === "instance.json") copyFileSync(at("instance.json"), data("instance.json"));
    const doctor = await here(["doctor", "--data", gateway.config.data, ...settings()]);
    expect(doctor.stdout).not.toContain("its head is another log's or another key's");
    await goesOn(gateway.instance.vkey);
  });

  it("with only the key that waited left over", async () => {
    expect((await rotate()).status).toBe(0);
    copyFileSync(data("log-key.next.json"), at("log-key.next.json"));
    await gateway.open.runMaintenance();
    await gateway.open.close();
    copyFileSync(at("log-key.next.json"), data("log-key.next.json"));
    await goesOn(gateway.instance.vkey);
  });
});

describe("a commit that fails", () => {
  it.each([
    ["and did not land", false],
    ["and landed all the same", true],
  ])("%s keeps one key in force, and the rotation is tried again", async (_, lands) => {
    await gateway.open.close();
    let failing = true;
    const flaky = await gatewayFixture({
      continues: gateway,
      storesAt: (location) => {
        const stores = storesAt(location);
        return {
          ...stores,
          openLedger: async (options) => {
            const ledger = await stores.openLedger(options);
            const rotateKey: Ledger["rotateKey"] = async (rotation) => {
              if (failing && !lands) throw new Error("the disk is full");
              const appended = await ledger.rotateKey(rotation);
              if (failing) throw new Error("the answer is lost");
              return appended;
            };
            return Object.defineProperties({ ...ledger, rotateKey }, { vkey: { get: () => ledger.vkey } });
          },
        };
      },
    });
    flaky.turnClock(6_000);
    expect((await rotate()).status).toBe(0);
    await flaky.open.runMaintenance();
    expect(waits()).toBe(true);
    const between = await flaky.call(write);
    failing = false;
    await flaky.open.runMaintenance();
    expect(waits()).toBe(false);
    const after = await flaky.call(write);
    for (const sent of [between, after]) expect(await verified(sent, "POST", gateway.instance.vkey)).toBe(0);
    const report = JSON.parse(
      (await here(["audit", "--data", gateway.config.data, "--vkey", gateway.instance.vkey, "--json"])).stdout,
    ) as Audit;
    expect(report.findings).toEqual([]);
    expect(report.chronicle.changes.filter(({ what }) => what === "log.rotate")).toHaveLength(1);
    await flaky.open.close();
    await flaky.close();
  });
});

it("with the offline key elsewhere, doctor asks for the list until it is signed, and the gateway serves it at once", async () => {
  renameSync(data("instance.key"), at("offline.key"));
  expect((await rotate()).status).toBe(0);
  await gateway.open.runMaintenance();
  const doctor = async (): Promise<string> => (await here(["doctor", "--data", gateway.config.data, ...settings()])).stdout;
  const listed = async (): Promise<number> => parseLogList((await page(`${gateway.publicOrigin}/logs`)).text).length;
  expect([(await doctor()).includes("does not list the present key"), await listed()]).toEqual([true, 1]);
  const sign = ["log", "sign", "--data", gateway.config.data, "--instance-key", at("offline.key"), ...settings()];
  expect((await here(sign)).status).toBe(0);
  expect([(await doctor()).includes("does not list the present key"), await listed()]).toEqual([false, 2]);
});

it("a copy from before a rotation is restored by those who hold the handover, and what the new key signed is told as lost", async () => {
  await gateway.call(write);
  await gateway.open.close();
  const copy = at("before-rotation");
  cpSync(gateway.config.data, copy, { recursive: true });
  const on = await gatewayFixture({ continues: gateway, stopped: true });
  on.turnClock(6_000);
  expect((await rotate()).status).toBe(0);
  await on.open.runMaintenance();
  const lost = await on.call(write);
  writeFileSync(at("lost.json"), JSON.stringify(exchangeFile("POST", write.target, lost)));
  writeFileSync(at("held.note"), (await page(`${gateway.publicOrigin}/logs/handovers`)).text);
  await on.open.close();
  await on.close();

  const to = at("data-after-rotation");
  const newest = ["--newest-checkpoint", at("lost.json")];
  expect((await here(["restore", copy, "--data", to, ...newest])).status).toBe(1);
  const restored = await here(["restore", copy, "--data", to, ...newest, "--newest-checkpoint", at("held.note")]);
  expect(restored).toMatchObject({ status: 0, stdout: expect.stringContaining("hilang") as string });
  const list = join(to, "logs.note");
  expect(parseLogList(readFileSync(list, "utf8")).map(({ origin }) => origin === gateway.instance.origin)).toEqual([true, true, false]);
  mkdirSync(at("lost"));
  copyFileSync(at("lost.json"), at("lost/lost.json"));
  const report = JSON.parse((await here(["audit", "--data", to, "--logs", list, "--receipts", at("lost"), "--json"])).stdout) as Audit;
  expect([report.verdict, report.findings]).toEqual(["sound", []]);
  expect(report.before!.checks.find(({ id }) => id === "closed")!.said.en).toContain("lost.json");
});

describe("simpul log rotate refuses", () => {
  it("a second key while one waits, a key that a log had before, and one that others may read", async () => {
    copyFileSync(data("log.key"), at("old.key"));
    expect(await rotate("--new-key", at("old.key"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("no key is used twice") as string,
    });
    writeFileSync(at("new.key"), encodeLogKey(generateLogKey()), { mode: 0o644 });
    expect((await rotate("--new-key", at("new.key"))).status).toBe(1);
    expect(waits()).toBe(false);
    expect((await rotate()).status).toBe(0);
    expect(await rotate()).toMatchObject({ status: 1, stderr: expect.stringContaining("waits already") as string });
    await gateway.open.runMaintenance();
    expect((await rotate("--new-key", at("old.key"))).status).toBe(1);
  });

  it("and a gateway does not take over a key that was put down past the verb, and serves on under its own", async () => {
    writeFileSync(
      data("log-key.next.json"),
      JSON.stringify({ at: new Date().toISOString(), by: "x", key: readFileSync(data("log.key"), "utf8") }),
      { mode: 0o600 },
    );
    await gateway.open.runMaintenance();
    expect((await gateway.call()).status).toBe(200);
    expect(keyOnDisk()).toBe(gateway.instance.vkey);
    expect((await page(`${gateway.publicOrigin}/logs/handovers`)).text).toBe("");
  });
});

describe("a key that was stolen or lost", () => {
  let copy: string;
  beforeAll(() => void (copy = at("copy")));

  it.each([
    ["stolen", false],
    ["lost", true],
  ])("%s: restore closes the log and begins another under a new key; the list vouches for both", async (name, lost) => {
    const sent = await gateway.call(write);
    await gateway.open.close();
    rmSync(copy, { recursive: true, force: true });
    cpSync(gateway.config.data, copy, { recursive: true });
    if (lost) rmSync(join(copy, "log.key"));
    const to = at(`data-${name}`);
    if (lost) expect((await here(["restore", copy, "--data", to])).status).toBe(1);
    expect((await here(["restore", copy, "--data", to, "--new-log-key"])).status).toBe(0);
    cpSync(gateway.services, join(to, "services"), { recursive: true });
    const [closed, next] = parseLogList(readFileSync(join(to, "logs.note"), "utf8"));
    expect(closed!.vkey).toBe(gateway.instance.vkey);
    expect(next!.vkey.split("+").at(-1)).not.toBe(closed!.vkey.split("+").at(-1));
    const after = await gatewayFixture({ continues: { ...gateway, config: { ...gateway.config, data: to } }, stopped: true });
    after.turnClock(6_000);
    expect((await after.call(write)).status).toBe(201);
    const bundle = await after.call({ target: `/evidence/${idOf(sent)}`, iss: auditor, ...without("purpose") });
    writeFileSync(at("bundle.json"), bundle.answer);
    expect((await here(["verify", "--logs", join(to, "logs.note"), at("bundle.json")])).status).toBe(0);
    await after.open.close();
    await after.close();
    const report = JSON.parse((await here(["audit", "--data", to, "--logs", join(to, "logs.note"), "--json"])).stdout) as Audit;
    expect([report.verdict, report.findings]).toEqual(["sound", []]);
  });
});
