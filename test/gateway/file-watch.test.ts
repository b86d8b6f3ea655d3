import { copyFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { gatewayFixture, record, service, type GatewayFixture } from "../support/gateway-fixture.ts";
import { kept } from "../support/kept-log.ts";
import { page } from "../support/page.ts";
import { eventually } from "../support/patience.ts";

let w: GatewayFixture;
afterEach(() => w.close());

const ways: readonly (readonly [string, (file: string) => void])[] = [
  ["removed", (file) => renameSync(file, `${file}.away`)],
  [
    "replaced",
    (file) => {
      copyFileSync(file, `${file}.copy`);
      renameSync(`${file}.copy`, file);
    },
  ],
];

describe.each(ways)("a file that is %s under the gateway", (_, take) => {
  it("is its ledger's: the gateway says so and signs nothing more, since what it wrote would be lost", async () => {
    const { log, lines } = kept("fileGone");
    w = await gatewayFixture({ log });
    expect((await w.call()).status).toBe(200);
    const file = join(w.config.data, "ledger.sqlite");
    take(file);
    await eventually(() => lines.length > 0);
    expect(lines).toEqual([["fileGone", { file }]]);
    expect((await page(`${w.controlOrigin}/readyz`)).text).toBe("not ready: ledger\n");
    const seen = w.received.length;
    const refused = await w.call({ method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" });
    expect(refused.fields["spl-problem"]).toBe("ledger-unavailable");
    expect(w.received).toHaveLength(seen);
  });

  it("is its registry's: the gateway says so and serves on by what it has read", async () => {
    const { log, lines } = kept("fileGone");
    w = await gatewayFixture({ log });
    const file = join(w.config.data, "registry.sqlite");
    take(file);
    await eventually(() => lines.length > 0);
    expect(lines).toEqual([["fileGone", { file }]]);
    expect((await w.call()).status).toBe(200);
  });
});
