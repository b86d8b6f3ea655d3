import { hashBytes, hashLeafInto } from "../ledger/merkle.ts";
import { leafHashAt, treeOver } from "./entry-tree.ts";
import type { EntryKind } from "./entry.ts";
import { imageOf, kinds } from "./grow-image.ts";
import type { RegistryImage } from "./image.ts";
import { nameOf } from "./plan.ts";
import { entryLeaf, registryRoots } from "./registry-roots.ts";
import type { RegistryStore, StoredEntry } from "./registry-store.ts";
import { RegistryUnusable } from "./registry-unusable.ts";
import { slices } from "./slices.ts";

/**
 * The registry at an earlier version: the image of now with what has changed since put back. Entries are hashed anew only where they changed, and all of it is
 * done in slices. Throws `RegistryUnusable` if what is stored does not lead to the roots that were applied then.
 */
export async function imageAt(store: Pick<RegistryStore, "changes" | "replaced" | "head">, now: RegistryImage, version: number): Promise<RegistryImage> {
  const pause = slices();
  const back = await wayBack(store, now, version, pause);
  const shelves = {} as Record<EntryKind, readonly StoredEntry[]>;
  const hashes = Buffer.allocUnsafe(now.tree.size * hashBytes);
  let [begin, used] = [0, 0];
  for (const kind of kinds) {
    const shelf = now.shelf(kind);
    const then: StoredEntry[] = [];
    let changed = false;
    for (const [at, held] of shelf.entries()) {
      const name = nameOf(held.entry);
      const stored = back.has(name) ? back.get(name) : held;
      if (stored !== held) changed = true;
      if (stored !== undefined) then.push(stored);
      if (stored !== undefined && kind !== "policy") {
        if (stored === held) leafHashAt(now.tree, begin + at).copy(hashes, used);
        else hashLeafInto(entryLeaf(stored), hashes, used);
        used += hashBytes;
      }
      await pause();
    }
    shelves[kind] = changed ? then : shelf;
    begin += shelf.length;
  }
  const image = imageOf(version, shelves, await treeOver(hashes.subarray(0, used), pause), registryRoots(shelves.policy).policy);
  const { roots } = await store.head(version);
  if (image.roots.registry === roots.registry && image.roots.policy === roots.policy) return image;
  throw new RegistryUnusable({ id: `Versi ${version} registri bukan lagi yang diterapkan dahulu`, en: `Version ${version} of the registry is no longer what was applied then` });
}

/** By name, what stood in the place of what has changed since; `undefined` where there was nothing. */
async function wayBack(store: Pick<RegistryStore, "changes" | "replaced">, now: RegistryImage, version: number, pause: () => Promise<void>): Promise<ReadonlyMap<string, StoredEntry | undefined>> {
  const back = new Map<string, StoredEntry | undefined>();
  for await (const page of store.changes(version, now.version)) {
    for (const { entry } of page) back.set(nameOf(entry), undefined);
    await pause();
  }
  for await (const page of store.replaced(version, now.version)) {
    for (const stored of page) back.set(nameOf(stored.entry), stored);
    await pause();
  }
  return back;
}
