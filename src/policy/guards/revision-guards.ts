import { memberOf } from "../../base/names.ts";
import { applicationGuards, missing } from "./application-guards.ts";
import { correctionGuards } from "./correction-guards.ts";
import { dataGuards } from "./data-guards.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { hostingGuards } from "./hosting-guards.ts";
import { inProduction } from "../instance-of.ts";
import { evaluateOpinions } from "./evaluate-opinions.ts";
import { warningOf } from "./lost-fields.ts";
import { answerTo } from "../profile/profile.ts";
import { requiredOpinions } from "../opinions/opinions-in-force.ts";
import { optionFor, slotOptionFor } from "../input-options.ts";
import { messages as remedies } from "./dossier-messages.ts";
import { messages } from "./revision-messages.ts";

const guard = guardOf("revision");

/** The answers on common (umum) and special (khusus) applications. The first that the regulation gives is the basis. */
const umumKeys = ["umum.localBuild", "umum.mustUse", "umum.exception", "khusus.coordination"] as const;

/** The conditions of a revision's actions. Each acts on one row of the comparison of the regulations. */
export const revisionGuards = {
  standard: guard(({ profile, conformance }, { id, content: { correction } }) => {
    if (conformance === undefined) return met(messages.noStandard(answerTo(profile, "standard.setter").value));
    const { standard, passed, digest, errors, first, lost, breaking } = conformance;
    if (breaking !== undefined && correction === undefined)
      return unmet(messages.doesNotPass(standard, errors + breaking.changes, first ?? breaking.first), messages.fixOrCorrect(id));
    if (breaking !== undefined && passed) return met(messages.passesAsCorrection(standard, digest, breaking.changes));
    if (passed && lost.length === 0) return met(messages.passes(standard, digest));
    if (passed) {
      const { detail, remedy } = warningOf(lost);
      return { ...met(messages.passesWithWarning(standard, digest, detail)), remedy };
    }
    return unmet(messages.doesNotPass(standard, errors, first), messages.fixByReport);
  }, "standard.conformance"),

  "tier-1": guard(({ registry }, { content }) => {
    const owner = registry.get("member", memberOf(content.service));
    if (owner?.state === "active") return met(messages.tier1Contact);
    return unmet(messages.noTier1Contact, messages.fillInContact);
  }, "owner.tier1Contact"),

  builder: guard(
    (context, { content: { service, dossier } }) => {
      const allowed: readonly string[] | null = answerTo(context.profile, "builders").value;
      if (allowed === null) return notRequired(context, "builders");
      const { builder, coordination } = dossier;
      if (builder === undefined || !allowed.includes(builder)) {
        return unmet(messages.builderMustBe(allowed.join(", ")), remedies.complete(optionFor("dossier.builder", allowed.join("|"))));
      }
      if (builder === "pd" && answerTo(context.profile, "builders.pd.coordination").value === "required" && coordination === undefined) {
        return unmet(messages.builderMustCoordinate, remedies.completeWithLetter("dossier.coordination"), "builders.pd.coordination");
      }
      if (builder === "pd-mandiri-tik" && context.registry.get("member", memberOf(service))?.content.mandiriTik === undefined) {
        return unmet(messages.notRecognised, messages.recordRecognition, "mandiriTik.recognised");
      }
      return met(messages.builtBy(builder));
    },
    "builders",
    "builders.pd.coordination",
    "mandiriTik.recognised",
  ),

  "umum-khusus": guard(
    (context, { content: { dossier } }) => {
      const { profile } = context;
      const { application, umumException, coordination } = dossier;
      const spoken = umumKeys.find((key) => answerTo(profile, key).value !== null);
      if (spoken === undefined) return notRequired(context, "umum.mustUse");
      if (application === undefined)
        return unmet(
          messages.applicationKindMissing,
          remedies.complete(optionFor("dossier.application", "umum|sejenis-umum|khusus")),
          spoken,
        );
      if (application === "umum")
        return met(messages.umumBuiltCentrally, answerTo(profile, "umum.mustUse").value === true ? "umum.mustUse" : spoken);
      if (application === "khusus") {
        if (answerTo(profile, "khusus.coordination").value !== "dinas") return notRequired(context, "khusus.coordination");
        if (coordination !== undefined) return met(messages.khususCoordinated(coordination.number), "khusus.coordination");
        return unmet(messages.khususMustCoordinate, remedies.completeWithLetter("dossier.coordination"), "khusus.coordination");
      }
      const conditions = answerTo(profile, "umum.exception").value;
      if (conditions === null) {
        const key = spoken === "khusus.coordination" ? "umum.mustUse" : spoken;
        if (answerTo(profile, key).value === null) return notRequired(context, key);
        return unmet(messages.noException, messages.useUmum, key);
      }
      const absent = missing(conditions, umumException);
      if (absent.length === 0) return met(messages.exceptionMet(conditions.join(", ")), "umum.exception");
      return unmet(
        messages.exceptionUnmet(absent.join(", ")),
        remedies.complete(slotOptionFor("dossier.umumException", absent[0]!)),
        "umum.exception",
      );
    },
    "umum.mustUse",
    "umum.localBuild",
    "umum.exception",
    "khusus.coordination",
  ),

  opinions: guard(
    (context, entry) => {
      const required = requiredOpinions(context.profile).filter(({ subject }) => subject === "service");
      if (required.length === 0) return notRequired(context, "approvals.spl.subject");
      if (entry.state === "trial") return met(messages.opinionsBeforeProduction);
      return evaluateOpinions(context, required, entry);
    },
    "approvals.spl.subject",
    "approvals.spl.operasi.authority",
    "approvals.spl.keamanan.authority",
  ),

  production: guard(({ registry }) =>
    inProduction(registry) ? met(messages.inProduction) : unmet(messages.inPreparation, messages.publishFirst),
  ),

  ...applicationGuards,
  ...correctionGuards,
  ...dataGuards,
  ...hostingGuards,
} as const satisfies Record<string, Guard<"revision">>;
