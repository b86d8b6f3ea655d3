import { cpSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dataDirectory } from "../../src/base/store-location.ts";
import type { LedgerListener } from "../../src/ledger/ledger.ts";
import { storesAt } from "../../src/store/open.ts";
import { dinasMember, officeFixture } from "../http/control/office-fixture.ts";
import { alteredStores } from "../support/altered-stores.ts";
import { gatewayFixture } from "../support/gateway-fixture.ts";
import { kept } from "../support/kept-log.ts";
import { page } from "../support/page.ts";

describe("the log says", () => {
  it("which officer carried out which act on what, and not the act's input", async () => {
    const { log, lines } = kept("acted");
    const w = await officeFixture({ log });
    await w.ask("POST", "/v1/officers", {
      token: w.admin,
      body: { id: "registrar-1", member: dinasMember, position: "Kepala Bidang SITI-RAHASIA", roles: ["registrar"] },
      fields: { "Idempotency-Key": "k1" },
    });
    const again = { id: "registrar-1", member: dinasMember, position: "Kepala Bidang SITI-RAHASIA", roles: ["registrar"] };
    await w.ask("POST", "/v1/officers", { token: w.admin, body: again, fields: { "Idempotency-Key": "k1" } });
    await w.ask("POST", "/v1/officers", { token: w.admin, body: again });
    expect(lines).toEqual([
      [
        "acted",
        {
          officer: "administrator",
          act: "officer.appoint",
          subject: "officer registrar-1",
          decision: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        },
      ],
    ]);
    await w.close();
  });

  it("that the process before died, though it left no intent open", async () => {
    const { log, lines } = kept("recovered");
    const w = await gatewayFixture({ log, storesAt: alteredStores(() => ({ wasLedgerLeftOpen: () => true })) });
    expect(lines).toEqual([["recovered", { leaves: 0 }]]);
    await w.close();
  });

  it("that a ledger which failed writes again, and /readyz names it meanwhile", async () => {
    const { log, lines } = kept("ledgerFailed", "ledgerWritesAgain");
    const listeners: LedgerListener[] = [];
    const w = await gatewayFixture({
      log,
      storesAt: alteredStores((stores) => ({
        async openLedger(options) {
          const ledger = await stores.openLedger(options);
          return {
            ...ledger,
            listen(listener) {
              listeners.push(listener);
              ledger.listen(listener);
            },
          };
        },
      })),
    });
    const error = new Error("disk full");
    for (const listener of listeners) listener.failed?.(2, error);
    expect(await page(`${w.controlOrigin}/readyz`)).toMatchObject({ status: 503, text: "not ready: ledger\n" });
    await w.call();
    expect(await page(`${w.controlOrigin}/readyz`)).toMatchObject({ status: 200, text: "ok\n" });
    expect(lines).toEqual([
      ["ledgerFailed", { leaves: 2, error }],
      ["ledgerWritesAgain", {}],
    ]);
    await w.close();
  });
});

it("a log whose writer died is told from one that was closed", async () => {
  const w = await gatewayFixture();
  await w.call();
  const copy = `${w.config.data}-died`;
  cpSync(w.config.data, copy, { recursive: true });
  await w.open.close();
  expect([copy, w.config.data].map((data) => storesAt(dataDirectory(data)).wasLedgerLeftOpen())).toEqual([true, false]);
  rmSync(copy, { recursive: true });
  await w.close();
});
