import type { SubsystemId } from "../base/names.ts";
import type { ProblemCode } from "../base/problem.ts";
import type { ServiceVersion } from "../registry/snapshot.ts";
import type { Operation } from "../contract/contract.ts";

/** The parts of an exchange whose time is told apart, in the order in which they run (protocol §2.3). */
export type Stage = "caller" | "grant" | "content" | "contract" | "forward" | "response" | "ledger";

/** How an exchange ended: the provider's answer was delivered, or the problem code. */
export type Outcome = "delivered" | ProblemCode;

/**
 * One finished exchange. Who and what are given as the registry's own objects and never as text from the wire, so that the label sets of the
 * metrics stay closed whatever a stranger sends.
 */
export interface MeteredExchange {
  /** The owner of the key that authenticated the caller; `undefined` before authentication. */
  readonly consumer: SubsystemId | undefined;
  readonly service: ServiceVersion | undefined;
  readonly operation: Operation | undefined;
  readonly code: Outcome;
  /** From arrival to the durable leaf, in seconds. */
  readonly seconds: number;
  /** Seconds of each stage that was reached, the wait for the other exchanges of its turn included. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  /** Content bytes taken from the consumer and delivered to it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** What the parts of the gateway tell the metrics. Every call returns at once, keeps nothing that it is given, and never throws. */
export interface Meter {
  /** Once for every exchange, whatever became of it. */
  exchange(finished: MeteredExchange): void;
  /** A provider's answer broke its contract where service or operation only ask to `report` that. */
  responseFault(service: ServiceVersion, operation: Operation): void;
  /** The same `jti` came in another statement. */
  replayAlarm(): void;
  /** One group commit: how many leaves, how long until they were durable, and the tree's size since then. */
  ledgerCommit(commit: { readonly leaves: number; readonly seconds: number; readonly size: number }): void;
  /** Leaves that the ledger could not take. */
  ledgerFailure(leaves: number): void;
  /** A new registry snapshot serves. */
  snapshotSwap(): void;
}

/** What the metrics ask for when they are read: figures that some part of the gateway keeps anyway. */
export interface Readings {
  registryVersion(): number;
  exchangesInFlight(): number;
  ledgerQueue(): number;
  replayEntries(): number;
  quotas(): Iterable<QuotaReading>;
}

export interface QuotaReading {
  readonly consumer: SubsystemId;
  /** Id of the grant. */
  readonly grant: string;
  /** Uses today, in the region's time zone. */
  readonly used: number;
  readonly limit: number;
}
