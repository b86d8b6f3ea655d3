import type { LintReport } from "../report.ts";
import { outcome, setByLine, severityNames, type SetBy } from "./summary.ts";

/** The registry's code, where a rule of the standard has found what the registry refuses. */
const codeBeside = (rule: string, refused: string | undefined): string =>
  refused === undefined || refused === rule ? "" : ` (apply: ${refused})`;

/** The report for a terminal: each finding with a place that editors and terminals link, then what to do. */
export function lintText(report: LintReport, setBy: SetBy): string {
  const { file, findings, omitted, standard, digest } = report;
  const lines = findings.flatMap(({ rule, severity, line, column, basis, message, remedy, refused }) => [
    `${file}:${line}:${column} ${severityNames[severity].id} ${rule} [${basis}]${codeBeside(rule, refused)}`,
    `    ${message.id} ${remedy.id}`.trimEnd(),
    `    (${`${message.en} ${remedy.en}`.trimEnd()})`,
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
