import { matchSegment, readSegmentTemplate, textLength, type SegmentTemplate } from "./path-segment.ts";

/** A node of the trie: its children by fixed segment, and those by template, the one with most text first. */
interface Branch<T> {
  readonly fixed: Map<string, Branch<T>>;
  readonly templates: { readonly texts: SegmentTemplate; readonly below: Branch<T> }[];
  leaf: T | undefined;
}

const branch = <T>(): Branch<T> => ({ fixed: new Map(), templates: [], leaf: undefined });

/** The child for a segment of a template; it is made if it is not there. */
function childFor<T>(at: Branch<T>, segment: string): Branch<T> {
  const texts = readSegmentTemplate(segment);
  const shape = JSON.stringify(texts);
  const known = texts === undefined ? at.fixed.get(segment) : at.templates.find((one) => JSON.stringify(one.texts) === shape)?.below;
  if (known !== undefined) return known;
  const below = branch<T>();
  if (texts === undefined) at.fixed.set(segment, below);
  else {
    at.templates.push({ texts, below });
    at.templates.sort((a, b) => textLength(b.texts) - textLength(a.texts) || (JSON.stringify(a.texts) < JSON.stringify(b.texts) ? -1 : 1));
  }
  return below;
}

/** Finds the path item of a raw path. Nothing is decoded, so two spellings are two paths. */
export interface Router<T> {
  /** `segments` are the raw ones in the places of `{…}`, in their order. */
  find(path: string): { readonly found: T; readonly segments: readonly string[] } | undefined;
}

/**
 * Compiles path templates of OpenAPI. A segment is fixed, or has `{name}` in it, each of which matches some text. From left to right, a
 * fixed segment has precedence, then the template with more fixed text.
 */
export function createRouter<T>(routes: ReadonlyMap<string, T>): Router<T> {
  const root = branch<T>();
  for (const [template, leaf] of routes) {
    let at = root;
    for (const segment of template.split("/").slice(1)) at = childFor(at, segment);
    at.leaf = leaf;
  }

  const search = (at: Branch<T>, path: readonly string[], depth: number, taken: string[]): T | undefined => {
    if (depth === path.length) return at.leaf;
    const segment = path[depth]!;
    const fixed = at.fixed.get(segment);
    const found = fixed === undefined ? undefined : search(fixed, path, depth + 1, taken);
    if (found !== undefined) return found;
    for (const { texts, below } of at.templates) {
      const matched = matchSegment(texts, segment);
      if (matched === undefined) continue;
      taken.push(...matched);
      const leaf = search(below, path, depth + 1, taken);
      if (leaf !== undefined) return leaf;
      taken.length -= matched.length;
    }
    return undefined;
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
