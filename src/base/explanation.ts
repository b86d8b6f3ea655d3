import type { Text } from "./text.ts";

/** The result of one guard. `later`: the mechanism does not exist yet, so the guard cannot be met in production. */
export type Verdict = "met" | "unmet" | "later" | "not-required" | "exempt";

/** A version of a region's profile. `digest` is the base64url SHA-256 of its canonical JSON. */
export interface ProfileVersion {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
}

/** One link of the chain, in plain words, with its legal basis. */
export interface Step {
  readonly detail: Text;
  /** The pasal, `P28(6)b`; null where the regulation is silent or the rule is the project's own. */
  readonly cite: string | null;
  /** The regulation, the national rule or `project rule`. */
  readonly basis: string;
  readonly verdict?: Verdict;
  /** What to do about it. */
  readonly remedy?: Text;
  /** SHA-256 of a document's file, in hex. */
  readonly document?: string;
  /** The officer, by pseudonym. */
  readonly by?: string;
  /** RFC 3339. */
  readonly at?: string;
  readonly profile?: ProfileVersion;
  /** The part of the explanation to which it belongs, as a heading; steps of one part stand together. */
  readonly part?: Text;
}

/**
 * Why something is as it is: the answer in a sentence, the chain that leads to it, and what is missing for the next
 * step.
 */
export interface Explanation {
  readonly kind: string;
  readonly id: string;
  readonly summary: Text;
  readonly steps: readonly Step[];
  readonly missing: readonly Step[];
}
