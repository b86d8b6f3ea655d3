import type { Opened } from "../verify/bundle.ts";
import { hashBytes, hashLeafInto } from "../ledger/merkle.ts";
import { proofOf, treeOver, type EntryTree } from "../registry/entry-tree.ts";
import type { Entry } from "../registry/entry.ts";
import { indexIn, storedIn } from "../registry/grow-image.ts";
import type { RegistryImage } from "../registry/image.ts";
import { entryLeaf, entryText, policiesInForce } from "../registry/registry-roots.ts";
import type { SaltedEntry } from "../registry/registry-store.ts";

/** Opens single entries under an image's `roots.registry`, each once, by index; what the image does not hold is left out. Policies have a tree of their own. */
export function openEntries(image: RegistryImage, wanted: readonly Pick<Entry, "kind" | "id">[]): Opened {
  const found = new Map<number, SaltedEntry>();
  for (const name of wanted) {
    const stored = storedIn(image, name);
    if (stored !== undefined) found.set(indexIn(image, name), stored);
  }
  return opened(image.roots.registry, image.tree, found);
}

/** Opens policies in force, by their paths, under an image's `roots.policy`. */
export async function openPolicies(image: RegistryImage, paths: ReadonlySet<string>): Promise<Opened> {
  const policies = policiesInForce(image.shelf("policy"));
  const hashes = Buffer.allocUnsafe(policies.length * hashBytes);
  policies.forEach((policy, index) => hashLeafInto(entryLeaf(policy), hashes, index * hashBytes));
  const found = new Map([...policies.entries()].filter(([, { entry }]) => paths.has(entry.id)));
  return opened(image.roots.policy, await treeOver(hashes, async () => undefined), found);
}

function opened(root: string, tree: EntryTree, found: ReadonlyMap<number, SaltedEntry>): Opened {
  const entries = [...found].sort(([a], [b]) => a - b).map(([index, { entry, salt }]) => ({
    index, salt: salt.toString("base64url"), entry: entryText(entry), proof: proofOf(tree, index).toString("base64url"),
  }));
  return { root, size: tree.size, entries };
}
