import { problems, type ProblemCode } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import type { ExchangeLeaf } from "../../ledger/leaf.ts";
import type { Entry } from "../../registry/entry.ts";
import { firstUnmet, termsOf, type GrantedCall } from "../../registry/grant-conditions.ts";
import { replacementOf } from "../../registry/grant-succession.ts";
import { memberOf } from "../../base/names.ts";
import { inProduction } from "../instance-of.ts";
import { isRevisionInForce, revisionsOf } from "../revisions.ts";
import { coverOf, suspensionSteps } from "./why-grant.ts";
import { groundSteps } from "./why-grounds.ts";
import { servingOf } from "./why-service.ts";
import { explanationStep, type WhyView } from "./why-steps.ts";
import type { Step } from "../../base/explanation.ts";
import { messages } from "./exchange-messages.ts";

const remedies: Partial<Record<ProblemCode, Text>> = messages.remedies;

/** Why a call was refused, and what would change it. */
export function refusalSteps(view: WhyView, leaf: ExchangeLeaf, code: ProblemCode): readonly Step[] {
  const { title, by } = problems[code];
  const refused = explanationStep(view, undefined, messages.refused(title), {
    verdict: "unmet",
    remedy: remedies[code] ?? messages.blames[by],
  });
  if (code === "not-granted") return [refused, ...grantSteps(view, leaf)];
  if (code === "service-suspended") return [refused, ...suspendedSteps(view, leaf)];
  return [refused];
}

/** How near the consumer's grants for the service came, and whether the service is on trial for others only. */
function grantSteps(view: WhyView, leaf: ExchangeLeaf): readonly Step[] {
  const { consumer, service = "", purpose, operation = "-" } = leaf;
  const own = [...view.registry.of("grant")].filter(({ content }) => content.consumer === consumer && content.service === service);
  const trial = !inProduction(view.registry) || !revisionsOf(view.registry, service).some(isRevisionInForce);
  const steps = own.flatMap((grant) => unmetSteps(view, grant, { purpose, operation, now: view.now, trial }));
  if (trial && view.registry.get("member", memberOf(consumer))?.content.test !== true)
    steps.push(unmetStep(view, messages.stillOnTrial(service, consumer), messages.awaitActivation));
  if (own.length > 0) return steps;
  return [...steps, unmetStep(view, messages.noGrant(consumer, service), messages.askForGrant)];
}

/** What a grant lacked for a call, by the conditions and in the order of the exchange. */
function unmetSteps(view: WhyView, grant: Entry<"grant">, call: GrantedCall): readonly Step[] {
  const { id, state, content } = grant;
  const { purpose = "-", operation } = call;
  const cover = coverOf(view, grant);
  const replacement = replacementOf(view.registry, grant);
  const unmet = firstUnmet(termsOf(grant, replacement), call);
  if (unmet === "purpose") return [unmetStep(view, messages.otherPurpose(id, content.purpose, purpose), messages.askForPurpose(purpose))];
  if (unmet === "replacement")
    return [unmetStep(view, messages.replaced(id, replacement!.grant), messages.seeReplacement(replacement!.grant))];
  if (unmet === "operations")
    return [unmetStep(view, messages.operationNotCovered(purpose, operation, id, cover), messages.widenGrant(id, operation))];
  if (state !== "active" && state !== "suspended") return [unmetStep(view, messages.grantNotInForce(id, state), messages.seeGrantChain)];
  switch (unmet) {
    case "period":
      return [unmetStep(view, messages.outsidePeriod(id, cover), messages.renewInTime)];
    case "decision":
      return [unmetStep(view, messages.undecidedGrant(id), messages.requestGrant)];
    case "suspensions":
      return suspensionSteps(view, grant);
    case undefined:
      return [];
  }
}

function suspendedSteps(view: WhyView, { service = "" }: ExchangeLeaf): readonly Step[] {
  const revisions = revisionsOf(view.registry, service);
  const suspended = revisions.findLast(({ state }) => state === "suspended")?.content.suspended;
  if (suspended !== undefined)
    return [
      explanationStep(view, undefined, messages.suspended(suspended.reason), {
        verdict: "unmet",
        by: suspended.by,
        at: suspended.at,
      }),
    ];
  const subject = servingOf(revisions)?.content;
  return subject === undefined ? [] : groundSteps(view, subject).filter(({ verdict }) => verdict === "unmet");
}

const unmetStep = (view: WhyView, detail: Text, remedy: Text): Step =>
  explanationStep(view, undefined, detail, { verdict: "unmet", remedy });
