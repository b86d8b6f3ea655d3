import type { Clock } from "../../base/clock.ts";
import type { Rates } from "../../base/rate.ts";
import type { Leaf } from "../../ledger/leaf.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import type { CommandHandler } from "../../policy/acts/command-handler.ts";
import type { UsageOn } from "../../policy/consumers.ts";
import type { RegistryHistory } from "../../policy/registry-history.ts";
import type { WhyView } from "../../policy/why/why-steps.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import type { Log } from "../../telemetry/logs.ts";
import type { UpstreamReading } from "../../telemetry/meter.ts";
import type { RecentFaults } from "../../telemetry/recent-faults.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { AdminToken } from "./bearer.ts";

/** Everything that the routes of the control API need. */
export interface ControlApi {
  readonly publicOrigin: string;
  readonly commands: CommandHandler;
  /** How many requests one officer may make. */
  readonly officers: Rates<string>;
  /** The newest registry, also before a profile is chosen. */
  newest(): Promise<RegistryState>;
  /** The catalogue of the public port: its summaries are kept once. */
  readonly catalogue: Catalogue;
  /** A document of the registry by its digest. */
  document(digest: string): Promise<Buffer>;
  readonly sources: ExplanationSources;
  /** The log and those from which it goes on, the newest first: to look for what a key signed. */
  readonly logs: readonly Pick<Ledger, "origin" | "checkpoint" | "tile">[];
  readonly recentFaults: Pick<RecentFaults, "of">;
  /** How the addresses of providers stand. */
  upstreams(): readonly UpstreamReading[];
  /** The one that is in force now. */
  adminToken(): AdminToken;
  readonly clock: Clock;
  readonly log: Pick<Log, "failed">;
  /** Whether the gateway is draining and refuses new requests. */
  stopping(): boolean;
}

/** What explanations read besides the newest registry. */
export interface ExplanationSources {
  /** The leaf of an exchange by its id. */
  leafOf(id: string): Promise<Leaf | undefined>;
  readonly history: RegistryHistory;
  /** The calls that were counted on a calendar day of the region. */
  readonly usageOn: UsageOn;
  readonly operationsOf: WhyView["operationsOf"];
}
