import type { AST } from "@eslint-community/regexpp";
import { meet } from "./characters.ts";
import { NoPositions, positionsOf, type Positions } from "./positions.ts";

/** So many pairs of positions are compared; a pattern that needs more counts as ambiguous. */
const mostComparisons = 400_000;

/**
 * Whether every position of a pattern is reached over the same text in one way at most. Then a matcher that tracks back, as V8's does, is
 * at each position at most once for each character of the text, also where the match fails: it takes characters × positions steps at most.
 * Whatever takes exponential or polynomial time is ambiguous (infinite degree of ambiguity: Weber and Seidl 1991; Weideman et al. 2016).
 */
export function isUnambiguous(pattern: AST.Pattern): boolean {
  try {
    return hasOneWay(positionsOf(pattern));
  } catch (error) {
    if (error instanceof NoPositions) return false;
    throw error;
  }
}

/** Follows pairs of ways over the same characters: two ways that have parted may not meet again. */
function hasOneWay({ characters, follow }: Positions): boolean {
  const size = characters.length;
  const seen = new Set<number>([0]);
  const waiting: number[] = [0];
  let comparisons = 0;
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [a, b] = [Math.floor(pair / size), pair % size];
    for (const [index, c] of follow[a]!.entries()) {
      for (const d of a === b ? follow[b]!.slice(index) : follow[b]!) {
        if (++comparisons > mostComparisons) return false;
        if (!meet(characters[c]!, characters[d]!)) continue;
        if (c === d && (a !== b || follow[a]!.indexOf(c, index + 1) !== -1)) return false;
        const next = Math.min(c, d) * size + Math.max(c, d);
        if (!seen.has(next)) waiting.push(next);
        seen.add(next);
      }
    }
  }
  return true;
}
