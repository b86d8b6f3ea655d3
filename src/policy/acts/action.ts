import type { Text } from "../../base/text.ts";
import type { Attribution, Entry, EntryState, Judgement } from "../../registry/entry.ts";
import type { GuardName } from "../guards/guards.ts";
import type { AskedKey } from "../profile/profile-keys.ts";
import type { Context, Input, StatefulKind } from "../context.ts";

/** JSON Schema 2020-12 of what an action is told; the same one stands in the API's document. */
export type InputSchema = Readonly<Record<string, unknown>>;

/**
 * One row of the table of states and transitions. Who may is in `permissions.ts`, under the same name. `carry` is told an input that its schema
 * has accepted and an entry in one of the `from` states; it gives the entries as they should be, its subject first, or throws a `Refusal`. The
 * guards judge the subject as it would be then.
 */
export interface Action<Kind extends StatefulKind = StatefulKind> {
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
  readonly decidesOn?: (entry: Entry<Kind>) => readonly (Attribution | undefined)[];
  readonly transition: (context: Context, entry: Entry<Kind> | undefined, input: Input) => readonly [Entry<Kind>, ...Entry[]];
}

/** What the guards found: all of them, those that hold too. */
export type Judgements = readonly Judgement[];

export const attributionNow = ({ actor, now }: Pick<Context, "actor" | "now">): Attribution => ({
  by: actor.officer,
  at: new Date(now).toISOString(),
});
