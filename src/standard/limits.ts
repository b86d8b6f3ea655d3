/** What judging one document may cost. Beyond a limit it is refused with one fault, which names the limit. */
export const lintLimits = {
  /**
   * For what hangs, and for nothing else: a contract of the full size takes some 2 s, ten times as long on a slow and
   * busy machine. From the arrival of the document at a worker that has started.
   */
  milliseconds: 120_000,
  /** The worker's heap: a megabyte of YAML becomes some 100 MB of nodes, and its references may lead to four more. */
  heapMegabytes: 768,
  stackMegabytes: 8,
  /** How long a worker waits for the next document before its memory is freed. */
  idleMilliseconds: 10_000,
  /** Findings of one rule; those beyond it are only counted. */
  findingsOfOneRule: 1_000,
  /** References that lead to references. */
  referenceHops: 16,
  /** Pairs of schemas that are compared with the contract in force, and how deep within each other. */
  comparisons: 5_000,
  comparisonDepth: 48,
} as const;
