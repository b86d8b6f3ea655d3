/** The largest size of each kind of file, in bytes, and what YAML may do in it. */
export const treeLimits = {
  manifestBytes: 65_536,
  contractBytes: 1_048_576,
  exampleBytes: 262_144,
  keyBytes: 8_192,
  policyBytes: 262_144,
  /** Nodes that aliases may repeat, all together: ten levels of ten would be 10^10. */
  yamlAliasNodes: 200_000,
  /** Parsing and walking are recursive; no honest document is deeper. */
  yamlDepth: 64,
} as const;
