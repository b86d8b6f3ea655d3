import type { ServiceContract } from "../contract/service-contract.ts";
import type { Text } from "../base/text.ts";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import type { Attribution, GrantParty, Replica, ValidationMode } from "./entry.ts";
import type { GrantedFields } from "./granted-fields.ts";
import type { RegisteredKey } from "../trust/registered-key.ts";
import type { Operation } from "../contract/contract.ts";

/**
 * The registry at one version, compiled for the data plane: immutable, complete, read without a database. A change
 * builds a new snapshot and then swaps one reference; exchanges in flight keep the one they began with.
 */
export interface Snapshot {
  /** The registry's version: grows by one with every applied change. */
  readonly version: number;
  readonly instance: string;
  /** Base64url root of the RFC 9162 tree over the salted registry entries (protocol §4, `basis.registry`). */
  readonly root: string;
  /** Base64url root of the same kind of tree over the policy documents (`basis.policy`). */
  readonly policyRoot: string;
  /** IANA time zone in which a daily quota begins anew. */
  readonly timeZone: string;
  readonly services: ReadonlyMap<ServiceId, ServiceVersion>;
  readonly subsystems: ReadonlySet<SubsystemId>;
  /** Subsystems of test members: only they may call what is on trial. */
  readonly testers: ReadonlySet<SubsystemId>;
  /** Subsystems that may read every receipt and entry of the log. */
  readonly auditors: ReadonlySet<SubsystemId>;
  /** By RFC 7638 thumbprint. Revoked and outdated keys are here too: the refusal says which it is. */
  readonly keys: ReadonlyMap<string, RegisteredKey>;
  /** By consumer, then by purpose; of several for one purpose the one that counts first: decided, begun latest, decided latest. */
  readonly grants: ReadonlyMap<SubsystemId, readonly Grant[]>;
}

export interface Grant {
  readonly id: string;
  readonly service: ServiceId;
  /** By `operationId`. */
  readonly operations: Pick<ReadonlySet<string>, "has" | "keys">;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly from: number;
  readonly until: number | undefined;
  readonly rate: { readonly perSecond: number; readonly burst: number };
  readonly dailyQuota: number;
  /** What of an answer it lets through; `undefined` is everything. */
  readonly fields: GrantedFields | undefined;
  /** Whether an officer of the owner has decided it; an undecided grant serves only what is on trial. */
  readonly decided: boolean;
  /** When it was decided, in milliseconds; 0 for an undecided one. */
  readonly decidedAt: number;
  /** The grant that it renews. */
  readonly previous: string | undefined;
  /** The grant that takes its place from that moment (milliseconds) on. */
  readonly replacedBy: { readonly grant: string; readonly from: number } | undefined;
  /** By the party that suspended it; it is suspended as long as any party has suspended it. */
  readonly suspensions: readonly Suspension[];
}

/** By whom (an officer's id) something was suspended, when and why. */
export interface Suspension extends Attribution {
  readonly party?: GrantParty;
  readonly reason: string;
}

/** One opinion that a service in production needs: it serves while one of `opinions` is in force. */
export interface OpinionDependency {
  /** "Pertimbangan kelaikan keamanan dari BSSN". */
  readonly name: Text;
  /** In the order of their ends. */
  readonly opinions: readonly OpinionPeriod[];
}

export interface OpinionPeriod {
  readonly id: string;
  /**
   * Milliseconds: in force from `from` (inclusive) until `until` (exclusive, `undefined` = open), unless it was
   * revoked.
   */
  readonly from: number;
  readonly until: number | undefined;
  readonly revoked?: Attribution & { readonly reason: string };
}

export type { Replica } from "./entry.ts";

export interface ServiceVersion {
  readonly id: ServiceId;
  /** The subsystem that answers. */
  readonly provider: SubsystemId;
  readonly state: "active" | "suspended" | "retired";
  /** On trial: for test members only. */
  readonly trial: boolean;
  /** Why it is suspended, where an officer did it. */
  readonly suspension: Suspension | undefined;
  /** The opinions that it needs at every call; none while it is on trial. */
  readonly dependsOn: readonly OpinionDependency[];
  readonly classification: string;
  /** Whether the classification or the service asks for a full receipt with every answer. */
  readonly fullReceipt: boolean;
  /** Whether the classification or the service asks the provider to sign every answer. */
  readonly signedAnswers: boolean;
  /** For how many months at least the evidence of its exchanges is kept. */
  readonly evidenceMonths: number;
  /** Origin of the provider: scheme, host, port; no path. */
  readonly upstream: string;
  /** Further addresses of the same application. */
  readonly replicas: readonly Replica[];
  /** Addresses that an officer has drained: no request goes there. */
  readonly drained: ReadonlySet<string>;
  /** What comes before the path at the provider, `/v2`; empty where nothing does. */
  readonly basePath: string;
  readonly connectTimeoutMs: number;
  readonly responseTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  readonly validateResponses: ValidationMode;
  /** Operations that differ from `validateResponses`, by id. */
  readonly validateOperations: ReadonlyMap<string, ValidationMode>;
  /** Its announced end: since when, until when at least it serves (milliseconds), and the service that follows it. */
  readonly deprecation: { readonly since: number; readonly sunset: number; readonly successor: ServiceId } | undefined;
  /** The grant of an open service: any authenticated subsystem may use it, each with its own rate and quota. */
  readonly openGrant: Grant | undefined;
  /** Every operation of the contract, by id. */
  operations(): ReadonlyMap<string, Operation>;
  readonly findOperation: ServiceContract["findOperation"];
}
