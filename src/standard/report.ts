import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Severity } from "./standard.ts";

/** One thing to fix: where, why, and how. */
export interface LintFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** Line and column, from 1. */
  readonly line: number;
  readonly column: number;
  /** JSON Pointer (RFC 6901) of the nearest node that exists. */
  readonly pointer: string;
  readonly basis: string;
  readonly message: Text;
  readonly remedy: Text;
  /** The code with which the registry refuses the contract for it; else it may be registered, and the profile says what follows. */
  readonly refused?: string;
}

/** The outcome of judging a document by a standard. Passed: no finding is an error. */
export interface LintReport {
  readonly file: string;
  /** `lid-spl@1.0.0`. */
  readonly standard: string;
  /** Base64url SHA-256 of the ruleset and of the document that was judged. */
  readonly ruleset: string;
  readonly document: string;
  /** The reference lists by which codes were judged: `kode-wilayah@1.0.0` and the base64url SHA-256 of its text. */
  readonly lists: Readonly<Record<string, string>>;
  readonly passed: boolean;
  /** In the order of the document. */
  readonly findings: readonly LintFinding[];
  /** By rule, the number of findings beyond its limit. */
  readonly omitted: Readonly<Record<string, number>>;
  /** Base64url SHA-256 of the canonical JSON (RFC 8785) of all the above except `file`. */
  readonly digest: string;
}

export function sealReport({ file, ...rest }: Omit<LintReport, "digest">): LintReport {
  return { file, ...rest, digest: sha256(Buffer.from(canonicalJson(rest))).toString("base64url") };
}

/** The number of findings of each rule, those beyond its limit included. */
export function countsOf({ findings, omitted }: Pick<LintReport, "findings" | "omitted">): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { ...omitted };
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
