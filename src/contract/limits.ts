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
} as const;

/** What a contract may ask of the gateway, whatever a message says. */
export const contractLimits = {
  /** Characters of a regular expression: the analysis compares pairs of positions. */
  patternLength: 1_000,
  patternPositions: 160,
  /** Schemas that are applied to one value: ten levels of `allOf` with two references to the next are 1,024. */
  applications: 10_000,
} as const;
