import type { SubsystemId } from "../base/names.ts";
import type { ProblemCode } from "../base/problem.ts";
import type { ServiceVersion } from "../registry/snapshot.ts";
import type { Operation } from "../contract/contract.ts";

/** The stages of an exchange that are timed, in the order in which they run (protocol §2.3). */
export type Stage = "caller" | "grant" | "content" | "contract" | "forward" | "response" | "ledger";

/** How an exchange ended: `delivered` if the provider's answer was, otherwise the problem code. */
export type Outcome = "delivered" | ProblemCode;

/** What parties and auditors read (protocol §5). */
export type Readable = "receipt" | "evidence" | "entries";

/**
 * One finished exchange. Consumer, service and operation are the registry's own objects and never text from the wire,
 * so that callers cannot add label values to the metrics.
 */
export interface MeteredExchange {
  /** The owner of the key that authenticated the caller; `undefined` before authentication. */
  readonly consumer: SubsystemId | undefined;
  readonly service: ServiceVersion | undefined;
  readonly operation: Operation | undefined;
  readonly code: Outcome;
  /** From arrival to the durable leaf, in seconds. */
  readonly seconds: number;
  /** Seconds of each stage that was reached, including the wait for the other exchanges of its tick. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  /** Content bytes taken from the consumer and delivered to it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/**
 * The events that the gateway reports to the metrics. A call returns at once, keeps no reference to its argument, and
 * never throws.
 */
export interface Meter {
  /** Called once for every exchange, however it ended. */
  exchange(finished: MeteredExchange): void;
  /** A provider's answer broke its contract or was not signed, whether it was refused or only reported. */
  responseFault(service: ServiceVersion, operation: Operation): void;
  /** A used `jti` came again in another statement. */
  replayAlarm(): void;
  /** A receipt, an evidence bundle or an entry bundle was asked for; `undefined` before authentication. */
  reading(subsystem: SubsystemId | undefined, what: Readable, code: Outcome): void;
  /** A request was refused because its subsystem has reached a limit that holds whatever its grants say. */
  limited(subsystem: SubsystemId, limit: string): void;
  /** An overloaded gateway refused a request of this subsystem; `undefined` for callers that are not known. */
  shed(subsystem: SubsystemId | undefined): void;
  /** A connection was turned away, by the limit of all, of its address, or of addresses that are not known. */
  connectionRefused(limit: "all" | "address" | "strangers"): void;
  /** A group commit: its leaves, the time until they were durable, and the new size of the tree. */
  ledgerCommit(commit: { readonly leaves: number; readonly seconds: number; readonly size: number }): void;
  /** Leaves that the ledger could not take. */
  ledgerFailure(leaves: number): void;
  /** A new registry snapshot is in force. */
  snapshotSwap(): void;
}

/** Figures that parts of the gateway keep anyway; the metrics read them when they are scraped. */
export interface Readings {
  registryVersion(): number;
  exchangesInFlight(): number;
  connections(): number;
  /** What the gateway has too much of; `undefined` while it is not overloaded. */
  overload(): string | undefined;
  ledgerQueue(): number;
  replayEntries(): number;
  quotas(): Iterable<QuotaReading>;
  /** Milliseconds: when the newest backup was recorded; `undefined` if none was. */
  lastBackup(): number | undefined;
  due(): Promise<readonly DueReading[]>;
  waiting(): Promise<readonly WaitingReading[]>;
  disks(): Promise<readonly DiskReading[]>;
  upstreams(): readonly UpstreamReading[];
  /** The gateway's clock, in milliseconds. */
  clock(): number;
}

/** How much of a kind (`grant`, `revision`, …) waits for an officer's decision; 0 seconds if nothing does. */
export interface WaitingReading {
  readonly kind: string;
  readonly count: number;
  readonly longestSeconds: number;
}

/** An address of a provider: whether requests go there (a circuit breaker's state), and how many are there or wait for a connection. */
export interface UpstreamReading {
  readonly upstream: string;
  readonly state: "closed" | "open" | "half-open";
  readonly pending: number;
}

/** Bytes that are left where the gateway keeps its `ledger`, `registry` or other `data`. */
export interface DiskReading {
  readonly store: string;
  readonly freeBytes: number;
}

/** How much of a kind (`grant`, `key`, …) ends within so many days, or has ended and nobody has acted. */
export interface DueReading {
  readonly kind: string;
  readonly within: number;
  readonly count: number;
}

export interface QuotaReading {
  readonly consumer: SubsystemId;
  /** Id of the grant. */
  readonly grant: string;
  /** Uses today, in the region's time zone. */
  readonly used: number;
  readonly limit: number;
}
