import { RegExpParser, type AST } from "@eslint-community/regexpp";
import { describe, expect, it } from "vitest";
import { contentLimits } from "../../../src/contract/limits.ts";
import { isUnambiguous } from "../../../src/contract/pattern/ambiguity.ts";
import { LinearMatcher } from "../../../src/contract/pattern/linear-matcher.ts";
import { matcherOf, patternRefusal } from "../../../src/contract/pattern/matcher.ts";
import { automatonOf, type Automaton } from "../../../src/contract/pattern/automaton.ts";
import { TooManySteps, withinSteps } from "../../../src/contract/pattern/steps.ts";

const parse = (pattern: string): AST.Pattern =>
  new RegExpParser({ ecmaVersion: 2025 }).parsePattern(pattern, undefined, undefined, { unicode: true });

describe("a pattern that", () => {
  // Exponential, polynomial of some degree, finite but of many ways.
  it.each([
    "^(a+)+$",
    "(a|aa)+$",
    "^(.*,)*x$",
    "(x+x+)+y",
    "^(\\d+|\\d+\\.\\d+)*$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "^[ \\t]*(a*)*$",
    "^(a|b|ab)*c$",
    "^(([0-9]+)?,?)*$",
    "(a*b*)*",
    "^([A-Z]{1,2}){1,30}$",
    "^([a-z]{1,40} ?){1,20}$",
    "^(a?){50}a{50}$",
    "^(?:\\w|[a-z])+$",
    "^([^x]|y)*$",
    "^.*;.*;.*;.*;.*;.*$",
    "^\\s*.*\\S.*$",
    "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
    "^[a-z]{1,20}[a-z]{1,20}[a-z]{1,20}$",
    "\\s+$",
    "\\p{L}+",
    "^[^\\p{L}]*x[^\\p{L}]*$",
    "^(?i:[a-z]*[A-Z]*)$",
    `${"(|)".repeat(60)}x`,
    "^(?:(?=.*x).)*$",
    "^(?=.*[A-Z])(?=.*\\d).{8,}$",
    "^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$",
    `^(?:${Array.from({ length: 200 }, (_, index) => `k${String.fromCharCode(0x4e00 + index)}`).join("|")})*$`,
  ])("%s leads two ways to one place, or may: it is taken, and matched all ways at once", (pattern) => {
    expect(isUnambiguous(parse(pattern))).toBe(false);
    expect(patternRefusal(pattern)).toBeUndefined();
    expect(matcherOf(pattern)).not.toBeInstanceOf(RegExp);
  });

  it.each([
    "^[0-9]{16}$",
    "[0-9]{16}",
    "^([a-z0-9]+-)*[a-z0-9]+$",
    "^[A-Z][0-9]{2}([.][0-9]{1,2})?$",
    "^(I|II|III|IV)/[a-e]$",
    "^\\S(?:.*\\S)?$",
    "^[\\w.-]+@[\\w.-]+\\.\\w+$",
    "^[a-z]+(\\.[a-z]+)*$",
    "^([a-z]{2})*$",
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    "^(\\+62|0)[0-9]{8,13}$",
    "^(a|ab|abc){20}$",
    "^(?:a|[b-z]b)*$",
    "^(?:\\d|\\D)*$",
    "^RJK-[0-9]{6}$",
    "^.{1,5000}$",
    "^(['\"])[^'\"]*\\1$",
  ])("%s leads to each place in one way only: V8 matches it", (pattern) => expect(matcherOf(pattern)).toBeInstanceOf(RegExp));

  it.each([
    ["^(a*)\\1$", "backreference"],
    ["^(?<n>a|aa)+\\k<n>$", "backreference"],
    ["^(?=(a))\\1", "backreference"],
    ["^.{1,9000}x.{1,9000}$", "size"],
    ["^(?:[a-z]{1000}){1000}$", "size"],
    ["(((?:){1000}){1000}){1000}", "size"],
    [`^${"(a|b)".repeat(500)}$`, "size"],
    ["(?=a)(?=b)".repeat(10), "size"],
  ])("%s cannot be matched in linear time, or is too large: it is refused for it", (pattern, reason) => {
    expect(patternRefusal(pattern)).toBe(reason);
    expect(() => matcherOf(pattern)).toThrow();
  });

  it("is nested as deep as a pattern can be is judged, too", () => {
    expect(patternRefusal(`${"(".repeat(999)}a${")".repeat(999)}`)).toBeUndefined();
    expect(patternRefusal(`${"(a?".repeat(400)}${")*".repeat(400)}`)).toBeUndefined();
  });

  it("is no regular expression is refused by nobody here: another rule complains of it", () => {
    expect(patternRefusal("([")).toBeUndefined();
    expect(() => matcherOf("([")).toThrow(SyntaxError);
  });
});

