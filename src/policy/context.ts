import type { ServiceId } from "../base/names.ts";
import type { EntryKind, Entry, Role } from "../registry/entry.ts";
import type { Profile } from "./profile/profile.ts";
import type { ClassificationMatrix } from "./profile/classification.ts";
import type { Operation } from "../contract/contract.ts";
import type { Text } from "../base/text.ts";

/** Who acts: an officer of a member, with the roles that the token gives. */
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

/** Kinds that live by acts of officers. */
export type StatefulKind = "instance" | "member" | "revision" | "opinion" | "evidence" | "exemption" | "grant" | "officer" | "token";

/** A JSON object that its action's schema has accepted. */
export type Input = Readonly<Record<string, unknown>>;

/** What an act may rest on: nothing else is read, so the same act on the same registry is judged the same. */
export interface Context {
  readonly registry: RegistryView;
  readonly profile: Profile;
  readonly actor: Actor;
  readonly now: number;
  /** The calendar day of `now` in the region, `2026-01-31`. */
  readonly today: string;
  readonly matrix: ClassificationMatrix;
  /** How the subject's contract meets the standard; `undefined` where none is in force, or none was asked. */
  readonly conformance?: Conformance | undefined;
  /** The operations of a service version that can be routed, by id; `undefined` if there is none. */
  operationsOf(service: ServiceId): ReadonlyMap<string, Operation> | undefined;
}

/** A grant with those of its fields that a contract answers with no more. Nobody refuses a call for it: they are just not delivered. */
export interface LostFields {
  readonly grant: string;
  readonly fields: readonly string[];
}

/** How the contract of a revision meets the standard in force. */
export interface Conformance {
  /** `lid-spl@1.0.0`. */
  readonly standard: string;
  readonly passed: boolean;
  /** Base64url, of the report: the same contract under the same standard gives the same one again. */
  readonly digest: string | undefined;
  /** How many findings are errors, and the first of them; or why it cannot be judged. */
  readonly errors: number;
  readonly first: Text | undefined;
  /** What grants in force would lose by it; that hinders nothing, but is said. */
  readonly lost: readonly LostFields[];
}
