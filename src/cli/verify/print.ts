import { inline, type Text } from "../../base/text.ts";
import { messages } from "./messages.ts";

/** One point that was checked, of a receipt or of a bundle. */
export interface CheckedPoint {
  readonly step: string | number;
  readonly holds: boolean | "not-checked";
  readonly text: Text;
  readonly where?: string;
}

/** A receipt or a bundle with all that was checked of it. */
export interface Checked {
  readonly kind: keyof typeof messages.subjects;
  readonly findings: readonly CheckedPoint[];
  readonly verdict: keyof typeof messages.verdicts;
}

/** The points; what was found of several parts in the same words is there once. */
export const distinctPoints = (findings: readonly CheckedPoint[]): readonly CheckedPoint[] => [
  ...new Map(findings.map((point) => [`${point.holds} ${point.step} ${point.text.id}`, point])).values(),
];

export const checkMark = ({ holds }: CheckedPoint): string => (holds === true ? "✓" : holds === false ? "✗" : "–");

/** The verdict in one sentence; of one that holds also how many points were not checked. */
export function outcomeOf({ kind, findings, verdict }: Checked): Text {
  const [subject, said] = [messages.subjects[kind], messages.verdicts[verdict]];
  const unchecked = verdict === "verified" ? distinctPoints(findings).filter(({ holds }) => holds === "not-checked").length : 0;
  return unchecked === 0 ? messages.outcome(subject, said) : messages.outcomeAsFarAsChecked(subject, said, unchecked);
}

/** All points, two lines each: whether it holds, in both languages; then the verdict. */
export function printChecked(checked: Checked): void {
  for (const point of distinctPoints(checked.findings))
    console.log(`  ${checkMark(point)} (${point.step}) ${point.text.id}\n        ${point.text.en}`);
  console.log(inline(outcomeOf(checked)));
}

/** The same for a program. */
export const checkedJson = ({ kind, verdict, findings }: Checked): object => ({
  kind,
  verdict,
  findings: findings.map(({ text, ...finding }) => ({ ...finding, ...text })),
});

/** A key that came with the document vouches for nothing: without a pinned key the best verdict is `unvouched`. */
export function checkedVerdict(findings: Checked["findings"], keys: unknown): Checked["verdict"] {
  if (findings.some(({ holds }) => holds === false)) return "broken";
  return keys === undefined ? "unvouched" : "verified";
}
