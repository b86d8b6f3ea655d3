import type { Clock } from "../../base/clock.ts";
import type { Leaf } from "../../ledger/leaf.ts";
import type { Office } from "../../policy/acts/office.ts";
import type { WhyView } from "../../policy/why/why-steps.ts";
import type { RegistryImage } from "../../registry/image.ts";
import type { Log } from "../../telemetry/logs.ts";
import type { AdminToken } from "./bearer.ts";

export interface ControlApi {
  readonly publicOrigin: string;
  readonly office: Office;
  /** The registry as it is now, also where no profile is chosen yet. */
  newest(): Promise<RegistryImage>;
  /** A document of the registry by its digest. */
  document(digest: string): Promise<Buffer>;
  readonly past: Past;
  readonly adminToken: AdminToken;
  readonly clock: Clock;
  readonly log: Pick<Log, "failed">;
  /** The gateway drains: nothing is taken any more. */
  stopping(): boolean;
}

/** What the trace reads beside the registry of now. */
export interface Past {
  /** The leaf of an exchange by its id. */
  leafOf(id: string): Promise<Leaf | undefined>;
  /** The registry, with the profile in force, at the time when it had this root; `now` is the registry of now. */
  versionOf(root: string, now: RegistryImage): ReturnType<NonNullable<WhyView["versionOf"]>>;
  readonly operationsOf: WhyView["operationsOf"];
}
