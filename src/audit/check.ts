import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";
import { messages } from "./messages.ts";

/** One check of the log and its result. */
export interface AuditCheck {
  readonly id: "key" | "tree" | "remembered" | "receipts" | "evidence" | "metrics" | "closed" | "before";
  readonly title: Text;
  readonly holds: boolean | "not-checked";
  /** What was checked, or why it was not. */
  readonly said: Text;
  readonly findings: readonly AuditFinding[];
}

/** A check for which the auditor gave no input; `option` is the command line option that gives it. */
export const notProvided = (id: AuditCheck["id"], title: Text, option: string): AuditCheck => ({
  id,
  title,
  holds: "not-checked",
  said: messages.notProvided(option),
  findings: [],
});
