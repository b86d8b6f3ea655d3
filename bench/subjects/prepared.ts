import type { Keys } from "./manifests.ts";
import type { SubjectCommand } from "./subject.ts";

/** Where a subject works and what it stands before. */
export interface Setting {
  readonly directory: string;
  /** The provider's origin. */
  readonly upstream: string;
  readonly port: number;
  readonly keys: Keys;
}

export interface PreparedSubject {
  readonly command: SubjectCommand;
  /** The verifier key of its log, if it keeps one. */
  readonly vkey?: string;
}
