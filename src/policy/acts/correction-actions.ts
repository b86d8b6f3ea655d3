import { memberOf } from "../../base/names.ts";
import type { Correction } from "../../registry/entry.ts";
import { attributionNow, type ActionRow } from "./action.ts";
import { consumingMembers } from "../consumers.ts";
import { day, nothing, objectSchema, textSchema } from "./input-schemas.ts";
import { Refusal } from "../refusal.ts";
import { isRevisionInForce, revisionsOf, type RevisionEntry } from "../revisions.ts";
import { messages } from "./messages.ts";

const corrected = (entry: RevisionEntry, correction: Correction): RevisionEntry => ({
  ...entry,
  content: { ...entry.content, correction },
});

/**
 * A contract that was wrong from the first day is corrected within its version: the owner declares a draft to be a correction, with
 * notice; it takes the road of every revision; and each Perangkat Daerah with a grant agrees before it is activated.
 */
export const correctionActions: readonly ActionRow<"revision">[] = [
  {
    name: "revision.correct",
    kind: "revision",
    from: ["draft"],
    to: "same",
    guards: ["correction-notice"],
    party: (_, entry) => memberOf(entry!.content.service),
    input: objectSchema({ from: day, reason: textSchema }, ["from", "reason"]),
    transition(context, entry, input) {
      const { service } = entry!.content;
      if (!revisionsOf(context.registry, service).some(isRevisionInForce))
        throw new Refusal("rule-broken", messages.nothingToCorrect(service));
      const { from, reason } = input as { from: string; reason: string };
      return [corrected(entry!, { ...attributionNow(context), from, reason, agreed: {} })];
    },
  },
  {
    name: "revision.agree",
    kind: "revision",
    from: ["applied", "approved", "trial"],
    to: "same",
    guards: [],
    input: nothing,
    transition(context, entry) {
      const { correction, service } = entry!.content;
      const { member } = context.actor;
      if (correction === undefined) throw new Refusal("rule-broken", messages.notACorrection(entry!.id));
      if (!consumingMembers(context, service).includes(member))
        throw new Refusal("not-your-member", messages.holdsNoGrant(member, service));
      if (Object.hasOwn(correction.agreed, member)) throw new Refusal("rule-broken", messages.agreedAlready(member));
      return [corrected(entry!, { ...correction, agreed: { ...correction.agreed, [member]: attributionNow(context) } })];
    },
  },
];
