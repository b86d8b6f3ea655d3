import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";

/** One question to the log, and its answer. */
export interface AuditCheck {
  readonly id: "key" | "tree" | "remembered" | "receipts" | "evidence" | "metrics";
  readonly title: Text;
  readonly holds: boolean | "not-checked";
  /** What was looked at, or why not. */
  readonly said: Text;
  readonly findings: readonly AuditFinding[];
}

/** A check for which nothing was brought. */
export const notProvided = (id: AuditCheck["id"], title: Text, option: string): AuditCheck => ({
  id,
  title,
  holds: "not-checked",
  said: { id: `tidak diperiksa: ${option} tidak diberikan`, en: `not checked: no ${option} was given` },
  findings: [],
});
