/**
 * A gateway in a process of its own that kills itself with SIGKILL when it comes to a named step: `fork`ed with an `Order` as its argument.
 * It says `{ ready }` once it serves. Nothing of this can be reached from the program that an operator runs.
 */
import { alteredStores } from "../support/altered-stores.ts";
import { readConfig } from "../../src/config/config.ts";
import { openGateway } from "../../src/gateway/open.ts";
import { openInstance } from "../../src/gateway/identity.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import type { KillPlan, ExplanationStep } from "./steps.ts";
import { stoppingLedger, stoppingPorts, stoppingServer, stoppingStore } from "./stopping.ts";
import { openLedgerOver } from "./wrapped-ledger.ts";

export interface Order {
  /** As on the command line of `simpul serve`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly plan: KillPlan | undefined;
  /** Milliseconds that its clock is ahead of the machine's. */
  readonly ahead: number;
}

export interface Ready {
  readonly ready: { readonly controlOrigin: string };
}

const { settings, plan, ahead } = JSON.parse(process.argv[2]!) as Order;
let times = 0;
const reach = (step: ExplanationStep): void => {
  if (step === plan?.step && ++times === plan.nth) process.kill(process.pid, "SIGKILL");
};
let serves = false;

const { config } = readConfig({ flags: settings, env: {}, cwd: settings["data"]! });
const open = await openGateway({
  config,
  instance: openInstance(config),
  clock: () => Date.now() + ahead,
  log: createLog({ level: "silent", to: 2 }).log,
  wrap: stoppingPorts(reach),
  storesAt: alteredStores((_, { directory }) => ({
    async openLedger(options) {
      const ledger = await openLedgerOver({ directory, ...options }, (store) => stoppingStore(store, reach));
      return stoppingLedger(ledger, () => serves, reach);
    },
  })),
});
stoppingServer(open.publicApp.server, reach);
await open.publicApp.listen({ host: "127.0.0.1", port: config.publicPort });
const controlOrigin = await open.controlApp.listen({ host: "127.0.0.1", port: 0 });
serves = true;
process.send!({ ready: { controlOrigin } } satisfies Ready);
process.once("message", () => void open.close().then(() => process.exit(0)));
// Nobody is left to judge it.
process.once("disconnect", () => process.exit(1));
