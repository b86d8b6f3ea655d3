import { parseCheckpoint } from "../ledger/checkpoint.ts";
import { readControlChange, type LogBegun } from "../ledger/control-change.ts";
import type { Leaf } from "../ledger/leaf.ts";
import { isCheckpointOf, type KeyTrail } from "../ledger/key-trail.ts";
import type { AuditCheck } from "./check.ts";
import type { AuditFinding } from "./finding.ts";
import { messages } from "./messages.ts";
import type { AuditReport } from "./recompute.ts";

/** What the first leaf of a log says of the one from which it goes on. */
export type LogBeginning = LogBegun["log"] & { readonly at: string };

/** `undefined` where a first leaf says nothing of the kind. */
export function beginningIn(leaf: Leaf | undefined): LogBeginning | undefined {
  const change = leaf?.type === "control" ? readControlChange(leaf.change) : undefined;
  return change !== undefined && "log" in change ? { ...change.log, at: leaf!.at } : undefined;
}

/** How the log that goes on from the audited one tells of it. */
export interface Successor extends LogBeginning {
  /** The origin of the log that goes on. */
  readonly origin: string;
}

/**
 * A closed log is what the log after it says: it ends with the checkpoint that is in that log's first leaf. What was
 * signed beyond it is lost, and named.
 */
export function checkClosed(
  { origin: next, checkpoint, newest, at }: Successor,
  { origin, size, checkpoint: current }: Pick<AuditReport, "origin" | "size" | "checkpoint">,
  lost: readonly string[],
  keys: KeyTrail | undefined,
): AuditCheck {
  const findings: AuditFinding[] = [];
  const [said, own] = [parseCheckpoint(checkpoint), parseCheckpoint(current)];
  const same = said !== undefined && said.origin === origin && said.size === size && own?.root.equals(said.root) === true;
  if (!same) findings.push({ place: "checkpoint", text: messages.otherEnd(next), notes: [checkpoint, current] });
  for (const note of [checkpoint, ...(newest === undefined ? [] : [newest])])
    if (keys !== undefined && !isCheckpointOf(keys, note))
      findings.push({ place: "checkpoint", text: messages.endNotSigned(next), notes: [note] });
  const newestSize = newest === undefined ? undefined : parseCheckpoint(newest)?.size;
  const told = messages.closed(at, size, next, newestSize === undefined ? undefined : newestSize - 1, lost);
  return { id: "closed", title: messages.closedTitle, holds: findings.length === 0, said: told, findings };
}
