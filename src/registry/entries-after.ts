import { compareEntries, type Entry, type EntryKind } from "./entry.ts";
import type { RegistryImage } from "./image.ts";

/** The entries of a kind whose id is greater than this one, by id. The first is found without reading those before it. */
export function* entriesAfter<Kind extends EntryKind>(image: Pick<RegistryImage, "shelf">, kind: Kind, id: string): Iterable<Entry<Kind>> {
  const shelf = image.shelf(kind);
  let [low, high] = [0, shelf.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareEntries(shelf[middle]!.entry, { kind, id }) > 0) high = middle;
    else low = middle + 1;
  }
  for (; low < shelf.length; low++) yield shelf[low]!.entry as unknown as Entry<Kind>;
}
