import type { AuditReporter } from "./finding.ts";
import type { Leaf } from "../ledger/leaf.ts";
import { messages } from "./messages.ts";

/** Whether the leaves of a log agree with each other. */
export interface LeafSequence {
  /** The next leaf; `undefined` for one that cannot be read. */
  add(index: number, leaf: Leaf | undefined): void;
  /** Indices of intents without an outcome. */
  openIntents(): number[];
  /** Leaves by type. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Reports each leaf that cannot be read or is of another log, and each outcome that does not name its own intent. */
export function checkLeafSequence(origin: string, report: AuditReporter): LeafSequence {
  const open = new Map<string, number>();
  const counts: Record<string, number> = {};

  const close = (index: number, leaf: Leaf): void => {
    const intent = "intent" in leaf ? leaf.intent : undefined;
    if (intent === undefined && open.size === 0) return;
    const opened = open.get(leaf.id);
    open.delete(leaf.id);
    // The gateway that took over another log closed its intents here; the intents are audited there.
    if (intent !== undefined && intent.log !== origin) return;
    if (intent?.index === opened) return;
    report({ leaf: index }, messages.notItsIntent(index));
  };

  return {
    counts,
    openIntents: () => [...open.values()],
    add(index, leaf) {
      if (leaf === undefined) {
        report({ leaf: index }, messages.leafUnreadable(index));
        return;
      }
      counts[leaf.type] = (counts[leaf.type] ?? 0) + 1;
      if (leaf.log !== origin) report({ leaf: index }, messages.leafOfAnotherLog(index));
      if (leaf.type === "outcome") close(index, leaf);
      if (leaf.type !== "intent") return;
      if (open.has(leaf.id)) report({ leaf: index }, messages.intentRepeated(index));
      open.set(leaf.id, index);
    },
  };
}
