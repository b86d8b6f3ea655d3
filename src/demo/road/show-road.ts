import { states } from "../../control-client/state-labels.ts";
import { basisOf, isBlocking } from "../../control-client/format-explanation.ts";
import { actions } from "../../policy/acts/actions.ts";
import { answerTo, type Profile } from "../../policy/profile/profile.ts";
import type { Judgement } from "../../registry/entry.ts";
import type { RoadSummary } from "./journal.ts";
import type { StepResult, PhaseResult, ScenarioResult } from "./run-scenarios.ts";

/** One phase of the road for people: who did what to what, by which pasal, and what was missing. Of the services the first one is told step by step. */
export function phaseLines({ name, title, scenarios }: PhaseResult, profile: Profile): readonly string[] {
  const told = ({ subject, results }: ScenarioResult): readonly string[] =>
    results.flatMap((result) => resultLines(result, name === "services" ? "" : ` · ${subject}`, profile));
  const [first, ...others] = scenarios;
  const shown =
    name === "services" && first !== undefined
      ? [first.subject, ...told(first), ...others.flatMap(scenarioLines)]
      : scenarios.flatMap(told);
  return ["", title.id, `(${title.en})`, ...shown.map((line) => `   ${line}`)];
}

/** `✓ registrar-1 · Menyetujui permohonan (Approve) · Perbup Muara Enim 52/2022 P24(1)` */
function resultLines({ step, done, refusal }: StepResult, subject: string, profile: Profile): readonly string[] {
  // It was taken at an earlier start that was broken off.
  if (refusal?.code === "illegal-transition") return [];
  const action = actions.get(step.action)!;
  const { title } = action;
  const key = step.key ?? action.key;
  const basis = key === undefined ? "project rule" : basisOf(answerTo(profile, key));
  const line = `${done === undefined ? "✗" : "✓"} ${step.by} · ${title.id} (${title.en})${subject} · ${basis}`;
  if (refusal === undefined) return [line];
  const shown = step.action === "instance.publish" ? refusal.judgements : refusal.judgements.filter(isBlocking);
  return [line, ...(shown.length === 0 ? [`    ${refusal.detail.id}`, `    (${refusal.detail.en})`] : shown.flatMap(guardLines))];
}

const guardLines = (judgement: Judgement): readonly string[] => {
  const { guard, verdict, detail } = judgement;
  return [
    `    ${isBlocking(judgement) ? "✗" : verdict === "met" ? "✓" : "–"} ${guard} · ${basisOf(judgement)} · ${detail.id}`,
    `      (${detail.en})`,
  ];
};

/** A whole scene in one line: the states to which it led, and by whom. */
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

/** What the road has come to, in two lines; said again at a later start. */
export function summaryLines({ instance, services }: RoadSummary, { regulation }: Profile): readonly string[] {
  const live = services.filter(({ state }) => state === "active").length;
  if (instance.state === "produksi") {
    return [
      `Instansi dalam produksi menurut ${regulation.short}; ${live} dari ${services.length} layanan aktif.`,
      `(In production under ${regulation.short}; ${live} of ${services.length} services active.)`,
    ];
  }
  return [
    `Instansi tetap dalam persiapan menurut ${regulation.short} (${instance.unmet.join(", ")}); pertukaran berikut berlangsung di antara anggota uji.`,
    `(Still in preparation under ${regulation.short} (${instance.unmet.join(", ")}); the exchanges below are among test members.)`,
  ];
}
