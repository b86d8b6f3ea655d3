import type { BlockList } from "node:net";
import type { Clock } from "../base/clock.ts";
import type { ClosedLog } from "../ledger/closed-log.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Snapshot } from "../registry/snapshot.ts";
import type { Meter } from "../telemetry/meter.ts";
import type { ExchangeLog } from "../telemetry/logs.ts";
import type { RecentFaults } from "../telemetry/recent-faults.ts";
import type { Forward } from "./forward.ts";
import type { LoadGuard } from "./overload.ts";
import type { ReplayGuard } from "./replay-check.ts";
import type { Day, QuotaCounter } from "./spend.ts";
import type { RefusalAggregator } from "./upkeep/refusal-aggregator.ts";

/** Everything that an exchange needs, composed once at start (src/gateway). */
export interface Gateway extends ReplayGuard, LoadGuard {
  /** `scheme://host[:port]`, lower case, no default port: the `aud` of every statement. */
  readonly publicOrigin: string;
  /** The host and port of the public origin: what `Host` must say. */
  readonly authority: string;
  /** Longest path with its query. */
  readonly maxPathBytes: number;
  /** Most bytes of the provider's fields that an answer carries. */
  readonly maxAnswerFieldBytes: number;
  /** The addresses of the closed intra network. */
  readonly allowedNetworks: BlockList;
  /** The registry in force. An exchange asks once and keeps its snapshot. */
  snapshot(): Snapshot;
  readonly ledger: Ledger;
  /** The logs from which `ledger` goes on, the newest first. */
  readonly closedLogs: readonly ClosedLog[];
  /** Exchanges whose intent is recorded and whose outcome is not yet. */
  readonly inFlight: Set<string>;
  readonly quota: QuotaCounter;
  readonly forward: Forward;
  readonly refusals: RefusalAggregator;
  readonly meter: Meter;
  readonly log: ExchangeLog;
  readonly recentFaults: Pick<RecentFaults, "add">;
  readonly clock: Clock;
  /** The day of an instant in the region's time zone. */
  readonly day: (now: number) => Day;
  /** The gateway's name in `Via` (RFC 9110 §7.6.3). */
  readonly via: string;
}
