import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Severity } from "./standard.ts";

/** One thing to mend: where, why, and how. */
export interface LintFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** RFC 6901, of the nearest node that exists. */
  readonly pointer: string;
  readonly basis: string;
  readonly message: Text;
  readonly remedy: Text;
}

/** What a standard says of a document. Passed: no finding is an error. */
export interface LintReport {
  readonly file: string;
  /** `lid-spl@1.0.0`. */
  readonly standard: string;
  /** Base64url SHA-256 of the ruleset and of the document that was judged. */
  readonly ruleset: string;
  readonly document: string;
  /** The reference lists that codes were judged by: `kode-wilayah@1.0.0` and the base64url SHA-256 of its text. */
  readonly lists: Readonly<Record<string, string>>;
  readonly passed: boolean;
  /** In the order of the document. */
  readonly findings: readonly LintFinding[];
  /** Findings beyond the limit of one rule, by rule; only counted. */
  readonly omitted: Readonly<Record<string, number>>;
  /** Base64url SHA-256 of the canonical JSON (RFC 8785) of all the above except `file`. */
  readonly digest: string;
}

/** What is kept of a report beside a decision: enough to find the report again and to tell whether it is the same. */
export interface StoredReport extends Pick<LintReport, "standard" | "ruleset" | "document" | "lists" | "passed" | "digest"> {
  /** How many findings each rule has. */
  readonly counts: Readonly<Record<string, number>>;
}

export function sealReport({ file, ...rest }: Omit<LintReport, "digest">): LintReport {
  return { file, ...rest, digest: sha256(Buffer.from(canonicalJson(rest))).toString("base64url") };
}

/** How many findings each rule has, those left out too; by rule. */
export function countsOf({ findings, omitted }: Pick<LintReport, "findings" | "omitted">): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { ...omitted };
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function storedForm(report: LintReport): StoredReport {
  const { standard, ruleset, document, lists, passed, digest } = report;
  return { standard, ruleset, document, lists, passed, digest, counts: countsOf(report) };
}
