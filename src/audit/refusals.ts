import type { ActivitySummary } from "./activity-summary.ts";

/** Refusals by code alone, most frequent first. */
export function refusalsByCode(rows: ActivitySummary["refusals"]): readonly { readonly code: string; readonly count: number }[] {
  const codes = Map.groupBy(rows, ({ code }) => code);
  return [...codes]
    .map(([code, own]) => ({ code, count: own.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => b.count - a.count);
}
