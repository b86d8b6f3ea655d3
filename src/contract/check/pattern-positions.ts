import type { AST } from "@eslint-community/regexpp";
import { contractLimits } from "../limits.ts";

/** The characters that one position of a pattern matches: ranges of code points, in no order. */
export type Characters = readonly (readonly [number, number])[];
const anything: Characters = [[0, 0x10ffff]];

/** A part of a pattern: the positions at which it may begin and end, and whether it may be empty. */
interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly empty: boolean;
}
const nothing: Part = { first: [], last: [], empty: true };

/** The pattern has more positions than are analysed, or more ways than are counted. */
export class PatternTooComplex extends Error {}

/** A repetition of up to this many is written out as copies; a larger one is treated as unbounded. */
const writtenOut = 24;

/** The positions of a pattern, without its text. */
export interface Positions {
  readonly characters: readonly Characters[];
  /** From each position to those that may follow it, with the number of ways. */
  readonly follow: readonly ReadonlyMap<number, number>[];
}

/** Glushkov's automaton of a pattern. Assertions are assumed to hold, back references to be empty. */
export function positionsOf(pattern: AST.Pattern): Positions {
  const characters: Characters[] = [];
  const follow: Map<number, number>[] = [];

  const connect = (from: readonly number[], to: readonly number[]): void => {
    for (const a of from) for (const b of to) follow[a]!.set(b, (follow[a]!.get(b) ?? 0) + 1);
  };
  const position = (taken: Characters): Part => {
    if (characters.length >= 4 * contractLimits.patternPositions) throw new PatternTooComplex();
    characters.push(taken);
    follow.push(new Map());
    return { first: [characters.length - 1], last: [characters.length - 1], empty: false };
  };
  const then = (a: Part, b: Part): Part => {
    connect(a.last, b.first);
    return {
      first: a.empty ? [...a.first, ...b.first] : a.first,
      last: b.empty ? [...a.last, ...b.last] : b.last,
      empty: a.empty && b.empty,
    };
  };
  const either = (parts: readonly Part[]): Part => ({
    first: parts.flatMap(({ first }) => first),
    last: parts.flatMap(({ last }) => last),
    empty: parts.some(({ empty }) => empty),
  });
  const loop = (part: Part): Part => {
    connect(part.last, part.first);
    return part;
  };

  /** Each required copy of a part that may be empty can be left out: as many ways as there are subsets. */
  const notOftenEmpty = (part: Part, copies: number): Part => {
    if (part.empty && copies > 8) throw new PatternTooComplex();
    return part;
  };

  const repeated = ({ min, max, element }: AST.Quantifier): Part => {
    const body = (): Part => part(element);
    if (max === 0) return nothing;
    if (max <= writtenOut && (max < 4 || !hasLoop(element))) {
      let all = nothing;
      for (let copy = 0; copy < max; copy++) {
        const one = notOftenEmpty(body(), min);
        all = then(all, copy < min ? one : { ...one, empty: true });
      }
      return all;
    }
    const one = loop(notOftenEmpty(body(), min));
    return min === 0 ? { ...one, empty: true } : one;
  };

  const part = (node: AST.Element | AST.Alternative): Part => {
    switch (node.type) {
      case "Alternative":
        return node.elements.reduce<Part>((all, element) => then(all, part(element)), nothing);
      case "Group":
      case "CapturingGroup":
        return either(node.alternatives.map(part));
      case "Quantifier":
        return repeated(node);
      case "Character":
        return position([[node.value, node.value]]);
      case "CharacterSet":
      case "CharacterClass":
        return position(charactersOf(node));
      case "ExpressionCharacterClass":
        return position(anything);
      case "Assertion":
      case "Backreference":
        return nothing;
    }
  };

  either(pattern.alternatives.map(part));
  return { characters, follow };
}

/** Whether this part contains a repetition that is unbounded or large. */
function hasLoop(node: AST.Element): boolean {
  if (node.type === "Quantifier") return node.max > writtenOut || hasLoop(node.element);
  return (node.type === "Group" || node.type === "CapturingGroup") && node.alternatives.some(({ elements }) => elements.some(hasLoop));
}

const digits: Characters = [[48, 57]];
const wordly: Characters = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const blank: Characters = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

function charactersOf(
  node: AST.CharacterSet | AST.CharacterClass | AST.CharacterClassElement | AST.UnicodeSetsCharacterClassElement,
): Characters {
  switch (node.type) {
    case "Character":
      return [[node.value, node.value]];
    case "CharacterClassRange":
      return [[node.min.value, node.max.value]];
    case "CharacterSet": {
      const known = node.kind === "digit" ? digits : node.kind === "word" ? wordly : node.kind === "space" ? blank : undefined;
      if (known === undefined) return anything;
      return "negate" in node && node.negate ? complement(known) : known;
    }
    case "CharacterClass": {
      const taken = node.elements.flatMap((element) => [...charactersOf(element)]);
      return node.negate ? complement(taken) : taken;
    }
    default:
      return anything;
  }
}

function complement(characters: Characters): Characters {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of [...characters].sort(([a], [b]) => a - b)) {
    if (from > next) rest.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next <= 0x10ffff ? [...rest, [next, 0x10ffff]] : rest;
}

/** Whether some character is in both. */
export const meet = (a: Characters, b: Characters): boolean => a.some(([from, to]) => b.some(([start, end]) => from <= end && start <= to));
