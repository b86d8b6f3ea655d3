import { encodeLeaf, type ControlLeaf } from "./leaf.ts";
import type { LedgerEntry } from "./ledger.ts";

/** A control leaf as it is appended to the log of this origin. `at` is in milliseconds, `id` a UUIDv7. */
export function controlEntry(
  log: string,
  { id, at, change }: { readonly id: string; readonly at: number; readonly change: ControlLeaf["change"] },
): LedgerEntry {
  return { type: "control", id, at, leaf: encodeLeaf({ v: 1, log, type: "control", id, at: new Date(at).toISOString(), change }) };
}
