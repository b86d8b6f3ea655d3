import { RegExpParser } from "@eslint-community/regexpp";
import { contractLimits } from "../limits.ts";
import { meet, positionsOf, PatternTooComplex, type Positions } from "./pattern-positions.ts";

const parser = new RegExpParser({ ecmaVersion: 2025 });
const judged = new Map<string, boolean>();

/**
 * Whether some text makes a backtracking matcher of this pattern try exponentially many ways: whether two ways of
 * matching the same characters lead from one position back to it (infinite degree of ambiguity, Weber and Seidl 1991;
 * Weideman et al. 2016). A pattern too large to decide counts as exploding; one that is no regular expression does not.
 */
export function mayExplode(pattern: string): boolean {
  const known = judged.get(pattern);
  if (known !== undefined) return known;
  const found = judge(pattern);
  if (judged.size < 10_000) judged.set(pattern, found);
  return found;
}

function judge(pattern: string): boolean {
  if (pattern.length > contractLimits.patternLength) return true;
  let tree: ReturnType<RegExpParser["parsePattern"]>;
  try {
    tree = parser.parsePattern(pattern, undefined, undefined, { unicode: true });
  } catch {
    return false;
  }
  try {
    return isAmbiguous(positionsOf(tree));
  } catch (error) {
    if (error instanceof PatternTooComplex) return true;
    throw error;
  }
}

/**
 * Whether two different ways lead over the same characters from some position back to it: a circle of pairs of
 * positions that leaves the diagonal.
 */
function isAmbiguous({ characters, follow }: Positions): boolean {
  const circular = follow.map((_, position) => reaches(position, follow));
  const inCircle = [...follow.keys()].filter((position) => circular[position]!.has(position));
  if (inCircle.length > contractLimits.patternPositions) throw new PatternTooComplex();
  for (const start of inCircle) {
    const around = inCircle.filter((position) => circular[start]!.has(position) && circular[position]!.has(start));
    const stays = new Set(around);
    const next = (position: number): readonly number[] => [...follow[position]!.keys()].filter((to) => stays.has(to));
    if (around.some((from) => next(from).some((to) => follow[from]!.get(to)! > 1))) return true;
    const seen = new Set<string>();
    const waiting: (readonly [number, number, boolean])[] = [[start, start, false]];
    for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
      const [a, b, apart] = pair;
      for (const c of next(a)) {
        for (const d of next(b)) {
          if (!meet(characters[c]!, characters[d]!)) continue;
          const left = apart || c !== d;
          if (left && c === start && d === start) return true;
          const key = `${c} ${d} ${left}`;
          if (!seen.has(key)) waiting.push([c, d, left]);
          seen.add(key);
        }
      }
    }
  }
  return false;
}

function reaches(start: number, follow: Positions["follow"]): ReadonlySet<number> {
  const found = new Set<number>();
  const waiting = [...follow[start]!.keys()];
  for (let position = waiting.pop(); position !== undefined; position = waiting.pop()) {
    if (found.has(position)) continue;
    found.add(position);
    waiting.push(...follow[position]!.keys());
  }
  return found;
}
