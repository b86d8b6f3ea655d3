import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchangeFile } from "../../src/agent/exchange-file.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import type { Audit } from "../../src/audit/audit.ts";
import { openInstance } from "../../src/gateway/identity.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { logNameIn, parseLogList } from "../../src/ledger/log-list.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { auditor, consumer, gatewayFixture, record, service, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { page } from "../support/page.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-restore-"));
const at = (name: string): string => join(folder, name);
const write = { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" } as const;
const target = `/r1/${service}/catatan/1`;

let before: GatewayFixture;
let after: GatewayFixture;
/** Exchanges before the backup, between the backup and the loss, and after the restore. */
const sent: Record<"kept" | "lost" | "later", Sent[]> = { kept: [], lost: [], later: [] };
/** Size of the log when it was copied. */
let size: number;

/** A consumer keeps an exchange. */
function keep(when: keyof typeof sent, exchange: Sent, method = "GET"): void {
  sent[when].push(exchange);
  mkdirSync(at("receipts"), { recursive: true });
  const file = exchangeFile(method, method === "GET" ? target : write.target, exchange);
  writeFileSync(at(`receipts/${when}-${sent[when].length}.json`), JSON.stringify(file));
}
const idOf = ({ fields }: Sent): string => fields["spl-exchange"]!;
const without = (name: string): object => ({ [name]: undefined });
const checkpointIn = ({ fields }: Sent) => parseCheckpoint(parseReceipt(fields["spl-receipt"]!)!.checkpoint)!;
/** The range of leaves that the newest exchange shows to be lost. */
const lostLeaves = (): string => `${size}–${checkpointIn(sent.lost.at(-1)!).size - 1}`;
const restore = (...args: readonly string[]) => here(["restore", ...args]);
const newest = (): string => at(`receipts/lost-${sent.lost.length}.json`);

/** A gateway that goes on from a data directory elsewhere. */
async function on(data: string, from: GatewayFixture): Promise<GatewayFixture> {
  cpSync(from.services, join(data, "services"), { recursive: true });
  const gateway = await gatewayFixture({ continues: { ...from, config: { ...from.config, data } }, stopped: true });
  // Statements of the first seconds are refused: the memory of those before is lost.
  gateway.turnClock(6_000);
  return gateway;
}

beforeAll(async () => {
  before = await gatewayFixture();
  keep("kept", await before.call());
  keep("kept", await before.call(write), "POST");
  await before.open.close();
  cpSync(before.config.data, at("backup"), { recursive: true });
  const again = await gatewayFixture({ continues: before });
  ({ size } = checkpointIn(sent.kept[1]!));
  for (let i = 0; i < 3; i++) keep("lost", await again.call());
  await again.close();
});
afterAll(async () => {
  await after.close();
  await before.close();
  rmSync(folder, { recursive: true });
});

describe("simpul restore", () => {
  it("closes the log of the copy, says what is lost, and begins another one that tells of it", async () => {
    const { status, stdout } = await restore(at("backup"), "--data", at("data"), "--newest-checkpoint", newest());
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Daun ${lostLeaves()} ditandatangani sesudah cadangan ini dan hilang`) as string,
    });
    const { origin, vkey, closedLogs, logList } = openInstance({ ...before.config, data: at("data") });
    expect(stdout).toContain(`log    ${origin}\nvkey   ${vkey}`);
    expect(logNameIn(origin)).toMatch(/^log-2-[0-9a-f]{4}$/);
    expect(closedLogs).toEqual([before.instance.origin]);
    expect(parseLogList(logList)).toMatchObject([
      { origin: before.instance.origin, vkey: before.instance.vkey, lastSize: size, until: expect.any(String) as string },
      { origin, vkey },
    ]);
    after = await on(at("data"), before);
    keep("later", await after.call());
    keep("later", await after.call(write), "POST");
    expect(sent.later.map(({ status }) => status)).toEqual([200, 201]);
    const { text } = await page(`${before.publicOrigin}/log/${logNameIn(origin)}/checkpoint`);
    expect(text.startsWith(`${origin}\n`)).toBe(true);
  });

  it("leaves what the old log has provable: receipts, evidence, tiles, by the key that members hold", async () => {
    for (const exchange of sent.kept) {
      const asked = await after.call({ target: `/receipts/${idOf(exchange)}`, iss: auditor, ...without("purpose") });
      expect(asked.status).toBe(200);
      writeFileSync(at("again.json"), asked.answer);
      const checked = await here(["verify", "--vkey", before.instance.vkey, at("again.json")]);
      expect(checked).toMatchObject({ status: 0, stdout: expect.stringContaining("SAH") as string });
      const bundle = await here(["evidence", idOf(exchange), ...configOf(after)]);
      writeFileSync(at("bundle.json"), bundle.stdout);
      expect(await here(["verify", "--logs", join(at("data"), "logs.note"), at("bundle.json")])).toMatchObject({ status: 0 });
    }
    const { text } = await page(`${before.publicOrigin}/log/log-1/checkpoint`);
    expect(parseCheckpoint(text)).toMatchObject({ origin: before.instance.origin, size });
    expect((await page(`${before.publicOrigin}/log/log-1/tile/0/000.p/${size}`)).status).toBe(200);
  });

  it("is audited as whole with the break told, receipts from before and after and the lost ones given", async () => {
    const report = JSON.parse(
      (await here(["audit", "--data", at("data"), "--logs", join(at("data"), "logs.note"), "--receipts", at("receipts"), "--json"])).stdout,
    ) as Audit;
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ verdict: "sound", before: { verdict: "sound", size }, begun: { reason: "restored" } });
    const closed = report.before!.checks.find(({ id }) => id === "closed")!;
    expect(closed.said.id).toContain(`daun ${lostLeaves()}`);
    for (const name of ["lost-1.json", "lost-2.json", "lost-3.json"]) expect(closed.said.en).toContain(name);
    expect(closed.said.en).not.toContain("kept-");
    const { status, stdout } = await here(["audit", "--data", at("data"), "--receipts", at("receipts")]);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("Log sebelumnya (the log before)") as string });
  });

  it("does not hide a fork: a leaf of the copy that was signed otherwise convicts, and so does a copy that went on", async () => {
    // The dishonest way: the copy is put back and goes on under its own origin; then it is restored by the book.
    cpSync(at("backup"), at("forked"), { recursive: true });
    await after.open.close();
    const forked = await on(at("forked"), before);
    const twice = await forked.call(write);
    expect(parseReceipt(twice.fields["spl-receipt"]!)!.index).toBeGreaterThan(size);
    await forked.close();
    const refused = await restore(at("forked"), "--data", at("data-2"), "--newest-checkpoint", at("receipts"));
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("riwayatnya lain") as string });
    expect(readdirSync(folder)).not.toContain("data-2");
    expect((await restore(at("forked"), "--data", at("data-2"))).status).toBe(0);
    const audited = await here(["audit", "--data", at("data-2"), "--receipts", at("receipts")]);
    expect(audited).toMatchObject({ status: 1, stdout: expect.stringContaining("TIDAK UTUH") as string });
    after = await on(at("data"), before);
  });
});

describe("simpul restore refuses, and makes nothing,", () => {
  it.each<[string, () => readonly string[], RegExp]>([
    ["a directory that is not empty", () => [at("backup"), "--data", at("data")], /tidak kosong/],
    ["a folder without a copy", () => [at("receipts"), "--data", at("none")], /tidak berisi salinan/],
    ["a copy without its identity", () => [copyWithout("instance.json"), "--data", at("none")], /--keys/],
    ["a file without a checkpoint", () => [at("backup"), "--data", at("none"), "--newest-checkpoint", textFile()], /tidak memuat/],
    ["a copy whose leaves were changed", () => [damagedCopy(), "--data", at("none")], /rusak/],
  ])("%s", async (_, args, told) => {
    const { status, stderr } = await restore(...args());
    expect(status).toBe(1);
    expect(stderr).toMatch(told);
    expect(readdirSync(folder).filter((name) => name.startsWith("none"))).toEqual([]);
  });
});

it("restores from what simpul backup makes, with its encrypted keys, and a second time with the log that was closed before", async () => {
  writeFileSync(at("passphrase"), "enam kata acak yang panjang sekali\n", { mode: 0o600 });
  const opener = ["--passphrase-file", at("passphrase")];
  expect(await here(["backup", at("made"), ...opener, ...configOf(after)])).toMatchObject({ status: 0 });
  const again = ["--data", at("second"), "--keys", at("made.keys"), ...opener];
  const without = await restore(at("made"), ...again, "--closed", at("receipts"));
  expect(without).toMatchObject({ status: 1, stderr: expect.stringContaining("which was closed before, is not in") as string });
  expect(await restore(at("made"), ...again)).toMatchObject({ status: 0 });
  const report = await here(["audit", "--data", at("second"), "--receipts", at("receipts"), "--json"]);
  expect(JSON.parse(report.stdout)).toMatchObject({ verdict: "sound", before: { verdict: "sound", before: { verdict: "sound", size } } });
  writeFileSync(at("made/logs.note"), "x");
  const changed = await restore(at("made"), "--data", at("third"), "--keys", at("made.keys"), ...opener);
  expect(changed).toMatchObject({ status: 1, stderr: expect.stringContaining("logs.note") as string });
});

it("docs/operations/disaster.md shows commands that there are, and its restore does what the page says", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operations/disaster.md"), "utf8");
  const commands = [...page.matchAll(/^\.\/simpul (.*)$/gm)].map(([, command]) => command!.split(" "));
  expect(commands.map(([verb]) => verb)).toEqual(["restore", "log", "doctor", "serve", "audit", "restore", "serve"]);
  const means: Record<string, string> = {
    CADANGAN: at("backup"),
    "data-baru": at("drill"),
    KUNCI: at("backup"),
    "TANDA-TERIMA": at("receipts"),
  };
  const run = (verb: string) => commands.find(([name]) => name === verb)!.map((word) => means[word] ?? word);
  expect(await here(run("restore"))).toMatchObject({ status: 0 });
  means["instance.key"] = join(at("drill"), "instance.key");
  means["logs.note"] = join(at("drill"), "logs.note");
  expect(await here([...run("log"), "--public-origin", before.publicOrigin])).toMatchObject({ status: 0 });
  expect(await here(run("audit"))).toMatchObject({ status: 0 });
});

const configOf = ({ config }: GatewayFixture): string[] => ["--data", config.data, "--public-origin", config.publicOrigin];
function copyWithout(name: string): string {
  cpSync(at("backup"), at(`without-${name}`), { recursive: true });
  rmSync(join(at(`without-${name}`), name));
  return at(`without-${name}`);
}
function textFile(): string {
  writeFileSync(at("text"), "catatan\n");
  return at("text");
}
function damagedCopy(): string {
  cpSync(at("backup"), at("damaged"), { recursive: true });
  const file = join(at("damaged"), "ledger.sqlite");
  const bytes = readFileSync(file);
  bytes.write("X", bytes.indexOf(`"${consumer}"`) + 1);
  writeFileSync(file, bytes);
  return at("damaged");
}
