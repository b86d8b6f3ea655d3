import { uuidv7 } from "../../base/uuid.ts";
import type { Text } from "../../base/text.ts";
import type { Attribution, Entry, Judgement, Letter } from "../../registry/entry.ts";
import { entryName } from "../../registry/plan.ts";
import { attributionNow, type Action } from "./action.ts";
import type { Context, Input, StatefulKind } from "../context.ts";
import { judgementOf, met, notRequired } from "../guards/guard.ts";
import { blockers, evaluateGuards } from "../guards/guards.ts";
import { mayDo, permissions, type Permission } from "./permissions.ts";
import { answerTo } from "../profile/profile.ts";
import { Refusal } from "../refusal.ts";
import { messages } from "./messages.ts";

export interface Decided {
  /** The subject first, then the entries that change with it, the decision last. */
  readonly entries: readonly [Entry, ...Entry[]];
  readonly decision: Entry<"decision">;
}

/**
 * Judges one act of an officer, in this order: role, state, member, four eyes, dates of the letters, the action's own rules,
 * guards. Gives the entries that the registry should hold afterwards and the decision that says why, or throws a `Refusal`. Writes
 * nothing. The action's schema has accepted `input`.
 */
export function decide(
  context: Context,
  action: Action,
  entry: Entry<StatefulKind> | undefined,
  input: Input,
  request?: Entry<"decision">["content"]["request"],
): Decided {
  const { actor, profile, now, today } = context;
  if (!mayDo(actor.roles, action.name as Permission)) {
    const allowed = permissions[action.name as Permission].join(", ");
    throw new Refusal(
      "role-missing",
      messages.roleMissing(allowed, action.party?.(context, entry, input), [...actor.roles].join(", "), actor.member),
    );
  }
  if (action.from !== "new" && (entry === undefined || !action.from.includes(entry.state))) {
    const [state, legal] = [entry?.state ?? "-", action.from.join(", ")];
    throw new Refusal("illegal-transition", messages.illegalTransition(state, legal));
  }
  const party = action.party?.(context, entry, input);
  if (party !== undefined && party !== actor.member) {
    throw new Refusal("not-your-member", messages.otherMembersStep(party));
  }
  const eyes = entry === undefined || action.decidesOn === undefined ? [] : [evaluateFourEyes(context, action.decidesOn(entry))];
  const letters = lettersIn(input);
  const early = letters.find(({ date }) => date > today);
  if (early !== undefined) throw new Refusal("rule-broken", messages.letterLiesAhead(early.number));

  const changed = action.transition(context, entry, input);
  const judgements = [...eyes, ...evaluateGuards(context, action.guards, changed[0], input)];
  if (blockers(judgements).length > 0) throw new Refusal("guard-unmet", describeBlockers(judgements), { judgements });

  const { by, at } = attributionNow(context);
  const decision: Entry<"decision"> = {
    kind: "decision",
    id: uuidv7(now),
    state: "final",
    content: {
      action: action.name,
      subject: entryName(changed[0]),
      // A renewal or a next revision is made from another entry: it had no state before.
      ...(entry === undefined || entry.id !== changed[0].id ? {} : { from: entry.state }),
      to: changed[0].state,
      by,
      roles: [...actor.roles],
      at,
      profile: { id: profile.id, version: profile.version, digest: profile.digest },
      judgements,
      documents: [...new Set(letters.map(({ sha256 }) => sha256))],
      ...noteIn(input),
      ...(request === undefined ? {} : { request }),
    },
  };
  return { entries: [...changed, decision] as unknown as Decided["entries"], decision };
}

function describeBlockers(judgements: Parameters<typeof blockers>[0]): Text {
  const found = blockers(judgements);
  const say = (language: keyof Text): string =>
    found
      .map(({ guard, cite, basis, detail }) => `${guard} (${cite === null ? basis : `${basis} ${cite}`}): ${detail[language]}`)
      .join(" ");
  return { id: say("id"), en: say("en") };
}

/** The officer who asked or recorded does not decide. Where the profile does not require four eyes, the decision says so. */
function evaluateFourEyes(context: Context, others: readonly (Attribution | undefined)[]): Judgement {
  const answer = answerTo(context.profile, "opinions.fourEyes");
  const names = [...new Set(others.flatMap((other) => other?.by ?? []))];
  if (answer.value !== false && names.includes(context.actor.officer)) throw new Refusal("four-eyes");
  const finding =
    answer.value === false
      ? notRequired(context, "opinions.fourEyes")
      : met(messages.fourEyes(answer, names.join(", ")), "opinions.fourEyes");
  return judgementOf(context, "four-eyes", {}, finding);
}

/** What the officer says of it: a remark, the reason or the advice, whichever comes first. */
function noteIn(input: Input): { readonly note?: string } {
  const note = ["note", "reason", "advice"].map((name) => input[name]).find((text) => typeof text === "string");
  return note === undefined ? {} : { note };
}

/** All letters in an input, at any depth. */
function lettersIn(value: unknown): readonly Letter[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(lettersIn);
  return "sha256" in value ? [value as Letter] : Object.values(value).flatMap(lettersIn);
}
