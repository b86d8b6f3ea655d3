import type { Text } from "../../base/text.ts";
import type { Entry, GrantParty } from "../../registry/entry.ts";
import { replacementOf } from "../../registry/grant-succession.ts";
import { memberOf } from "../../base/names.ts";
import { nearsItsEnd } from "../acts/grant-actions.ts";
import { lastDayOf, stateNow } from "../validity/end-of.ts";
import { lostFields } from "../guards/lost-fields.ts";
import { answerTo } from "../profile/profile.ts";
import { Refusal } from "../refusal.ts";
import { describePlace } from "./why-service.ts";
import { decisionSteps, momentOf, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";
import { messages } from "./messages.ts";

/** Why an izin akses is in its state: what it covers and on which basis, its request, coordination, decision, suspensions and renewals. */
export function whyGrant(view: WhyView, id: string): Explanation {
  const grant = view.registry.get("grant", id);
  if (grant === undefined) throw new Refusal("not-found");
  const cover = coverOf(view, grant);
  const { legalBasis, service } = grant.content;
  return {
    kind: "grant",
    id,
    summary: messages.grantSummary(id, stateNow(view.registry, grant, view.now), cover),
    steps: [
      profileStep(view),
      { detail: messages.legalBasisGiven(legalBasis), cite: null, basis: legalBasis },
      ...contentSteps(view, grant),
      ...decisionSteps(view, grant),
      ...suspensionSteps(view, grant),
      explanationStep(view, undefined, describePlace(view, service)),
    ],
    missing: missingOf(view, grant),
  };
}

/** What a grant covers: consumer, operations, service, purpose, period and quota. */
export function coverOf(view: Pick<WhyView, "registry">, { content }: Entry<"grant">): Text {
  const { consumer, service, operations, purpose, from, until, dailyQuota } = content;
  const begin = momentOf(view, from);
  const end = until === undefined ? messages.withoutEnd : messages.through(lastDayOf(view.registry, Date.parse(until)));
  return messages.grantCover(consumer, operations.join(", "), service, purpose, begin, end, dailyQuota);
}

function contentSteps(view: WhyView, grant: Entry<"grant">): readonly Step[] {
  const { id, content } = grant;
  const { personalData, previous, decided, service, fields } = content;
  const steps: Step[] = [];
  if (fields !== undefined) {
    steps.push(explanationStep(view, undefined, messages.limitedToFields(fields)));
    const offered = view.operationsOf(service);
    const lost = offered === undefined ? [] : lostFields(offered, content);
    if (lost.length > 0) {
      steps.push(
        explanationStep(view, undefined, messages.fieldsGone(lost.join(", ")), {
          verdict: "unmet",
          remedy: messages.renewWithFields,
        }),
      );
    }
  }
  if (personalData !== undefined) {
    const { ground, processingRecord } = personalData;
    steps.push(explanationStep(view, "personalData.legalBasis", messages.personalData(ground, processingRecord)));
  }
  if (previous !== undefined) steps.push(explanationStep(view, "grants.renewalNoticeDays", messages.renews(previous)));
  const replacement = replacementOf(view.registry, grant);
  if (replacement !== undefined)
    steps.push(explanationStep(view, "grants.renewalNoticeDays", messages.replacedBy(replacement.grant, momentOf(view, replacement.from))));
  for (const later of view.registry.of("grant")) {
    if (later.content.previous === id && later.id !== replacement?.grant)
      steps.push(explanationStep(view, "grants.renewalNoticeDays", messages.renewedBy(later.id, later.state)));
  }
  if (decided === undefined && content.requested === undefined) {
    steps.push(explanationStep(view, undefined, messages.fromManifestUndecided));
  }
  return steps;
}

/** The suspensions of a grant, one step for each party. */
export function suspensionSteps(view: Pick<WhyView, "profile">, { content }: Entry<"grant">): readonly Step[] {
  return Object.entries(content.suspensions ?? {}).map(([party, { by, at, reason }]) => {
    const who = messages.parties[party as GrantParty];
    return explanationStep(view, undefined, messages.suspendedBy(who, reason), {
      verdict: "unmet",
      by,
      at,
      remedy: messages.onlyPartyResumes(who),
    });
  });
}

function missingOf(view: WhyView, grant: Entry<"grant">): readonly Step[] {
  if (
    grant.state === "requested" &&
    answerTo(view.profile, "grants.coordination").value === "dinas" &&
    memberOf(grant.content.consumer) !== memberOf(grant.content.service)
  )
    return nextSteps(view, "grant.coordinate", grant);
  if (grant.state === "requested" || grant.state === "coordinated") return nextSteps(view, "grant.allow", grant);
  return nearsItsEnd(view, grant) ? nextSteps(view, "grant.renew", grant) : [];
}
