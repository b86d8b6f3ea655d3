import type { AST } from "@eslint-community/regexpp";
import { contractLimits } from "../limits.ts";
import { isAnchored } from "./positions.ts";

/** What holds or not between two characters. `ignoreCase` decides which characters are of words (ECMA-262 §22.2.2.9.3). */
export type Condition =
  | { readonly kind: "start" | "end"; readonly lines: boolean }
  | { readonly kind: "word"; readonly ignoreCase: boolean; readonly negate: boolean }
  | { readonly kind: "look"; readonly behind: boolean; readonly negate: boolean; readonly automaton: Automaton };

/** One step of an automaton: takes a character of a set, goes two ways, asks for a condition, or has matched. */
export type AutomatonStep =
  | { readonly take: number; readonly next: number }
  | { readonly either: readonly [number, number] }
  | { readonly holds: number; readonly next: number }
  | "match";

/** Thompson's automaton of a pattern: `steps` begin at `start`. */
export interface Automaton {
  readonly steps: readonly AutomatonStep[];
  readonly start: number;
  /** Sets of characters as expressions of ECMA-262 that match one character: what is in a set is what V8 says. */
  readonly sets: readonly RegExp[];
  readonly conditions: readonly Condition[];
  readonly anchored: boolean;
}

/** Why a pattern has no automaton. */
export type PatternRefusal = "backreference" | "size";
export class PatternRefused extends Error {
  readonly reason: PatternRefusal;
  constructor(reason: PatternRefusal) {
    super(`pattern refused: ${reason}`);
    this.reason = reason;
  }
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}
const none: Flags = { ignoreCase: false, multiline: false, dotAll: false };

/** Lookarounds of one pattern; each holds a byte for each character of the text. */
const mostLooks = 16;

/** Values by their keys, numbered from 0. */
class Numbered<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<string, number>();
  number(key: string, make: () => T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.values.push(make()) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** Translates a pattern. A lookahead is read from its end to its beginning, so that one pass from right to left tells where it holds. */
export function automatonOf(pattern: AST.Pattern): Automaton {
  let size = 0;
  let looks = 0;
  /** Every part that is written counts, also an empty one: `((){1000}){1000}` is none of nothing. */
  const count = (): void => {
    if (++size > contractLimits.patternSize) throw new PatternRefused("size");
  };

  const translate = (alternatives: readonly AST.Alternative[], inherited: Flags, backwards: boolean): Automaton => {
    const steps: AutomatonStep[] = ["match"];
    const sets = new Numbered<RegExp>();
    const conditions = new Numbered<Condition>();

    const add = (step: AutomatonStep): number => {
      count();
      return steps.push(step) - 1;
    };
    const take = (raw: string, { ignoreCase, dotAll }: Flags, next: number): number => {
      const flags = `u${ignoreCase ? "i" : ""}${dotAll ? "s" : ""}`;
      return add({ take: sets.number(`${flags} ${raw}`, () => new RegExp(`^${raw}$`, flags)), next });
    };
    const ask = (key: string, make: () => Condition, next: number): number => add({ holds: conditions.number(key, make), next });

    const assertion = (node: AST.Assertion, flags: Flags, next: number): number => {
      const { multiline: lines, ignoreCase } = flags;
      switch (node.kind) {
        case "start":
        case "end":
          return ask(`${node.kind} ${lines}`, () => ({ kind: node.kind, lines }), next);
        case "word":
          return ask(`word ${node.negate} ${ignoreCase}`, () => ({ kind: "word", ignoreCase, negate: node.negate }), next);
        case "lookahead":
        case "lookbehind": {
          const behind = node.kind === "lookbehind";
          const look = (): Condition => {
            if (++looks > mostLooks) throw new PatternRefused("size");
            return { kind: "look", behind, negate: node.negate, automaton: translate(node.alternatives, flags, !behind) };
          };
          return ask(`${node.start} ${JSON.stringify(flags)}`, look, next);
        }
      }
    };

    const either = (ways: readonly number[]): number => ways.reduce((rest, way) => add({ either: [way, rest] }));

    const repeated = ({ min, max, element }: AST.Quantifier, flags: Flags, next: number): number => {
      let after = next;
      if (max === Infinity) {
        const loop = add({ either: [next, next] });
        steps[loop] = { either: [write(element, flags, loop), next] };
        after = loop;
      } else for (let left = max - min; left > 0; left--) after = add({ either: [write(element, flags, after), next] });
      for (let more = min; more > 0; more--) after = write(element, flags, after);
      return after;
    };

    /** Writes the steps of a part that go on at `next`, and gives the first of them. */
    const write = (node: AST.Element | AST.Alternative, flags: Flags, next: number): number => {
      count();
      switch (node.type) {
        case "Alternative":
          return (backwards ? node.elements : [...node.elements].reverse()).reduce((to, element) => write(element, flags, to), next);
        case "Group":
        case "CapturingGroup": {
          const changed = "modifiers" in node && node.modifiers !== null ? withModifiers(flags, node.modifiers) : flags;
          return either(node.alternatives.map((alternative) => write(alternative, changed, next)));
        }
        case "Quantifier":
          return repeated(node, flags, next);
        case "Assertion":
          return assertion(node, flags, next);
        case "Backreference":
          throw new PatternRefused("backreference");
        case "Character":
        case "CharacterSet":
        case "CharacterClass":
        case "ExpressionCharacterClass":
          return take(node.raw, flags, next);
      }
    };

    const start = either(alternatives.map((alternative) => write(alternative, inherited, 0)));
    return { steps, start, sets: sets.values, conditions: conditions.values, anchored: alternatives.every(isAnchored) };
  };

  return translate(pattern.alternatives, none, false);
}

const withModifiers = (flags: Flags, { add, remove }: AST.Modifiers): Flags => {
  const after = (name: keyof Flags): boolean => (flags[name] || add[name]) && !(remove?.[name] ?? false);
  return { ignoreCase: after("ignoreCase"), multiline: after("multiline"), dotAll: after("dotAll") };
};
