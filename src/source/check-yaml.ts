import { isAlias, isCollection, isNode, isPair, isScalar, type Document, type Node } from "yaml";
import { treeLimits } from "./limits.ts";

/** What a parsed document may not have, and the offset of it in the text. */
export type YamlFault = readonly [
  "yaml-invalid" | "yaml-too-deep" | "yaml-aliases" | "yaml-alias-unknown" | "number-infinite" | "yaml-version",
  number,
];

/**
 * The first fault of a document that its parser takes: a `%YAML` directive of another version (under 1.1 `NO` is false and 010 is 8), a
 * name that occurs twice, nesting without end, numbers that JSON does not have (RFC 8259 §6), aliases without an anchor before them,
 * aliases in a circle, and aliases that multiply. An alias costs the nodes of its anchor, so that 1,000 uses of one small anchor are no
 * attack and ten levels of ten are.
 */
export function yamlFault(document: Document.Parsed, text: string): YamlFault | undefined {
  const version = /^%YAML[ \t]+(\S+)/m.exec(text);
  // Only what stands before the content is a directive.
  if (version !== null && document.directives.yaml.explicit === true && version[1] !== "1.2") return ["yaml-version", version.index];
  /** Nodes and levels of what was measured. */
  const sizes = new Map<Node, readonly [number, number]>();
  const open = new Set<Node>();
  let repeated = 0;

  /** The nodes and levels at and below a node with its aliases written out; throws the first fault. */
  const measure = (node: unknown, depth: number): readonly [number, number] => {
    if (!isNode(node)) return [0, 0];
    const at = node.range?.[0] ?? 0;
    if (isAlias(node)) {
      const anchor = node.resolve(document);
      if (anchor === undefined) throw new Found(["yaml-alias-unknown", at]);
      if (open.has(anchor)) throw new Found(["yaml-aliases", at]);
      const known = sizes.get(anchor) ?? measure(anchor, depth);
      repeated += known[0];
      if (repeated > treeLimits.yamlAliasNodes) throw new Found(["yaml-aliases", at]);
      if (depth + known[1] > treeLimits.yamlDepth) throw new Found(["yaml-too-deep", at]);
      return known;
    }
    if (isScalar(node) && typeof node.value === "number" && !Number.isFinite(node.value)) throw new Found(["number-infinite", at]);
    if (!isCollection(node)) return [1, 0];
    if (depth >= treeLimits.yamlDepth) throw new Found(["yaml-too-deep", 0]);
    open.add(node);
    let [nodes, levels] = [1, 0];
    const names = new Set<unknown>();
    for (const item of node.items) {
      if (isPair(item) && isScalar(item.key)) {
        if (names.has(item.key.value)) throw new Found(["yaml-invalid", item.key.range?.[0] ?? at]);
        names.add(item.key.value);
      }
      const below = measure(isPair(item) ? item.value : item, depth + 1);
      nodes += below[0] + (isPair(item) ? 1 : 0);
      levels = Math.max(levels, below[1]);
    }
    open.delete(node);
    sizes.set(node, [nodes, levels + 1]);
    return [nodes, levels + 1];
  };
  try {
    measure(document.contents, 0);
    return undefined;
  } catch (found) {
    if (found instanceof Found) return found.fault;
    throw found;
  }
}

class Found extends Error {
  readonly fault: YamlFault;
  constructor(fault: YamlFault) {
    super(fault[0]);
    this.fault = fault;
  }
}
