import { addDays } from "../calendar.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { hasProofOfDuty, splpDocuments } from "./instance-guards.ts";
import { inProduction } from "../instance-of.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import { letterOptionsFor, slotOptionFor } from "../input-options.ts";
import { messages } from "./proof-of-duty-messages.ts";

/** The guards from which a transition rule may exempt, by its scope. */
const liftable: Readonly<Record<string, readonly string[]>> = {
  "similar-to-umum": ["umum-khusus"],
  "existing-systems": ["umum-khusus", "application-route", "builder", "hosting", "host-name", "dossier", "handover"],
};

const liftedBy = (profile: Profile): readonly string[] => liftable[answerTo(profile, "transition.scope").value ?? ""] ?? [];

/** The conditions on what officers record besides a revision: proofs of duty, exemptions, a member's status. */
export const proofOfDutyGuards = {
  "evidence-spare": guardOf("evidence")((context, { id, content }) => {
    if (content.type !== "splp" || answerTo(context.profile, "splp.required").value !== true) return notRequired(context, "splp.required");
    const rest = hasProofOfDuty(context.registry, "splp", id);
    if (!inProduction(context.registry) || splpDocuments.every((word) => rest.has(word))) return met(messages.notTheOnlyEvidence);
    return unmet(messages.productionRestsOnIt, messages.confirmReplacement);
  }, "splp.required"),

  transition: guardOf("exemption")(
    ({ profile, today }, { content }) => {
      const { value, id, en } = answerTo(profile, "transition.until");
      const comply = messages.meetTheCondition;
      if (value === null) return unmet({ id, en }, comply);
      // The last day still counts: `until` is the day after.
      if (value !== "until-umum" && content.until > addDays(value, 1)) return unmet(messages.transitionEnded(value), comply);
      if (content.until <= today) return unmet(messages.exemptionPassed(content.until), comply);
      const lifted = liftedBy(profile);
      if (!lifted.includes(content.guard))
        return unmet(messages.transitionDoesNotLift(content.guard), messages.transitionLifts(lifted.join(", ")), "transition.scope");
      return met(messages.exemptUntil(content.guard, addDays(content.until, -1)));
    },
    "transition.until",
    "transition.scope",
  ),

  "mandiri-tik": guardOf("member")(
    ({ profile }, { content }) => {
      const known = answerTo(profile, "mandiriTik.recognised");
      if (known.value !== true) return unmet({ id: known.id, en: known.en }, messages.dinasBuilds);
      const { decree, criteria = {} } = content.mandiriTik ?? {};
      const absent = (answerTo(profile, "mandiriTik.criteria").value ?? []).filter((word) => criteria[word] === undefined);
      if (decree === undefined || absent.length > 0)
        return unmet(
          messages.criteriaMissing(absent.join(", ")),
          messages.nameLetter(absent[0] === undefined ? letterOptionsFor("decree") : slotOptionFor("criteria", absent[0])),
          "mandiriTik.criteria",
        );
      const [assessor, head] = [
        answerTo(profile, "mandiriTik.assessedBy").value ?? "-",
        answerTo(profile, "mandiriTik.decreedBy").value ?? "-",
      ];
      return met(messages.recognised(assessor, head, decree.number), "mandiriTik.decreedBy");
    },
    "mandiriTik.recognised",
    "mandiriTik.criteria",
    "mandiriTik.decreedBy",
  ),
} as const satisfies Record<string, Guard<"evidence"> | Guard<"exemption"> | Guard<"member">>;
