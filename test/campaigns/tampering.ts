import type { KnownHead } from "../../src/audit/heads.ts";
import type { TamperFixture } from "./tamper-fixture.ts";
import type { LeafRow } from "./tamper-tools.ts";

/** What an auditor has, beside a log and its verifier key: nothing, checkpoints that he kept, or one receipt that a party kept. */
export const means = ["nothing", "checkpoints", "a receipt"] as const;
export type Means = (typeof means)[number];

/**
 * How near a finding comes: the leaf itself; a range of leaves between two things that are known; the checkpoint, which stands for the
 * whole log.
 */
export type Place = "leaf" | "range" | "checkpoint";

/** One thing that an operator can do to a log, and what finds it. */
export interface Tampering {
  readonly what: string;
  /** Who can: whoever may write the database, or whoever also has the log's key and covers it up under a new head. */
  readonly by: "database" | "log key";
  /** At which leaves it can be tried. */
  readonly fits: (leaves: readonly LeafRow[], at: number, scenario: TamperFixture) => boolean;
  readonly tamper: (directory: string, at: number, scenario: TamperFixture) => void | Promise<void>;
  /** By which means it is found, and where that says it is; by others it is not found. */
  readonly found: Readonly<Partial<Record<Means, readonly Place[]>>>;
  /** Leaves of which a finding must name one, if not `at`. */
  readonly near?: (leaves: readonly LeafRow[], at: number) => readonly number[];
  /** The leaf whose receipt was kept, if not that at `at`. */
  readonly held?: (leaves: readonly LeafRow[], at: number, scenario: TamperFixture) => number;
  /** What the auditor remembers, if not what he saw before. */
  readonly remembers?: (directory: string, scenario: TamperFixture) => readonly KnownHead[];
}
