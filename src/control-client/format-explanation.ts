import type { Explanation, Step } from "../base/explanation.ts";
import { inline, stacked } from "../base/text.ts";
import type { Judgement } from "../registry/entry.ts";

const marks = { met: "✓", unmet: "✗", later: "✗", "not-required": "–", exempt: "~" } as const satisfies Readonly<
  Record<Judgement["verdict"], string>
>;

/** `Perbup Muara Enim 52/2022 P28(6)b`; only the basis for a rule outside the regulation. */
export const basisOf = ({ basis, cite }: Pick<Judgement, "basis" | "cite">): string => (cite === null ? basis : `${basis} ${cite}`);

/** Whether the judgement keeps the step from being taken. */
export const isBlocking = ({ verdict }: Pick<Judgement, "verdict">): boolean => verdict === "unmet" || verdict === "later";

/** The judgement of a guard, with its pasal, and the remedy if it is blocking. */
export function judgementLines(judgement: Judgement): readonly string[] {
  const { guard, verdict, detail, remedy } = judgement;
  const lines = [`  ${marks[verdict]} ${guard} · ${basisOf(judgement)}`, `      ${stacked(detail, "      ")}`];
  if (remedy !== undefined && isBlocking(judgement)) lines.push(`      → ${stacked(remedy, "        ")}`);
  return lines;
}

/**
 * An explanation: the answer in a sentence, the chain that leads to it, and what the next step lacks. What was so at the decision and
 * is so now is said once.
 */
export function explanationLines({ summary, steps, missing }: Explanation): readonly string[] {
  const said = new Set<string>();
  const fresh = [...steps, ...missing].filter(({ verdict, detail, document }) => {
    const words = `${verdict} ${document} ${detail.id}`;
    if (verdict === undefined || !said.has(words)) return said.add(words);
    return false;
  });
  return [
    stacked(summary),
    ...fresh.flatMap((step, index) => {
      const begins = step.part !== undefined && step.part.id !== fresh[index - 1]?.part?.id;
      return [...(begins ? ["", `${inline(step.part)}:`] : []), ...stepLines(step)];
    }),
  ];
}

/** One step of the chain: its detail, its pasal, then officer, time, document and profile where those are known. */
function stepLines({ detail, basis, cite, verdict, remedy, document, by, at, profile }: Step): readonly string[] {
  const grounds = [
    basisOf({ basis, cite }),
    ...(by === undefined ? [] : [by]),
    ...(at === undefined ? [] : [at]),
    ...(document === undefined ? [] : [`sha256 ${document}`]),
    ...(profile === undefined ? [] : [`${profile.id} ${profile.version} (${profile.digest})`]),
  ];
  const lines = [`  ${verdict === undefined ? "•" : marks[verdict]} ${stacked(detail, "    ")}`, `    ${grounds.join(" · ")}`];
  if (remedy !== undefined && verdict !== undefined && isBlocking({ verdict })) lines.push(`    → ${stacked(remedy, "      ")}`);
  return lines;
}
