import { addDays } from "../calendar.ts";
import { consumingMembers } from "../consumers.ts";
import { isRevisionInForce, revisionsOf } from "../revisions.ts";
import { guardOf, met, unmet, type Guard, type GuardFinding } from "./guard.ts";
import { messages } from "./correction-messages.ts";

const guard = guardOf("revision");

/** Between the declaration of a correction and the day from which it holds, at least. No regulation speaks of it. */
const noticeDays = 14;

const noCorrection: GuardFinding = { verdict: "not-required", detail: messages.noCorrection };

/** The conditions of a correction: a contract in force that changes within its version although that breaks consumers. */
export const correctionGuards = {
  "correction-notice": guard(({ today }, { content: { correction } }) => {
    if (correction === undefined) return noCorrection;
    const earliest = addDays(today, noticeDays);
    if (correction.from >= earliest) return met(messages.announced(correction.from));
    return unmet(messages.tooSoon(noticeDays, earliest), messages.chooseLater(earliest));
  }),

  "correction-agreed": guard((context, { id, content: { correction, service, proposal } }) => {
    if (correction === undefined) return noCorrection;
    const serving = revisionsOf(context.registry, service).find((one) => one.id !== id && isRevisionInForce(one));
    if (proposal.open !== undefined || serving?.content.proposal.open !== undefined)
      return unmet(messages.usersUnknown, messages.publishNextVersion);
    const members = consumingMembers(context, service);
    const pending = members.filter((member) => !Object.hasOwn(correction.agreed, member));
    if (pending.length > 0) return unmet(messages.pending(pending, members.length - pending.length), messages.askToAgree(id, pending));
    if (context.today < correction.from) return unmet(messages.notYet(correction.from), messages.activateFrom(correction.from));
    return met(members.length === 0 ? messages.noConsumers : messages.allAgreed(members));
  }),
} as const satisfies Record<string, Guard<"revision">>;
