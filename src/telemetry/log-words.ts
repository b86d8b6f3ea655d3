import type { Level } from "pino";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import type { ProblemCode } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import type { EntryState } from "../registry/entry.ts";

/**
 * Every member that a log line may have. None is a path, query, field, content or claim, so a line holds no personal
 * data.
 */
export interface Words {
  readonly exchange: string;
  readonly code: ProblemCode;
  /** The owner of the key that authenticated the caller. */
  readonly consumer: SubsystemId | undefined;
  readonly service: ServiceId | undefined;
  /** The `operationId`. */
  readonly operation: string;
  /** Where an answer breaks its contract: names from the contract itself, and `*` for any other. */
  readonly pointers: readonly string[];
  /**
   * The caller's address: written for the replay alarm, `not-intra`, connections turned away and strangers whom an overloaded gateway
   * refuses, omitted from every other refusal.
   */
  readonly source: string | undefined;
  /** The limit that was reached. */
  readonly limit: string;
  /** How many were refused since the line before. */
  readonly refused: number;
  readonly ms: number;
  readonly leaves: number;
  readonly exchanges: number;
  readonly version: number;
  readonly publicOrigin: string;
  readonly controlOrigin: string;
  readonly log: string;
  /** `2026-11/60`: the sealed records of a month that are kept for 60 months. */
  readonly bucket: string;
  /** A log's verifier key. */
  readonly vkey: string;
  /** A file that the gateway wrote itself. */
  readonly file: string;
  /** RFC 3339. */
  readonly until: string;
  /** An officer's pseudonym; `undefined` where a manifest did it. */
  readonly officer: string | undefined;
  /** The thumbprint of a subsystem's public key, the subsystem, and the state of the key in the registry. */
  readonly kid: string;
  readonly subsystem: SubsystemId | undefined;
  readonly state: EntryState;
  /** The origin of a provider's application; for operators, who see where calls go. */
  readonly upstream: string;
  /** An act of the table of transitions, `grant.allow`. */
  readonly act: string;
  /** What the act was done to: kind and id of the entry, `grant bansos-cek`. */
  readonly subject: string;
  /** Id of the registry's decision, under which everything about the act is kept. */
  readonly decision: string;
  readonly reason: StopReason;
  readonly error: unknown;
}

/** Why the process stops: a signal, or the process that started it is gone. */
export type StopReason = "SIGTERM" | "SIGINT" | "parent-gone";

export interface EventKind {
  readonly level: Level;
  readonly words: readonly (keyof Words)[];
  /** For the operator who reads the line, in `docs/operations/log-events.md`. */
  readonly means: Text;
}
