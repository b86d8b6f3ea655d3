import { inline, stacked } from "../../base/text.ts";
import { states } from "../../control-client/state-labels.ts";
import { basisOf, isBlocking } from "../../control-client/format-explanation.ts";
import { actions } from "../../policy/acts/actions.ts";
import { answerTo, type Profile } from "../../policy/profile/profile.ts";
import type { Judgement } from "../../registry/entry.ts";
import type { RoadSummary } from "./journal.ts";
import type { Official } from "./officers.ts";
import type { StepResult, PhaseResult, ScenarioResult } from "./run-scenarios.ts";
import { messages } from "./messages.ts";

/**
 * One phase of the road for people: which official did what, by which pasal, and what was missing. Of the services only the first is
 * shown step by step.
 */
export function phaseLines({ name, title, scenarios }: PhaseResult, profile: Profile): readonly string[] {
  const stepByStep = ({ subject, results }: ScenarioResult): readonly string[] =>
    results.flatMap((result) => resultLines(result, name === "services" ? "" : ` · ${subject}`, profile));
  const [first, ...others] = scenarios;
  const shown =
    name === "services" && first !== undefined
      ? [first.subject, ...stepByStep(first), ...others.flatMap(scenarioLines)]
      : scenarios.flatMap(stepByStep);
  return ["", stacked(title), ...shown.map((line) => `   ${line}`)];
}

/** Who was appointed, a line for each member. */
export function officerLines(officials: readonly Official[], letters: string): readonly string[] {
  const byMember = Map.groupBy(officials, ({ member }) => member.split("/")[2]!);
  return [
    "",
    stacked(messages.appointed(officials.length)),
    ...Array.from(byMember, ([member, its]) => `   ${member}: ${its.map(({ id }) => id).join(", ")}`),
    stacked(messages.lettersAre(letters)),
  ];
}

/** One phase in a line: how many of its subjects reached their end. Below it, those that did not, and why. */
export function shortPhaseLines({ title, scenarios }: PhaseResult): readonly string[] {
  // An attempt that shows what is missing is no end of a road; its subject comes again.
  const ends = scenarios.filter(({ results }) => results.at(-1)?.step.tried !== true);
  const stopped = ends.filter(({ results }) => results.at(-1)?.refusal !== undefined);
  const steps = scenarios.flatMap(({ results }) => results).filter(({ done }) => done !== undefined).length;
  const reached = messages.reached(ends.length - stopped.length, ends.length, steps);
  return [
    `   ${stopped.length === 0 ? "✓" : "–"} ${inline(title)}: ${inline(reached)}`,
    ...stopped.flatMap(({ subject, results }) =>
      (results.at(-1)?.refusal?.judgements ?? []).filter(isBlocking).map((judgement) => `     ✗ ${subject}: ${whyStopped(judgement)}`),
    ),
  ];
}

/** What the demo shows on purpose is said so. */
const whyStopped = ({ guard, detail }: Judgement): string => (guard === "measures" ? inline(messages.byDesign) : `${guard}: ${detail.id}`);

/** `✓ registrar-1 · Menyetujui permohonan (Approve) · Perbup Muara Enim 52/2022 P24(1)` */
function resultLines({ step, done, refusal }: StepResult, subject: string, profile: Profile): readonly string[] {
  // An earlier start that was broken off has taken this step.
  if (refusal?.code === "illegal-transition") return [];
  const action = actions.get(step.action)!;
  const { title } = action;
  const key = step.key ?? action.key;
  const basis = key === undefined ? "project rule" : basisOf(answerTo(profile, key));
  const line = `${done === undefined ? "✗" : "✓"} ${step.by} · ${inline(title)}${subject} · ${basis}`;
  if (refusal === undefined) return [line];
  const shown = step.action === "instance.publish" ? refusal.judgements : refusal.judgements.filter(isBlocking);
  return [line, ...(shown.length === 0 ? [`    ${refusal.detail.id}`, `    (${refusal.detail.en})`] : shown.flatMap(guardLines))];
}

const guardLines = (judgement: Judgement): readonly string[] => {
  const { guard, verdict, detail } = judgement;
  return [
    ...(guard === "measures" && isBlocking(judgement) ? [`    ${messages.byDesign.id}`, `    (${messages.byDesign.en})`] : []),
    `    ${isBlocking(judgement) ? "✗" : verdict === "met" ? "✓" : "–"} ${guard} · ${basisOf(judgement)} · ${detail.id}`,
    `      (${detail.en})`,
  ];
};

/** A whole scenario in one line: the states that it led to, and by which official. */
function scenarioLines({ subject, results }: ScenarioResult): readonly string[] {
  const refused = results.at(-1)?.refusal;
  const way = results.flatMap(({ step, done }) => {
    const { from, to } = done?.decision.content ?? {};
    return to === undefined || from === to ? [] : [`${states[to as keyof typeof states].id} (${step.by})`];
  });
  return [
    `${refused === undefined ? "✓" : "✗"} ${subject} · ${way.join(" → ")}`,
    ...(refused?.judgements.filter(isBlocking) ?? []).flatMap(guardLines),
  ];
}

/** Where the road ended, in two lines; a later start shows them again. */
export function summaryLines({ instance, services }: RoadSummary, { regulation }: Profile): readonly string[] {
  const active = services.filter(({ state }) => state === "active").length;
  const text =
    instance.state === "produksi"
      ? messages.inProduction(regulation.short, active, services.length)
      : messages.inPreparation(regulation.short, instance.unmet.join(", "));
  return [stacked(text)];
}
