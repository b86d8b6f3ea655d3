import { firstIndex } from "../base/first-index.ts";
import { hashBytes, hashLeafInto, leafHash } from "../ledger/merkle.ts";
import { compareEntries, entryKinds, type Entry, type EntryKind } from "./entry.ts";
import { editTree, emptyTree, rootHashOf, leafHashAt, type EntryTree, type LeafEdit } from "./entry-tree.ts";
import { entryLeaf, registryRoots } from "./registry-roots.ts";
import type { RegistryState } from "./registry-state.ts";
import type { StoredEntry } from "./registry-store.ts";

/** The entries of each kind by id. */
export type EntryTables = Readonly<Record<EntryKind, readonly StoredEntry[]>>;

/** In the order of the leaves. Policies come last and have a tree of their own. */
export const kindOrder = Object.keys(entryKinds) as EntryKind[];

export const emptyState = (): RegistryState =>
  stateFrom(0, Object.fromEntries(kindOrder.map((kind) => [kind, []])) as unknown as EntryTables, emptyTree, registryRoots([]).policy);

/**
 * The state after these entries took the place of those of the same kind and id. The cost depends on the size of the
 * change, not of the registry; `yieldIfDue` is awaited in between.
 */
export async function applyChanges(
  registry: RegistryState,
  version: number,
  changed: readonly StoredEntry[],
  yieldIfDue: () => Promise<void>,
): Promise<RegistryState> {
  const byKind = Map.groupBy(
    [...changed].sort((a, b) => compareEntries(a.entry, b.entry)),
    ({ entry }) => entry.kind,
  );
  const tables = {} as Record<EntryKind, readonly StoredEntry[]>;
  const edits: LeafEdit[] = [];
  const hashes = Buffer.allocUnsafe(changed.length * hashBytes);
  let begin = 0;
  for (const kind of kindOrder) {
    const merged = await merge(registry.table(kind), byKind.get(kind) ?? [], yieldIfDue);
    tables[kind] = merged.table;
    if (kind === "policy") continue;
    for (const { at, inserted } of merged.edits) {
      hashLeafInto(entryLeaf(merged.table[at]!), hashes, edits.length * hashBytes);
      edits.push({ index: begin + at, inserted });
      await yieldIfDue();
    }
    begin += merged.table.length;
  }
  const policy = tables.policy === registry.table("policy") ? registry.roots.policy : registryRoots(tables.policy).policy;
  return stateFrom(version, tables, await editTree(registry.tree, edits, hashes, yieldIfDue), policy);
}

/** The entries of a kind that came or changed between two states. Nothing is ever deleted. */
export function changedBetween<Kind extends EntryKind>(
  before: Pick<RegistryState, "table"> | undefined,
  after: Pick<RegistryState, "table">,
  kind: Kind,
): readonly (StoredEntry & { readonly entry: Entry<Kind> })[] {
  const [old, now] = [before?.table(kind) ?? [], after.table(kind)];
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

/** The stored entry of a kind and id; `undefined` if there is none. */
export function storedIn(registry: RegistryState, { kind, id }: Pick<Entry, "kind" | "id">): StoredEntry | undefined {
  const table = registry.table(kind);
  const stored = table[placeOf(table, id)];
  return stored?.entry.id === id ? stored : undefined;
}

/** Whether an entry, read again from the store, is the one under the state's roots. */
export function isUnderRoot(registry: RegistryState, stored: StoredEntry): boolean {
  const held = storedIn(registry, stored.entry);
  if (held === undefined) return false;
  const leaf = entryLeaf(stored);
  if (stored.entry.kind === "policy") return leaf.equals(entryLeaf(held));
  return leafHash(leaf).equals(leafHashAt(registry.tree, indexIn(registry, stored.entry)));
}

/** The index, under `basis.registry`, of the leaf of an entry that the state holds. Policies have none. */
export function indexIn(registry: RegistryState, { kind, id }: Pick<Entry, "kind" | "id">): number {
  let index = placeOf(registry.table(kind), id);
  for (const before of kindOrder) {
    if (before === kind) break;
    index += registry.table(before).length;
  }
  return index;
}

/** `tree` is over all entries but the policies, `policy` the root over those. */
export function stateFrom(version: number, tables: EntryTables, tree: EntryTree, policy: string): RegistryState {
  const registry: RegistryState = {
    version,
    tree,
    roots: { registry: rootHashOf(tree).toString("base64url"), policy },
    get entries() {
      return kindOrder.flatMap((kind) => tables[kind]);
    },
    get: <Kind extends EntryKind>(kind: Kind, id: string) => storedIn(registry, { kind, id })?.entry as Entry<Kind> | undefined,
    *of<Kind extends EntryKind>(kind: Kind) {
      for (const { entry } of tables[kind]) yield entry as unknown as Entry<Kind>;
    },
    table: (kind) => tables[kind],
  };
  return registry;
}

/** The index of an id in a table, or where it would be inserted. */
const placeOf = (table: readonly StoredEntry[], id: string): number => firstIndex(table.length, (index) => table[index]!.entry.id >= id);

/** Pieces that are joined at once: each is an argument of one call, and their number is limited. */
const mostPieces = 10_000;

/** `changed` is in the order of ids, each once. */
async function merge(
  table: readonly StoredEntry[],
  changed: readonly StoredEntry[],
  yieldIfDue: () => Promise<void>,
): Promise<{ table: readonly StoredEntry[]; edits: { at: number; inserted: boolean }[] }> {
  const edits: { at: number; inserted: boolean }[] = [];
  if (changed.length === 0) return { table, edits };
  let merged: StoredEntry[] = [];
  let pieces: StoredEntry[][] = [];
  let [read, written] = [0, 0];
  for (const stored of changed) {
    const at = placeOf(table, stored.entry.id);
    const inserted = table[at]?.entry.id !== stored.entry.id;
    written += at - read;
    edits.push({ at: written++, inserted });
    pieces.push(table.slice(read, at), [stored]);
    read = inserted ? at : at + 1;
    if (pieces.length >= mostPieces) [merged, pieces] = [merged.concat(...pieces), []];
    await yieldIfDue();
  }
  return { table: merged.concat(...pieces, table.slice(read)), edits };
}
