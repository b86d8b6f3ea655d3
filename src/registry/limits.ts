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
