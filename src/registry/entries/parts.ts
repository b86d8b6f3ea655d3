export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
}

/**
 * A letter or a decree: what identifies it, and the SHA-256 of its file in lower-case hex, as `sha256sum` prints it.
 * The file stays with the office.
 */
export interface Letter {
  readonly number: string;
  /** A calendar day, `2026-01-31`. */
  readonly date: string;
  readonly sha256: string;
}

/** By whom and when: the officer's id (never a name), RFC 3339 in UTC. */
export interface Attribution {
  readonly by: string;
  readonly at: string;
}

/**
 * The states of all kinds. Which kind has which: `policy/acts/state-machines.ts`, and `entryKinds` for what comes from
 * manifests.
 */
export type EntryState =
  | "persiapan"
  | "produksi"
  | "draft"
  | "applied"
  | "rejected"
  | "approved"
  | "trial"
  | "active"
  | "suspended"
  | "deprecated"
  | "retired"
  | "recorded"
  | "confirmed"
  | "refused"
  | "withdrawn"
  | "revoked"
  | "requested"
  | "coordinated"
  | "removed"
  | "final";

/** A state as people and the API read it: an end that has passed is one, though no act recorded it. */
export type ReadState = EntryState | "ended";
