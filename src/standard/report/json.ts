import type { LintReport } from "../report.ts";

/** The report for programs: each message says what is wrong, then what to do. */
export function lintJson({ passed, standard, digest, findings }: LintReport): string {
  return JSON.stringify({
    passed,
    standard,
    digest,
    findings: findings.map(({ rule, severity, line, column, pointer, basis, message, remedy, refused }) => ({
      rule,
      severity,
      line,
      column,
      pointer,
      basis,
      id: `${message.id} ${remedy.id}`.trimEnd(),
      en: `${message.en} ${remedy.en}`.trimEnd(),
      ...(refused === undefined ? {} : { refused }),
    })),
  });
}
