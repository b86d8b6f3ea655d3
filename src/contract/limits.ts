/** Limits of JSON content that hold under every contract. */
export const contentLimits = {
  depth: 32,
  /** Faults that one refusal names at most. */
  faults: 16,
  /**
   * In content up to this size every fault is looked for. In larger content the first one is enough: else an attacker
   * would choose how long the search takes.
   */
  explainedBytes: 16_384,
  /**
   * Steps of one judgement (about a second at worst): the characters that `LinearMatcher` reads, as a rule one each, and ten for each
   * schema that `anyOf` and its like apply to the same value.
   */
  steps: 20_000_000,
  /** Steps of the search for every fault, which keeps each one that it meets; beyond it the first fault is enough. */
  explainingSteps: 1_000_000,
} as const;

/** What a contract may ask of the gateway, whatever a message says. */
export const contractLimits = {
  /** Characters of a regular expression. */
  patternLength: 2_000,
  /** Positions of a pattern that V8 may match, each of which it is at once for each character at most. */
  patternPositions: 160,
  /** Steps of the automaton of any other, repetitions written out. */
  patternSize: 20_000,
  /** Schemas that are applied to one value: ten levels of `allOf` with two references to the next are 1,024. */
  applications: 10_000,
} as const;

/** Beyond these, in objects of all schemas and in schemas of one row, code is made in a way that costs no more than linear time. */
export const compileLimits = { objects: 2_000, row: 200 } as const;
