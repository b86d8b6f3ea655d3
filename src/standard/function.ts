import type { Text } from "../base/text.ts";
import type { PointerTokens } from "../source/steps.ts";
import type { ReferenceLists } from "../contract/formats/reference-list.ts";
import type { LintDocument } from "./document.ts";
import type { PathTarget } from "./path-expression.ts";

/**
 * One finding of a function: its tokens, unless it is the target itself, and what fills `{{error}}` and `{{property}}`
 * of the rule's message.
 */
export interface Found {
  readonly steps?: PointerTokens;
  /** The name at these tokens is wrong, not its value. */
  readonly named?: boolean;
  readonly error?: Text;
  readonly property?: string;
}

export interface FunctionContext {
  readonly document: LintDocument;
  /** The contract that is in force, where there is one. */
  readonly previous: LintDocument | undefined;
  /** The reference lists that go with the standard. */
  readonly lists: ReferenceLists;
  /** What this rule has judged already: a component that many operations use is judged once. */
  readonly seen: Set<unknown>;
  /** To be called with the name of a step that may never end, before it runs. */
  readonly about: (what: string) => void;
}

export type Options = Readonly<Record<string, unknown>>;

/**
 * A function that rulesets may name: the options it takes (JSON Schema 2020-12), and how it judges one target. It never
 * gives a value of the document away.
 */
export interface LintFunction {
  readonly options: Options;
  readonly judge: (target: PathTarget, options: never, context: FunctionContext) => Iterable<Found>;
}

/** A function whose options have the type `Given`. */
export const lintFunction = <Given extends object>(
  options: Options,
  judge: (target: PathTarget, options: Given, context: FunctionContext) => Iterable<Found>,
): LintFunction => ({
  options: { type: "object", additionalProperties: false, ...options },
  judge,
});

export const noOptions = {};
