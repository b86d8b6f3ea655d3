import type { AST } from "@eslint-community/regexpp";

/** The characters that one position of a pattern matches, or more: ranges of code points, in no order. */
export type Characters = readonly (readonly [number, number])[];
export const anything: Characters = [[0, 0x10ffff]];

const known: Readonly<Record<string, Characters>> = {
  digit: [[48, 57]],
  word: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  space: [
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
  ],
};

type Taking = AST.CharacterSet | AST.CharacterClass | AST.CharacterClassElement | AST.UnicodeSetsCharacterClassElement;

/** What a part takes of one character. A property such as `\p{L}` counts as every character, and so does what is negated with it. */
export function charactersOf(node: Taking): Characters {
  switch (node.type) {
    case "Character":
      return [[node.value, node.value]];
    case "CharacterClassRange":
      return [[node.min.value, node.max.value]];
    case "CharacterSet": {
      const taken = known[node.kind];
      if (taken === undefined) return anything;
      return "negate" in node && node.negate ? complement(taken) : taken;
    }
    case "CharacterClass": {
      if (node.negate && node.elements.some(isProperty)) return anything;
      const taken = node.elements.flatMap((element) => [...charactersOf(element)]);
      return node.negate ? complement(taken) : taken;
    }
    default:
      return anything;
  }
}

const isProperty = (node: Taking): boolean => node.type === "CharacterSet" && node.kind === "property";

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
