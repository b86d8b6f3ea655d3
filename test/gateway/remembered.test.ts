import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LedgerFault } from "../../src/ledger/fault.ts";
import { gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { eventually } from "../support/patience.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-old-copy-"));
/** Copied while the gateway ran, without the `-wal` in which the newest leaves are. */
const copy = join(folder, "copy");
let w: GatewayFixture;

beforeAll(async () => {
  w = await gatewayFixture({ settings: { "remembered-every-ms": "20" } });
  for (let i = 0; i < 3; i++) await w.call();
  const newest = w.open.gateway.ledger.checkpoint();
  await eventually(() => existsSync(w.config.remembered) && readFileSync(w.config.remembered, "utf8") === newest);
  cpSync(w.config.data, copy, { recursive: true, filter: (name) => !/-(?:wal|shm)$|ledger\.lease$/.test(name) });
  await w.open.close();
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

it("a gateway does not start on a copy that is older than the checkpoint it was shown, and doctor and audit say so", async () => {
  const config = { ...w.config, data: copy };
  await expect(gatewayFixture({ continues: { ...w, config } })).rejects.toThrow(LedgerFault);
  const doctor = await here(["doctor", "--data", copy, "--public-origin", w.publicOrigin]);
  expect(doctor).toMatchObject({ status: 1, stdout: expect.stringMatching(/✗ Buku besar ini salinan lama: .*-wal/) as string });
  const audit = await here(["audit", "--data", copy]);
  expect(audit).toMatchObject({ status: 1, stdout: expect.stringContaining("The log got shorter") as string });
});

it("starts on its own files, however often", async () => {
  for (let i = 0; i < 2; i++) await (await gatewayFixture({ continues: w })).close();
});
