import { RegExpParser } from "@eslint-community/regexpp";
import { contractLimits } from "../limits.ts";
import { isUnambiguous } from "./ambiguity.ts";
import { LinearMatcher } from "./linear-matcher.ts";
import { PatternRefused, automatonOf, type PatternRefusal } from "./automaton.ts";
import { takeSteps, withinSteps } from "./steps.ts";

/** Tells whether a pattern matches somewhere in a text, as ECMA-262 does with the flag `u`. `toString` names the pattern. */
export interface Matcher {
  test(text: string): boolean;
  toString(): string;
}

const parser = new RegExpParser({ ecmaVersion: 2025 });
const known = new Map<string, Matcher | PatternRefused>();
const mostKnown = 2_000;

/**
 * The matcher of a pattern, whose time grows linearly with the text: V8's, where it never tries two ways to the same place, else
 * `LinearMatcher`. Throws `SyntaxError` for what is no pattern, and `PatternRefused` where neither takes it. `test` throws `TooManySteps`
 * beyond the limit of one judgement, and `RangeError` where V8 has no room to remember the ways of some megabytes.
 */
export function matcherOf(pattern: string): Matcher {
  const found = known.get(pattern) ?? judge(pattern);
  if (known.size >= mostKnown) known.clear();
  known.set(pattern, found);
  if (found instanceof PatternRefused) throw found;
  return found;
}

/** Why the gateway judges by no such pattern; `undefined` if it does, or it is none at all. */
export function patternRefusal(pattern: string): PatternRefusal | undefined {
  try {
    matcherOf(pattern);
  } catch (error) {
    if (error instanceof PatternRefused) return error.reason;
    if (!(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

function judge(pattern: string): Matcher | PatternRefused {
  const regexp = new RegExp(pattern, "u");
  if (pattern.length > contractLimits.patternLength) return new PatternRefused("size");
  const tree = parser.parsePattern(pattern, undefined, undefined, { unicode: true });
  if (isUnambiguous(tree)) return regexp;
  try {
    const linear = new LinearMatcher(automatonOf(tree), takeSteps);
    return { test: (text) => withinSteps(() => linear.test(text)), toString: () => String(regexp) };
  } catch (error) {
    if (error instanceof PatternRefused) return error;
    throw error;
  }
}
