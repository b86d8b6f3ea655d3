import { hashBytes, hashLeafInto } from "../ledger/merkle.ts";
import { leafHashAt, treeOver } from "./entry-tree.ts";
import type { EntryKind } from "./entry.ts";
import { stateFrom, kindOrder } from "./apply-changes.ts";
import type { RegistryState } from "./registry-state.ts";
import { messages } from "./messages.ts";
import { entryName } from "./plan.ts";
import { entryLeaf, registryRoots } from "./registry-roots.ts";
import type { RegistryStore, StoredEntry } from "./registry-store.ts";
import { RegistryUnusable } from "./registry-unusable.ts";
import { cooperativeScheduler } from "./cooperative-scheduler.ts";

/**
 * The registry at an earlier version: the newest state with the later changes undone. Only entries that changed are
 * hashed again, and other work gets its turn in between. Rejects with `RegistryUnusable` if what is stored does not
 * lead to the roots that were applied then.
 */
export async function stateAt(
  store: Pick<RegistryStore, "changes" | "replaced" | "head">,
  now: RegistryState,
  version: number,
): Promise<RegistryState> {
  const yieldIfDue = cooperativeScheduler();
  const back = await undoLog(store, now, version, yieldIfDue);
  const tables = {} as Record<EntryKind, readonly StoredEntry[]>;
  const hashes = Buffer.allocUnsafe(now.tree.size * hashBytes);
  let [begin, used] = [0, 0];
  for (const kind of kindOrder) {
    const table = now.table(kind);
    const then: StoredEntry[] = [];
    let changed = false;
    for (const [at, held] of table.entries()) {
      const name = entryName(held.entry);
      const stored = back.has(name) ? back.get(name) : held;
      if (stored !== held) changed = true;
      if (stored !== undefined) then.push(stored);
      if (stored !== undefined && kind !== "policy") {
        if (stored === held) leafHashAt(now.tree, begin + at).copy(hashes, used);
        else hashLeafInto(entryLeaf(stored), hashes, used);
        used += hashBytes;
      }
      await yieldIfDue();
    }
    tables[kind] = changed ? then : table;
    begin += table.length;
  }
  const registry = stateFrom(version, tables, await treeOver(hashes.subarray(0, used), yieldIfDue), registryRoots(tables.policy).policy);
  const { roots } = await store.head(version);
  if (registry.roots.registry === roots.registry && registry.roots.policy === roots.policy) return registry;
  throw new RegistryUnusable(messages.pastAltered(version));
}

/** By name, the former entries of those that have changed since; `undefined` for one that did not exist yet. */
async function undoLog(
  store: Pick<RegistryStore, "changes" | "replaced">,
  now: RegistryState,
  version: number,
  yieldIfDue: () => Promise<void>,
): Promise<ReadonlyMap<string, StoredEntry | undefined>> {
  const back = new Map<string, StoredEntry | undefined>();
  for await (const page of store.changes(version, now.version)) {
    for (const { entry } of page) back.set(entryName(entry), undefined);
    await yieldIfDue();
  }
  for await (const page of store.replaced(version, now.version)) {
    for (const stored of page) back.set(entryName(stored.entry), stored);
    await yieldIfDue();
  }
  return back;
}
