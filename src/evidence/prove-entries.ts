import type { EntryProofs } from "../verify/bundle.ts";
import { hashBytes, hashLeafInto } from "../ledger/merkle.ts";
import { proofOf, treeOver, type EntryTree } from "../registry/entry-tree.ts";
import type { Entry } from "../registry/entry.ts";
import { indexIn, storedIn } from "../registry/apply-changes.ts";
import type { RegistryState } from "../registry/registry-state.ts";
import { entryLeaf, entryText, policiesInForce } from "../registry/registry-roots.ts";
import type { SaltedEntry } from "../registry/registry-store.ts";

/**
 * Proves single entries under a registry state's `roots.registry`, each once, by index. An entry that the state does
 * not have is left out.
 */
export function proveEntries(registry: RegistryState, wanted: readonly Pick<Entry, "kind" | "id">[]): EntryProofs {
  const found = new Map<number, SaltedEntry>();
  for (const name of wanted) {
    const stored = storedIn(registry, name);
    if (stored !== undefined) found.set(indexIn(registry, name), stored);
  }
  return proofsFor(registry.roots.registry, registry.tree, found);
}

/** Proves policies in force, by their paths, under a registry state's `roots.policy`: they have a tree of their own. */
export async function provePolicies(registry: RegistryState, paths: ReadonlySet<string>): Promise<EntryProofs> {
  const policies = policiesInForce(registry.table("policy"));
  const hashes = Buffer.allocUnsafe(policies.length * hashBytes);
  policies.forEach((policy, index) => hashLeafInto(entryLeaf(policy), hashes, index * hashBytes));
  const found = new Map([...policies.entries()].filter(([, { entry }]) => paths.has(entry.id)));
  return proofsFor(registry.roots.policy, await treeOver(hashes, async () => undefined), found);
}

function proofsFor(root: string, tree: EntryTree, found: ReadonlyMap<number, SaltedEntry>): EntryProofs {
  const entries = [...found]
    .sort(([a], [b]) => a - b)
    .map(([index, { entry, salt }]) => ({
      index,
      salt: salt.toString("base64url"),
      entry: entryText(entry),
      proof: proofOf(tree, index).toString("base64url"),
    }));
  return { root, size: tree.size, entries };
}
