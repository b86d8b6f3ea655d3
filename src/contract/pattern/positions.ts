import type { AST } from "@eslint-community/regexpp";
import { contractLimits } from "../limits.ts";
import { anything, charactersOf, type Characters } from "./characters.ts";

/** A part of a pattern: the positions at which it may begin and end, and whether it may be empty. */
interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly empty: boolean;
}
const nothing: Part = { first: [], last: [], empty: true };

/** Why no positions are told: a part can be left out in two ways, a lookaround is run each time it is met, or there are too many. */
export class NoPositions extends Error {}

/** A repetition of up to this many is written out as copies; a larger one counts as unbounded, which has every way of the bounded one. */
const writtenOut = 24;

/** The positions of a pattern, without its text. */
export interface Positions {
  readonly characters: readonly Characters[];
  /** From each position to those that may follow it, as often as there are ways. The first position is before the text. */
  readonly follow: readonly (readonly number[])[];
}

/**
 * Glushkov's automaton of a pattern. Assertions count as met and back references as any text of their group's characters, so that it has
 * every way of matching that the pattern has.
 */
export function positionsOf(pattern: AST.Pattern): Positions {
  const characters: Characters[] = [];
  const follow: number[][] = [];
  let visits = 0;

  const position = (taken: Characters): Part => {
    if (characters.length > contractLimits.patternPositions) throw new NoPositions();
    characters.push(taken);
    follow.push([]);
    return { first: [characters.length - 1], last: [characters.length - 1], empty: false };
  };
  const connect = (from: readonly number[], to: readonly number[]): void => {
    for (const a of from) follow[a]!.push(...to);
  };
  const then = (a: Part, b: Part): Part => {
    connect(a.last, b.first);
    return {
      first: a.empty ? [...a.first, ...b.first] : a.first,
      last: b.empty ? [...a.last, ...b.last] : b.last,
      empty: a.empty && b.empty,
    };
  };
  const loop = (one: Part): Part => {
    connect(one.last, one.first);
    return one;
  };
  const either = (parts: readonly Part[]): Part => {
    if (parts.filter(({ empty }) => empty).length > 1) throw new NoPositions();
    return {
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
      empty: parts.some(({ empty }) => empty),
    };
  };
  const optional = (one: Part): Part => either([one, nothing]);

  const repeated = ({ min, max, element }: AST.Quantifier, ignoresCase: boolean): Part => {
    const copy = (): Part => part(element, ignoresCase);
    if (max === 0) return nothing;
    if (max === 1) return min === 1 ? copy() : optional(copy());
    const least = copy();
    if (least.empty) throw new NoPositions();
    if (max > writtenOut) return min === 0 ? optional(loop(least)) : loop(least);
    // a{2,4} is aa(a(a)?)?: of the copies that may be left out, one is only there after the one before it.
    let tail: Part = nothing;
    for (let left = max - min; left > 0; left--) tail = optional(then(copy(), tail));
    let all: Part = min === 0 ? nothing : least;
    for (let more = 1; more < min; more++) all = then(all, copy());
    return then(all, tail);
  };

  const part = (node: AST.Element | AST.Alternative, ignoresCase: boolean): Part => {
    if (++visits > 8 * contractLimits.patternPositions + contractLimits.patternLength) throw new NoPositions();
    switch (node.type) {
      case "Alternative":
        return node.elements.reduce<Part>((all, element) => then(all, part(element, ignoresCase)), nothing);
      case "Group":
      case "CapturingGroup": {
        const ignores = ignoresCase || ("modifiers" in node && node.modifiers?.add.ignoreCase === true);
        return either(node.alternatives.map((alternative) => part(alternative, ignores)));
      }
      case "Quantifier":
        return repeated(node, ignoresCase);
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return position(ignoresCase ? anything : takenBy(node));
      case "Backreference":
        return optional(loop(position(ignoresCase ? anything : [node.resolved].flat().flatMap((group) => [...takenBelow(group)]))));
      case "Assertion":
        if (node.kind === "lookahead" || node.kind === "lookbehind") throw new NoPositions();
        return nothing;
    }
  };

  const before = position(anything);
  if (!pattern.alternatives.every(isAnchored)) loop(before);
  then(before, either(pattern.alternatives.map((alternative) => part(alternative, false))));
  return { characters, follow };
}

const takenBy = (node: AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass): Characters =>
  node.type === "ExpressionCharacterClass" ? anything : charactersOf(node);

/** Every character that some part of this one takes, or more. */
function takenBelow(node: AST.Element | AST.Alternative): Characters {
  switch (node.type) {
    case "Alternative":
      return node.elements.flatMap((element) => [...takenBelow(element)]);
    case "Group":
    case "CapturingGroup":
      return "modifiers" in node && node.modifiers !== null ? anything : node.alternatives.flatMap((below) => [...takenBelow(below)]);
    case "Quantifier":
      return takenBelow(node.element);
    case "Assertion":
      return [];
    case "Backreference":
      return anything;
    default:
      return takenBy(node);
  }
}

/** Whether a match can only begin where the text begins. */
export function isAnchored({ elements: [first] }: AST.Alternative): boolean {
  if (first?.type === "Assertion") return first.kind === "start";
  const plain = first?.type === "CapturingGroup" || (first?.type === "Group" && first.modifiers === null);
  return plain && first.alternatives.every(isAnchored);
}
