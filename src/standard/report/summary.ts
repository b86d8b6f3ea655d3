import type { Text } from "../../base/text.ts";
import type { LintReport } from "../report.ts";
import type { Severity } from "../standard.ts";
import { messages } from "./messages.ts";

export const severityNames: Readonly<Record<Severity, Text>> = {
  error: messages.error,
  warn: messages.warn,
  info: messages.info,
};

/** The authority that sets the standard, as the profile of the regulation says; `cite` is its pasal. */
export interface SetBy extends Text {
  readonly cite: string | null;
  readonly basis: string;
}

/** The number of findings of each severity; those beyond the limit of a rule are not counted. */
export function tally({ findings }: LintReport): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warn: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** A basis as readers of both languages know it; regulations keep their names. */
export const basisText = messages.basis;

/** The outcome in one line. */
export function outcome(report: LintReport): Text {
  const { error, warn } = tally(report);
  return report.passed ? messages.passed(warn) : messages.failed(error, warn);
}

export const setByLine = (setBy: SetBy): Text => messages.setBy(setBy, setBy.cite === null ? setBy.basis : `${setBy.basis} ${setBy.cite}`);
