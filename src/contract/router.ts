/** A node of the trie: its children by fixed segment, and the one for `{…}`. */
interface Branch<T> {
  readonly fixed: Map<string, Branch<T>>;
  template: Branch<T> | undefined;
  leaf: T | undefined;
}

const branch = <T>(): Branch<T> => ({ fixed: new Map(), template: undefined, leaf: undefined });

/** Finds the path item of a raw path. Nothing is decoded, so two spellings are two paths. */
export interface Router<T> {
  /** `segments` are the raw ones in the places of `{…}`, in their order. */
  find(path: string): { readonly found: T; readonly segments: readonly string[] } | undefined;
}

/**
 * Compiles path templates of OpenAPI. A segment is fixed, or one `{name}`, which matches one non-empty segment. From
 * left to right, a fixed segment has precedence.
 */
export function createRouter<T>(routes: ReadonlyMap<string, T>): Router<T> {
  const root = branch<T>();
  for (const [template, leaf] of routes) {
    let at = root;
    for (const segment of template.split("/").slice(1)) {
      let next = segment.startsWith("{") ? at.template : at.fixed.get(segment);
      if (next === undefined) {
        next = branch();
        if (segment.startsWith("{")) at.template = next;
        else at.fixed.set(segment, next);
      }
      at = next;
    }
    at.leaf = leaf;
  }

  const search = (at: Branch<T>, path: readonly string[], depth: number, taken: string[]): T | undefined => {
    if (depth === path.length) return at.leaf;
    const segment = path[depth]!;
    const fixed = at.fixed.get(segment);
    const found = fixed === undefined ? undefined : search(fixed, path, depth + 1, taken);
    if (found !== undefined || at.template === undefined || segment === "") return found;
    taken.push(segment);
    const below = search(at.template, path, depth + 1, taken);
    if (below === undefined) taken.pop();
    return below;
  };

  return {
    find(path) {
      if (!path.startsWith("/")) return undefined;
      const segments: string[] = [];
      const found = search(root, path.slice(1).split("/"), 0, segments);
      return found === undefined ? undefined : { found, segments };
    },
  };
}
