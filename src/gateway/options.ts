import type { Clock } from "../base/clock.ts";
import type { Config } from "../config/config.ts";
import type { Gateway } from "../exchange/ports.ts";
import type { storesAt } from "../store/open.ts";
import type { Log } from "../telemetry/logs.ts";
import type { Instance } from "./identity.ts";

/** What a gateway is made from. */
export interface GatewayOptions {
  readonly config: Config;
  readonly instance: Instance;
  readonly clock: Clock;
  readonly log: Log;
  /** Finds the stores; given by tests whose stores fail. */
  readonly storesAt?: typeof storesAt;
  /** Puts itself between exchanges and their ports; given by tests that stop at a named step. */
  readonly wrap?: (gateway: Gateway) => Gateway;
}
