import { problems, type ProblemCode } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import type { ExchangeLeaf } from "../../ledger/leaf.ts";
import type { Entry } from "../../registry/entry.ts";
import { memberOf } from "../../base/names.ts";
import { inProduction } from "../instance-of.ts";
import { revisionsOf } from "../revisions.ts";
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

/** How near the consumer's grants for the service came: purpose, operation, period, suspension, trial. */
function grantSteps(view: WhyView, leaf: ExchangeLeaf): readonly Step[] {
  const { consumer, service = "" } = leaf;
  const own = [...view.registry.of("grant")].filter(({ content }) => content.consumer === consumer && content.service === service);
  const steps = own.flatMap((grant) => shortfalls(view, leaf, grant));
  const onTrial = servingOf(revisionsOf(view.registry, service)) === undefined || !inProduction(view.registry);
  if (onTrial && view.registry.get("member", memberOf(consumer))?.content.test !== true) {
    steps.push(short(view, messages.stillOnTrial(service, consumer), messages.awaitActivation));
  }
  if (own.length > 0) return steps;
  return [...steps, short(view, messages.noGrant(consumer, service), messages.askForGrant)];
}

function shortfalls(view: WhyView, { purpose = "-", operation = "-" }: ExchangeLeaf, grant: Entry<"grant">): readonly Step[] {
  const { id, state, content } = grant;
  const cover = coverOf(view, grant);
  const over = content.until !== undefined && Date.parse(content.until) <= view.now;
  if (content.purpose !== purpose) {
    return [short(view, messages.otherPurpose(id, content.purpose, purpose), messages.askForPurpose(purpose))];
  }
  if (!content.operations.includes(operation)) {
    return [short(view, messages.operationNotCovered(purpose, operation, id, cover), messages.widenGrant(id, operation))];
  }
  if (state === "suspended") return suspensionSteps(view, grant);
  if (state !== "active") return [short(view, messages.grantNotInForce(id, state), messages.seeGrantChain)];
  if (over || Date.parse(content.from) > view.now) return [short(view, messages.outsidePeriod(id, cover), messages.renewInTime)];
  if (content.decided === undefined && inProduction(view.registry)) {
    return [short(view, messages.undecidedGrant(id), messages.requestGrant)];
  }
  return [];
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

const short = (view: WhyView, detail: Text, remedy: Text): Step => explanationStep(view, undefined, detail, { verdict: "unmet", remedy });
