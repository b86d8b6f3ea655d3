import type { Text } from "../../base/text.ts";
import type { Entry } from "../../registry/entry.ts";
import { capital, opinionName } from "../opinions/opinion-name.ts";
import { Refusal } from "../refusal.ts";
import { requiredOpinions, isOpinionInForce } from "../opinions/opinions-in-force.ts";
import { lapseOf, letterStep, periodOf } from "./why-grounds.ts";
import { contextOf, decisionSteps, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";

const subjects: Readonly<Record<string, Text>> = {
  instance: { id: "SPL secara keseluruhan", en: "the SPL as a whole" },
  network: { id: "Jaringan Intra", en: "the intra network" },
};

/** Why an opinion stands or does not: who asks for it, its letter, who recorded and confirmed it, what rests on it. */
export function whyOpinion(view: WhyView, id: string): Explanation {
  const opinion = view.registry.get("opinion", id);
  if (opinion === undefined) throw new Refusal("not-found");
  const { state, content } = opinion;
  const { today } = contextOf(view);
  const about = subjects[content.subject] ?? { id: content.subject, en: content.subject };
  const place = standingOf(opinion, today);
  return {
    kind: "opinion",
    id,
    summary: {
      id: `Pertimbangan ${content.types.join(", ")} dari ${content.authority} atas ${about.id}: ${place.id}.`,
      en: `The opinion on ${content.types.join(", ")} from ${content.authority} about ${about.en}: ${place.en}.`,
    },
    steps: [
      profileStep(view),
      ...askedSteps(view, opinion),
      letterStep(view, undefined, { id: "Bentuknya", en: "Its form" }, opinion),
      ...conditionSteps(view, content),
      ...decisionSteps(view, opinion),
    ],
    missing: state === "recorded" ? nextSteps(view, "opinion.confirm", opinion) : [],
  };
}

function standingOf(opinion: Entry<"opinion">, today: string): Text {
  const { state, content } = opinion;
  if (isOpinionInForce(opinion, today)) return periodOf(content);
  if (state === "recorded") return { id: "dicatat, belum ditegaskan orang kedua", en: "recorded, not confirmed by a second person yet" };
  if (state === "refused")
    return { id: `ditolak dengan saran “${content.advice ?? "-"}”`, en: `refused with advice “${content.advice ?? "-"}”` };
  if (state === "withdrawn") return { id: "catatannya ditarik", en: "its record was withdrawn" };
  if (content.from > today && state === "confirmed")
    return { id: `baru berlaku ${content.from}`, en: `not in force before ${content.from}` };
  return lapseOf(content);
}

/** Which answer of the profile asks for it; where none does, that nothing rests on it. */
function askedSteps(view: WhyView, { content }: Entry<"opinion">): readonly Step[] {
  const kind = content.subject in subjects ? content.subject : "service";
  return content.types.map((type) => {
    const required = requiredOpinions(view.profile).find(
      (one) => one.type === type && one.subject === kind && one.authorities.includes(content.authority),
    );
    const name = capital(opinionName({ type }, content.authority, view.profile));
    if (required === undefined)
      return explanationStep(
        view,
        undefined,
        `${name.id}: sukarela; produksi tidak bertumpu padanya.`,
        `${name.en}: voluntary; production does not rest on it.`,
        { verdict: "not-required" },
      );
    const rests =
      kind === "service"
        ? { id: content.subject, en: content.subject }
        : { id: "setiap layanan dalam produksi", en: "every service in production" };
    return explanationStep(
      view,
      required.key,
      `${name.id}: disyaratkan sebelum produksi; ${rests.id} bertumpu padanya.`,
      `${name.en}: required before production; ${rests.en} rests on it.`,
    );
  });
}

function conditionSteps(view: WhyView, { conditions = [], judged }: Entry<"opinion">["content"]): readonly Step[] {
  return [
    ...conditions.map((condition) => explanationStep(view, undefined, `Dengan syarat: ${condition}`, `On condition: ${condition}`)),
    ...(judged === undefined
      ? []
      : [
          explanationStep(
            view,
            "opinions.freshOn",
            `Yang dinilai: ${judged.version}, ${judged.upstream}, ${judged.classification}.`,
            `What was judged: ${judged.version}, ${judged.upstream}, ${judged.classification}.`,
          ),
        ]),
  ];
}
