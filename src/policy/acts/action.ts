import type { Text } from "../../base/text.ts";
import type { OfficerActed } from "../../ledger/control-change.ts";
import type { Attribution, Entry, EntryState } from "../../registry/entry.ts";
import type { GuardName } from "../guards/guards.ts";
import type { AskedKey } from "../profile/profile-keys.ts";
import type { Context, Input, StatefulKind } from "../context.ts";

/** The JSON Schema (2020-12) of an action's input. The API's OpenAPI document contains the same one. */
export type InputSchema = Readonly<Record<string, unknown>>;

/**
 * One row of the table of states and transitions. `permissions.ts` has the roles that may take the action, `action-titles.ts` its
 * title, both under its name. `transition` gets an input that the schema has accepted and an entry in one of the `from` states. It
 * gives the entries as they should be afterwards, the subject first, or throws a `Refusal`. The guards then evaluate that subject.
 */
export interface Action<Kind extends StatefulKind = StatefulKind> {
  /** `revision.apply`. */
  readonly name: string;
  readonly kind: Kind;
  readonly title: Text;
  /** The profile's answer on which the action is based; without one it is a rule of the project. */
  readonly key?: AskedKey;
  /** `new` creates an entry. */
  readonly from: readonly EntryState[] | "new";
  /** The states it may lead to; `same` leaves the state as it was. */
  readonly to: readonly EntryState[] | "same";
  readonly input: InputSchema;
  readonly guards: readonly GuardName[];
  /** The member whose officers alone may act; without it, every officer with the role may. */
  readonly party?: (context: Context, entry: Entry<Kind> | undefined, input: Input) => string | undefined;
  /** The acts on which this action decides: under four eyes, their officers may not take it. */
  readonly decidesOn?: (entry: Entry<Kind>) => readonly (Attribution | undefined)[];
  /** What the control leaf says of the subject besides its name. */
  readonly says?: (subject: Entry<Kind>) => Pick<OfficerActed, "registeredKey">;
  readonly transition: (context: Context, entry: Entry<Kind> | undefined, input: Input) => readonly [Entry<Kind>, ...Entry[]];
}

/** An action as the tables of its kind write it. */
export type ActionRow<Kind extends StatefulKind> = Omit<Action<Kind>, "title">;

export const attributionNow = ({ actor, now }: Pick<Context, "actor" | "now">): Attribution => ({
  by: actor.officer,
  at: new Date(now).toISOString(),
});
