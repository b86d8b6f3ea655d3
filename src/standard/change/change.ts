import type { Text } from "../../base/text.ts";
import type { PointerTokens } from "../../source/steps.ts";
import type { LintDocument } from "../document.ts";

/** A change that a consumer of the older contract would notice; `steps` lead into the newer one. */
export interface ContractChange {
  readonly steps: PointerTokens;
  readonly text: Text;
  /** Whether it breaks consumers. If not, a person has to look at it: its effect cannot be told from the contract alone. */
  readonly breaks: boolean;
}

/** A part of the contract before and after. */
export interface Pair {
  readonly before: LintDocument;
  readonly after: LintDocument;
  readonly old: PointerTokens;
  readonly now: PointerTokens;
}

export const breaking = (steps: PointerTokens, text: Text): ContractChange => ({ steps, text, breaks: true });
export const toLookAt = (steps: PointerTokens, text: Text): ContractChange => ({ steps, text, breaks: false });

/** The pair of what is at the same tokens below both sides. */
export const into = (pair: Pair, ...steps: readonly string[]): Pair => ({
  ...pair,
  old: [...pair.old, ...steps],
  now: [...pair.now, ...steps],
});
