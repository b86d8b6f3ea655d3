import type { Text } from "../../base/text.ts";
import type { Steps } from "../../source/steps.ts";
import type { LintDocument } from "../document.ts";

/** A change that a consumer of the older contract would notice; `steps` lead into the newer one. */
export interface Change {
  readonly steps: Steps;
  readonly text: Text;
}

/** A part of the contract before and after. */
export interface Pair {
  readonly before: LintDocument;
  readonly after: LintDocument;
  readonly old: Steps;
  readonly now: Steps;
}

export const change = (steps: Steps, id: string, en: string): Change => ({ steps, text: { id, en } });

/** The same step on both sides. */
export const into = (pair: Pair, ...steps: readonly string[]): Pair => ({ ...pair, old: [...pair.old, ...steps], now: [...pair.now, ...steps] });
