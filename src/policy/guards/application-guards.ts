import type { Letter } from "../../registry/entry.ts";
import type { Context } from "../context.ts";
import { memberOf } from "../../base/names.ts";
import { addDays, dayIn } from "../calendar.ts";
import { changedFor } from "../dossier-parts.ts";
import { instanceOf } from "../instance-of.ts";
import { guardOf, met, notRequired, unmet, type Guard, type GuardFinding } from "./guard.ts";
import { answerTo } from "../profile/profile.ts";
import { slotOptionFor } from "../input-options.ts";
import { messages as remedies } from "./dossier-messages.ts";
import { messages } from "./application-messages.ts";

const guard = guardOf("revision");

/** The words for which the dossier has no letter yet. */
export const missing = (words: readonly string[], letters: Readonly<Record<string, Letter>> = {}): readonly string[] =>
  words.filter((word) => letters[word] === undefined);

function evaluateDocuments(words: readonly string[], letters: Readonly<Record<string, Letter>> | undefined): GuardFinding {
  const absent = missing(words, letters);
  if (absent.length === 0) return met(messages.documentsPresent(words.join(", ")));
  return unmet(messages.documentsMissing(absent.join(", ")), remedies.complete(slotOptionFor("dossier.documents", absent[0]!)));
}

const isMandiriTik = ({ registry }: Context, service: string): boolean =>
  registry.get("member", memberOf(service))?.content.mandiriTik !== undefined;

/** The documents of a needs analysis. */
export const needsAnalysis = ["analisis-kebutuhan", "analisis-manfaat"] as const;

/** The conditions of an application and of the decision on it, from its route to the hand-over. */
export const applicationGuards = {
  "application-route": guard((context, { content: { service, dossier } }) => {
    switch (answerTo(context.profile, "application.route").value) {
      case null:
        return notRequired(context, "application.route");
      case "application-to-dinas":
        return met(messages.appliedToDinas);
      case "minister-opinion":
        if (dossier.ministerOpinion !== undefined) return met(messages.ministerOpinion(dossier.ministerOpinion.number));
        return unmet(messages.ministerOpinionNeeded, remedies.completeWithLetter("dossier.ministerOpinion"));
      case "dinas-or-mandiri-tik":
        if (dossier.application !== undefined && dossier.application !== "khusus") return met(messages.notKhusus);
        if (dossier.builder === "dinas" || isMandiriTik(context, service)) return met(messages.builtByDinasOrMandiriTik);
        return unmet(messages.khususBuiltByDinasOrMandiriTik, remedies.nameBuilder);
    }
  }, "application.route"),

  "needs-analysis": guard(
    (context, { content }) =>
      answerTo(context.profile, "application.needsAnalysis").value === true
        ? evaluateDocuments(needsAnalysis, content.dossier.documents)
        : notRequired(context, "application.needsAnalysis"),
    "application.needsAnalysis",
  ),

  dossier: guard((context, { content }) => {
    const words = answerTo(context.profile, "dossier.documents").value;
    return words === null ? notRequired(context, "dossier.documents") : evaluateDocuments(words, content.dossier.documents);
  }, "dossier.documents"),

  "decision-reference": guard((context, { content }) => {
    if (answerTo(context.profile, "application.decisionReference").value === null)
      return notRequired(context, "application.decisionReference");
    const entry = content.decided?.planEntry;
    if (entry !== undefined) return met(messages.refersTo(entry));
    return unmet(messages.noPlanEntry, messages.namePlanEntry);
  }, "application.decisionReference"),

  "cost-analysis": guard((context, { content }) => {
    if (answerTo(context.profile, "application.costAnalysis").value !== true) return notRequired(context, "application.costAnalysis");
    if (content.decided?.costAnalysis !== undefined) return met(messages.costAnalysisAttached(content.decided.costAnalysis.number));
    return unmet(messages.noCostAnalysis, messages.nameCostAnalysis);
  }, "application.costAnalysis"),

  advice: guard((_, { content }) => {
    if (content.decided?.advice === undefined) return unmet(messages.noAdvice, messages.giveAdvice);
    return met(messages.rejectedWithAdvice);
  }, "application.rejectionNeedsAdvice"),

  "owner-consent": guard((context, { content }) => {
    if (answerTo(context.profile, "ownerConsent.required").value !== true) return notRequired(context, "ownerConsent.required");
    const { consent } = content.dossier;
    if (consent !== undefined) return met(messages.ownerConsented(consent.by));
    return unmet(messages.ownerConsentMissing, messages.ownerConsents);
  }, "ownerConsent.required"),

  "sandbox-trial": guard(
    (context, { content }) => {
      const key = answerTo(context.profile, "test.required").value === true ? "test.required" : "sandboxTrial.required";
      if (answerTo(context.profile, key).value !== true) return notRequired(context, key);
      const { dossier, inherited = {}, proposed, previous = "", proposal } = content;
      const { trial } = dossier;
      if (trial === undefined) return unmet(messages.trialReportMissing, messages.nameTrialReport, key);
      const since = dayIn(instanceOf(context.registry).content.timeZone, Date.parse(proposed.at));
      const before = context.registry.get("revision", previous)?.content.proposal;
      const isOfEarlier =
        inherited["trial"] !== undefined || (before !== undefined && changedFor(context, "trial", before, proposal).length === 0);
      if (trial.date < since && !isOfEarlier)
        return unmet(messages.trialBeforeProposal(trial.number, trial.date, since), messages.nameTrialReport, key);
      return met(messages.report(trial.number), key);
    },
    "sandboxTrial.required",
    "test.required",
  ),

  "life-cycle": guard((context, { content: { applied, decided } }) => {
    if (answerTo(context.profile, "application.sdlc").value !== true) return notRequired(context, "application.sdlc");
    if (applied !== undefined && decided !== undefined) return met(messages.stagesOnRecord);
    return unmet(messages.stagesMissing, messages.takeTheRoad);
  }, "application.sdlc"),

  handover: guard((context, { content }) => {
    if (answerTo(context.profile, "repository.handover").value !== true) return notRequired(context, "repository.handover");
    if (content.dossier.handover !== undefined) return met(messages.report(content.dossier.handover.number));
    return unmet(messages.notHandedOver, messages.nameHandover);
  }, "repository.handover"),

  "grace-period": guard(({ profile, today }, { state, content }) => {
    const sunset = content.deprecated?.sunset;
    if (state === "deprecated") {
      const earliest = addDays(today, answerTo(profile, "deprecation.graceDays").value ?? 0);
      if (sunset! >= earliest) return met(messages.servedUntil(sunset!));
      return unmet(messages.graceEndsEarliest(earliest), messages.giveSunset(earliest));
    }
    if (sunset === undefined || sunset <= today) return met(messages.noGracePeriod);
    return unmet(messages.gracePeriodRuns(sunset), messages.retireFrom(sunset));
  }, "deprecation.graceDays"),

  successor: guard(({ registry }, { content }) => {
    const successor = content.deprecated!.successor;
    const state = registry.get("service", successor)?.state;
    if (successor !== content.service && (state === "trial" || state === "active")) return met(messages.succeededBy(successor));
    return unmet(messages.successorNotServing(successor), messages.nameSuccessor);
  }),
} as const satisfies Record<string, Guard<"revision">>;
