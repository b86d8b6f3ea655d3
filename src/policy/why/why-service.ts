import type { Text } from "../../base/text.ts";
import type { Entry, EntryState } from "../../registry/entry.ts";
import { addDays } from "../calendar.ts";
import { stateNow } from "../validity/end-of.ts";
import { inProduction } from "../instance-of.ts";
import { Refusal } from "../refusal.ts";
import { consumingMembers } from "../consumers.ts";
import { isUndecided, revisionsOf, type RevisionEntry } from "../revisions.ts";
import { groundSteps } from "./why-grounds.ts";
import { decisionSteps, decisionsOn, nextSteps, profileStep, explanationStep, type WhyView } from "./why-steps.ts";
import type { Explanation, Step } from "../../base/explanation.ts";
import { messages as corrections } from "./correction-messages.ts";
import { messages } from "./messages.ts";

/** The action that leads on from a state. */
const onward: Partial<Record<EntryState, string>> = {
  draft: "revision.apply",
  applied: "revision.approve",
  rejected: "revision.revise",
  approved: "revision.try",
  trial: "revision.activate",
  suspended: "revision.resume",
};

/**
 * Why a service version is in its state: its revisions with their decisions, the opinions on which it depends, what its next action
 * needs.
 */
export async function whyService(sources: WhyView, asked: string): Promise<Explanation> {
  const id = asked.replace(/\/r\d+$/, "");
  const service = sources.registry.get("service", id);
  const revisions = revisionsOf(sources.registry, id);
  const newest = revisions.at(-1);
  if (service === undefined && newest === undefined) throw new Refusal("not-found");
  const behaviourOf = newest === undefined ? undefined : await sources.behavioursOf?.(newest);
  const view: WhyView =
    newest === undefined
      ? sources
      : { ...sources, conformance: await sources.conformanceOf?.(newest), ...(behaviourOf === undefined ? {} : { behaviourOf }) };
  const subject = servingOf(revisions)?.content ?? newest?.content ?? { service: id, proposal: service!.content };
  return {
    kind: "service",
    id,
    summary: describePlace(view, id),
    steps: [
      profileStep(view),
      ...(newest === undefined ? [fromManifest(view)] : revisions.flatMap((revision) => revisionSteps(view, revision))),
      ...groundSteps(view, subject),
    ],
    missing:
      newest === undefined ? [proposeStep(view)] : onward[newest.state] === undefined ? [] : nextSteps(view, onward[newest.state]!, newest),
  };
}

/** The revision that serves production, if the instance is in production. */
export const servingOf = (revisions: readonly RevisionEntry[]): RevisionEntry | undefined =>
  revisions.find(({ state }) => state === "active" || state === "deprecated");

/** Whether a service version serves production, and if not, why not. */
export function describePlace({ registry, now }: Pick<WhyView, "registry" | "now">, id: string): Text {
  const state = registry.get("service", id)?.state;
  const revisions = revisionsOf(registry, id);
  const serving = servingOf(revisions);
  if (serving !== undefined && inProduction(registry)) {
    const { number, deprecated } = serving.content;
    if (deprecated === undefined) return messages.servesProduction(id, number);
    const { sunset, successor } = deprecated;
    const isOver = stateNow(registry, serving, now) === "ended";
    return isOver ? messages.sunsetPassed(id, number, sunset, successor) : messages.servesUntil(id, number, addDays(sunset, -1), successor);
  }
  const suspended = revisions.findLast((revision) => revision.state === "suspended")?.content.suspended;
  if (suspended !== undefined) return messages.serviceSuspended(id, suspended.by, suspended.reason);
  if (state === undefined || state === "retired") return messages.notServed(id);
  return inProduction(registry) ? messages.onTrialNoActiveRevision(id) : messages.onTrialInPreparation(id);
}

function revisionSteps(view: WhyView, revision: Entry<"revision">): readonly Step[] {
  const { number, previous, proposed } = revision.content;
  const { state } = revision;
  const detail = previous === undefined ? messages.revision(number, state) : messages.revisionAfter(number, state, previous);
  const decided = decisionsOn(view, revision).length > 0;
  return [
    explanationStep(view, undefined, detail, decided ? {} : proposed),
    ...decisionSteps(view, revision),
    ...correctionSteps(view, revision),
  ];
}

/** What a correction under way says, and which of the consumers have agreed. */
function correctionSteps(view: WhyView, revision: Entry<"revision">): readonly Step[] {
  const { correction, service } = revision.content;
  if (correction === undefined || !isUndecided(revision)) return [];
  const { by, at, from, reason, agreed } = correction;
  return [
    explanationStep(view, undefined, corrections.declared(from, reason), { by, at }),
    ...consumingMembers(view, service).map((member) =>
      Object.hasOwn(agreed, member)
        ? explanationStep(view, undefined, corrections.agreed(member), agreed[member])
        : explanationStep(view, undefined, corrections.notAgreed(member), {
            verdict: "unmet",
            remedy: corrections.agree(member, revision.id),
          }),
    ),
  ];
}

const fromManifest = (view: WhyView): Step => explanationStep(view, undefined, messages.broughtByManifest);

const proposeStep = (view: WhyView): Step => explanationStep(view, undefined, messages.proposeNext);
