import type { Language, Text } from "../../base/text.ts";
import { addDays } from "../calendar.ts";
import type { Entry } from "../../registry/entry.ts";
import type { Context } from "../context.ts";
import { met, unmet, type GuardFinding } from "./guard.ts";
import { answerTo } from "../profile/profile.ts";
import { opinionsFor, type Ground, type RequiredOpinion } from "../opinions/opinions-in-force.ts";
import { messages } from "./messages.ts";

/** Whether every required opinion is in force. If not, the finding names those that are missing, whose duty they are and who gives them. */
export function evaluateOpinions(context: Context, required: readonly RequiredOpinion[], revision?: Entry<"revision">): GuardFinding {
  const { registry, profile, today } = context;
  const grounds = required.flatMap((one) => opinionsFor(registry, one, today, revision?.content).map((ground) => ({ ...one, ...ground })));
  const absent = grounds.filter(({ opinion }) => opinion === undefined);
  const [first] = absent;
  if (first === undefined) {
    const letters = grounds
      .map(({ type, authority, opinion }) => `${type} (${authority}, ${opinion!.content.letter?.number ?? opinion!.id})`)
      .join(", ");
    return met(messages.opinionsInForce(letters), grounds[0]?.key);
  }
  const names = (language: Language): string =>
    absent
      .map(({ type, authority, ...ground }) => `${type} (${[authority, ...standing(ground).map((words) => words[language])].join(", ")})`)
      .join(", ");
  const obtainedBy = answerTo(profile, "approvals.spl.obtainedBy");
  const whose = (language: Language): string =>
    obtainedBy.value === null || first.subject === "network" ? "" : ` ${obtainedBy[language]}`;
  const duty = { id: whose("id"), en: whose("en") };
  return unmet(
    messages.opinionsMissing({ id: names("id"), en: names("en") }),
    first.recorded !== undefined
      ? messages.confirmOpinion(first.recorded.id)
      : first.mode === "internal"
        ? messages.recordOpinion(duty)
        : messages.askForLetter(first.authority, duty),
    first.key,
  );
}

/** What is known of an opinion that is not in force. */
const standing = ({ lapsed, recorded }: Pick<Ground, "lapsed" | "recorded">): readonly Text[] =>
  recorded !== undefined ? [messages.recorded] : lapsed !== undefined ? [lapse(lapsed)] : [];

const lapse = ({ content: { revoked, until } }: Entry<"opinion">): Text =>
  revoked === undefined ? messages.ranOut(addDays(until!, -1)) : messages.revoked(revoked.at.slice(0, 10));
