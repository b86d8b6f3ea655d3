import type { ServiceId } from "../base/names.ts";
import type { EntryKind, Entry, Role } from "../registry/entry.ts";
import type { Profile } from "./profile/profile.ts";
import type { ClassificationMatrix } from "./profile/classification.ts";
import type { Operation } from "../contract/contract.ts";
import type { Text } from "../base/text.ts";

/** The officer who acts, with the member and the roles that the token gives. */
export interface Actor {
  readonly officer: string;
  /** `ID-16.03/GOV/dinsos`. */
  readonly member: string;
  readonly roles: ReadonlySet<Role>;
}

/** What the registry holds at one version, as actions and guards read it. */
export interface RegistryView {
  get<Kind extends EntryKind>(kind: Kind, id: string): Entry<Kind> | undefined;
  of<Kind extends EntryKind>(kind: Kind): Iterable<Entry<Kind>>;
}

/** The kinds whose state officers change. */
export type StatefulKind =
  "instance" | "member" | "subsystem" | "revision" | "opinion" | "evidence" | "exemption" | "grant" | "key" | "officer" | "token";

/** A JSON object that the schema of its action has accepted. */
export type Input = Readonly<Record<string, unknown>>;

/**
 * Everything on which a decision may depend. Actions and guards read nothing else, so the same act on the same registry is judged
 * the same.
 */
export interface Context {
  readonly registry: RegistryView;
  readonly profile: Profile;
  readonly actor: Actor;
  readonly now: number;
  /** The calendar day of `now` in the region, `2026-01-31`. */
  readonly today: string;
  readonly matrix: ClassificationMatrix;
  /** How the subject's contract meets the standard; `undefined` where no standard is in force or the action has no such guard. */
  readonly conformance?: Conformance | undefined;
  /** The networks in which a provider's address must be, in CIDR notation. */
  readonly upstreamNetworks?: readonly string[];
  /** Gives the same text for contracts that accept and answer the same; without it each contract is different. */
  readonly behaviourOf?: (contract: string) => string;
  /** The operations of a service version that can be routed, by id; `undefined` if there is none. */
  operationsOf(service: ServiceId): ReadonlyMap<string, Operation> | undefined;
}

/**
 * A grant with the fields that are no longer in the answers of a contract. Calls are not refused for this: the fields are just not
 * delivered.
 */
export interface LostFields {
  readonly grant: string;
  readonly fields: readonly string[];
}

/** How the contract of a revision meets the standard in force. */
export interface Conformance {
  /** `lid-spl@1.0.0`. */
  readonly standard: string;
  readonly passed: boolean;
  /** Base64url, of the report. The same contract under the same standard gives the same digest. */
  readonly digest: string | undefined;
  /** How many findings are errors, and the first of them, or why the contract cannot be validated. */
  readonly errors: number;
  readonly first: Text | undefined;
  /** Every error and every change that breaks consumers, as far as the report lists them. */
  readonly findings?: readonly Text[] | undefined;
  /** The changes that break consumers of the contract in force; absent where there is none. `passed` and `errors` leave them out. */
  readonly breaking?: { readonly changes: number; readonly first: Text } | undefined;
  /** What active and suspended grants would lose. It blocks nothing, but the finding warns of it. */
  readonly lost: readonly LostFields[];
}
