import { randomOctets } from "../base/uuid.ts";
import { actorName, commitChange } from "./commit-change.ts";
import { compareEntries, type Entry } from "./entry.ts";
import { entryName, type Plan } from "./plan.ts";
import { registryRoots } from "./registry-roots.ts";
import type { RegistryNotice, RegistryStore, SaltedEntry } from "./registry-store.ts";

/**
 * Carries a plan out: entries, version + 1 and the notice for the ledger in one transaction. `undefined` if there is
 * nothing to do. Throws `VersionConflict` if the registry is no longer what was planned against.
 */
export async function apply(
  store: RegistryStore,
  planned: Plan,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<RegistryNotice | undefined> {
  const { current, added, changed, retired, proposed, documents } = planned;
  const act = { by: actorName(by), at: new Date(at).toISOString() };
  const touched = [...added, ...changed, ...retired, ...proposed.map((proposal) => proposal.sign(act))];
  if (touched.length === 0) return undefined;
  const entries = touched.map((entry: Entry): SaltedEntry => ({
    entry,
    salt: entry.kind === "policy" ? Buffer.alloc(0) : randomOctets(16),
  }));
  const after = new Map([...current.entries, ...entries].map((stored) => [entryName(stored.entry), stored]));
  const roots = registryRoots([...after.values()].sort((a, b) => compareEntries(a.entry, b.entry)));
  const keys = touched.flatMap((entry) => (entry.kind === "key" ? `${entry.id} ${entry.content.owner}` : []));
  const says = {
    added: added.map(entryName),
    changed: changed.map(entryName),
    retired: retired.map(entryName),
    ...(proposed.length === 0 ? {} : { proposed: proposed.map(entryName) }),
    ...(keys.length === 0 ? {} : { keys }),
  };
  return commitChange(store, current, { entries, documents, roots, by, at, says });
}
