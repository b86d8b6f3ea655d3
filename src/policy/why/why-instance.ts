import { blockers } from "../guards/guards.ts";
import { inProduction, instanceOf } from "../instance-of.ts";
import { Refusal } from "../refusal.ts";
import { groundSteps } from "./why-grounds.ts";
import { decisionSteps, dryJudgements, judgementStep, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";
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
  const live = inProduction(view.registry);
  return {
    kind: "instance",
    id,
    summary: live ? messages.instanceInProduction(id, short) : messages.instanceInPreparation(id, short, lacking),
    steps: [
      profileStep(view),
      ...decisionSteps(view, instance),
      ...judgements.map(judgementStep),
      ...groundSteps(view).filter(({ verdict }) => verdict !== "not-required"),
      ...proofOfDutySteps(view),
    ],
    missing: live ? [] : nextSteps(view, "instance.publish", instance),
  };
}

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
