import { firstIndex } from "../base/first-index.ts";
import { hashBytes, hashLeafInto, leafHash } from "../ledger/merkle.ts";
import { compareEntries, entryKinds, type Entry, type EntryKind } from "./entry.ts";
import { editTree, emptyTree, headOf, leafHashAt, type EntryTree, type LeafEdit } from "./entry-tree.ts";
import { entryLeaf, registryRoots } from "./registry-roots.ts";
import type { RegistryImage } from "./image.ts";
import type { StoredEntry } from "./registry-store.ts";

/** The entries of each kind by id. */
export type Shelves = Readonly<Record<EntryKind, readonly StoredEntry[]>>;

/** Policies are the last, and have a tree of their own. */
export const kinds = Object.keys(entryKinds) as EntryKind[];

export const emptyImage = (): RegistryImage => imageOf(0, Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Shelves, emptyTree, registryRoots([]).policy);

/** The image after these entries took the place of those of the same kind and id. What it costs follows from the change, in slices (`pause`). */
export async function growImage(image: RegistryImage, version: number, changed: readonly StoredEntry[], pause: () => Promise<void>): Promise<RegistryImage> {
  const byKind = Map.groupBy([...changed].sort((a, b) => compareEntries(a.entry, b.entry)), ({ entry }) => entry.kind);
  const shelves = {} as Record<EntryKind, readonly StoredEntry[]>;
  const edits: LeafEdit[] = [];
  const hashes = Buffer.allocUnsafe(changed.length * hashBytes);
  let begin = 0;
  for (const kind of kinds) {
    const merged = await merge(image.shelf(kind), byKind.get(kind) ?? [], pause);
    shelves[kind] = merged.shelf;
    if (kind === "policy") continue;
    for (const { at, inserted } of merged.edits) {
      hashLeafInto(entryLeaf(merged.shelf[at]!), hashes, edits.length * hashBytes);
      edits.push({ index: begin + at, inserted });
      await pause();
    }
    begin += merged.shelf.length;
  }
  const policy = shelves.policy === image.shelf("policy") ? image.roots.policy : registryRoots(shelves.policy).policy;
  return imageOf(version, shelves, await editTree(image.tree, edits, hashes, pause), policy);
}

/** The entries of a kind that came or changed between two images. Nothing is ever deleted. */
export function changedBetween<Kind extends EntryKind>(before: RegistryImage | undefined, after: RegistryImage, kind: Kind): readonly (StoredEntry & { readonly entry: Entry<Kind> })[] {
  const [old, now] = [before?.shelf(kind) ?? [], after.shelf(kind)];
  const changed: StoredEntry[] = [];
  if (old === now) return [];
  for (let at = 0, was = 0; at < now.length; at++) {
    const stored = now[at]!;
    if (old[was] === stored) {
      was++;
      continue;
    }
    if (old[was]?.entry.id === stored.entry.id) was++;
    changed.push(stored);
  }
  return changed as (StoredEntry & { readonly entry: Entry<Kind> })[];
}

/** The entry of a kind and id as the image stores it. */
export function storedIn(image: RegistryImage, { kind, id }: Pick<Entry, "kind" | "id">): StoredEntry | undefined {
  const shelf = image.shelf(kind);
  const stored = shelf[placeOf(shelf, id)];
  return stored?.entry.id === id ? stored : undefined;
}

/** Whether an entry, read again, is the one under the image's roots. */
export function stands(image: RegistryImage, stored: StoredEntry): boolean {
  const held = storedIn(image, stored.entry);
  if (held === undefined) return false;
  const leaf = entryLeaf(stored);
  if (stored.entry.kind === "policy") return leaf.equals(entryLeaf(held));
  return leafHash(leaf).equals(leafHashAt(image.tree, indexIn(image, stored.entry)));
}

/** Where the leaf of an entry that the image holds stands under `basis.registry`; not for policies. */
export function indexIn(image: RegistryImage, { kind, id }: Pick<Entry, "kind" | "id">): number {
  let index = placeOf(image.shelf(kind), id);
  for (const before of kinds) {
    if (before === kind) break;
    index += image.shelf(before).length;
  }
  return index;
}

/** `tree` is over all shelves but the policies', `policy` the root over those. */
export function imageOf(version: number, shelves: Shelves, tree: EntryTree, policy: string): RegistryImage {
  const image: RegistryImage = {
    version,
    tree,
    roots: { registry: headOf(tree).toString("base64url"), policy },
    get entries() {
      return kinds.flatMap((kind) => shelves[kind]);
    },
    get: <Kind extends EntryKind>(kind: Kind, id: string) => storedIn(image, { kind, id })?.entry as Entry<Kind> | undefined,
    *of<Kind extends EntryKind>(kind: Kind) {
      for (const { entry } of shelves[kind]) yield entry as unknown as Entry<Kind>;
    },
    shelf: (kind) => shelves[kind],
  };
  return image;
}

/** Where an id stands on a shelf, or would. */
const placeOf = (shelf: readonly StoredEntry[], id: string): number => firstIndex(shelf.length, (index) => shelf[index]!.entry.id >= id);

/** Pieces that are put together at once: each is an argument of one call. */
const mostPieces = 10_000;

/** `changed` is in the order of ids, each once. */
async function merge(shelf: readonly StoredEntry[], changed: readonly StoredEntry[], pause: () => Promise<void>): Promise<{ shelf: readonly StoredEntry[]; edits: { at: number; inserted: boolean }[] }> {
  const edits: { at: number; inserted: boolean }[] = [];
  if (changed.length === 0) return { shelf, edits };
  let merged: StoredEntry[] = [];
  let pieces: StoredEntry[][] = [];
  let [read, written] = [0, 0];
  for (const stored of changed) {
    const at = placeOf(shelf, stored.entry.id);
    const inserted = shelf[at]?.entry.id !== stored.entry.id;
    written += at - read;
    edits.push({ at: written++, inserted });
    pieces.push(shelf.slice(read, at), [stored]);
    read = inserted ? at : at + 1;
    if (pieces.length >= mostPieces) [merged, pieces] = [merged.concat(...pieces), []];
    await pause();
  }
  return { shelf: merged.concat(...pieces, shelf.slice(read)), edits };
}
