import type { ServiceId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import type { Act, Entry, EntryKind, EntryState, Judgement, Role } from "../registry/entry.ts";
import type { Operation } from "../registry/snapshot.ts";
import type { ClassificationMatrix } from "./classification.ts";
import type { Conformance } from "./conformance.ts";
import type { GuardName } from "./guards.ts";
import type { Profile } from "./profile.ts";
import type { AskedKey } from "./profile-keys.ts";

/** Who acts: an officer of a member, with the roles that the token gives. */
export interface Actor {
  readonly officer: string;
  /** `ID-16.03/GOV/dinsos`. */
  readonly member: string;
  readonly roles: ReadonlySet<Role>;
}

/** What the registry holds at one version, as actions and guards read it. */
export interface Holding {
  get<Kind extends EntryKind>(kind: Kind, id: string): Entry<Kind> | undefined;
  of<Kind extends EntryKind>(kind: Kind): Iterable<Entry<Kind>>;
}

/** What an act may rest on: nothing else is read, so the same act on the same registry is judged the same. */
export interface Context {
  readonly holding: Holding;
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

/** Kinds that live by acts of officers. */
export type LivingKind = "instance" | "member" | "revision" | "opinion" | "evidence" | "exemption" | "grant" | "officer" | "token";

/** JSON Schema 2020-12 of what an action is told; the same one stands in the API's document. */
export type InputSchema = Readonly<Record<string, unknown>>;

/**
 * One row of the table of states and transitions. Who may is in `permissions.ts`, under the same name. `carry` is told an input that its schema
 * has accepted and an entry in one of the `from` states; it gives the entries as they should be, its subject first, or throws a `Refusal`. The
 * guards judge the subject as it would be then.
 */
export interface Action<Kind extends LivingKind = LivingKind> {
  /** `revision.apply`. */
  readonly name: string;
  readonly kind: Kind;
  readonly title: Text;
  /** The profile's answer that this step rests on; without one it is a rule of the project. */
  readonly key?: AskedKey;
  /** `new` makes an entry. */
  readonly from: readonly EntryState[] | "new";
  /** Where it leads; `same` leaves the state as it was. */
  readonly to: readonly EntryState[] | "same";
  readonly input: InputSchema;
  readonly guards: readonly GuardName[];
  /** The member whose officer has to act; without it any with the role may. */
  readonly party?: (context: Context, entry: Entry<Kind> | undefined, input: Input) => string | undefined;
  /** Those whose acts are decided upon: with four eyes they may not be the one who decides. */
  readonly decidesOn?: (entry: Entry<Kind>) => readonly (Act | undefined)[];
  readonly carry: (context: Context, entry: Entry<Kind> | undefined, input: Input) => readonly [Entry<Kind>, ...Entry[]];
}

/** A JSON object that its action's schema has accepted. */
export type Input = Readonly<Record<string, unknown>>;

/** What the guards found: all of them, those that hold too. */
export type Judged = readonly Judgement[];

/** `ID-16.03/GOV/dinsos` of `ID-16.03/GOV/dinsos/bansos` or of a service. */
export const memberOf = (id: string): string => id.split("/", 3).join("/");

export const actNow = ({ actor, now }: Pick<Context, "actor" | "now">): Act => ({ by: actor.officer, at: new Date(now).toISOString() });
