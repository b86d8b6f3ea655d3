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

/** Two lines a point: whether it holds, in both languages. */
export function printFindings(findings: readonly CheckedPoint[], print: (line: string) => void = console.log): void {
  for (const { holds, step, text } of findings) {
    const mark = holds === true ? "✓" : holds === false ? "✗" : "–";
    print(`  ${mark} (${step}) ${text.id}\n        ${text.en}`);
  }
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
