/** Keeps the `most` greatest of many items, greatest first. */
export function keepLongest<T>(most: number, by: (item: T) => number): { add(item: T): void; list(): readonly T[] } {
  const kept: T[] = [];
  return {
    add(item) {
      if (kept.length === most && by(item) <= by(kept.at(-1)!)) return;
      const place = kept.findIndex((other) => by(other) < by(item));
      kept.splice(place < 0 ? kept.length : place, 0, item);
      kept.length = Math.min(kept.length, most);
    },
    list: () => kept,
  };
}
