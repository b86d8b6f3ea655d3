import { firstIndex } from "../base/first-index.ts";
import { compareEntries, type Entry, type EntryKind } from "./entry.ts";
import type { RegistryState } from "./registry-state.ts";

/** The entries of a kind whose id is greater than this one, by id. The first is found without reading those before it. */
export function* entriesAfter<Kind extends EntryKind>(
  registry: Pick<RegistryState, "table">,
  kind: Kind,
  id: string,
): Iterable<Entry<Kind>> {
  const table = registry.table(kind);
  const first = firstIndex(table.length, (index) => compareEntries(table[index]!.entry, { kind, id }) > 0);
  for (let index = first; index < table.length; index++) yield table[index]!.entry as unknown as Entry<Kind>;
}
