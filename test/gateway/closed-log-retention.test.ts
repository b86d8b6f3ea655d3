import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Audit } from "../../src/audit/audit.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { dayMs } from "../../src/base/time.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { openInstance } from "../../src/gateway/identity.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { loadMasterKeys } from "../../src/ledger/sealed/master-key.ts";
import { storesAt } from "../../src/store/open.ts";
import { entryOf } from "../support/ledger-samples.ts";
import { gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-closed-retention-"));
const at = (name: string): string => join(folder, name);
const hundredYears = 36_525 * dayMs;

let before: GatewayFixture;
/** The exchange whose evidence lies beside the closed log. */
let leaf: ExchangeLeaf;

beforeAll(async () => {
  before = await gatewayFixture();
  leaf = JSON.parse(parseReceipt((await before.call()).fields["spl-receipt"]!)!.leaf.toString()) as ExchangeLeaf;
  await before.open.close();
  cpSync(before.config.data, at("backup"), { recursive: true });
  expect((await here(["restore", at("backup"), "--data", at("data")])).status).toBe(0);
  cpSync(before.services, at("data/services"), { recursive: true });
});
afterAll(async () => {
  await before.close();
  rmSync(folder, { recursive: true });
});

const audited = async (...args: readonly string[]): Promise<Audit> =>
  JSON.parse((await here(["audit", "--data", at("data"), "--json", ...args])).stdout) as Audit;
const aboutEvidence = ({ checks }: Audit): string => checks.find(({ id }) => id === "evidence")!.said.en;

function passphrase(): string {
  writeFileSync(at("passphrase"), "frasa sandi yang panjang sekali untuk uji\n", { mode: 0o600 });
  return at("passphrase");
}

it("a gateway ends the evidence beside a log that restore closed, tells so in the log that goes on, and both audit whole", async () => {
  const config = { ...before.config, data: at("data"), ledger: dataDirectory(at("data")), evidenceKey: at("data/evidence.key") };
  const settings = { "evidence-key": config.evidenceKey };
  const flags = ["--data", at("data"), "--evidence-key", config.evidenceKey];
  expect((await here(["evidence-key", ...flags])).stdout).toMatch(/wraps the keys of 1 bucket/);
  // Without the key that wraps the closed log's evidence no backup is made.
  const key = readFileSync(config.evidenceKey);
  writeFileSync(config.evidenceKey, `${Buffer.alloc(32).toString("base64")}\n`);
  const backup = await here(["backup", at("keyless"), "--passphrase-file", passphrase(), "--public-origin", before.publicOrigin, ...flags]);
  expect(backup).toMatchObject({ status: 1, stderr: expect.stringContaining("which wraps the evidence of") as string });
  writeFileSync(config.evidenceKey, key);
  expect(aboutEvidence((await audited()).before!)).toContain("1 of 1 exchange leaves have evidence");

  // Nothing is destroyed before an exchange of that time shows in the log that goes on.
  const later = Date.now() + hundredYears;
  const instance = openInstance(config);
  const evidenceKeys = loadMasterKeys(config.evidenceKey);
  const ledger = await storesAt(config.ledger).openLedger({ ...instance, clock: () => later, evidenceKeys });
  const seen: ExchangeLeaf = {
    ...leaf,
    log: instance.origin,
    id: uuidv7(later),
    at: new Date(later).toISOString(),
    problem: "outcome-unknown",
  };
  await ledger.append(entryOf(seen));
  await ledger.close();

  const continues = { ...before, config };
  const gateway = await gatewayFixture({ continues, settings, ahead: hundredYears });
  const [closed] = gateway.open.gateway.closedLogs;
  await vi.waitFor(async () => expect(await closed!.buckets()).toEqual([]), 20_000);
  await gateway.close();

  const report = await audited("--evidence-key", config.evidenceKey);
  expect(report.findings).toEqual([]);
  expect(aboutEvidence(report.before!)).toContain("0 of 1 exchange leaves have evidence, that of 1 was destroyed by a control leaf");
  const destructions = report.chronicle.changes.filter(({ what }) => what === "evidence.destroy");
  expect(destructions).toMatchObject([{ subject: expect.stringContaining(` · ${before.instance.origin}`) as string, by: "retention" }]);
  expect((await here(["evidence-key", ...flags])).stdout).not.toMatch(/wraps/);
});
