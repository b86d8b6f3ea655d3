import type { RegistryStore } from "./registry-store.ts";
import type { RegistryState } from "./registry-state.ts";
import type { Entry } from "./entry.ts";
import type { ServiceVersion, Snapshot } from "./snapshot.ts";
import type { RegisteredLists } from "./registered-lists.ts";
import type { ServiceContract } from "../contract/service-contract.ts";

/** What the policies make of one service version. */
export interface ServiceRule extends Pick<ServiceVersion, "trial" | "dependsOn" | "suspension" | "deprecation" | "evidenceMonths"> {
  /** Whether its class asks for full receipts; the service may ask for them where its class does not. */
  readonly fullReceipt: boolean;
  readonly signedAnswers: boolean;
  /** Whether its class allows a grant for every subsystem. */
  readonly mayBeOpen: boolean;
}

export interface CompileOptions {
  readonly store: Pick<RegistryStore, "document">;
  /**
   * Reads the policies of a state once. The function that comes back judges a service version by its own entry, its
   * revisions, and the opinions on it, on the instance and on the network. Rejects with `RegistryUnusable` where a
   * policy is missing.
   */
  readonly rules: (registry: RegistryState) => Promise<(service: Entry<"service">) => ServiceRule>;
}

/** A snapshot with what it was made from, so that the next one takes over what did not change. */
export interface CompiledRegistry {
  readonly snapshot: Snapshot;
  readonly state: RegistryState;
  readonly contracts: ReadonlyMap<string, HeldContract>;
  readonly lists: RegisteredLists;
}

/** The contract of a service version under its document's digest. Its compiled schemas outlive the snapshot. */
export interface HeldContract {
  readonly digest: string;
  /** The reference lists that it validates by. */
  readonly lists: RegisteredLists;
  /** Parsed and routed on first use: most services of a registry are rarely called. */
  readonly read: () => ServiceContract;
}
