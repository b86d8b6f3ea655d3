import { pointerOf } from "../contract/document.ts";
import type { PointerTokens } from "../source/steps.ts";
import { resolve, type LintDocument, type Members } from "./document.ts";

/** A node that an expression found, references followed: its value and its own tokens. */
export interface PathTarget {
  readonly value: unknown;
  readonly steps: PointerTokens;
}

interface Filter {
  readonly path: readonly string[];
  readonly equals?: string;
}
type Segment = { readonly deep: boolean } & ({ readonly names: readonly string[] } | { readonly any: true } | { readonly filter: Filter });

/** A compiled JSONPath expression. */
export type PathExpression = readonly Segment[];

const name = "[A-Za-z_$][\\w$-]*";
const quoted = `'[^']*'|"[^"]*"`;
const listed = `(?:${quoted}|${name})`;
const filter = `\\[\\?\\(\\s*@((?:\\.${name})+)\\s*(?:===?\\s*(${quoted})\\s*)?\\)\\]`;
const segmentForm = new RegExp(`(\\.\\.|\\.)?(?:(\\*|\\[\\*\\])|(${name})|\\[(${listed}(?:\\s*,\\s*${listed})*)\\]|${filter})`, "y");
const bare = (word: string): string => word.trim().replace(/^(['"])(.*)\1$/s, "$2");

/**
 * Compiles the part of JSONPath on which Spectral, JSONPath-Plus and RFC 9535 agree: `$`, `.name`, `['name']`, `[a,b]`,
 * `*`, `..`, and filters `[?(@.name)]`, `[?(@.name == 'word')]`. `undefined` for anything else, so that a typing error
 * does not silence a rule.
 */
export function parsePath(text: string): PathExpression | undefined {
  if (!text.startsWith("$")) return undefined;
  const segments: Segment[] = [];
  segmentForm.lastIndex = 1;
  while (segmentForm.lastIndex < text.length) {
    const found = segmentForm.exec(text);
    if (found === null) return undefined;
    const [whole, dots, star, word, names, path, equals] = found;
    const bracket = whole.slice(dots?.length ?? 0).startsWith("[");
    if (bracket ? dots === "." : dots === undefined) return undefined;
    const deep = dots === "..";
    if (star !== undefined) segments.push({ deep, any: true });
    else if (word !== undefined) segments.push({ deep, names: [word] });
    else if (names !== undefined) segments.push({ deep, names: names.match(new RegExp(listed, "g"))!.map(bare) });
    else segments.push({ deep, filter: { path: path!.slice(1).split("."), ...(equals === undefined ? {} : { equals: bare(equals) }) } });
  }
  return segments;
}

/** The node itself, or the one that its reference leads to. */
function settle(document: LintDocument, value: unknown, steps: PointerTokens): PathTarget {
  if (typeof value !== "object" || value === null || typeof (value as Members)["$ref"] !== "string") return { value, steps };
  const found = resolve(document, steps);
  return found === undefined ? { value, steps } : { value: found.node, steps: found.steps };
}

function* below(document: LintDocument, { value, steps }: PathTarget, names?: readonly string[]): Generator<PathTarget> {
  if (typeof value !== "object" || value === null) return;
  for (const step of names ?? Object.keys(value)) {
    if (Object.hasOwn(value, step)) yield settle(document, (value as Members)[step], [...steps, step]);
  }
}

function holds(document: LintDocument, target: PathTarget, { path, equals }: Filter): boolean {
  let at: PathTarget | undefined = target;
  for (const step of path) at = at === undefined ? undefined : (below(document, at, [step]).next().value as PathTarget | undefined);
  return equals === undefined ? Boolean(at?.value) : at?.value === equals;
}

/**
 * Every node that the expression matches, in the order of the document; each once, however many references lead to it.
 */
export function select(document: LintDocument, expression: PathExpression): readonly PathTarget[] {
  let found: readonly PathTarget[] = [settle(document, document.value, [])];
  for (const segment of expression) {
    const next = new Map<unknown, PathTarget>();
    const keep = (target: PathTarget): void => {
      const key = typeof target.value === "object" && target.value !== null ? target.value : pointerOf(target.steps);
      if (!next.has(key)) next.set(key, target);
    };
    for (const target of segment.deep ? descend(document, found) : found) {
      if ("names" in segment) for (const one of below(document, target, segment.names)) keep(one);
      else for (const one of below(document, target)) if (!("filter" in segment) || holds(document, one, segment.filter)) keep(one);
    }
    found = [...next.values()];
  }
  return found;
}

/** The nodes and all below them, each once. */
function* descend(document: LintDocument, from: readonly PathTarget[]): Generator<PathTarget> {
  const seen = new Set<unknown>();
  const waiting = [...from].reverse();
  for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
    if (typeof target.value !== "object" || target.value === null || seen.has(target.value)) continue;
    seen.add(target.value);
    yield target;
    waiting.push(...[...below(document, target)].reverse());
  }
}
