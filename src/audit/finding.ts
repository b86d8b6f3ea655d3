import type { Text } from "../base/text.ts";

export interface AuditFinding {
  /** A leaf, or one of those from `leaf` to `last`; a tile; the checkpoint; a file that the auditor gave. */
  readonly place:
    | { readonly leaf: number; readonly last?: number }
    | { readonly level: number; readonly tile: number }
    | { readonly file: string }
    | "checkpoint";
  readonly text: Text;
  /** Signed notes that prove it to a third party. */
  readonly notes?: readonly string[];
}

export type AuditReporter = (place: AuditFinding["place"], text: Text) => void;
