import { firstIndex } from "../base/first-index.ts";
import { compareEntries, type Entry, type EntryKind } from "./entry.ts";
import type { RegistryImage } from "./image.ts";

/** The entries of a kind whose id is greater than this one, by id. The first is found without reading those before it. */
export function* entriesAfter<Kind extends EntryKind>(image: Pick<RegistryImage, "shelf">, kind: Kind, id: string): Iterable<Entry<Kind>> {
  const shelf = image.shelf(kind);
  const first = firstIndex(shelf.length, (index) => compareEntries(shelf[index]!.entry, { kind, id }) > 0);
  for (let index = first; index < shelf.length; index++) yield shelf[index]!.entry as unknown as Entry<Kind>;
}
