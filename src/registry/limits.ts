/** What one file of the tree may weigh, in bytes, and what YAML may do in it. */
export const treeLimits = {
  manifestBytes: 65_536,
  contractBytes: 1_048_576,
  exampleBytes: 262_144,
  keyBytes: 8_192,
  policyBytes: 262_144,
  /** Aliases multiply: ten levels of ten would be ten thousand million nodes. */
  yamlAliases: 100,
  /** Parsing and walking are recursive; no honest document is deeper. */
  yamlDepth: 64,
} as const;

/** How many entries of a kind one registry holds, retired ones included: the data plane keeps them all in memory. */
export const registryLimits = {
  instance: 1,
  member: 1_000,
  subsystem: 5_000,
  key: 20_000,
  service: 20_000,
  grant: 200_000,
  revision: 40_000,
  opinion: 40_000,
  evidence: 10_000,
  exemption: 10_000,
  officer: 10_000,
  token: 20_000,
  decision: 2_000_000,
  policy: 1_000,
} as const;

/** What a contract asks of JSON content, whatever its schemas say. */
export const contentLimits = {
  depth: 32,
  /** Faults named in one refusal. */
  faults: 16,
  /** Up to here every fault is looked for; in larger content the first one is enough, or an attacker chooses how long we search. */
  explainedBytes: 16_384,
} as const;
