import type { PublishedLog } from "../ledger/readable-log.ts";
import { audit, type Audit, type AuditInputs } from "./audit.ts";
import type { Destruction } from "./change.ts";
import type { AuditCheck } from "./check.ts";
import type { AuditFinding } from "./finding.ts";
import { messages } from "./messages.ts";

/** A log that was closed, and what an auditor has for it. */
export interface EarlierLog extends Pick<AuditInputs, "key" | "evidence" | "openable"> {
  readonly log: PublishedLog;
}

/**
 * Audits a log and then those from which it goes on, as far as `earlier` finds them: each is compared with the heads
 * and receipts of its own origin, and with the destructions that the logs after it record, and one that is unsound makes the whole unsound.
 */
export async function auditWithEarlier(
  log: PublishedLog,
  inputs: AuditInputs,
  earlier: (origin: string) => Promise<EarlierLog | undefined>,
): Promise<Audit> {
  const destroyed: Destruction[] = [...(inputs.destroyedLater ?? [])];
  const own = await audit(log, { ...inputs, onDestroyedElsewhere: (destruction) => destroyed.push(destruction) });
  if (own.begun === undefined) return own;
  const { previous } = own.begun;
  const found = await earlier(previous);
  const title = messages.beforeTitle;
  if (found === undefined) {
    const check: AuditCheck = { id: "before", title, holds: "not-checked", said: messages.beforeNotFound(previous), findings: [] };
    return { ...own, checks: [...own.checks, check] };
  }
  const { log: closed, ...more } = found;
  const { key: _, evidence: _own, openable: _keys, metrics: _counts, successor: _after, ...shared } = inputs;
  const before = await auditWithEarlier(
    closed,
    { ...shared, ...more, destroyedLater: destroyed, successor: { ...own.begun, origin: own.origin } },
    earlier,
  );
  const holds = before.verdict !== "unsound";
  const findings: AuditFinding[] = holds ? [] : [{ place: { file: previous }, text: messages.beforeUnsound(previous) }];
  const told = before.checks.find(({ id }) => id === "closed")!.said;
  const unvouched = own.verdict === "unvouched" || before.verdict === "unvouched";
  return {
    ...own,
    verdict: own.verdict === "unsound" || !holds ? "unsound" : unvouched ? "unvouched" : "sound",
    checks: [...own.checks, { id: "before", title, holds, said: messages.before(previous, told), findings }],
    findings: [...own.findings, ...findings],
    before,
  };
}
