import { contentLimits } from "../limits.ts";

/** Judging this value takes more steps than one judgement may. It is neither valid nor invalid: whoever judges refuses it. */
export class TooManySteps extends Error {}

let left: number | undefined;

/** Runs one judgement: its patterns and branches have so many steps together. Throws `TooManySteps` beyond. */
export function withinSteps<T>(judge: () => T, steps: number = contentLimits.steps): T {
  const outer = left;
  left = outer ?? steps;
  try {
    return judge();
  } finally {
    left = outer;
  }
}

/** Takes steps from the judgement that runs. */
export function takeSteps(steps: number): void {
  if (left !== undefined && (left -= steps) < 0) throw new TooManySteps();
}
