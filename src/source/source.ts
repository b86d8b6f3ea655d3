import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import type { PointerTokens } from "./steps.ts";
import { treeLimits } from "./limits.ts";
import { yamlFault, type YamlFault } from "./check-yaml.ts";
import { faultAt, type ManifestFault, type SourcePlace } from "./fault.ts";

/** A YAML or JSON file in which the place of every part is known. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  /** The place of the value at these tokens, or of its nearest ancestor that exists. */
  at(steps: PointerTokens): SourcePlace;
  /** The place of the member name that the last token is. */
  atName(steps: PointerTokens): SourcePlace;
}

/**
 * Reads YAML 1.2: names are strings and occur once, no tags but those of JSON, numbers finite, aliases bounded. A source or faults, never
 * both.
 */
export function readSource(file: string, text: string): { readonly source: Source | undefined; readonly faults: readonly ManifestFault[] } {
  const lines = new LineCounter();
  const place = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      // Its own check compares each name with every other: `yamlFault` does it.
      uniqueKeys: false,
      version: "1.2",
      merge: false,
      // `!!omap`, `!!set` and `!!binary` make JavaScript objects that JSON writes as `{}`.
      resolveKnownTags: false,
    });
  } catch {
    return { source: undefined, faults: [faultAt(place(0), "yaml-too-deep", String(treeLimits.yamlDepth))] };
  }
  const faults = [...document.errors, ...document.warnings].map((error) =>
    faultAt(place(error.pos[0]), "yaml-invalid", error.message.split("\n")[0] ?? error.code),
  );
  if (faults.length > 0) return { source: undefined, faults };
  const found = yamlFault(document, text);
  if (found !== undefined) return { source: undefined, faults: [yamlFaultAt(place(found[1]), found[0])] };
  // What aliases make was counted, in nodes instead of in uses.
  const value: unknown = document.toJS({ maxAliasCount: -1 });

  const members = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  /** The members of a map by their names: finding many places in a large one must not take a walk for each. */
  const membersOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const known = members.get(map) ?? new Map(map.items.flatMap((item) => (isScalar(item.key) ? [[String(item.key.value), item]] : [])));
    members.set(map, known);
    return known;
  };

  const locate = (steps: PointerTokens): { value: number; name: number } => {
    let node: Node | null = document.contents;
    let found = { value: node?.range?.[0] ?? 0, name: node?.range?.[0] ?? 0 };
    for (const step of steps) {
      if (isAlias(node)) node = node.resolve(document) ?? null;
      if (isMap(node)) {
        const pair = membersOf(node).get(step);
        if (pair === undefined || !isScalar(pair.key)) return found;
        const name = pair.key.range?.[0] ?? found.value;
        node = isNode(pair.value) ? pair.value : null;
        found = { name, value: node?.range?.[0] ?? name };
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)];
        if (!isNode(item)) return found;
        node = item;
        found = { name: item.range?.[0] ?? found.value, value: item.range?.[0] ?? found.value };
      } else return found;
    }
    return found;
  };

  return {
    source: { file, value, at: (steps) => place(locate(steps).value), atName: (steps) => place(locate(steps).name) },
    faults: [],
  };
}

function yamlFaultAt(place: SourcePlace, code: YamlFault[0]): ManifestFault {
  if (code === "yaml-too-deep") return faultAt(place, code, String(treeLimits.yamlDepth));
  if (code === "yaml-invalid") return faultAt(place, code, "Map keys must be unique");
  return code === "yaml-aliases" ? faultAt(place, code, String(treeLimits.yamlAliasNodes)) : faultAt(place, code);
}

const kept = new Map<string, { readonly text: string; readonly read: ReturnType<typeof readSource> }>();

/** The same for policies, which are read often and seldom change: the last result for each file is kept. */
export function readKept(file: string, text: string): ReturnType<typeof readSource> {
  const last = kept.get(file);
  if (last?.text === text) return last.read;
  const read = readSource(file, text);
  kept.set(file, { text, read });
  return read;
}

/** A pure judgement of sources that asks again only when one of them is another: with `readKept`, when a file has changed. */
export function keepLast<T>(judge: (sources: ReadonlyMap<string, Source>) => T): (sources: ReadonlyMap<string, Source>) => T {
  let last: { readonly sources: ReadonlyMap<string, Source>; readonly result: T } | undefined;
  return (sources) => {
    const same = last?.sources.size === sources.size && sources.entries().every(([path, source]) => last?.sources.get(path) === source);
    if (last === undefined || !same) last = { sources: new Map(sources), result: judge(sources) };
    return last.result;
  };
}
