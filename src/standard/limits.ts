/** What one document may cost whoever judges it; beyond a limit it is refused with one fault that names the limit. */
export const lintLimits = {
  /** A contract may have a fourth of this in the registry; real documents that are only tried may be larger. */
  documentBytes: 4_194_304,
  /** From the arrival of the document at a worker that has started. */
  milliseconds: 15_000,
  /** The worker's heap: four megabytes of YAML become some 400 MB of nodes. */
  heapMegabytes: 768,
  stackMegabytes: 8,
  /** How long a worker waits for the next document before its memory is given back. */
  idleMilliseconds: 10_000,
  /** Of one rule; what is left out is counted. */
  findingsOfOneRule: 1_000,
  /** References that lead to references. */
  referenceHops: 16,
  /** Characters of a regular expression: its judge looks at pairs of positions. */
  patternLength: 1_000,
  patternPositions: 160,
} as const;
