import type { LintReport } from "../report.ts";
import { outcome, setByLine, severityNames, type SetBy } from "./summary.ts";

/** The report for a terminal: each finding with a place that editors and terminals link, then what to do. */
export function lintText(report: LintReport, setBy: SetBy): string {
  const { file, findings, omitted, standard, digest } = report;
  const lines = findings.flatMap(({ rule, severity, line, column, basis, message, remedy }) => [
    `${file}:${line}:${column} ${severityNames[severity].id} ${rule} [${basis}]`,
    `    ${message.id} ${remedy.id}`,
    `    (${message.en} ${remedy.en})`,
  ]);
  for (const [rule, count] of Object.entries(omitted)) lines.push(`… ${rule}: ${count} lagi (more)`);
  const { id, en } = outcome(report);
  const set = setByLine(setBy);
  return [
    ...lines,
    ...(lines.length > 0 ? [""] : []),
    `${file}: ${id}`,
    `(${en})`,
    `${standard}  ${set.id}`,
    `(${set.en})`,
    `digest  ${digest}`,
  ].join("\n");
}
