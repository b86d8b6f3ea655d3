import type { Text } from "../../base/text.ts";
import type { LintReport } from "../report.ts";
import type { Severity } from "../standard.ts";

export const severityNames: Readonly<Record<Severity, Text>> = {
  error: { id: "salah", en: "error" },
  warn: { id: "peringatan", en: "warning" },
  info: { id: "catatan", en: "note" },
};

/** Who sets the standard, as the regulation's profile says; `cite` is its pasal. */
export interface SetBy extends Text {
  readonly cite: string | null;
  readonly basis: string;
}

/** How many findings of each severity; those that were left out are of no severity here. */
export function tally({ findings }: LintReport): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warn: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** A basis as readers of both languages know it; regulations keep their names. */
export const basisText = (basis: string): Text => ({
  id: basis.replace("project rule", "kaidah proyek"),
  en: basis.includes("project rule") ? "project rule" : "",
});

/** The outcome in one line. */
export function outcome(report: LintReport): Text {
  const { error, warn } = tally(report);
  return report.passed
    ? {
        id: warn === 0 ? "Memenuhi standar." : `Memenuhi standar, dengan ${warn} peringatan.`,
        en: warn === 0 ? "Meets the standard." : `Meets the standard, with ${warn} warning${warn === 1 ? "" : "s"}.`,
      }
    : {
        id: `Belum memenuhi standar: ${error} yang salah, ${warn} peringatan.`,
        en: `Does not meet the standard yet: ${error} error${error === 1 ? "" : "s"}, ${warn} warning${warn === 1 ? "" : "s"}.`,
      };
}

export const setByLine = ({ id, en, cite, basis }: SetBy): Text => {
  const ground = cite === null ? basis : `${basis} ${cite}`;
  return { id: `${id} (${ground})`, en: `${en} (${ground})` };
};
