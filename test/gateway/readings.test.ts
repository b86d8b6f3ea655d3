import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { diskReadings } from "../../src/gateway/disk-readings.ts";
import { gatewayFixture } from "../support/gateway-fixture.ts";
import { dinasMember, must, officeFixture } from "../http/control/office-fixture.ts";
import { letter } from "../support/letter.ts";
import { page } from "../support/page.ts";

const day = 86_400_000;

it("the room on the disk has a series for each folder that the gateway writes in, named without its path", async () => {
  const data = mkdtempSync(join(tmpdir(), "simpul-disk-"));
  const ledger = join(data, "ledger");
  mkdirSync(ledger);
  const location = (directory: string) => ({ scheme: "sqlite", directory }) as const;
  const stores = async (config: Parameters<typeof diskReadings>[0]) => (await diskReadings(config)()).map(({ store }) => store);
  expect(await stores({ data, ledger: location(data), registry: location(data) })).toEqual(["ledger"]);
  expect(await stores({ data, ledger: location(ledger), registry: location(data) })).toEqual(["ledger", "registry"]);
  // A folder that has gone is left out, and the others are still told.
  rmSync(ledger, { recursive: true });
  expect(await stores({ data, ledger: location(ledger), registry: location(data) })).toEqual(["registry"]);
  rmSync(data, { recursive: true });
});

it("a scrape tells the free disk, the gateway's own clock, and nothing that would alarm on a fresh start", async () => {
  const w = await gatewayFixture({ stopped: true });
  const { text } = await page(`${w.controlOrigin}/metrics`);
  const value = (series: string) =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${series} `))
        ?.split(" ")[1],
    );
  expect(value('simpul_disk_free_bytes{store="ledger"}')).toBeGreaterThan(0);
  expect(value("simpul_clock_seconds")).toBe(w.clock() / 1000);
  expect(value('simpul_waiting_decisions{kind="grant"}')).toBe(0);
  expect(value('simpul_waiting_longest_seconds{kind="grant"}')).toBe(0);
  expect(text).not.toMatch(/^simpul_quota_limit\{.*\} 0$/m);
  expect(text).not.toContain(w.config.data);
  await w.close();
});

it("what an officer asked for waits, as long as the clock says, until another one decides", async () => {
  const w = await officeFixture({ stopped: true, profile: "pasuruan-111-2023" });
  const registrar = await w.officer("registrar-1", dinasMember, ["registrar"]);
  const body = { types: ["keamanan"], authority: "bssn", outcome: "diberikan", letter: letter("B-12/BSSN/2026", "2026-02-28") };
  await must(w.ask("POST", "/v1/opinions", { token: registrar, body }));
  w.turnClock(8 * day);
  const { text } = await page(`${w.controlOrigin}/metrics`);
  expect(text).toContain('simpul_waiting_decisions{kind="opinion"} 1\n');
  expect(text).toContain(`simpul_waiting_longest_seconds{kind="opinion"} ${(8 * day) / 1000}\n`);
  expect(text).not.toContain("registrar-1");
  await w.close();
});
