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

/** The first `limit` items; `next` is the last id if there are more. Reads one item beyond the page. */
export function slicePage<Item extends { readonly id: string }>(
  items: Iterable<Item>,
  limit: number,
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  const page: Item[] = [];
  for (const item of items) {
    if (page.length === limit) return { items: page, next: page.at(-1)!.id };
    page.push(item);
  }
  return { items: page, next: undefined };
}
