import type { AuditReporter } from "./finding.ts";
import type { Leaf } from "../ledger/leaf.ts";

/** What the leaves of a log say of each other. */
export interface LeafSequence {
  /** The next leaf; `undefined` for one that cannot be read. */
  add(index: number, leaf: Leaf | undefined): void;
  /** Indices of intents without an outcome. */
  openIntents(): number[];
  /** Leaves by type. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Each leaf readable and of this log, each outcome pointing to its own intent. */
export function checkLeafSequence(origin: string, report: AuditReporter): LeafSequence {
  const open = new Map<string, number>();
  const counts: Record<string, number> = {};

  const close = (index: number, leaf: Leaf): void => {
    const intent = "intent" in leaf ? leaf.intent : undefined;
    if (intent === undefined && open.size === 0) return;
    const opened = open.get(leaf.id);
    open.delete(leaf.id);
    // An intent of another log was closed by the one who took that log over; it is audited there.
    if (intent !== undefined && intent.log !== origin) return;
    if (intent?.index === opened) return;
    report({ leaf: index }, `Daun ${index} tidak menunjuk niat miliknya sendiri`, `Leaf ${index} does not point to its own intent`);
  };

  return {
    counts,
    openIntents: () => [...open.values()],
    add(index, leaf) {
      if (leaf === undefined) {
        report({ leaf: index }, `Daun ${index} tidak terbaca`, `Leaf ${index} cannot be read`);
        return;
      }
      counts[leaf.type] = (counts[leaf.type] ?? 0) + 1;
      if (leaf.log !== origin) report({ leaf: index }, `Daun ${index} milik log lain`, `Leaf ${index} belongs to another log`);
      if (leaf.type === "outcome") close(index, leaf);
      if (leaf.type !== "intent") return;
      if (open.has(leaf.id))
        report({ leaf: index }, `Daun ${index} mengulang niat yang masih terbuka`, `Leaf ${index} repeats an intent that is still open`);
      open.set(leaf.id, index);
    },
  };
}
