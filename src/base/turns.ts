/** Runs a piece of work when it is its turn. */
export type InTurn<Key> = <T>(key: Key, work: () => Promise<T>) => Promise<T>;

/** At most `most` pieces of work at a time, and one of each key; the others wait in the order in which they came. */
export function turns<Key>(most: number): InTurn<Key> {
  const busy = new Set<Key>();
  const waiting: { readonly key: Key; readonly go: () => void }[] = [];
  const next = (): void => {
    while (busy.size < most) {
      const at = waiting.findIndex(({ key }) => !busy.has(key));
      if (at < 0) return;
      const [one] = waiting.splice(at, 1);
      busy.add(one!.key);
      one!.go();
    }
  };
  return async (key, work) => {
    await new Promise<void>((go) => {
      waiting.push({ key, go });
      next();
    });
    try {
      return await work();
    } finally {
      busy.delete(key);
      next();
    }
  };
}