/** Numbers that are the same in every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const atoms = [
  ..."abk-é😀",
  ...[".", "\\d", "\\w", "\\W", "\\s", "[^a]", "[a-k]", "[\\s\\S]", "\\p{L}", "\\P{Lu}", "[^\\p{L}b]", "\\u{61}", "\\ud83d\\ude00", "[]"],
];
const around = ["^", "$", "\\b", "\\B"];
const groups = ["(?:", "(", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?m:", "(?s:", "(?-i:", "(?<!a|"];
const characters = ["a", "b", "k", "K", "\u212a", "-", "é", "😀", "\ud83d", "\ude00", "\n", "\u2028", "1", "_", "B", " "];

/** A pattern that nests two groups at most and repeats three times at most, so that V8 has done with seven characters at once. */
function randomPattern(next: (below: number) => number, depth: number): string {
  const element = (): string => {
    const kind = next(10);
    if (kind < 2) return around[next(around.length)]!;
    if (kind < 5 && depth > 0) {
      const open = groups[next(groups.length)]!;
      const body = `${open}${randomPattern(next, depth - 1)})`;
      return /^\(\?<?[=!]/.test(open) ? body : body + ["", "?", "{2}", "*?", "{0,2}"][next(5)]!;
    }
    return atoms[next(atoms.length)]! + ["", "", "", "*", "+", "?", "{2}", "{1,3}", "{0}"][next(9)]!;
  };
  const alternative = (): string => Array.from({ length: next(4) }, element).join("");
  return Array.from({ length: 1 + next(2) }, alternative).join("|");
}
const randomText = (next: (below: number) => number): string =>
  Array.from({ length: next(8) }, () => characters[next(characters.length)]!).join("");

/** V8 also looks between the halves of a surrogate pair, where ECMA-262 with the flag `u` has no place to match (§22.2.7.2). */
const splits = (text: string, at: number): boolean => at > 0 && text.codePointAt(at - 1)! > 0xffff;

describe("random patterns", () => {
  it("match in linear time what V8 matches, character for character", () => {
    const next = numbers(13);
    const different: string[] = [];
    let matched = 0;
    for (let round = 0; round < 3_000; round++) {
      const pattern = randomPattern(next, 2);
      const linear = new LinearMatcher(automatonOf(parse(pattern)), () => undefined);
      const v8 = new RegExp(pattern, "u");
      for (let text = 0; text < 8; text++) {
        // After a group (?i:…), V8's \w has the Kelvin sign in the whole pattern.
        const given = pattern.includes("(?i:") ? randomText(next).replaceAll("\u212a", "k") : randomText(next);
        const found = v8.exec(given);
        if (found !== null && splits(given, found.index)) continue;
        const right = found !== null;
        if (right) matched++;
        if (linear.test(given) !== right) different.push(`${pattern} on ${JSON.stringify(given)}: ${right}`);
      }
    }
    expect(different).toEqual([]);
    // Neither all nor nothing: the patterns tell the texts apart.
    expect(matched).toBeGreaterThan(5_000);
    expect(matched).toBeLessThan(19_000);
  });

  it("lead to each place in one way only where V8 is to match them", () => {
    const next = numbers(14);
    const wrong: string[] = [];
    let judged = 0;
    for (let round = 0; round < 6_000; round++) {
      const pattern = randomPattern(next, 2);
      const tree = parse(pattern);
      if (!isUnambiguous(tree)) continue;
      judged++;
      const automaton = automatonOf(tree);
      for (let text = 0; text < 6; text++) {
        const given = randomText(next);
        if (mostWays(automaton, given) > 1) wrong.push(`${pattern} on ${JSON.stringify(given)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(judged).toBeGreaterThan(500);
  });
});

/** The most ways in which any step takes a character at any place of a text, if all conditions hold. Without empty circles. */
function mostWays({ steps, start, sets, anchored }: Automaton, text: string): number {
  let most = 0;
  let ways = new Map<number, number>([[start, 1]]);
  for (const character of text) {
    const taking = new Map<number, number>();
    const spread = (at: number, count: number): void => {
      const step = steps[at]!;
      if (step === "match") return;
      if ("take" in step) taking.set(at, (taking.get(at) ?? 0) + count);
      else if ("either" in step) for (const way of step.either) spread(way, count);
      else spread(step.next, count);
    };
    for (const [at, count] of ways) spread(at, count);
    ways = new Map(anchored ? [] : [[start, 1]]);
    for (const [at, count] of taking) {
      const { take, next } = steps[at] as { take: number; next: number };
      if (!sets[take]!.test(character)) continue;
      most = Math.max(most, count);
      ways.set(next, (ways.get(next) ?? 0) + count);
    }
  }
  return most;
}

describe("a text that does all it can", () => {
  const size = ({ steps, sets, conditions }: Automaton): number =>
    steps.length + sets.length + conditions.reduce((sum, one) => sum + (one.kind === "look" ? size(one.automaton) : 0), 0);

  it.each([
    ["^(a+)+$", "a", "!"],
    ["^.*;.*;.*;.*;.*;.*$", ";", "\n"],
    ["(a|aa)+$", "a", "!"],
    ["^(a?){50}a{50}$", "a", "!"],
    ["^(?:(?=.*x).)*$", "a", "!"],
    ["(?<=(?<!b)a.*)c$", "ab", "!"],
    // Nothing is remembered: each character leads to a set of ways that was not there before.
    ["^[01]*1[01]{300}$", "0110111001011101111000", "!"],
    ["^(?:\\p{L}|\\p{Lu}|[a-m]|é)*$", "aé", "!"],
  ])("takes of %s so many steps for each character, and no more", (pattern, repeated, last) => {
    const automaton = automatonOf(parse(pattern));
    const taken = [500, 1_000, 2_000].map((times) => {
      let count = 0;
      const text = repeated.repeat(times / repeated.length) + last;
      expect(new LinearMatcher(automaton, (steps) => (count += steps)).test(text)).toBe(false);
      expect(count).toBeLessThanOrEqual((text.length + 1) * 4 * size(automaton));
      return count;
    });
    // Twice the text, twice the steps.
    expect(taken[2]! / taken[1]!).toBeLessThan(2.5);
  });

  it("ends a judgement that has taken all its steps, whatever it was about", () => {
    const matcher = matcherOf("^[01]*1[01]{300}$");
    const text = `${"0110111001011101111000".repeat(50)}!`;
    const judge = (): boolean => withinSteps(() => Array.from({ length: 200 }, () => matcher.test(text)).some(Boolean));
    expect(matcher.test(text)).toBe(false);
    expect(contentLimits.steps).toBe(20_000_000);
    expect(judge()).toBe(false);
    const next = numbers(15);
    const hard = Array.from({ length: 60_000 }, () => next(2)).join("");
    expect(() => withinSteps(() => matcher.test(`${hard}!`))).toThrow(TooManySteps);
    // The next judgement has its own.
    expect(judge()).toBe(false);
  });
});
