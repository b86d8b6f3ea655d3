import type { Text } from "../../base/text.ts";
import type { ExchangeLeaf, Leaf } from "../../ledger/leaf.ts";
import { inProduction } from "../instance-of.ts";
import { Refusal } from "../refusal.ts";
import { revisionsOf } from "../revisions.ts";
import { coverOf } from "./why-grant.ts";
import { groundSteps } from "./why-grounds.ts";
import { refusalSteps } from "./why-refusal.ts";
import { describePlace, servingOf } from "./why-service.ts";
import { decidersOf, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";
import { messages } from "./exchange-messages.ts";

/**
 * Why a call was allowed or refused: who called what, the grant and who decided it, the revision and the opinions on which the
 * service depended, the profile. Explained from the registry of that moment where the view can read it.
 */
export async function whyExchange(view: WhyView, id: string): Promise<Explanation> {
  const leaf = await view.leafOf?.(id);
  if (leaf === undefined || leaf.type === "control") throw new Refusal("not-found");
  if ("counts" in leaf) return whyAggregated(view, leaf);
  const then = await view.versionOf?.(leaf.basis.registry);
  const at = { ...view, ...then, now: Date.parse(leaf.at) };
  const { problem } = leaf;
  const end = endOf(leaf);
  const called = [leaf.htm, leaf.operation, leaf.service].filter((part) => part !== undefined).join(" ");
  return {
    kind: "exchange",
    id,
    summary: messages.called(leaf.consumer, called, end),
    steps: [
      ...callSteps(at, leaf, then !== undefined),
      ...(problem === undefined ? [] : refusalSteps(at, leaf, problem)),
      ...grantSteps(at, leaf),
      ...serviceSteps(at, leaf),
    ],
    missing: [],
  };
}

function endOf({ problem, type, grant, response }: ExchangeLeaf): Text {
  if (problem !== undefined) return messages.refusedWith(problem);
  const by = grant ?? "-";
  if (type === "intent") return messages.allowedWithoutOutcome(by);
  const status = response?.delivered?.status ?? "-";
  return messages.allowedAndAnswered(by, status);
}

function callSteps(view: WhyView, { consumer, at, purpose, request }: ExchangeLeaf, ofThatMoment: boolean): readonly Step[] {
  return [
    explanationStep(view, "authenticity.mechanism", messages.statementSigned(consumer, request.kid, purpose ?? "-"), { at }),
    profileStep(view),
    ...(ofThatMoment ? [] : [explanationStep(view, undefined, messages.registryOfNow)]),
  ];
}

/** The grant that the leaf names. The grant of an open service is not an entry of the registry. */
function grantSteps(view: WhyView, { grant: id, service }: ExchangeLeaf): readonly Step[] {
  if (id === undefined) return [];
  const grant = view.registry.get("grant", id);
  if (grant !== undefined) {
    const cover = coverOf(view, grant);
    return [{ detail: messages.grantUsed(id, cover), cite: null, basis: grant.content.legalBasis }, ...decidersOf(view, grant)];
  }
  const open = service === undefined ? undefined : view.registry.get("service", service)?.content.open;
  if (open === undefined || id !== `${service!}#open`) return [];
  return [{ detail: messages.openService(open.purpose), cite: null, basis: open.legalBasis }];
}

/**
 * The revision that answered, who approved and activated it, and the opinions on which it depended. The explanation of the service
 * has the whole chain. While a service is on trial it needs no opinion yet.
 */
function serviceSteps(view: WhyView, { service: id }: ExchangeLeaf): readonly Step[] {
  const service = id === undefined ? undefined : view.registry.get("service", id);
  if (service === undefined) return [];
  const serving = servingOf(revisionsOf(view.registry, service.id));
  const steps = [explanationStep(view, undefined, describePlace(view, service.id))];
  if (serving === undefined || !inProduction(view.registry))
    return [
      ...steps,
      ...groundSteps(view, { service: service.id, proposal: service.content }).filter(({ verdict }) => verdict === "not-required"),
    ];
  return [...steps, ...decidersOf(view, serving), ...groundSteps(view, serving.content)];
}

/** Why refusals were recorded as one leaf. It does not name the limit, which is configured: the ledger does not have it. */
function whyAggregated(view: WhyView, { id, consumer, since, at, counts }: Extract<Leaf, { counts: unknown }>): Explanation {
  const shown = Object.entries(counts)
    .map(([code, count]) => `${code} × ${count}`)
    .join(", ");
  return {
    kind: "exchange",
    id,
    summary: messages.refusalsAggregated(consumer, shown),
    steps: [explanationStep(view, undefined, messages.refusalsRecordedTogether(since), { at })],
    missing: [],
  };
}
