import type { Explanation, Step } from "../base/explanation.ts";
import type { Judgement } from "../registry/entry.ts";

const marks = { met: "✓", unmet: "✗", later: "✗", "not-required": "–", exempt: "~" } as const satisfies Readonly<
  Record<Judgement["verdict"], string>
>;

/** `Perbup Muara Enim 52/2022 P28(6)b`, or the rule outside the regulation. */
export const basisOf = ({ basis, cite }: Pick<Judgement, "basis" | "cite">): string => (cite === null ? basis : `${basis} ${cite}`);

/** Whether it keeps a step from being taken. */
export const isBlocking = ({ verdict }: Pick<Judgement, "verdict">): boolean => verdict === "unmet" || verdict === "later";

/** What a guard found, with its pasal, and what to do if it does not hold. */
export function judgementLines(judgement: Judgement): readonly string[] {
  const { guard, verdict, detail, remedy } = judgement;
  const lines = [`  ${marks[verdict]} ${guard} · ${basisOf(judgement)}`, `      ${detail.id}`, `      (${detail.en})`];
  if (remedy !== undefined && isBlocking(judgement)) lines.push(`      → ${remedy.id}`, `        (${remedy.en})`);
  return lines;
}

/** An explanation: the answer in a sentence, the chain that leads to it, and what the next step lacks. */
export function explanationLines({ summary, steps, missing }: Explanation): readonly string[] {
  return [summary.id, `(${summary.en})`, ...steps.flatMap(stepLines), ...missing.flatMap(stepLines)];
}

/** One link: what holds, by which pasal, then the document, who, when and under which profile, where those are known. */
function stepLines({ detail, basis, cite, verdict, remedy, document, by, at, profile }: Step): readonly string[] {
  const rests = [
    basisOf({ basis, cite }),
    ...(by === undefined ? [] : [by]),
    ...(at === undefined ? [] : [at]),
    ...(document === undefined ? [] : [`sha256 ${document}`]),
    ...(profile === undefined ? [] : [`${profile.id} ${profile.version} (${profile.digest})`]),
  ];
  const lines = [`  ${verdict === undefined ? "•" : marks[verdict]} ${detail.id}`, `    (${detail.en})`, `    ${rests.join(" · ")}`];
  if (remedy !== undefined && verdict !== undefined && isBlocking({ verdict })) lines.push(`    → ${remedy.id}`, `      (${remedy.en})`);
  return lines;
}
