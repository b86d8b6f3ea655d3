/** What a contract asks of JSON content, whatever its schemas say. */
export const contentLimits = {
  depth: 32,
  /** Faults named in one refusal. */
  faults: 16,
  /**
   * Up to here every fault is looked for; in larger content the first one is enough, or an attacker chooses how long we
   * search.
   */
  explainedBytes: 16_384,
} as const;
