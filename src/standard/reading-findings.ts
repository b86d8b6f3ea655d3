import { isWarning } from "../contract/reading/notes.ts";
import type { LintDocument } from "./document.ts";
import { messages } from "./messages.ts";
import type { LintFinding } from "./report.ts";

const placeOf = ({ line, column }: { readonly line: number; readonly column: number }): string => `${line}:${column}`;

/**
 * What the reader of contracts says of a document, beside the findings of a standard: why the registry refuses it, for
 * no standard can say otherwise, and what the gateway reads in another way than it was written. A finding of the
 * standard at the same place keeps its words and gets the code.
 */
export function withReading(document: LintDocument, findings: readonly LintFinding[]): readonly LintFinding[] {
  const at = Map.groupBy(findings, placeOf);
  const codes = new Map(document.faults.map((fault) => [placeOf(fault), fault.code]));
  const told = findings.map((finding) => {
    const code = finding.severity === "error" ? codes.get(placeOf(finding)) : undefined;
    return code === undefined ? finding : { ...finding, refused: code };
  });
  const errors = document.faults
    .filter((fault) => !at.get(placeOf(fault))?.some(({ severity }) => severity === "error"))
    .map(({ code, line, column, detail }) => ({
      rule: code,
      severity: "error" as const,
      line,
      column,
      pointer: "",
      basis: "registry",
      message: detail,
      remedy: messages.nothingMore,
      refused: code,
    }));
  const notes = document.notes
    .filter((note) => !at.has(placeOf(note)))
    .map(({ code, line, column, pointer, detail }) => ({
      rule: code,
      severity: isWarning(code) ? ("warn" as const) : ("info" as const),
      line,
      column,
      pointer,
      basis: "gateway",
      message: detail,
      remedy: messages.nothingMore,
    }));
  return [...told, ...errors, ...notes];
}
