/**
 * Remembers the last `most` values that were asked for by key, since the same ones are asked for again; a value that could not be made is
 * forgotten. Calls for one key at the same time share one making.
 */
export function recentValues<Key, Value>(most: number): (key: Key, make: () => Promise<Value>) => Promise<Value> {
  /** The key that was asked for last is at the end. */
  const kept = new Map<Key, Promise<Value>>();
  return (key, make) => {
    const value = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    value.catch(() => kept.get(key) === value && kept.delete(key));
    return value;
  };
}
