import type { RegistryStore } from "./registry-store.ts";
import type { RegistryState } from "./registry-state.ts";
import type { Entry } from "./entry.ts";
import type { ServiceVersion, Snapshot } from "./snapshot.ts";
import type { RegisteredLists } from "./registered-lists.ts";
import type { ServiceContract } from "../contract/service-contract.ts";

/** What the policies make of one service version. */
export interface ServiceRule extends Pick<ServiceVersion, "trial" | "dependsOn" | "suspension" | "deprecation" | "evidenceMonths"> {
  /** What its class asks for; the service may ask for it where its class does not. */
  readonly fullReceipt: boolean;
  readonly signedAnswers: boolean;
  /** Whether its class allows a standing grant for everybody. */
  readonly mayBeOpen: boolean;
}

export interface CompileOptions {
  readonly store: Pick<RegistryStore, "document">;
  /**
   * Reads the policies of an image once; then each service version is judged by its own entry, its revisions and the opinions on it, on the instance
   * and on the network. Throws `RegistryUnusable` where a policy is missing.
   */
  readonly rules: (registry: RegistryState) => Promise<(service: Entry<"service">) => ServiceRule>;
}

/** A snapshot with what it was made from: the next one takes over what did not change. */
export interface CompiledRegistry {
  readonly snapshot: Snapshot;
  readonly state: RegistryState;
  readonly contracts: ReadonlyMap<string, HeldContract>;
  readonly lists: RegisteredLists;
}

/** The contract of a service version, by its document's digest: its compiled schemas outlive the snapshot. */
export interface HeldContract {
  readonly digest: string;
  /** The reference lists by which it judges. */
  readonly lists: RegisteredLists;
  /** Parsed and routed when it is first asked for: most services of a registry sleep. */
  readonly read: () => ServiceContract;
}
