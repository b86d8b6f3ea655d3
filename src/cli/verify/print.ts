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

/** Two lines a point: whether it holds, in both languages. What was found of several parts in the same words is said once. */
export function printFindings(findings: readonly CheckedPoint[], print: (line: string) => void = console.log): void {
  const lines = findings.map(({ holds, step, text }) => {
    const mark = holds === true ? "✓" : holds === false ? "✗" : "–";
    return `  ${mark} (${step}) ${text.id}\n        ${text.en}`;
  });
  for (const line of new Set(lines)) print(line);
}

/** All points and the verdict. */
export function printChecked({ kind, findings, verdict }: Checked): void {
  printFindings(findings);
  const subject = messages.subjects[kind];
  const said = messages.verdicts[verdict];
  const unchecked = verdict === "verified" ? findings.filter(({ holds }) => holds === "not-checked").length : 0;
  console.log(inline(unchecked === 0 ? messages.outcome(subject, said) : messages.outcomeAsFarAsChecked(subject, said, unchecked)));
}

/** The same for a program. */
export const checkedJson = ({ kind, verdict, findings }: Checked): object => ({
  kind,
  verdict,
  findings: findings.map(({ text, ...finding }) => ({ ...finding, ...text })),
});

/** A key that came with the document vouches for nothing: without a pinned key the best verdict is `unvouched`. */
export function checkedVerdict(findings: Checked["findings"], vkey: string | undefined): Checked["verdict"] {
  if (findings.some(({ holds }) => holds === false)) return "broken";
  return vkey === undefined ? "unvouched" : "verified";
}
