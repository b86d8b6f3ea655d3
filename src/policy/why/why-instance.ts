import { blockers } from "../guards/guards.ts";
import { inProduction, instanceOf } from "../instance-of.ts";
import { Refusal } from "../refusal.ts";
import { groundSteps } from "./why-grounds.ts";
import { decisionSteps, dryJudgements, judgementStep, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";
import type { Text } from "../../base/text.ts";
import { messages as instanceMessages } from "./instance-messages.ts";
import { messages } from "./messages.ts";

/**
 * Why an instance is in `persiapan` or `produksi`: every condition of production as evaluated now, opinions and proofs of duty with
 * their documents.
 */
export function whyInstance(view: WhyView, id: string): Explanation {
  const instance = instanceOf(view.registry);
  if (id !== instance.id) throw new Refusal("not-found");
  const { short } = view.profile.regulation;
  const judgements = dryJudgements(view, "instance.publish", instance);
  const lacking = blockers(judgements).length;
  // What was so at a decision and is so now stands with the conditions.
  const soNow = new Set(judgements.map(({ verdict, detail }) => `${verdict} ${detail.id}`));
  const decided = decisionSteps(view, instance).filter(({ verdict, detail }) => !soNow.has(`${verdict} ${detail.id}`));
  const live = inProduction(view.registry);
  return {
    kind: "instance",
    id,
    summary: live ? instanceMessages.inProduction(id, short) : instanceMessages.inPreparation(id, short, lacking),
    steps: [
      ...under(instanceMessages.parts.regulation, [profileStep(view)]),
      ...under(instanceMessages.parts.decisions, decided),
      ...under(instanceMessages.parts.conditions, judgements.map(judgementStep)),
      ...under(
        instanceMessages.parts.opinions,
        groundSteps(view).filter(({ verdict }) => verdict !== "not-required"),
      ),
      ...under(instanceMessages.parts.proofs, proofOfDutySteps(view)),
    ],
    missing: live ? [] : under(instanceMessages.parts.next, nextSteps(view, "instance.publish", instance)),
  };
}

const under = (part: Text, steps: readonly Step[]): readonly Step[] => steps.map((step) => ({ ...step, part }));

function proofOfDutySteps(view: WhyView): readonly Step[] {
  return [...view.registry.of("evidence")]
    .filter(({ state }) => state === "confirmed")
    .flatMap(({ content: { type, documents, confirmed } }) =>
      Object.entries(documents).map(([word, { number, date, sha256 }]) =>
        explanationStep(
          view,
          type === "splp" ? "splp.required" : "networkDiagram.everyMonths",
          messages.evidence(type, word, number, date),
          {
            document: sha256,
            ...(confirmed === undefined ? {} : { by: confirmed.by, at: confirmed.at }),
          },
        ),
      ),
    );
}
