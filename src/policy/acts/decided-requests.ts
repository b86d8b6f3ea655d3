import { dayMs } from "../../base/time.ts";
import type { Entry } from "../../registry/entry.ts";
import { changedBetween } from "../../registry/apply-changes.ts";
import { entriesAfter } from "../../registry/entries-after.ts";
import type { RegistryState } from "../../registry/registry-state.ts";

type Tables = Pick<RegistryState, "table">;

/** Finds what was decided under an idempotency key in the last day. */
export type DecidedUnder = (registry: Tables, key: string, now: number) => Entry<"decision"> | undefined;

/**
 * An index over the decisions of a day. It reads each of them once: those that came since the state before are the end of the table,
 * unless a clock went back.
 */
export function decidedRequests(): DecidedUnder {
  /** By key; the one that came last is at the end. */
  const decided = new Map<string, Entry<"decision">>();
  let before: Tables | undefined;

  const add = (decision: Entry<"decision">): void => {
    const key = decision.content.request?.key;
    if (key === undefined) return;
    decided.delete(key);
    decided.set(key, decision);
  };
  const readOn = (registry: Tables, oldest: string): void => {
    const last = before?.table("decision").at(-1);
    if (before === undefined) for (const decision of entriesAfter(registry, "decision", oldest)) add(decision);
    else if (last === registry.table("decision")[before.table("decision").length - 1])
      for (const decision of entriesAfter(registry, "decision", last?.entry.id ?? "")) add(decision);
    else for (const { entry } of changedBetween(before, registry, "decision")) add(entry);
    before = registry;
  };

  return (registry, key, now) => {
    const oldest = firstIdAt(now - dayMs);
    if (registry !== before) readOn(registry, oldest);
    for (const [known, { id }] of decided) {
      if (id > oldest) break;
      decided.delete(known);
    }
    const found = decided.get(key);
    return found === undefined || found.id <= oldest ? undefined : found;
  };
}

/** Sorts before every UUIDv7 of this millisecond and after all earlier ones. */
function firstIdAt(at: number): string {
  const hex = at.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
