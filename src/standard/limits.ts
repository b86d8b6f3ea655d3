/** What judging one document may cost. Beyond a limit it is refused with one fault, which names the limit. */
export const lintLimits = {
  /** Four times what the registry takes for a contract: documents that are only tried out may be larger. */
  documentBytes: 4_194_304,
  /**
   * For what hangs, and for nothing else: a contract of the full size takes some 5 s, ten times as long on a slow and
   * busy machine. From the arrival of the document at a worker that has started.
   */
  milliseconds: 120_000,
  /** The worker's heap: four megabytes of YAML become some 400 MB of nodes. */
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
