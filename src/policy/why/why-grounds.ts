import type { Text } from "../../base/text.ts";
import type { Entry, Revision } from "../../registry/entry.ts";
import { addDays } from "../calendar.ts";
import { capital, opinionName } from "../opinions/opinion-name.ts";
import { answerTo } from "../profile/profile.ts";
import type { AskedKey } from "../profile/profile-keys.ts";
import { opinionsFor, requiredOpinions, type Ground, type RequiredOpinion } from "../opinions/opinions-in-force.ts";
import { contextOf, notAsked, explanationStep, type WhyView } from "./why-steps.ts";
import type { Step } from "../../base/explanation.ts";
import { messages } from "./messages.ts";

const opinionKeys = ["approvals.spl.operasi.authority", "approvals.spl.keamanan.authority", "approvals.jaringanIntra.authority"] as const;

/**
 * The opinions on which production depends, those that are missing, and those that the regulation does not require. Without a
 * service: those on the instance and the network.
 */
export function groundSteps(view: WhyView, service?: Pick<Revision, "service" | "proposal">): readonly Step[] {
  const { registry, profile, today } = contextOf(view);
  const required = requiredOpinions(profile);
  return opinionKeys.flatMap((key) => {
    const asked = required.filter((one) => one.key === key);
    if (asked.length === 0) return [notAsked(view, answerTo(profile, key).value === null ? key : "approvals.jaringanIntra.required")];
    return asked
      .filter(({ subject }) => subject !== "service" || service !== undefined)
      .flatMap((one) => opinionsFor(registry, one, today, service).map((ground) => groundStep(view, one, ground)));
  });
}

function groundStep(view: WhyView, required: RequiredOpinion, { authority, opinion, lapsed, recorded }: Ground): Step {
  const name = capital(opinionName(required, authority, view.profile));
  if (opinion !== undefined) return letterStep(view, required.key, name, opinion);
  const since =
    recorded !== undefined ? messages.isRecorded(recorded.id) : lapsed === undefined ? messages.isMissing : lapseOf(lapsed.content);
  return explanationStep(view, required.key, messages.opinionLapsed(name, since), { verdict: "unmet" });
}

/** An opinion by its letter and period, and who confirmed it. */
export function letterStep(view: WhyView, key: AskedKey | undefined, name: Text, { id, state, content }: Entry<"opinion">): Step {
  const { letter, confirmed } = content;
  const by = letter === undefined ? messages.record(id) : messages.letter(letter.number, letter.date);
  const period = periodOf(content);
  return explanationStep(view, key, messages.letterAndPeriod(name, by, period), {
    ...(state === "confirmed" ? { verdict: "met" } : {}),
    ...(letter === undefined ? {} : { document: letter.sha256 }),
    ...(confirmed === undefined ? {} : { by: confirmed.by, at: confirmed.at }),
  });
}

/** Why an opinion that was given is no longer in force. */
export function lapseOf({ revoked, until }: Entry<"opinion">["content"]): Text {
  if (revoked !== undefined) return messages.wasRevoked(revoked.at.slice(0, 10), revoked.by, revoked.reason);
  return messages.ranOut(until === undefined ? "-" : addDays(until, -1));
}

/** From when until when an opinion is in force. */
export const periodOf = ({ from, until }: Entry<"opinion">["content"]): Text =>
  until === undefined ? messages.inForceFrom(from) : messages.inForceBetween(from, addDays(until, -1));
