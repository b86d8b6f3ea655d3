import type { Text } from "../../base/text.ts";
import type { Entry } from "../../registry/entry.ts";
import { capital, opinionName } from "../opinions/opinion-name.ts";
import { Refusal } from "../refusal.ts";
import { requiredOpinions, isOpinionInForce } from "../opinions/opinions-in-force.ts";
import { lapseOf, letterStep, periodOf } from "./why-grounds.ts";
import { contextOf, decisionSteps, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";
import { messages } from "./messages.ts";

const subjects: Readonly<Record<string, Text>> = messages.subjects;

/** Why an opinion is in force or not: who requires it, its letter, who recorded and confirmed it, what depends on it. */
export function whyOpinion(view: WhyView, id: string): Explanation {
  const opinion = view.registry.get("opinion", id);
  if (opinion === undefined) throw new Refusal("not-found");
  const { state, content } = opinion;
  const { today } = contextOf(view);
  const about = subjects[content.subject] ?? { id: content.subject, en: content.subject };
  const standing = standingOf(opinion, today);
  return {
    kind: "opinion",
    id,
    summary: messages.opinionSummary(content.types.join(", "), content.authority, about, standing),
    steps: [
      profileStep(view),
      ...askedSteps(view, opinion),
      letterStep(view, undefined, messages.itsForm, opinion),
      ...conditionSteps(view, content),
      ...decisionSteps(view, opinion),
    ],
    missing: state === "recorded" ? nextSteps(view, "opinion.confirm", opinion) : [],
  };
}

function standingOf(opinion: Entry<"opinion">, today: string): Text {
  const { state, content } = opinion;
  if (isOpinionInForce(opinion, today)) return periodOf(content);
  if (state === "recorded") return messages.recordedOnly;
  if (state === "refused") return messages.refusedWithAdvice(content.advice ?? "-");
  if (state === "withdrawn") return messages.recordWithdrawn;
  if (content.from > today && state === "confirmed") return messages.notBefore(content.from);
  return lapseOf(content);
}

/** The answer of the profile that requires the opinion; where none does, that production does not depend on it. */
function askedSteps(view: WhyView, { content }: Entry<"opinion">): readonly Step[] {
  const kind = content.subject in subjects ? content.subject : "service";
  return content.types.map((type) => {
    const required = requiredOpinions(view.profile).find(
      (one) => one.type === type && one.subject === kind && one.authorities.includes(content.authority),
    );
    const name = capital(opinionName({ type }, content.authority, view.profile));
    if (required === undefined) return explanationStep(view, undefined, messages.voluntary(name), { verdict: "not-required" });
    const dependent = kind === "service" ? { id: content.subject, en: content.subject } : messages.everyService;
    return explanationStep(view, required.key, messages.required(name, dependent));
  });
}

function conditionSteps(view: WhyView, { conditions = [], judged }: Entry<"opinion">["content"]): readonly Step[] {
  return [
    ...conditions.map((condition) => explanationStep(view, undefined, messages.onCondition(condition))),
    ...(judged === undefined
      ? []
      : [explanationStep(view, "opinions.freshOn", messages.judged(judged.version, judged.upstream, judged.classification))]),
  ];
}
