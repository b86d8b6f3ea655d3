/** `simpul serve` without its evidence store: what that store costs is told from the difference. Flags as for `serve`. */
import { storesAt } from "../../src/store/open.ts";
import { systemClock } from "../../src/base/clock.ts";
import { readConfig } from "../../src/config/config.ts";
import { openInstance } from "../../src/gateway/identity.ts";
import { startGateway, untilStopped } from "../../src/gateway/process.ts";

const flags = Object.fromEntries(process.argv.slice(2).map((flag) => /^--([^=]+)=(.*)$/s.exec(flag)!.slice(1) as [string, string]));
const { config } = readConfig({ flags, env: {}, cwd: process.cwd() });
const gateway = await startGateway({
  config,
  instance: openInstance(config),
  clock: systemClock,
  storesAt(location) {
    const stores = storesAt(location);
    return { ...stores, openLedger: ({ evidenceKeys: _, ...options }) => stores.openLedger(options) };
  },
});
await untilStopped(gateway, config.drainGraceMs);
