import type { Entry, EntryKind } from "./entry.ts";
import type { EntryTree } from "./entry-tree.ts";
import type { RegistryRoots, StoredEntry } from "./registry-store.ts";

/**
 * The registry at one version, in memory: what guards, actions and the compiler read. Immutable; the state of a later
 * version shares what did not change.
 */
export interface RegistryState {
  readonly version: number;
  readonly roots: RegistryRoots;
  /** The tree under `roots.registry`: the next version is built from it, and single entries are proved by it. */
  readonly tree: EntryTree;
  /** In the order of `compareEntries`. Built anew at each access; use `table` for a single kind. */
  readonly entries: readonly StoredEntry[];
  get<Kind extends EntryKind>(kind: Kind, id: string): Entry<Kind> | undefined;
  of<Kind extends EntryKind>(kind: Kind): Iterable<Entry<Kind>>;
  /** The entries of a kind by id; the same array as long as none of them changed. */
  table(kind: EntryKind): readonly StoredEntry[];
}
